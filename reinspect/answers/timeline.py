"""Answer "which grades did this authority get over the years?"."""

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
    from reinspect.exporting.tidy import TidyTable
    from reinspect.model import Authority


class TimelineAnswer(Answer, frozen=True, kw_only=True):
    """All inspections of one or more authorities through time.

    `cohort_grades`, if given, compares each authority with the latest grades of a group.
    """

    timelines: tuple[Timeline, ...]
    cohort_grades: tuple[CohortGrades, ...] = ()

    @property
    def is_one_record(self) -> bool:
        """True for one authority: JSON has one object."""
        return len(self.timelines) == 1

    def sheet(self) -> Sheet:
        """Return a page with the inspections of each authority."""
        from reinspect.exporting.sheets.timeline import timeline_sheet

        return timeline_sheet(*self.timelines, standings=self.cohort_grades)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each authority."""
        from reinspect.exporting.records import cohort_grades_record, timeline_record

        records = [timeline_record(each) for each in self.timelines]
        if not self.cohort_grades:
            return records
        grades = map(cohort_grades_record, self.cohort_grades)
        return [{**history, **group} for history, group in zip(records, grades, strict=True)]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each grade; then each inspection or visit, and the grades of the group if there is one."""
        from reinspect.exporting.tables.cohort import compared_grades_table
        from reinspect.exporting.tables.timeline import events_table, timeline_table

        group = (compared_grades_table(self.cohort_grades),) if self.cohort_grades else ()
        return (timeline_table(self.timelines), events_table(self.timelines), *group)


def find_timelines(holdings: Holdings, authorities: Sequence[Authority], cohort: str | None) -> TimelineAnswer:
    """Return all inspections of each authority through time, compared with a group such as "region:London" if given.

    Raises:
        CohortError: the group cannot be understood.
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
