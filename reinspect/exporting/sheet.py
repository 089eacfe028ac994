"""A sheet: what is printed, before it is known whether as text, Markdown, HTML or CSV.

Sheets hold words and citations only. They carry no clock: the same comparison makes the same sheet.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from reinspect.model import Evidence

Tone = Literal["", "rung-1", "rung-2", "rung-3", "rung-4", "better", "worse", "same", "quiet"]
Marks = tuple[tuple[int, int], ...]


class SheetCell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table.

    `shape` (before the text) and `tone` (a colour) only repeat what the words say. `marks` are half-open spans of
    `text` to bring out. `evidence` is the place itself, where one is held.
    """

    text: str
    shape: str = ""
    citation: str | None = None
    evidence: Evidence | None = None
    tone: Tone = ""
    marks: Marks = ()


class SheetTable(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under named columns; the first column names the row.

    Where it is too wide for text, `narrow` says whether its columns are split over several tables, each with the first
    column again, or its rows are stacked one below the other, or the first cell of a row hangs on a line of its own
    above the rest; a table of that last kind is for many short cells, which stand close together.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    narrow: Literal["stack", "split", "hang"] = "stack"

    def citations(self) -> tuple[str | None, ...]:
        """For each column the one citation that all its cited cells share, or None: it then need stand only once."""
        shared = []
        for place in range(len(self.columns)):
            found = {row[place].citation for row in self.rows if row[place].citation}
            shared.append(found.pop() if len(found) == 1 else None)
        return tuple(shared)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """Running words, and where they come from; `evidence` is the place itself, where one is held."""

    text: str
    citation: str | None = None
    marks: Marks = ()
    evidence: Evidence | None = None


class SheetItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list.

    `marker` stands before it in place of a bullet ("K7", "3."), and `note`, what a person wrote about it, below it.
    `evidence` is the place where the words are printed, where one is held.
    """

    text: str
    citation: str | None = None
    marker: str = ""
    marks: Marks = ()
    note: str = ""
    evidence: Evidence | None = None


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Items one below the other; `beside` where they are the sides of one thing, set in columns if there is room."""

    items: tuple[SheetItem, ...]
    beside: bool = False


class ChartMark(msgspec.Struct, frozen=True, kw_only=True):
    """One sign in a picture: a `shape` with a `letter` in it, or without a shape the letter alone; `words` say it."""

    words: str
    letter: str
    shape: str = ""
    tone: Tone = ""


class ChartEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A day across which the signs of a picture stand, its short `label`, and what happened, in `words`.

    `graded` is False for a visit; `urgent` where it brought something that could not wait.
    """

    day: date
    label: str
    words: str
    graded: bool = True
    urgent: bool = False


class ChartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a picture: its name, and at each moment a sign or nothing."""

    name: str
    spots: tuple[ChartMark | None, ...]


class ChartBand(msgspec.Struct, frozen=True, kw_only=True):
    """A named run of neighbouring moments, from the place `first` to `last`, included."""

    name: str
    first: int
    last: int


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Signs along the years, for where a picture can be drawn; it repeats what the table beside it says.

    So forms that hold words alone leave it out. `told` is its text alternative; `key` names it within its sheet.
    """

    key: str
    title: str
    told: str
    moments: tuple[ChartEvent, ...]
    stretches: tuple[ChartBand, ...]
    lanes: tuple[ChartRow, ...]


Block = Paragraph | SheetTable | Listing | Chart


class SheetSection(msgspec.Struct, frozen=True, kw_only=True):
    """Blocks under a heading."""

    heading: str
    blocks: tuple[Block, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A whole export: its title, what it was made from (`head`), its sections, and the licence line (`foot`)."""

    title: str
    head: tuple[str, ...] = ()
    sections: tuple[SheetSection, ...] = ()
    foot: tuple[str, ...] = ()

    def sources(self) -> tuple[str, ...]:
        """Every citation that a table's cell carries, once, column by column: the numbered list below the tables."""
        tables = (block for section in self.sections for block in section.blocks if isinstance(block, SheetTable))
        cells = (cell for table in tables for column in zip(*table.rows, strict=True) for cell in column)
        return tuple(dict.fromkeys(cell.citation for cell in cells if cell.citation))
