"""Answer "which inspections are stored?" and "what is known of this one?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of
from reinspect.answers.scope import find_cohort
from reinspect.model import Authority, Inspection

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet, SheetTable


class InspectionList(Answer, frozen=True, kw_only=True):
    """Inspections by authority and date, each with its authority. `description` says which they are, or is ""."""

    inspections: tuple[tuple[Inspection, Authority], ...]
    description: str = ""

    def sheet(self) -> Sheet:
        """Return the list as `reinspect list` prints it."""
        from reinspect.exporting.sheets.inspections import inspections_sheet

        return inspections_sheet(list(self.inspections), self.description)

    def records(self) -> list[JsonObject]:
        """Return one record an inspection."""
        from reinspect.exporting.records import inspection_record

        return [inspection_record(inspection, authority) for inspection, authority in self.inspections]

    def table(self) -> SheetTable:
        """Return a row an inspection, a column a strand, with ISO dates."""
        from reinspect.exporting.sheets.inspections import record_table

        return record_table(list(self.inspections))


class InspectionAnswer(Answer, frozen=True, kw_only=True):
    """One inspection with the evidence of each fact. `passages` is how many its primary text has, or None."""

    inspection: Inspection
    authority: Authority
    passages: int | None = None

    def sheet(self) -> Sheet:
        """Return the inspection as `reinspect show` prints it."""
        from reinspect.exporting.sheets.inspection import inspection_sheet

        return inspection_sheet(self.inspection, self.authority)

    def records(self) -> list[JsonObject]:
        """Return one record."""
        from reinspect.exporting.records import inspection_record

        return [inspection_record(self.inspection, self.authority, self.passages)]


def list_inspections(holdings: Holdings, authority: Authority | None, cohort: str | None) -> InspectionList:
    """Return the stored inspections of an authority or of a cohort, or all.

    Raises:
        CohortError: the cohort cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort is not None else None
    inspections = holdings.inspections(authority.slug if authority else None)
    chosen = [inspection for inspection in inspections if group is None or group.holds(inspection)]
    return InspectionList(
        inspections=tuple((inspection, authority_of(inspection)) for inspection in chosen),
        description="; ".join(filter(None, [authority.name if authority else "", group.words if group else ""])),
    )


def show_inspection(holdings: Holdings, inspection: Inspection) -> InspectionAnswer:
    """Return one inspection with what its primary text holds."""
    text = inspection.primary_text
    return InspectionAnswer(
        inspection=inspection,
        authority=authority_of(inspection),
        passages=len(holdings.passages(text)) if text else None,
    )
