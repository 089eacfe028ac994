"""Answer "what did I save while reading?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of
from reinspect.model import Authority, Inspection, Pin

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class BasketAnswer(Answer, frozen=True, kw_only=True):
    """The quotes, table rows and phrases that a person saved ("pins"), and the inspections they come from."""

    pins: tuple[Pin, ...]
    sources: tuple[tuple[Inspection, Authority], ...] = ()

    def sheet(self) -> Sheet:
        """Return a page with all saved items, each with its citation and note."""
        from reinspect.exporting.sheets.basket import basket_sheet

        return basket_sheet(self.pins, list(self.sources))

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each saved item."""
        from reinspect.exporting.records import pin_record

        return [pin_record(place, pin) for place, pin in enumerate(self.pins, 1)]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each saved item."""
        from reinspect.exporting.tables.basket import PlacedPin, basket_table

        inspections = {inspection.id: inspection for inspection, _ in self.sources}
        placed = enumerate(self.pins, 1)
        return (basket_table(PlacedPin(place, pin, inspections.get(pin.inspection or "")) for place, pin in placed),)


def open_basket(holdings: Holdings) -> BasketAnswer:
    """Return all saved items with their inspections."""
    pins = holdings.pins()
    inspections = {inspection.id: inspection for inspection in holdings.inspections()} if pins else {}
    ids = dict.fromkeys(pin.inspection for pin in pins if pin.inspection in inspections)
    sources = [(inspections[identifier], authority_of(inspections[identifier])) for identifier in ids if identifier]
    return BasketAnswer(pins=pins, sources=tuple(sources))
