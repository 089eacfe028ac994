"""Where every authority stands: its latest grades, and how its overall grade has gone.

Facts only, one row an authority: nothing is averaged, and no overall grade is made up where none was judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.crosswalk import crosswalk
from reinspect.model import Authority, Inspection


class Standing(msgspec.Struct, frozen=True, kw_only=True):
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


def standings(authorities: Authorities, inspections: Iterable[Inspection]) -> list[Standing]:
    """One standing an authority, by name, those without inspections too."""
    apart = crosswalk().apart
    graded: defaultdict[str, list[Inspection]] = defaultdict(list)
    for inspection in inspections:
        # The review of a board grades no strand of the authority's own.
        if inspection.judgement("leaders") and inspection.framework not in apart:
            graded[inspection.authority].append(inspection)
    return [
        Standing(authority=authority, graded=tuple(sorted(graded[authority.slug], key=lambda held: held.when)))
        for authority in sorted(authorities.all(), key=lambda authority: authority.name)
    ]
