"""The basket: what a person pinned while reading, in an order of their own. Places count from 1."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from reinspect.errors import NotFoundError
from reinspect.model import Passage, Pin
from reinspect.reading.sanitise import safe_line

Basket = tuple[Pin, ...]


def quote(passage: Passage, citation: str, inspection: str | None = None, note: str = "") -> Pin:
    """A passage, in full, as a pin."""
    return Pin(
        kind="quote",
        text=passage.text,
        citation=citation,
        note=note,
        inspection=inspection,
        evidence=passage.evidence,
    )


def pinned(basket: Basket, pin: Pin) -> tuple[Basket, int]:
    """The basket with the pin in it, and its place: the last, or where the same words of the same source already are.

    A note that comes with what is already there takes the place of the former one.
    """
    pin = _safe(pin)
    for place, held in enumerate(basket, 1):
        if _is_same(held, pin):
            return (noted(basket, place, pin.note) if pin.note else basket), place
    return (*basket, pin), len(basket) + 1


def without(basket: Basket, places: Collection[int]) -> Basket:
    """The basket without the pins at these places.

    Raises:
        NotFoundError: one of them is no place in the basket.
    """
    for place in places:
        pin_at(basket, place)
    return tuple(pin for place, pin in enumerate(basket, 1) if place not in places)


def moved(basket: Basket, place: int, to: int) -> Basket:
    """The basket with the pin of one place at another one; those between make room.

    Raises:
        NotFoundError: either is no place in the basket.
    """
    pin, _ = pin_at(basket, place), pin_at(basket, to)
    rest = without(basket, {place})
    return (*rest[: to - 1], pin, *rest[to - 1 :])


def noted(basket: Basket, place: int, note: str) -> Basket:
    """The basket with this note at the pin of that place; an empty one takes the note away.

    Raises:
        NotFoundError: it is no place in the basket.
    """
    pin = _safe(msgspec.structs.replace(pin_at(basket, place), note=note))
    return (*basket[: place - 1], pin, *basket[place:])


def pin_at(basket: Basket, place: int) -> Pin:
    """The pin at a place.

    Raises:
        NotFoundError: it is no place in the basket.
    """
    if not 1 <= place <= len(basket):
        holds = f"it holds {len(basket)}" if basket else "it is empty"
        raise NotFoundError(f"there is no number {place} in the basket; {holds}")
    return basket[place - 1]


def place_of(basket: Basket, pin: Pin) -> int:
    """Where a pin stands now, with whatever note.

    Raises:
        NotFoundError: it was taken out.
    """
    for place, held in enumerate(basket, 1):
        if _is_same(held, pin):
            return place
    raise NotFoundError("it is in the basket no more")


def _is_same(one: Pin, other: Pin) -> bool:
    return (one.kind, one.text, one.citation) == (other.kind, other.text, other.citation)


def _safe(pin: Pin) -> Pin:
    """The pin with a note that may be shown, on one line: it was typed or pasted."""
    return msgspec.structs.replace(pin, note=safe_line(" ".join(pin.note.split())))
