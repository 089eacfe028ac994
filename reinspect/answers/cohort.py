"""Answer "how does a group of authorities stand, and one inspection compared with it?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of
from reinspect.answers.scope import find_cohort
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.changes import GradeChanges, grade_changes
from reinspect.comparing.cohorts.grades import CohortGrades, grade_cohort
from reinspect.model import Authority

if TYPE_CHECKING:
    from reinspect.answers.holdings import HasInspections
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet, SheetTable
    from reinspect.model import Inspection


class CohortAnswer(Answer, frozen=True, kw_only=True):
    """The grades of a group, how they changed from inspection to inspection, and one inspection compared with them.

    `authority` is the one whose inspection is compared, or None.
    """

    grades: CohortGrades
    changes: GradeChanges
    authority: Authority | None = None

    def sheet(self) -> Sheet:
        """Return the group as `reinspect compare --cohort` prints it."""
        from reinspect.exporting.sheets.cohort import cohort_sheet

        return cohort_sheet(self.grades, self.changes, self.authority)

    def records(self) -> list[JsonObject]:
        """Return one record with every figure and the inspections behind it."""
        from reinspect.exporting.records import cohort_record

        return [cohort_record(self.grades, self.changes, self.authority)]

    def table(self) -> SheetTable:
        """Return a row a figure."""
        from reinspect.exporting.sheets.cohort import cohort_table

        return cohort_table(self.grades, self.changes)


def describe_cohort(holdings: HasInspections, cohort: str, inspection: Inspection | None) -> CohortAnswer:
    """Return a group's grades and their changes, and one inspection compared with them.

    Raises:
        CohortError: the cohort cannot be understood.
    """
    grades = grade_group(holdings, cohort, inspection)
    changes = grade_changes(grades.cohort, holdings.inspections(), authorities().all())
    return CohortAnswer(grades=grades, changes=changes, authority=authority_of(inspection) if inspection else None)


def grade_group(holdings: HasInspections, cohort: str, inspection: Inspection | None) -> CohortGrades:
    """Return the latest grades of a group, strand by strand, and one inspection compared with them.

    Raises:
        CohortError: the cohort cannot be understood.
    """
    return grade_cohort(find_cohort(holdings, cohort), holdings.inspections(), authorities().all(), inspection)
