"""Changes to the basket, the list of pins (quotes, rows and phrases) that a person has collected."""

from __future__ import annotations

from reinspect import basket
from reinspect.model import Pin
from store.change_labels import excerpt
from store.transaction import CatalogueFile


class BasketTable:
    """Methods that change the basket: the list of pins (quotes, rows and phrases) that a person has collected.

    Positions count from 1. Each method saves its change at once, and `Store.undo` can undo the change. All methods
    raise NotFoundError for a position or pin that is not in the basket.
    """

    def __init__(self, file: CatalogueFile) -> None:
        self._file = file

    def add(self, pin: Pin) -> int:
        """Add a pin at the end and return its position; a pin that is already in the basket stays where it is."""
        with self._file.transaction(f"pin {excerpt(pin)}") as change:
            pins, position = basket.add_pin(change.catalogue.basket, self._as_stored(pin))
            change.put_basket(pins)
        return position

    def remove(self, *pins: int | Pin) -> tuple[Pin, ...]:
        """Remove pins, given as pins or as positions, and return the removed pins."""
        with self._file.transaction(f"remove {_count(len(pins))} from the basket") as change:
            before = change.catalogue.basket
            positions = [_position(before, pin) for pin in pins]
            removed = tuple(basket.pin_at(before, position) for position in positions)
            change.put_basket(basket.remove_pins(before, positions))
        return removed

    def move(self, position: int, to: int) -> Pin:
        """Move a pin from one position to another, and return the pin."""
        with self._file.transaction(f"move pin {position} to {to} in the basket") as change:
            change.put_basket(basket.move_pin(change.catalogue.basket, position, to))
            return change.catalogue.basket[to - 1]

    def shift(self, pin: Pin, by: int) -> None:
        """Move a pin down by a number of positions, or up if negative; stop at either end of the list."""
        with self._file.transaction("move a pin in the basket") as change:
            pins = change.catalogue.basket
            position = basket.place_of(pins, pin)
            change.put_basket(basket.move_pin(pins, position, min(max(position + by, 1), len(pins))))

    def note(self, pin: int | Pin, text: str) -> Pin:
        """Replace the note on a pin and return the pin; an empty text deletes the note."""
        with self._file.transaction("change a note in the basket") as change:
            position = _position(change.catalogue.basket, pin)
            change.put_basket(basket.set_note(change.catalogue.basket, position, text))
            return change.catalogue.basket[position - 1]

    def _as_stored(self, pin: Pin) -> Pin:
        row = self._file.catalogue.documents.get(pin.evidence.document) if pin.evidence else None
        return basket.mark_digest(pin, row.document if row else None)


def _position(pins: basket.Basket, pin: int | Pin) -> int:
    return pin if isinstance(pin, int) else basket.place_of(pins, pin)


def _count(number: int) -> str:
    return f"{number} pin{'' if number == 1 else 's'}"
