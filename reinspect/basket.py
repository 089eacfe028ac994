"""The basket: quotes and other items that a person pinned while reading, in the order that the person chose.

A basket is a tuple of pins, so every function returns a new basket. A `place` is a position, counted from 1.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from reinspect.errors import NotFoundError
from reinspect.model import Document, Passage, Pin
from reinspect.reading.sanitise import safe_line

Basket = tuple[Pin, ...]


def mark_digest(pin: Pin, document: Document | None) -> Pin:
    """Change a quote to a pin of kind "digest" if its document is a digest: our own words, not an inspector's."""
    is_digest = pin.kind == "quote" and document is not None and document.kind == "digest"
    return msgspec.structs.replace(pin, kind="digest") if is_digest else pin


def make_quote(passage: Passage, citation: str, inspection: str | None = None, note: str = "") -> Pin:
    """Create a pin that quotes a whole passage."""
    return Pin(
        kind="quote",
        text=passage.text,
        citation=citation,
        note=note,
        inspection=inspection,
        evidence=passage.evidence,
    )


def add_pin(basket: Basket, pin: Pin) -> tuple[Basket, int]:
    """Add a pin at the end of the basket; return the new basket and the position of the pin.

    If the basket has this pin already, only the note is updated.
    """
    pin = _with_safe_note(pin)
    for place, other in enumerate(basket, 1):
        if _is_same(other, pin):
            return (set_note(basket, place, pin.note) if pin.note else basket), place
    return (*basket, pin), len(basket) + 1


def remove_pins(basket: Basket, places: Collection[int]) -> Basket:
    """Return the basket without the pins at these positions.

    Raises:
        NotFoundError: the basket has no such position.
    """
    for place in places:
        pin_at(basket, place)
    return tuple(pin for place, pin in enumerate(basket, 1) if place not in places)


def move_pin(basket: Basket, place: int, to: int) -> Basket:
    """Return the basket with one pin moved to another position.

    Raises:
        NotFoundError: the basket has no such position.
    """
    pin, _ = pin_at(basket, place), pin_at(basket, to)
    rest = remove_pins(basket, {place})
    return (*rest[: to - 1], pin, *rest[to - 1 :])


def set_note(basket: Basket, place: int, note: str) -> Basket:
    """Return the basket with a new note on one pin; an empty note removes the old one.

    Raises:
        NotFoundError: the basket has no such position.
    """
    pin = _with_safe_note(msgspec.structs.replace(pin_at(basket, place), note=note))
    return (*basket[: place - 1], pin, *basket[place:])


def pin_at(basket: Basket, place: int) -> Pin:
    """Return the pin at a position, counted from 1.

    Raises:
        NotFoundError: the basket has no such position.
    """
    if not 1 <= place <= len(basket):
        size = f"it has {len(basket)}" if basket else "it is empty"
        raise NotFoundError(f"there is no number {place} in the basket; {size}")
    return basket[place - 1]


def place_of(basket: Basket, pin: Pin) -> int:
    """Return the position of a pin in the basket, even if its note was changed.

    Raises:
        NotFoundError: the pin is not in the basket.
    """
    for place, other in enumerate(basket, 1):
        if _is_same(other, pin):
            return place
    raise NotFoundError("the pin is no longer in the basket")


def _is_same(one: Pin, other: Pin) -> bool:
    return (one.kind, one.text, one.citation) == (other.kind, other.text, other.citation)


def _with_safe_note(pin: Pin) -> Pin:
    """Return the pin with its note on one line and without control characters."""
    return msgspec.structs.replace(pin, note=safe_line(" ".join(pin.note.split())))
