"""The council that does not exist, as an authority. It is found by its name, but is not one of the record's."""

from __future__ import annotations

from reinspect.model import Authority

EXAMPLESHIRE = Authority(
    slug="exampleshire", name="Exampleshire", urn="", la_code="", aliases=("Exampleshire County Council",)
)
