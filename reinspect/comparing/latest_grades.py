"""Where every authority stands: its latest grades, and how its overall grade has gone.

Facts only, one row an authority: nothing is averaged, and no overall grade is made up where none was judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.crosswalk import crosswalk
from reinspect.model import Authority, Inspection

_REGION_ALIKE = 0.75


class LatestGrades(msgspec.Struct, frozen=True, kw_only=True):
    """An authority, and those of its graded inspections that may be compared at all, the oldest first."""

    authority: Authority
    graded: tuple[Inspection, ...] = ()

    @property
    def latest(self) -> Inspection | None:
        """The latest graded inspection."""
        return self.graded[-1] if self.graded else None

    def rung(self, strand: str) -> str:
        """A key to sort by: the latest grade on a strand, the best first, none last."""
        judgement = self.latest.judgement(strand) if self.latest else None
        order = ("outstanding", "good", "adequate", "requires improvement", "inadequate")
        return str(order.index(judgement.grade)) if judgement and judgement.grade in order else "9"

    def age(self, today: date) -> int | None:
        """Whole months since the last day of the latest graded inspection, or None where that day is not known."""
        end = self.latest.end if self.latest else None
        if end is None:
            return None
        return (today.year - end.year) * 12 + today.month - end.month - (today.day < end.day)


def latest_grades(authorities: Authorities, inspections: Iterable[Inspection]) -> list[LatestGrades]:
    """One standing an authority, by name, those without inspections too."""
    apart = crosswalk().apart
    graded: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in inspections:
        # The review of a board grades no strand of the authority's own.
        if inspection.judgement("leaders") and inspection.framework not in apart:
            graded[inspection.authority].append(inspection)
    return [
        LatestGrades(authority=authority, graded=tuple(sorted(graded[authority.slug], key=lambda held: held.when)))
        for authority in sorted(authorities.all(), key=lambda authority: authority.name)
    ]


def matching_name(standings: Iterable[LatestGrades], typed: str) -> list[LatestGrades]:
    """Those in whose name, in any form of it, or region these letters stand; all where there are none."""
    letters = typed.casefold()
    return [standing for standing in standings if any(letters in name for name in _names(standing.authority))]


def similar_name(standings: Sequence[LatestGrades], typed: str, known: Authorities) -> list[LatestGrades]:
    """Those of a region that is spelt nearly so, else those whose names resemble it, the likest first."""
    regions = {standing.authority.region.casefold() for standing in standings}
    if region := get_close_matches(typed.casefold(), regions, n=1, cutoff=_REGION_ALIKE):
        return matching_name(standings, region[0])
    by_slug = {standing.authority.slug: standing for standing in standings}
    likest = known.suggest(typed, limit=len(known.all()))
    return [by_slug[authority.slug] for authority in likest if authority.slug in by_slug]


def _names(authority: Authority) -> Iterable[str]:
    return (name.casefold() for name in (authority.name, authority.region, *authority.aliases))
