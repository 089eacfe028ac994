"""A cohort: a group of authorities and inspections to compare with (`expressions` reads one as a person types it)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reinspect.comparing.crosswalk import crosswalk
from reinspect.errors import ReinspectError
from reinspect.model import Inspection


class CohortError(ReinspectError):
    """A cohort that cannot be understood or that has no members; the message names the part."""

    exit_code = 2


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """A group of authorities, and a restriction of their inspections.

    - `expression`: the cohort as it may be typed again; `words`: the same in words, to print.
    - `authorities`: slugs; statistical neighbours are in their own order, the nearest first.
    - `frameworks`: keys of the frameworks of its inspections; empty for all.
    - `since`, `until`: partial ISO dates, both included, of its inspections; None for no limit.
    """

    expression: str
    words: str
    authorities: tuple[str, ...]
    frameworks: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def holds(self, inspection: Inspection) -> bool:
        """Return True if an inspection belongs to the cohort."""
        return (
            inspection.authority in self.authorities
            and (not self.frameworks or inspection.framework in self.frameworks)
            and is_within(inspection.when, self.since, self.until)
        )

    def holds_all_of(self, slug: str | None) -> bool:
        """Return True if every inspection of this authority belongs to the cohort, whatever its framework and date."""
        return slug in self.authorities and not (self.frameworks or self.since or self.until)

    def without(self, slug: str) -> Cohort:
        """Return the cohort without one authority, to compare that authority with the others."""
        others = tuple(other for other in self.authorities if other != slug)
        return msgspec.structs.replace(self, authorities=others)


def is_within(when: str, since: str | None, until: str | None) -> bool:
    """Return True if an ISO date is within two partial dates, both included: "2023-05-16" is within "2023"."""
    if (since or until) and not when:
        return False
    return (since is None or when[: len(since)] >= since) and (until is None or when[: len(until)] <= until)


def is_full(inspection: Inspection) -> bool:
    """Return True if an inspection graded strands of the authority under a framework that is compared with others.

    A focused visit, the review of a safeguarding board alone, and the older frameworks are not full inspections.
    """
    return (
        inspection.graded
        and inspection.framework not in crosswalk().separate
        and any(judgement.strand != "lscb" for judgement in inspection.judgements)
    )


def latest_graded(inspections: Iterable[Inspection]) -> dict[str, Inspection]:
    """Return the latest full inspection of each authority that had one, by slug."""
    ordered = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    return {inspection.authority: inspection for inspection in ordered if is_full(inspection)}
