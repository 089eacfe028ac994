"""The table of the basket: a row for each saved quote, table row or phrase."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.exporting.tables.shared_columns import inspection_columns
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole
from reinspect.model import Inspection, Pin


class PlacedPin(NamedTuple):
    """A saved item, its position in the basket from 1, and its inspection."""

    place: int
    pin: Pin
    inspection: Inspection | None


def basket_table(pins: Iterable[PlacedPin]) -> TidyTable:
    """Return a row for each saved item."""
    return tabulate("basket", "one saved quote, table row or phrase", _PINS, pins)


_PINS: Fields[PlacedPin] = (
    whole("place", "position in the basket, from 1", lambda row: row.place),
    text("kind", "quote, digest, row or phrase", lambda row: row.pin.kind),
    text("text", "what was saved", lambda row: row.pin.text),
    text("citation", "source in words", lambda row: row.pin.citation),
    text("note", "your note", lambda row: row.pin.note),
    *inspection_columns("inspection"),
    text("document", "SHA-256 of the file", lambda row: row.pin.evidence.document if row.pin.evidence else None),
    whole("page", "page of the file, from 1", lambda row: row.pin.evidence.page if row.pin.evidence else None),
    whole("paragraph", "printed number", lambda row: row.pin.evidence.paragraph if row.pin.evidence else None),
)
