"""Answer "which grades does each authority have now?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.scope import find_cohort
from reinspect.authorities import authorities
from reinspect.comparing.latest_grades import LatestGrades, latest_grades

if TYPE_CHECKING:
    from reinspect.answers.holdings import HasInspections
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class LatestGradesAnswer(Answer, frozen=True, kw_only=True):
    """The latest grades of authorities, one row for each authority.

    `description` says which authorities these are and how they are sorted.
    """

    rows: tuple[LatestGrades, ...]
    description: str = ""

    def sheet(self) -> Sheet:
        """Return a page with a table of grades, one row for each authority."""
        from reinspect.exporting.sheets.latest_grades import latest_grades_sheet

        return latest_grades_sheet(self.rows, self.description)

    def records(self) -> list[JsonObject]:
        """Return a JSON object for the latest graded inspection of each authority."""
        from reinspect.exporting.records import inspection_record

        return [inspection_record(row.latest, row.authority) for row in self.rows if row.latest]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each authority, with its latest grades."""
        from reinspect.exporting.tables.authorities import latest_grades_table

        return (latest_grades_table(self.rows),)


def find_latest_grades(holdings: HasInspections, cohort: str | None) -> LatestGradesAnswer:
    """Return the latest grades of all authorities, or of a group such as "region:London", sorted by name.

    Raises:
        CohortError: the group cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort else None
    rows = latest_grades(authorities(), holdings.inspections())
    return LatestGradesAnswer(
        rows=tuple(row for row in rows if group is None or row.authority.slug in group.authorities),
        description=f"{group.words if group else 'all authorities'} by name",
    )
