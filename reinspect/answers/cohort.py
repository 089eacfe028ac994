"""Answer "which grades does a group of authorities have, and how does one inspection compare?"."""

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
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable
    from reinspect.model import Inspection


class CohortAnswer(Answer, frozen=True, kw_only=True):
    """The latest grades of a group of authorities, and how their grades changed.

    If one inspection was compared with the group, `authority` is the owner of that inspection, else None.
    """

    grades: CohortGrades
    changes: GradeChanges
    authority: Authority | None = None

    @property
    def is_one_record(self) -> bool:
        """True: JSON has one object."""
        return True

    def sheet(self) -> Sheet:
        """Return a page with the grades and grade changes of the group."""
        from reinspect.exporting.sheets.cohort import cohort_sheet

        return cohort_sheet(self.grades, self.changes, self.authority)

    def records(self) -> list[JsonObject]:
        """Return one JSON object with all counts, and the ids of the inspections counted."""
        from reinspect.exporting.records import cohort_record

        return [cohort_record(self.grades, self.changes, self.authority)]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a table with one row for each count."""
        from reinspect.exporting.tables.cohort import cohort_table

        return (cohort_table(self.grades, self.changes),)


def describe_cohort(holdings: HasInspections, cohort: str, inspection: Inspection | None) -> CohortAnswer:
    """Return the grades and grade changes of a group of authorities, compared with one inspection if given.

    `cohort` is an expression such as "region:London".

    Raises:
        CohortError: the expression cannot be understood.
    """
    grades = grade_group(holdings, cohort, inspection)
    changes = grade_changes(grades.cohort, holdings.inspections(), authorities().with_invented())
    return CohortAnswer(grades=grades, changes=changes, authority=authority_of(inspection) if inspection else None)


def grade_group(holdings: HasInspections, cohort: str, inspection: Inspection | None) -> CohortGrades:
    """Return the latest grades of a group of authorities, compared with one inspection if given.

    `cohort` is an expression such as "region:London".

    Raises:
        CohortError: the expression cannot be understood.
    """
    return grade_cohort(
        find_cohort(holdings, cohort), holdings.inspections(), authorities().with_invented(), inspection
    )
