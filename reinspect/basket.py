"""The basket: what a person pinned while reading, in the order they chose.

A basket is a tuple of pins, so every function returns a new one. Places count from 1.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from reinspect.errors import NotFoundError
from reinspect.model import Document, Passage, Pin
from reinspect.reading.sanitise import safe_line

Basket = tuple[Pin, ...]


def mark_digest(pin: Pin, document: Document | None) -> Pin:
    """Return the pin as kind "digest" if it quotes one of our digests: those words are not an inspector's."""
    is_digest = pin.kind == "quote" and document is not None and document.kind == "digest"
    return msgspec.structs.replace(pin, kind="digest") if is_digest else pin


def make_quote(passage: Passage, citation: str, inspection: str | None = None, note: str = "") -> Pin:
    """Return a pin that quotes the whole passage."""
    return Pin(
        kind="quote",
        text=passage.text,
        citation=citation,
        note=note,
        inspection=inspection,
        evidence=passage.evidence,
    )


def add_pin(basket: Basket, pin: Pin) -> tuple[Basket, int]:
    """Return the basket with the pin in it, and the place of the pin.

    A new pin goes last. If the same words of the same source are in the basket already, they stay where they are, and
    a note of the new pin replaces theirs.
    """
    pin = _with_safe_note(pin)
    for place, other in enumerate(basket, 1):
        if _is_same(other, pin):
            return (set_note(basket, place, pin.note) if pin.note else basket), place
    return (*basket, pin), len(basket) + 1


def remove_pins(basket: Basket, places: Collection[int]) -> Basket:
    """Return the basket without the pins at these places.

    Raises:
        NotFoundError: the basket has no such place.
    """
    for place in places:
        pin_at(basket, place)
    return tuple(pin for place, pin in enumerate(basket, 1) if place not in places)


def move_pin(basket: Basket, place: int, to: int) -> Basket:
    """Return the basket with one pin moved to another place; the pins between move by one.

    Raises:
        NotFoundError: the basket has no such place.
    """
    pin, _ = pin_at(basket, place), pin_at(basket, to)
    rest = remove_pins(basket, {place})
    return (*rest[: to - 1], pin, *rest[to - 1 :])


def set_note(basket: Basket, place: int, note: str) -> Basket:
    """Return the basket with this note on the pin at that place; an empty note removes the earlier one.

    Raises:
        NotFoundError: the basket has no such place.
    """
    pin = _with_safe_note(msgspec.structs.replace(pin_at(basket, place), note=note))
    return (*basket[: place - 1], pin, *basket[place:])


def pin_at(basket: Basket, place: int) -> Pin:
    """Return the pin at a place.

    Raises:
        NotFoundError: the basket has no such place.
    """
    if not 1 <= place <= len(basket):
        size = f"it has {len(basket)}" if basket else "it is empty"
        raise NotFoundError(f"there is no number {place} in the basket; {size}")
    return basket[place - 1]


def place_of(basket: Basket, pin: Pin) -> int:
    """Return the place of a pin, whatever its note is now.

    Raises:
        NotFoundError: the pin was removed.
    """
    for place, other in enumerate(basket, 1):
        if _is_same(other, pin):
            return place
    raise NotFoundError("it is no longer in the basket")


def _is_same(one: Pin, other: Pin) -> bool:
    return (one.kind, one.text, one.citation) == (other.kind, other.text, other.citation)


def _with_safe_note(pin: Pin) -> Pin:
    """Return the pin with its note on one line and without control characters, since it was typed or pasted."""
    return msgspec.structs.replace(pin, note=safe_line(" ".join(pin.note.split())))
