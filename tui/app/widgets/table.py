"""The table of every pane.

Not a `DataTable`: that reads every `str` as markup, and to sort 158 rows of it took 0.2 s where a key may take 0.1.
This one holds `Content`, draws what is in view and nothing else, and keeps what is drawn, a row until it would look
different and a cell for whichever row has the like of it. Its first column stays in place when it scrolls.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from tui.app.widgets.drawing import cursor_style, segments

_GAP = 2
_ROWS_KEPT, _CELLS_KEPT = 512, 4096


class Column(NamedTuple):
    """A column: its key, its heading (lines by newline) and its width in cells, or None for as wide as it needs."""

    key: str
    label: Content
    width: int | None = None


class TableLine(NamedTuple):
    """A row: its key and one cell a column."""

    key: str
    cells: Sequence[Content]


class _Look(NamedTuple):
    """What the lines of one painting have in common: their styles, their width and how far they are scrolled."""

    base: Style
    cursor: Style
    heading: Style
    room: int
    left: int


class Table(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a heading that stays, with a cursor on a cell (never in the first column) or on a row."""

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "Up", show=False, id="table.up"),
        Binding("down,j", "move(1, 0)", "Down", show=False, id="table.down"),
        Binding("left,h", "move(0, -1)", "Left", show=False, id="table.left"),
        Binding("right,l", "move(0, 1)", "Right", show=False, id="table.right"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="table.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="table.page-down"),
        Binding("home", "move(0, -1000)", "First column", show=False, id="table.home"),
        Binding("end", "move(0, 1000)", "Last column", show=False, id="table.end"),
        Binding("g,ctrl+home", "move(-100000, 0)", "First row", show=False, id="table.top"),
        Binding("G,ctrl+end", "move(100000, 0)", "Last row", show=False, id="table.bottom"),
        Binding("enter", "choose", "Open", id="table.open"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--heading", "table--cursor"}

    @dataclass
    class Moved(Message):
        """A person moved the cursor."""

        table: Table

        @property
        def control(self) -> Table:
            """The table that it was moved in."""
            return self.table

        def can_replace(self, message: Message) -> bool:
            """Where a held key outruns its handler, only the last place matters."""
            return isinstance(message, Table.Moved) and message.table is self.table

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a row or cell, or it was clicked a second time."""

        table: Table

        @property
        def control(self) -> Table:
            """The table that it was pressed in."""
            return self.table

    def __init__(self, cursor: Literal["cell", "row"] = "row", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._by_cell = cursor == "cell"
        self._columns: Sequence[Column] = ()
        self._lines: Sequence[TableLine] = ()
        self._headings: list[list[Content]] = []
        self._widths: list[int] = []
        self._strips: LRUCache[Hashable, Strip] = LRUCache(_ROWS_KEPT)
        self._look: _Look | None = None
        self._cells: LRUCache[Hashable, Sequence[Segment]] = LRUCache(_CELLS_KEPT)
        self.row = 0
        self.column = 1

    def fill(self, columns: Sequence[Column], rows: Sequence[TableLine]) -> None:
        """Show these columns and rows in place of any others; the cursor stays where it was, as far as it can.

        What is shown already is not drawn again: a pane fills its table whenever it comes into view.
        """
        if self._shows(columns, rows):
            return
        self._columns, self._lines = columns, rows
        self._headings = [column.label.split() for column in columns]
        self._widths = [self._width(place) for place in range(len(columns))]
        self._strips.clear()
        # A new size lays the screen out anew; the same one does not.
        self.virtual_size = Size(sum(self._widths) + self._overshot, self._head + len(rows))
        self.refresh()
        self.move_cursor(self.row, self.column)
        self.call_after_refresh(self._scroll_to_cursor)

    def move_cursor(self, row: int | None = None, column: int | None = None) -> None:
        """Put the cursor there, or as near as there is, and bring it into view."""
        self.refresh_line(self._head + self.row)
        self.row = max(0, min(self.row if row is None else row, len(self._lines) - 1))
        self.column = max(1, min(self.column if column is None else column, len(self._columns) - 1))
        self.refresh_line(self._head + self.row)
        self._scroll_to_cursor()

    @property
    def row_key(self) -> str | None:
        """The key of the row under the cursor, or None in an empty table."""
        return self._lines[self.row].key if self._lines else None

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor, or, sideways in a table of rows, the view."""
        if columns and not self._by_cell:
            self._scroll_sideways(columns)
            return
        before = self.row, self.column
        self.move_cursor(self.row + rows, self.column + columns)
        if (self.row, self.column) != before:
            self.post_message(self.Moved(self))

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many rows as are in view."""
        self.action_move(pages * max(1, self.size.height - self._head - 1), 0)

    def action_choose(self) -> None:
        """Say that the row or cell under the cursor was chosen."""
        if self._lines:
            self.post_message(self.Chosen(self))

    def on_resize(self) -> None:
        """Whole columns, and the cursor among them, in the new size too."""
        self.call_after_refresh(self._scroll_to_cursor)

    def on_click(self, event: Click) -> None:
        """Move the cursor to what was clicked; choose it if it is there already."""
        row = round(self.scroll_y) + event.y - self._head
        if event.y < self._head or row >= len(self._lines):
            return
        before = self.row, self.column
        self.move_cursor(row, self._column_at(event.x) if self._by_cell else None)
        self.post_message(self.Chosen(self) if before == (self.row, self.column) else self.Moved(self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The window. What its lines have in common is worked out once: Textual looks it up anew at every asking."""
        self._look = _Look(
            self.visual_style,
            cursor_style(self, "table--cursor"),
            self.visual_style + self.get_visual_style("table--heading"),
            self._room,
            round(self.scroll_x),
        )
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the window: of the heading, or of the row that is scrolled there."""
        look = self._look
        if look is None:
            return Strip.blank(self._room)
        if y < self._head:
            cells = [lines[y] if y < len(lines) else Content("") for lines in self._headings]
            return self._signed(
                self._drawn(cells, look._replace(base=look.heading), None), look, last=y == self._head - 1
            )
        place = round(self.scroll_y) + y - self._head
        if place >= len(self._lines):
            return Strip.blank(look.room, look.base.rich_style)
        under = (self.column if self._by_cell else -1) if place == self.row else None
        looks = place, under, look, self.app.theme
        strip = self._strips.get(looks)
        if strip is None:
            strip = self._strips[looks] = self._drawn(self._lines[place].cells, look, under)
        return strip

    def _shows(self, columns: Sequence[Column], rows: Sequence[TableLine]) -> bool:
        """Whether these are shown already, to the last span."""
        headings = [column.label for column in columns], [column.label for column in self._columns]
        return (
            [(column.key, column.width) for column in columns] == [(held.key, held.width) for held in self._columns]
            and [row.key for row in rows] == [held.key for held in self._lines]
            and all(map(_alike, *headings))
            and all(all(map(_alike, row.cells, held.cells)) for row, held in zip(rows, self._lines, strict=True))
        )

    @property
    def fits(self) -> bool:
        """Whether all columns are in view at once."""
        return sum(self._widths) <= self._room

    @property
    def _room(self) -> int:
        """The cells of a line that are not covered by the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def _overshot(self) -> int:
        """How far the view may go beyond the last column, so that the first one in view is a whole one there too."""
        return max(self._widths, default=0)

    @property
    def _head(self) -> int:
        """How many lines the heading takes."""
        return max(map(len, self._headings), default=0)

    def _width(self, place: int) -> int:
        fixed = self._columns[place].width
        natural = (
            *(row.cells[place].cell_length for row in self._lines),
            *(h.cell_length for h in self._headings[place]),
        )
        return (max(natural) if fixed is None else fixed) + _GAP

    def _drawn(self, cells: Sequence[Content], look: _Look, under: int | None) -> Strip:
        """A line of cells, the first in its place and the others scrolled; `under` is the cursor's cell, -1 all.

        A cell that the window's edge cuts is set in what is left of it, so that its words end in an ellipsis.
        """
        edge = look.left + look.room
        line: list[Segment] = []
        for place, (cell, end) in enumerate(zip(cells, accumulate(self._widths), strict=True)):
            width = self._widths[place] - max(0, end - edge)
            held = under is not None and under in (place, -1)
            if width > 0:
                line += self._cell(cell, width, look.cursor if held else look.base, plain=held)
        strip = Strip(line)
        if look.left:
            fixed = self._widths[0]
            strip = Strip.join([strip.crop(0, fixed), strip.crop(fixed + look.left)])
        return strip.adjust_cell_length(look.room, (look.cursor if under == -1 else look.base).rich_style)

    def _cell(self, cell: Content, width: int, style: Style, *, plain: bool) -> Sequence[Segment]:
        """A cell in its width. Under the cursor its own colours give way, so that it can always be read."""
        looks = cell.plain, tuple(cell.spans), width, style, plain, self.app.theme
        drawn = self._cells.get(looks)
        if drawn is None:
            content = (cell.without_spans if plain else cell).truncate(width - 1, ellipsis=True)
            blank = style.rich_style
            strip = Strip([Segment(" ", blank), *segments(self, content, style)])
            drawn = self._cells[looks] = tuple(strip.adjust_cell_length(width, blank))
        return drawn

    def _signed(self, strip: Strip, look: _Look, *, last: bool) -> Strip:
        """A heading's last line with ‹ or › where there is more to the side."""
        if not last or not self._widths:
            return strip
        sign = look.heading.rich_style
        if look.left + look.room < sum(self._widths):
            strip = Strip.join([strip.crop(0, look.room - 1), Strip([Segment("›", sign)])])
        if look.left:
            edge = self._widths[0]
            strip = Strip.join([strip.crop(0, edge - 1), Strip([Segment("‹", sign)]), strip.crop(edge)])
        return strip

    def _column_at(self, x: int) -> int:
        """The column that is drawn at this cell of the window."""
        if not self._widths or x < self._widths[0]:
            return 1
        ends = accumulate(self._widths)
        return next((place for place, end in enumerate(ends) if x + round(self.scroll_x) < end), len(self._widths) - 1)

    def _scroll_sideways(self, columns: int) -> None:
        """Scroll a table of rows by so many columns, and no further than until the last one is in view."""
        offsets = self._offsets
        last = offsets.index(self._whole(sum(self._widths) - self._room))
        there = offsets.index(self._whole(round(self.scroll_x))) + columns
        self.scroll_to(offsets[max(0, min(there, last))], animate=False, force=True)

    def _scroll_to_cursor(self) -> None:
        """Bring the cursor into view, past the heading and the first column, which cover what lies under them."""
        if not self._lines or not self.size:
            return
        top, room = round(self.scroll_y), self.size.height - self._head
        y = min(max(top, self.row - room + 1), self.row)
        # No column is hidden for which there is room.
        x = self._whole(min(round(self.scroll_x), sum(self._widths) - self._room))
        if self._by_cell:
            end = sum(self._widths[: self.column + 1])
            x = min(max(x, self._whole(end - self._room)), self._offsets[self.column - 1])
        self.scroll_to(x, y, animate=False, force=True)

    def _whole(self, x: int) -> int:
        """The offset from there on at which the first column in view is a whole one."""
        return next((offset for offset in self._offsets if offset >= x), self._offsets[-1])

    @property
    def _offsets(self) -> list[int]:
        """How far to scroll for each column, and what lies behind the last, to follow upon the first one."""
        return [0, *accumulate(self._widths[1:])]


def _alike(one: Content, other: Content) -> bool:
    return one is other or one.is_same(other)
