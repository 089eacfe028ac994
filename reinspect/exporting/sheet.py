"""The content of a page, independent of its format (text, Markdown, HTML, CSV).

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

    `shape` (a sign before the text) and `tone` (a colour) repeat the meaning of the text. `marks` are (start, end)
    ranges of the text to highlight. `evidence` is the page where the fact is printed, if known.
    """

    text: str
    shape: str = ""
    citation: str | None = None
    evidence: Evidence | None = None
    tone: Tone = ""
    marks: Marks = ()


def _needs_citation(cell: SheetCell) -> bool:
    """Return True for a cell with a source, or with words that would need one: not a dash, nor a count of ours."""
    return bool(cell.citation) or (bool(cell.text) and cell.tone != "quiet" and not cell.text.isdigit())


class SheetTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table with named columns. The first column names the row.

    `narrow` is the layout when the table is too wide for plain text:

    - "split": several tables, each with the first column.
    - "stack": the cells of a row, one below the other.
    - "hang": cells set close together, a long first cell on a line of its own.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    narrow: Literal["stack", "split", "hang"] = "stack"

    def citations(self) -> tuple[str | None, ...]:
        """Return a tuple with one entry a column: the citation that all its cells with words share, or None."""
        if not any(cell.citation for row in self.rows for cell in row):
            return (None,) * len(self.columns)
        shared = []
        for column in range(len(self.columns)):
            citations = {row[column].citation for row in self.rows if _needs_citation(row[column])}
            shared.append(citations.pop() if len(citations) == 1 else None)
        return tuple(shared)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph with its source. `marks` are (start, end) ranges of the text to highlight."""

    text: str
    citation: str | None = None
    marks: Marks = ()
    evidence: Evidence | None = None


class SheetItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a list.

    `marker` is printed in place of the bullet ("K7", "3."). `note` is a person's note, printed below. `marks` are
    (start, end) ranges of the text to highlight.
    """

    text: str
    citation: str | None = None
    marker: str = ""
    marks: Marks = ()
    note: str = ""
    evidence: Evidence | None = None


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of items. With `beside`, the items are printed next to each other if there is room."""

    items: tuple[SheetItem, ...]
    beside: bool = False


class ChartMark(msgspec.Struct, frozen=True, kw_only=True):
    """One mark in a chart: a letter inside a shape, or the letter alone. `words` says what the mark means."""

    words: str
    letter: str
    shape: str = ""
    tone: Tone = ""


class ChartEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection or visit on the time axis of a chart.

    `graded` is False for a visit. `urgent` is True if there were priority actions.
    """

    day: date
    label: str
    words: str
    graded: bool = True
    urgent: bool = False


class ChartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A named row of a chart. `marks` has one entry for each event, None where nothing is drawn."""

    name: str
    marks: tuple[ChartMark | None, ...]


class ChartBand(msgspec.Struct, frozen=True, kw_only=True):
    """A named group of consecutive events in a chart. `first` and `last` are positions from 0, both included."""

    name: str
    first: int
    last: int


class DatedMark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark at its own day, such as an outcome of another band: a sign, and what it means in words."""

    day: date
    sign: str
    words: str


class ChartLane(msgspec.Struct, frozen=True, kw_only=True):
    """A named row of a chart whose marks are at days of their own, below the rows of the events."""

    name: str
    marks: tuple[DatedMark, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of marks along a time axis. Formats that cannot draw leave the chart out.

    `alternative` describes the chart in text. `key` is its unique name within the page.
    """

    key: str
    title: str
    alternative: str
    events: tuple[ChartEvent, ...]
    bands: tuple[ChartBand, ...]
    rows: tuple[ChartRow, ...]
    lanes: tuple[ChartLane, ...] = ()


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: a share from 0 to 1, and what it means in words."""

    share: float
    words: str


class BarRow(msgspec.Struct, frozen=True, kw_only=True):
    """A named row of bars: one for each column of the chart, None where nothing can be said."""

    name: str
    bars: tuple[Bar | None, ...]


class BarChart(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of bars, all on one scale, below named columns. Formats that cannot draw leave the chart out.

    `alternative` describes the chart in text. `key` is its unique name within the page.
    """

    key: str
    title: str
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[BarRow, ...]


Block = Paragraph | SheetTable | Listing | Chart | BarChart


class SheetSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading with the blocks (paragraphs, tables, lists, charts) below."""

    heading: str
    blocks: tuple[Block, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A whole page: a title, sources (`head`), sections, and the licence (`foot`).

    A `compact` page is set small, to fit on one sheet of paper.
    """

    title: str
    compact: bool = False
    head: tuple[str, ...] = ()
    sections: tuple[SheetSection, ...] = ()
    foot: tuple[str, ...] = ()

    def sources(self) -> tuple[str, ...]:
        """Return the distinct citations of all table cells, in the order of their footnote numbers."""
        tables = (block for section in self.sections for block in section.blocks if isinstance(block, SheetTable))
        columns = (column for table in tables for column in zip(*table.rows, strict=True))
        return tuple(dict.fromkeys(cell.citation for column in columns for cell in column if cell.citation))
