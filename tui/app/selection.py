"""The selection: one value shared by all panes and owned by the main screen."""

from __future__ import annotations

import msgspec


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An authority, one of its inspections, a pair of inspections to compare, and a comparison group.

    `authority` is a slug ("camden"); `inspection`, `a` and `b` are ids of inspections, `a` and `b` being the compared
    pair. `cohort` is an expression as a person types it ("region:London"); None means no comparison group.
    """

    authority: str | None = None
    inspection: str | None = None
    a: str | None = None
    b: str | None = None
    cohort: str | None = None
