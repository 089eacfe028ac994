"""The facts in the first two lines of the main screen: stored reports, the group in words, and the basket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reinspect.answers.names import authority_with_slug
from reinspect.comparing.crosswalk import crosswalk
from tui.app.digest_marks import has_only_digest

if TYPE_CHECKING:
    from reinspect.answers import Library
    from reinspect.model import Inspection
    from tui.selection import Selection


class HeadFacts(NamedTuple):
    """The number of inspections that are `known`, and of those with a `stored` report or letter; the group; the pins.

    `digests` is the number of inspections that have only our notes; `group` is in words. `download_refusal` says
    why the missing reports cannot be downloaded; None if they can.
    """

    stored: int
    known: int
    digests: int
    group: str | None
    pins: int
    download_refusal: str | None


def head_facts(library: Library, selection: Selection) -> HeadFacts:
    """Return the facts for a selection; runs in a thread."""
    inspections = library.holdings.inspections(selection.authority) if selection.authority else ()
    separate = crosswalk().separate
    counted = [each for each in inspections if each.primary_text or each.framework not in separate]
    digests = sum(map(has_only_digest, counted))
    return HeadFacts(
        stored=sum(each.primary_text is not None for each in counted) - digests,
        known=len(counted),
        digests=digests,
        group=group_in_words(library, selection.cohort) if selection.cohort else None,
        pins=len(library.holdings.pins()),
        download_refusal=_download_refusal(selection.authority, inspections) if selection.authority else None,
    )


def _download_refusal(slug: str, inspections: Sequence[Inspection]) -> str | None:
    from tui.fetch_report import plan_for, reason_not_to_fetch

    return reason_not_to_fetch(plan_for(inspections), authority_with_slug(slug).name)


def group_in_words(library: Library, expression: str) -> str:
    """Return a group in plain words: "Camden's 10 statistical neighbours"; as typed, if it is not understood."""
    from reinspect.comparing.cohorts.cohort import CohortError

    try:
        cohort = library.cohort(expression)
    except CohortError:
        return expression
    key, _, name = expression.partition(":")
    count = len(cohort.authorities)
    is_of_one = cohort.words.startswith("statistical neighbours of ") and "," not in name and ";" not in cohort.words
    if key == "neighbours" and is_of_one:
        return f"{cohort.words.removeprefix('statistical neighbours of ')}'s {count} statistical neighbours"
    if key == "region" and name and "," not in name and ";" not in cohort.words:
        return f"{cohort.words.removeprefix('authorities of ')} ({count})"
    return f"{cohort.words} ({count})"
