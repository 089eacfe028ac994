"""Answer "which inspections are stored?" and "what is known of this one?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of, authority_with_slug
from reinspect.model import Authority, Inspection

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class InspectionList(Answer, frozen=True, kw_only=True):
    """A list of inspections, sorted by authority and date, each with its authority.

    `description` says which inspections these are, such as "Camden", or is "".
    """

    inspections: tuple[tuple[Inspection, Authority], ...]
    description: str = ""

    def sheet(self) -> Sheet:
        """Return a page that lists the inspections."""
        from reinspect.exporting.sheets.inspections import inspections_sheet

        return inspections_sheet(list(self.inspections), self.description)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each inspection."""
        from reinspect.exporting.records import inspection_record

        return [inspection_record(inspection, authority) for inspection, authority in self.inspections]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each inspection with a column for each strand; then all grades and recommendations."""
        from reinspect.exporting.tables.inspections import inspection_tables

        return inspection_tables(self.inspections)


class InspectionAnswer(Answer, frozen=True, kw_only=True):
    """One inspection with its authority.

    `passages` is the number of paragraphs and list items in its report, None if no report is stored.
    """

    inspection: Inspection
    authority: Authority
    passages: int | None = None

    @property
    def is_one_record(self) -> bool:
        """True: JSON has one object."""
        return True

    def sheet(self) -> Sheet:
        """Return a page with all facts of the inspection."""
        from reinspect.exporting.sheets.inspection import inspection_sheet

        return inspection_sheet(self.inspection, self.authority)

    def records(self) -> list[JsonObject]:
        """Return a list with one JSON object."""
        from reinspect.exporting.records import inspection_record

        return [inspection_record(self.inspection, self.authority, self.passages)]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return one row with all facts; then its grades and its recommendations."""
        from reinspect.exporting.tables.inspections import inspection_tables

        return inspection_tables([(self.inspection, self.authority)])


def list_inspections(holdings: Holdings, authority: Authority | None, cohort: str | None) -> InspectionList:
    """Return the stored inspections of an authority, of a group such as "region:London", or all.

    Raises:
        CohortError: the group cannot be understood.
    """
    group = None
    if cohort is not None:
        from reinspect.answers.scope import find_cohort

        group = find_cohort(holdings, cohort)
    inspections = holdings.inspections(authority.slug if authority else None)
    chosen = [inspection for inspection in inspections if group is None or group.holds(inspection)]
    authorities = {slug: authority_with_slug(slug) for slug in {inspection.authority for inspection in chosen}}
    return InspectionList(
        inspections=tuple((inspection, authorities[inspection.authority]) for inspection in chosen),
        description="; ".join(filter(None, [authority.name if authority else "", group.words if group else ""])),
    )


def show_inspection(holdings: Holdings, inspection: Inspection) -> InspectionAnswer:
    """Return one inspection with its authority and the number of passages in its report."""
    text = inspection.primary_text
    return InspectionAnswer(
        inspection=inspection,
        authority=authority_of(inspection),
        passages=len(holdings.passages(text)) if text else None,
    )
