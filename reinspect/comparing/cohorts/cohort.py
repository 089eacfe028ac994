"""A cohort: a group of authorities whose inspections are compared."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reinspect.comparing.crosswalk import crosswalk
from reinspect.errors import ReinspectError
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Inspection


class CohortError(ReinspectError):
    """A cohort that is invalid or has no members; the message names the faulty part."""

    exit_code = 2


class EmptyCohortError(CohortError):
    """A cohort that is understood and has no members."""


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """A group of authorities to compare, which may be limited to some of their inspections.

    - `expression`: the text that a person types to get this cohort; `words`: a description to print.
    - `authorities`: slugs.
    - `frameworks`: only inspections under these frameworks (keys); empty for all.
    - `since`, `until`: only inspections between these dates, both included ("2023" or "2023-05"); None for no limit.
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
        """Return True if every inspection of this authority belongs to the cohort."""
        return slug in self.authorities and not (self.frameworks or self.since or self.until)

    def without(self, slug: str) -> Cohort:
        """Return the cohort without one authority."""
        others = tuple(other for other in self.authorities if other != slug)
        return msgspec.structs.replace(self, authorities=others)


def is_within(when: str, since: str | None, until: str | None) -> bool:
    """Return True if a date is within two limits, both included: "2023-05-16" is within "2022" to "2023"."""
    if (since or until) and not when:
        return False
    return (since is None or when[: len(since)] >= since) and (until is None or when[: len(until)] <= until)


def is_full(inspection: Inspection, band: str = SOCIAL_CARE) -> bool:
    """Return True if an inspection graded an authority under a framework of the band that is compared with others.

    False for a focused visit, for a review of the safeguarding board alone, and under the older frameworks.
    """
    return (
        inspection.graded
        and band_of(inspection.framework) == band
        and inspection.framework not in crosswalk().separate
        and any(judgement.strand != "lscb" for judgement in inspection.judgements)
    )


def latest_graded(inspections: Iterable[Inspection], band: str = SOCIAL_CARE) -> dict[str, Inspection]:
    """Return the latest inspection of each authority in a band whose grades may be compared with others, by slug."""
    ordered = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    return {inspection.authority: inspection for inspection in ordered if is_full(inspection, band)}
