"""Answer "what changed between two inspections?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.cohort import CohortAnswer, describe_cohort
from reinspect.answers.names import authority_of
from reinspect.comparing.comparison import Comparison, compare

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable
    from reinspect.model import Inspection, Passage


class ComparisonAnswer(Answer, frozen=True, kw_only=True):
    """The comparison of two inspections: grades, recommendations and passages.

    `cohort`, if given, compares the second inspection with a group of authorities.
    """

    comparison: Comparison
    cohort: CohortAnswer | None = None

    @property
    def is_one_record(self) -> bool:
        """True without a group: JSON has one object."""
        return self.cohort is None

    def sheet(self) -> Sheet:
        """Return a page with the comparison."""
        from reinspect.exporting.sheets.cohort import with_cohort
        from reinspect.exporting.sheets.comparison import comparison_sheet

        sheet = comparison_sheet(self.comparison)
        if self.cohort is None:
            return sheet
        return with_cohort(sheet, self.cohort.grades, self.cohort.changes, self.cohort.authority)

    def records(self) -> list[JsonObject]:
        """Return the comparison as a JSON object, and a second object for the group if there is one."""
        from reinspect.exporting.records import comparison_record

        return [comparison_record(self.comparison), *(self.cohort.records() if self.cohort else [])]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each strand; then the recommendations, the passages, and the group if there is one."""
        from reinspect.exporting.tables.comparison import comparison_tables

        return (*comparison_tables(self.comparison), *(self.cohort.tables() if self.cohort else ()))


def compare_inspections(
    holdings: Holdings, a: Inspection, b: Inspection, cohort: str | None = None
) -> ComparisonAnswer:
    """Compare the grades, recommendations and passages of two inspections.

    `cohort` is an expression such as "region:London": a group to compare inspection `b` with.

    Raises:
        CohortError: the expression cannot be understood.
    """
    comparison = compare(a, b, _passages(holdings, a), _passages(holdings, b), (authority_of(a), authority_of(b)))
    return ComparisonAnswer(
        comparison=comparison, cohort=describe_cohort(holdings, cohort, b) if cohort is not None else None
    )


def _passages(holdings: Holdings, inspection: Inspection) -> tuple[Passage, ...]:
    return holdings.passages(inspection.primary_text) if inspection.primary_text else ()
