"""Find the council that a document is about, in a printed name or in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reinspect.authorities import authorities
from reinspect.model import PrintedAuthority

_AROUND_NAME = re.compile(r"^\d{1,3}\s+(?=\D)|[’']s?$")
"""Text around a name that is not part of it: a page number before, a possessive ending after."""


def find_printed_authority(candidates: Iterable[str]) -> PrintedAuthority | None:
    """Return the first candidate that is the name of a known authority.

    If no candidate is known, return the first candidate with no `slug`. Return None if there are no candidates.
    """
    first = None
    for printed in (_AROUND_NAME.sub("", candidate) for candidate in candidates):
        authority = authorities().find(printed)
        if authority is not None:
            return PrintedAuthority(printed=printed, slug=authority.slug, name=authority.name, urn=authority.urn)
        first = first or printed
    return PrintedAuthority(printed=first) if first else None


def find_mentioned_authority(text: str, printed: str = "") -> PrintedAuthority | None:
    """Return the authority that a text is mainly about, or None if there is no clear one.

    `printed` is the name in its title, if it has one. If an authority's name is only a part of it ("East Surrey"), the
    text is about another place.
    """
    authority = authorities().find_in(text)
    if authority is None or authorities().is_only_part_of(authority, printed):
        return None
    return PrintedAuthority(printed=authority.name, slug=authority.slug, name=authority.name, urn=authority.urn)
