"""The table widget that all panes use.

Textual's `DataTable` reads every `str` as markup, and takes 0.2 s to sort 158 rows, where a key press may take 0.1 s.
This table contains `Content` and draws the rows in view only. Drawn rows and cells are cached; equal cells share one
cache entry. The first column stays in place when the table scrolls sideways.
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
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from tui.app.widgets.drawing import cursor_style, hides_colours, styled_segments
from tui.app.widgets.panel import fit_title

_GAP = 2
# The cells of a column at the edge of the window that must be seen to show any of it.
_LEAST_SEEN = 6
_CACHED_ROWS, _CACHED_CELLS = 512, 4096
# The cursor of a table of rows covers all columns.
_ALL_COLUMNS = -1


class TableColumn(NamedTuple):
    """A column: its key, its heading (of one or more lines) and its width in cells; None fits the widest cell."""

    key: str
    label: Content
    width: int | None = None


class TableLine(NamedTuple):
    """A row: its key and one cell for each column."""

    key: str
    cells: Sequence[Content]


class _View(NamedTuple):
    """Values that all lines of one repaint share: styles, the width in cells, and the scroll offset in cells."""

    base: Style
    cursor: Style
    row: Style
    heading: Style
    width: int
    left: int


class Table(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a fixed heading, with a cursor on a row or on a cell (never in the first column)."""

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
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--heading", "table--cursor", "table--row"}

    @dataclass
    class CellMoved(Message):
        """The cursor was moved by a key or a click."""

        table: Table

        @property
        def control(self) -> Table:
            """The table that the cursor was moved in."""
            return self.table

        def can_replace(self, message: Message) -> bool:
            """Replace a waiting message of the same table: while a key is held down only the last position matters."""
            return isinstance(message, Table.CellMoved) and message.table is self.table

    @dataclass
    class CellChosen(Message):
        """A row or cell was chosen: by Enter, or by a click while the cursor was on it."""

        table: Table

        @property
        def control(self) -> Table:
            """The table that the row or cell is in."""
            return self.table

    @dataclass
    class WidthChanged(Message):
        """The table is wider or narrower now, so that other columns may fit."""

        table: Table

        @property
        def control(self) -> Table:
            """The table."""
            return self.table

    def __init__(
        self,
        cursor: Literal["cell", "row"] = "row",
        *,
        gap: int = _GAP,
        columns_after: int = 0,
        id: str | None = None,  # noqa: A002 (Textual's own word)
    ) -> None:
        """Create a table with `gap` cells between columns; the cursor does not enter the last `columns_after`."""
        super().__init__(id=id)
        self._by_cell = cursor == "cell"
        self.gap = gap
        self._columns_after = columns_after
        self._columns: Sequence[TableColumn] = ()
        self._lines: Sequence[TableLine] = ()
        self._headings: list[list[Content]] = []
        self._widths: list[int] = []
        self._strips: LRUCache[Hashable, Strip] = LRUCache(_CACHED_ROWS)
        self._view: _View | None = None
        self._cells: LRUCache[Hashable, Sequence[Segment]] = LRUCache(_CACHED_CELLS)
        self._last_width = 0
        self.row = 0
        self.column = 1

    def fill(self, columns: Sequence[TableColumn], rows: Sequence[TableLine]) -> None:
        """Show these columns and rows; the cursor keeps its row and column numbers where they exist.

        Nothing is drawn again if all is shown already: a pane fills its table whenever it comes into view.
        """
        if self._shows(columns, rows):
            return
        self._columns, self._lines = columns, rows
        self._headings = [column.label.split() for column in columns]
        self._widths = [self._column_width(index) for index in range(len(columns))]
        self._strips.clear()
        self.virtual_size = Size(sum(self._widths) + self._overscroll, self._heading_height + len(rows))
        self.refresh()
        self.move_cursor(self.row, self.column)
        self.call_after_refresh(self._scroll_to_cursor)

    def move_cursor(self, row: int | None = None, column: int | None = None) -> None:
        """Move the cursor to the nearest existing row and column, and scroll to it; None keeps the present one."""
        self.refresh_line(self._heading_height + self.row)
        self.row = max(0, min(self.row if row is None else row, len(self._lines) - 1))
        self.column = max(
            1, min(self.column if column is None else column, len(self._columns) - 1 - self._columns_after)
        )
        self.refresh_line(self._heading_height + self.row)
        self._scroll_to_cursor()

    @property
    def row_key(self) -> str | None:
        """The key of the row under the cursor; None in an empty table."""
        return self._lines[self.row].key if self._lines else None

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor; sideways in a table of rows, scroll."""
        if columns and not self._by_cell:
            self._scroll_sideways(columns)
            return
        before = self.row, self.column
        self.move_cursor(self.row + rows, self.column + columns)
        if (self.row, self.column) != before:
            self.post_message(self.CellMoved(self))

    def action_page(self, pages: int) -> None:
        """Move the cursor by the height of the window."""
        self.action_move(pages * max(1, self.size.height - self._heading_height - 1), 0)

    def action_choose(self) -> None:
        """Report the row or cell under the cursor as chosen."""
        if self._lines:
            self.post_message(self.CellChosen(self))

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor and whole columns in view."""
        fit_title(self)
        if event.size.width != self._last_width:
            self._last_width = event.size.width
            self.post_message(self.WidthChanged(self))
        self.call_after_refresh(self._scroll_to_cursor)

    def on_click(self, event: Click) -> None:
        """Move the cursor to the clicked row or cell; choose it if the cursor is there already."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._heading_height:
            return
        row = round(self.scroll_y) + offset.y - self._heading_height
        if row >= len(self._lines):
            return
        before = self.row, self.column
        self.move_cursor(row, self._column_at(offset.x) if self._by_cell else None)
        self.post_message(self.CellChosen(self) if before == (self.row, self.column) else self.CellMoved(self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in view; their common styles are looked up once, since that is slow in Textual."""
        self._view = _View(
            self.visual_style,
            cursor_style(self, "table--cursor"),
            self.visual_style + self.get_visual_style("table--row"),
            self.visual_style + self.get_visual_style("table--heading"),
            self._width_in_view,
            round(self.scroll_x),
        )
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window: a line of the heading, or a row."""
        view = self._view
        if view is None:
            return Strip.blank(self._width_in_view)
        if y < self._heading_height:
            return self._draw_heading(y, view)
        row = round(self.scroll_y) + y - self._heading_height
        if row >= len(self._lines):
            return Strip.blank(view.width, view.base.rich_style)
        cursor = (self.column if self._by_cell else _ALL_COLUMNS) if row == self.row else None
        key = row, cursor, view, self.app.theme
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw_cells(self._lines[row].cells, view, cursor)
        return strip

    def _draw_heading(self, y: int, view: _View) -> Strip:
        """Draw a line of the heading; the last one has ‹ or › where there are more columns to the side."""
        cells = [lines[y] if y < len(lines) else Content("") for lines in self._headings]
        strip = self._draw_cells(cells, view._replace(base=view.heading), None)
        is_last = y == self._heading_height - 1
        return self._add_scroll_signs(strip, view) if is_last and self._widths else strip

    def _shows(self, columns: Sequence[TableColumn], rows: Sequence[TableLine]) -> bool:
        """Return whether exactly these columns and rows are shown already, with the same styles."""
        headings = [column.label for column in columns], [column.label for column in self._columns]
        return (
            [(column.key, column.width) for column in columns] == [(shown.key, shown.width) for shown in self._columns]
            and [row.key for row in rows] == [shown.key for shown in self._lines]
            and all(map(_is_same, *headings))
            and all(all(map(_is_same, row.cells, shown.cells)) for row, shown in zip(rows, self._lines, strict=True))
        )

    @property
    def fits(self) -> bool:
        """True if all columns fit into the window."""
        return self.columns_width <= self._width_in_view

    @property
    def columns_width(self) -> int:
        """The width of all columns in cells."""
        return sum(self._widths)

    @property
    def _width_in_view(self) -> int:
        """The width of the window in cells, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def _overscroll(self) -> int:
        """The cells that one may scroll beyond the last column, so that the first column in view is never cut."""
        return max(self._widths, default=0)

    @property
    def _heading_height(self) -> int:
        """The number of lines of the heading."""
        return max(map(len, self._headings), default=0)

    def _column_width(self, index: int) -> int:
        """Return the width of a column in cells, with the gap after it."""
        fixed = self._columns[index].width
        natural = (
            *(row.cells[index].cell_length for row in self._lines),
            *(line.cell_length for line in self._headings[index]),
        )
        return (max(natural) if fixed is None else fixed) + self.gap

    def _draw_cells(self, cells: Sequence[Content], view: _View, cursor: int | None) -> Strip:
        """Draw a line of cells: the first column in its place, the others scrolled.

        `cursor` is the column under the cursor, `_ALL_COLUMNS`, or None. A cell at the edge of the window is shortened
        with an ellipsis, or left out if so little of its column is seen that it would mislead: "10…" for "100 %".
        """
        edge = view.left + view.width
        base = view.base if cursor is None else view.row
        line: list[Segment] = []
        for index, (cell, end) in enumerate(zip(cells, accumulate(self._widths), strict=True)):
            width = self._widths[index] - max(0, end - edge)
            under_cursor = cursor is not None and cursor in (index, _ALL_COLUMNS)
            if width > 0:
                style = view.cursor if under_cursor else base
                is_cut = width - 1 < min(self._widths[index] - self.gap, _LEAST_SEEN)
                shown = Content("") if is_cut and index else cell
                line += self._draw_cell(shown, width, style, plain=under_cursor and hides_colours(self))
        strip = Strip(line)
        if view.left:
            first = self._widths[0]
            strip = Strip.join([strip.crop(0, first), strip.crop(first + view.left)])
        rest = view.cursor if cursor == _ALL_COLUMNS else base
        return strip.adjust_cell_length(view.width, rest.rich_style)

    def _draw_cell(self, cell: Content, width: int, style: Style, *, plain: bool) -> Sequence[Segment]:
        """Draw a cell in its width; `plain` leaves out its own colours, for a cursor that would hide them."""
        key = cell.plain, tuple(cell.spans), width, style, plain, self.app.theme
        segments = self._cells.get(key)
        if segments is None:
            content = (cell.without_spans if plain else cell).truncate(width - 1, ellipsis=True)
            blank = style.rich_style
            strip = Strip([Segment(" ", blank), *styled_segments(self, content, style)])
            segments = self._cells[key] = tuple(strip.adjust_cell_length(width, blank))
        return segments

    def _add_scroll_signs(self, strip: Strip, view: _View) -> Strip:
        """Put ‹ or › over the ends of a heading line where there are more columns to the side."""
        style = view.heading.rich_style
        if view.left + view.width < sum(self._widths):
            strip = Strip.join([strip.crop(0, view.width - 1), Strip([Segment("›", style)])])
        if view.left:
            edge = self._widths[0]
            strip = Strip.join([strip.crop(0, edge - 1), Strip([Segment("‹", style)]), strip.crop(edge)])
        return strip

    def _column_at(self, x: int) -> int:
        """Return the index of the column at cell `x` of the window."""
        if not self._widths or x < self._widths[0]:
            return 1
        ends = accumulate(self._widths)
        return next((index for index, end in enumerate(ends) if x + round(self.scroll_x) < end), len(self._widths) - 1)

    def _scroll_sideways(self, columns: int) -> None:
        """Scroll by a number of columns, until the last column is in view."""
        offsets = self._scroll_offsets
        last = offsets.index(self._next_offset(sum(self._widths) - self._width_in_view))
        target = offsets.index(self._next_offset(round(self.scroll_x))) + columns
        self.scroll_to(offsets[max(0, min(target, last))], animate=False, force=True)

    def _scroll_to_cursor(self) -> None:
        """Scroll so that the cursor is in view, below the heading and to the right of the first column."""
        if not self._lines or not self.size:
            return
        top, height = round(self.scroll_y), self.size.height - self._heading_height
        y = min(max(top, self.row - height + 1), self.row)
        # Scroll back where the window has become wide enough for more columns.
        x = self._next_offset(min(round(self.scroll_x), sum(self._widths) - self._width_in_view))
        if self._by_cell:
            end = sum(self._widths[: self.column + 1])
            x = min(max(x, self._next_offset(end - self._width_in_view)), self._scroll_offsets[self.column - 1])
        self.scroll_to(x, y, animate=False, force=True)

    def _next_offset(self, x: int) -> int:
        """Return the smallest scroll offset, `x` or more, at which no column is cut off."""
        return next((offset for offset in self._scroll_offsets if offset >= x), self._scroll_offsets[-1])

    @property
    def _scroll_offsets(self) -> list[int]:
        """Return the scroll offsets, in cells, at which a column begins right after the fixed first column.

        Offset 0 shows the second column there; the last offset has scrolled past all columns.
        """
        return [0, *accumulate(self._widths[1:])]


def _is_same(one: Content, other: Content) -> bool:
    return one is other or one.is_same(other)
