"""Answer "what should I know of this authority, on one page?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.answer import Answer
from reinspect.answers.cohort import grade_group
from reinspect.answers.comparison import ComparisonAnswer, compare_inspections
from reinspect.answers.follow_through import FollowThroughAnswer, follow_improvements
from reinspect.answers.themes import compare_own_themes
from reinspect.comparing.cohorts.cohort import is_full
from reinspect.comparing.cohorts.grades import CohortGrades
from reinspect.comparing.followthrough.asked_again import AskedAgain, asked_again
from reinspect.comparing.themes.own_themes import OwnThemes
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Inspection, Pin

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.comparing.followthrough.threads import KnownSteps
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.sheets.briefing import Briefing
    from reinspect.exporting.tidy import TidyTable

_MOST_QUOTES = 3


class BriefingAnswer(Answer, frozen=True, kw_only=True):
    """One page on an authority: grades, recommendations, its group, and quotes from the basket.

    - `latest`: its latest graded inspection, or None.
    - `comparison`: that inspection compared with the graded one before, or None if there is only one.
    - `follow`: every recommendation of the same band, followed through later texts.
    - `group`: the latest grades of a group, compared with the latest inspection; None without a group.
    - `own_themes`: what it is asked by theme, compared with the group or all others; None if there is too little.
    - `quotes`: the first three quotes of the basket from texts on this authority.
    """

    authority: Authority
    latest: Inspection | None
    comparison: ComparisonAnswer | None
    follow: FollowThroughAnswer
    group: CohortGrades | None
    own_themes: OwnThemes | None = None
    quotes: tuple[Pin, ...] = ()

    @property
    def is_one_record(self) -> bool:
        """True: JSON has one object."""
        return True

    @property
    def asked(self) -> AskedAgain | None:
        """The recommendations of both inspections, compared; None if either list is not known."""
        if self.comparison is None or not self.comparison.has_both_lists:
            return None
        earlier, later = self.comparison.in_order
        return asked_again(self.follow.threads, earlier, later)

    def sheet(self) -> Sheet:
        """Return the page."""
        from reinspect.exporting.sheets.briefing import briefing_sheet

        return briefing_sheet(self._content())

    def records(self) -> list[JsonObject]:
        """Return a list with one JSON object."""
        from reinspect.exporting.records import briefing_record

        return [briefing_record(self._content())]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each strand compared; then what was asked, what is raised again, and the group."""
        from reinspect.exporting.tables.briefing import briefing_tables

        return briefing_tables(self._content())

    def _content(self) -> Briefing:
        from reinspect.exporting.sheets.briefing import Briefing

        return Briefing(
            authority=self.authority,
            latest=self.latest,
            comparison=self.comparison.comparison if self.comparison else None,
            asked=self.asked,
            threads=self.follow.threads,
            group=self.group,
            own_themes=self.own_themes,
            quotes=self.quotes,
        )


def _within_social_care(followed: FollowThroughAnswer) -> FollowThroughAnswer:
    threads = tuple(thread for thread in followed.threads if band_of(thread.inspection.framework) == SOCIAL_CARE)
    return msgspec.structs.replace(followed, threads=threads)


def brief(
    holdings: Holdings, authority: Authority, group: str | None = None, known: KnownSteps | None = None
) -> BriefingAnswer:
    """Return one page on an authority, compared with a group such as "region:London"; by default its neighbours.

    Steps of follow-through in `known` are not worked out again.

    Raises:
        CohortError: the group cannot be understood.
    """
    inspections = sorted(holdings.inspections(authority.slug), key=lambda inspection: inspection.when)
    graded = [inspection for inspection in inspections if is_full(inspection)]
    latest = graded[-1] if graded else None
    expression = group or (f"neighbours:{authority.slug}" if authority.neighbours else None)
    ids = {inspection.id for inspection in inspections}
    quotes = [pin for pin in holdings.pins() if pin.kind == "quote" and pin.inspection in ids]
    return BriefingAnswer(
        authority=authority,
        latest=latest,
        comparison=compare_inspections(holdings, graded[-2], graded[-1], known=known) if len(graded) > 1 else None,
        follow=_within_social_care(follow_improvements(holdings, authority, known)),
        group=grade_group(holdings, expression, latest) if expression and latest else None,
        own_themes=compare_own_themes(holdings, authority, expression),
        quotes=tuple(quotes[:_MOST_QUOTES]),
    )
