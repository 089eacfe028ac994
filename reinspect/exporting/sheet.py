"""The content of a page to print, before anyone chooses text, Markdown, HTML or CSV.

A sheet has a title, lines at the head, sections of blocks, and lines at the foot:

    Sheet(
        title="Camden: SIF 2017 and ILACS 2022",
        sections=(SheetSection(heading="Judgements", blocks=(SheetTable(columns=..., rows=...),)),),
    )

Sheets hold words and citations only, and no time of day: the same comparison always gives the same sheet.
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

    `shape` (a sign before the text) and `tone` (a colour) only repeat the words. `marks` are half-open spans of `text`
    to highlight. `evidence` is the place in a document, if it is known.
    """

    text: str
    shape: str = ""
    citation: str | None = None
    evidence: Evidence | None = None
    tone: Tone = ""
    marks: Marks = ()


class SheetTable(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under named columns; the first column names the row.

    `narrow` is the layout for text if the table is too wide. "split" draws several tables, each with the first column.
    "stack" prints the cells of a row one below the other. "hang" is for many short cells: they are set close together,
    and a long first cell gets a line of its own.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    narrow: Literal["stack", "split", "hang"] = "stack"

    def citations(self) -> tuple[str | None, ...]:
        """Return for each column the one citation that all its cells share, or None. It is then printed only once."""
        shared = []
        for column in range(len(self.columns)):
            citations = {row[column].citation for row in self.rows if row[column].citation}
            shared.append(citations.pop() if len(citations) == 1 else None)
        return tuple(shared)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """Running text with its citation. `evidence` is the place in a document, if it is known."""

    text: str
    citation: str | None = None
    marks: Marks = ()
    evidence: Evidence | None = None


class SheetItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a list.

    `marker` is printed in place of the bullet ("K7", "3."). `note` is a person's note, printed below.
    `evidence` is the place in a document, if it is known.
    """

    text: str
    citation: str | None = None
    marker: str = ""
    marks: Marks = ()
    note: str = ""
    evidence: Evidence | None = None


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of items. With `beside` they are two sides of one thing, printed next to each other if there is room."""

    items: tuple[SheetItem, ...]
    beside: bool = False


class ChartMark(msgspec.Struct, frozen=True, kw_only=True):
    """One sign in a chart: a `letter` inside a `shape`, or the letter alone. `words` is the same in words."""

    words: str
    letter: str
    shape: str = ""
    tone: Tone = ""


class ChartEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A date on the time axis of a chart, with a short `label` and the event in `words`.

    `graded` is False for a visit. `urgent` is True if the visit led to priority actions.
    """

    day: date
    label: str
    words: str
    graded: bool = True
    urgent: bool = False


class ChartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A named row of a chart, with a mark or None for each event."""

    name: str
    marks: tuple[ChartMark | None, ...]


class ChartBand(msgspec.Struct, frozen=True, kw_only=True):
    """A named group of consecutive events, from position `first` to `last`, both included."""

    name: str
    first: int
    last: int


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """Marks along a time axis, for formats that can draw. It repeats the table next to it, so others leave it out.

    `alternative` is the same content as text. `key` is the name of the chart within its sheet.
    """

    key: str
    title: str
    alternative: str
    events: tuple[ChartEvent, ...]
    bands: tuple[ChartBand, ...]
    rows: tuple[ChartRow, ...]


Block = Paragraph | SheetTable | Listing | Chart


class SheetSection(msgspec.Struct, frozen=True, kw_only=True):
    """Blocks under a heading."""

    heading: str
    blocks: tuple[Block, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A whole page: title, sources (`head`), sections, and licence (`foot`)."""

    title: str
    head: tuple[str, ...] = ()
    sections: tuple[SheetSection, ...] = ()
    foot: tuple[str, ...] = ()

    def sources(self) -> tuple[str, ...]:
        """Return every citation of a table cell once, column by column: the numbered list below the tables."""
        tables = (block for section in self.sections for block in section.blocks if isinstance(block, SheetTable))
        cells = (cell for table in tables for column in zip(*table.rows, strict=True) for cell in column)
        return tuple(dict.fromkeys(cell.citation for cell in cells if cell.citation))
