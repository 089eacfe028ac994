"""The latest grades of every authority, and its earlier graded inspections.

There is one row for each authority. Nothing is averaged, and an overall grade that was not judged is not made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Protocol, TypeVar

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.cohort import is_full
from reinspect.model import Authority, Inspection

_REGION_SIMILARITY = 0.75


class LatestGrades(msgspec.Struct, frozen=True, kw_only=True):
    """An authority and its graded inspections, oldest first. Inspections that are never compared are left out."""

    authority: Authority
    graded: tuple[Inspection, ...] = ()

    @property
    def latest(self) -> Inspection | None:
        """The latest graded inspection, or None."""
        return self.graded[-1] if self.graded else None

    def rung(self, strand: str) -> str:
        """Return a sort key for the latest grade on a strand: the best grade first, no grade last."""
        judgement = self.latest.judgement(strand) if self.latest else None
        order = ("outstanding", "good", "adequate", "requires improvement", "inadequate")
        return str(order.index(judgement.grade)) if judgement and judgement.grade in order else "9"

    def age(self, today: date) -> int | None:
        """Return the number of whole months since the latest graded inspection ended, or None if unknown."""
        end = self.latest.end if self.latest else None
        if end is None:
            return None
        return (today.year - end.year) * 12 + today.month - end.month - (today.day < end.day)


def latest_grades(authorities: Authorities, inspections: Iterable[Inspection]) -> list[LatestGrades]:
    """Return the latest grades of every authority in social care, sorted by the name of the authority.

    The invented council is among them if it has graded inspections here.
    """
    graded: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in inspections:
        if is_full(inspection):
            graded[inspection.authority].append(inspection)
    shown = [each for each in authorities.with_invented() if each != authorities.invented or each.slug in graded]
    return [
        LatestGrades(
            authority=authority, graded=tuple(sorted(graded[authority.slug], key=lambda inspection: inspection.when))
        )
        for authority in sorted(shown, key=lambda authority: authority.name)
    ]


class OfAuthority(Protocol):
    """A row about one authority."""

    @property
    def authority(self) -> Authority:
        """The authority."""


AuthorityRow = TypeVar("AuthorityRow", bound=OfAuthority)


def matching_name(rows: Iterable[AuthorityRow], typed: str) -> list[AuthorityRow]:
    """Return the rows whose authority name, alias or region contains the typed text."""
    letters = typed.casefold()
    return [row for row in rows if any(letters in name for name in _names(row.authority))]


def similar_name(rows: Sequence[LatestGrades], typed: str, known: Authorities) -> list[LatestGrades]:
    """Return the rows whose region, or else authority name, is spelt like the typed text."""
    regions = {row.authority.region.casefold() for row in rows}
    if region := get_close_matches(typed.casefold(), regions, n=1, cutoff=_REGION_SIMILARITY):
        return matching_name(rows, region[0])
    by_slug = {row.authority.slug: row for row in rows}
    similar = known.suggest(typed, limit=len(known.all()))
    return [by_slug[authority.slug] for authority in similar if authority.slug in by_slug]


def _names(authority: Authority) -> Iterable[str]:
    return (name.casefold() for name in (authority.name, authority.region, *authority.aliases))
