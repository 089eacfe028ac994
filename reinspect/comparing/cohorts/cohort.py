"""A cohort: the authorities and inspections that something is set beside (`cohort_expressions` reads it as typed)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reinspect.comparing.crosswalk import crosswalk
from reinspect.errors import ReinspectError
from reinspect.model import Inspection


class CohortError(ReinspectError):
    """A cohort that cannot be understood, or that nobody is in; the message names the part."""

    exit_code = 2


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what to set something beside.

    `authorities` are slugs, the nearest neighbours first where they are neighbours. `frameworks`, `since` and `until`
    (ISO, as coarse as typed, both included) restrict the inspections and are empty or None where they do not.
    `words` is the whole in words, `expression` as it may be typed again.
    """

    expression: str
    words: str
    authorities: tuple[str, ...]
    frameworks: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def holds(self, inspection: Inspection) -> bool:
        """Whether an inspection belongs to it."""
        return (
            inspection.authority in self.authorities
            and (not self.frameworks or inspection.framework in self.frameworks)
            and is_within(inspection.when, self.since, self.until)
        )

    def holds_all_of(self, slug: str | None) -> bool:
        """Whether all that is held of an authority belongs to it, of whatever inspection and date."""
        return slug in self.authorities and not (self.frameworks or self.since or self.until)

    def without(self, slug: str) -> Cohort:
        """The same cohort without one authority, which is then set beside the others."""
        others = tuple(each for each in self.authorities if each != slug)
        return msgspec.structs.replace(self, authorities=others)


def is_within(when: str, since: str | None, until: str | None) -> bool:
    """Whether an ISO date is not before the one and not after the other, each of which may be coarse."""
    if (since or until) and not when:
        return False
    return (since is None or when[: len(since)] >= since) and (until is None or when[: len(until)] <= until)


def is_full(inspection: Inspection) -> bool:
    """Whether it graded an authority's own strands under a framework that is compared with others.

    A visit did not, the review of a board alone did not, and the frameworks that stand apart are history.
    """
    return (
        inspection.graded
        and inspection.framework not in crosswalk().apart
        and any(judgement.strand != "lscb" for judgement in inspection.judgements)
    )


def latest_graded(inspections: Iterable[Inspection]) -> dict[str, Inspection]:
    """The latest full inspection of each authority (slug) that had one."""
    ordered = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    return {inspection.authority: inspection for inspection in ordered if is_full(inspection)}
