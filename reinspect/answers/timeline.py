"""Answer "how was this authority judged over the years?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.cohort import grade_group
from reinspect.answers.names import latest_graded_inspection
from reinspect.comparing.cohorts.grades import CohortGrades
from reinspect.comparing.timeline import Timeline, timeline
from reinspect.record import record

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.model import Authority


class TimelineAnswer(Answer, frozen=True, kw_only=True):
    """The history of each authority; with a cohort, that cohort's grades compared with each authority's latest."""

    timelines: tuple[Timeline, ...]
    cohort_grades: tuple[CohortGrades, ...] = ()

    def sheet(self) -> Sheet:
        """Return the histories as `reinspect timeline` prints them."""
        from reinspect.exporting.sheets.timeline import timeline_sheet

        return timeline_sheet(*self.timelines, standings=self.cohort_grades)

    def records(self) -> list[JsonObject]:
        """Return one record an authority."""
        from reinspect.exporting.records import cohort_grades_record, timeline_record

        records = [timeline_record(each) for each in self.timelines]
        if not self.cohort_grades:
            return records
        grades = map(cohort_grades_record, self.cohort_grades)
        return [{**history, **group} for history, group in zip(records, grades, strict=True)]


def find_timelines(holdings: Holdings, authorities: Sequence[Authority], cohort: str | None) -> TimelineAnswer:
    """Return the history of each authority.

    Raises:
        CohortError: the cohort cannot be understood.
    """
    gaps = record().gaps
    histories = tuple(timeline(authority, holdings.inspections(authority.slug), gaps) for authority in authorities)
    if cohort is None:
        return TimelineAnswer(timelines=histories)
    latest = [latest_graded_inspection(holdings, authority.slug) for authority in authorities]
    return TimelineAnswer(
        timelines=histories,
        cohort_grades=tuple(grade_group(holdings, cohort, inspection) for inspection in latest),
    )
