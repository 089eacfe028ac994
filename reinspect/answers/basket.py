"""Answer "what did I pin while reading?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of
from reinspect.model import Authority, Inspection, Pin

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet


class BasketAnswer(Answer, frozen=True, kw_only=True):
    """The pins in the basket, in their order, and the inspections they are about."""

    pins: tuple[Pin, ...]
    sources: tuple[tuple[Inspection, Authority], ...] = ()

    def sheet(self) -> Sheet:
        """Return the pins as `reinspect basket` prints them, each with its citation and note."""
        from reinspect.exporting.sheets.basket import basket_sheet

        return basket_sheet(self.pins, list(self.sources))

    def records(self) -> list[JsonObject]:
        """Return one record a pin."""
        from reinspect.exporting.records import pin_record

        return [pin_record(place, pin) for place, pin in enumerate(self.pins, 1)]


def open_basket(holdings: Holdings) -> BasketAnswer:
    """Return the basket."""
    pins = holdings.pins()
    inspections = {inspection.id: inspection for inspection in holdings.inspections()} if pins else {}
    ids = dict.fromkeys(pin.inspection for pin in pins if pin.inspection in inspections)
    sources = [(inspections[identifier], authority_of(inspections[identifier])) for identifier in ids if identifier]
    return BasketAnswer(pins=pins, sources=tuple(sources))
