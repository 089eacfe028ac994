"""The table of every pane: report text is never read as markup, colours follow the theme, h/j/k/l move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.theme import Theme
from textual.widgets import DataTable


class Column(NamedTuple):
    """A column: its key, its heading (lines by newline) and its width in cells, or None for as wide as it needs."""

    key: str
    label: Content
    width: int | None = None


class Row(NamedTuple):
    """A row: its key and one cell a column."""

    key: str
    cells: Sequence[Content]


class Table(DataTable[Text], inherit_bindings=False):
    """A `DataTable` filled with `Content`.

    A `DataTable` reads every `str` as markup and cannot show `Content`, so cells become `Text` here, with the
    theme's colours worked out; they are worked out anew when the theme changes.
    """

    BINDING_GROUP_TITLE = "Table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", show=False, id="table.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="table.down"),
        Binding("left,h", "cursor_left", "Left", show=False, id="table.left"),
        Binding("right,l", "cursor_right", "Right", show=False, id="table.right"),
        Binding("pageup", "page_up", "Page up", show=False, id="table.page-up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="table.page-down"),
        Binding("home", "scroll_home", "First column", show=False, id="table.home"),
        Binding("end", "scroll_end", "Last column", show=False, id="table.end"),
        Binding("g,ctrl+home", "scroll_top", "First row", show=False, id="table.top"),
        Binding("G,ctrl+end", "scroll_bottom", "Last row", show=False, id="table.bottom"),
        Binding("enter", "select_cursor", "Open", show=True, id="table.open"),
    ]

    def on_mount(self) -> None:
        """Follow the theme."""
        self._columns: Sequence[Column] = ()
        self._rows: Sequence[Row] = ()
        self.app.theme_changed_signal.subscribe(self, self._repaint)

    def fill(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show these columns and rows in place of any others; the cursor stays where it was, as far as it can."""
        self._columns, self._rows = columns, rows
        at = self.cursor_coordinate
        self.clear(columns=True)
        for place, column in enumerate(columns):
            # A `DataTable` does not work its own widths out again when it is filled anew.
            natural = max((row.cells[place].cell_length for row in rows), default=0)
            width = column.width or max(natural, *(line.cell_length for line in column.label.split()), 1)
            self.add_column(self._text(column.label), width=width, key=column.key)
        for row in rows:
            self.add_row(*map(self._text, row.cells), key=row.key)
        self.move_cursor(row=at.row, column=at.column, animate=False)

    def _repaint(self, _: Theme) -> None:
        self.fill(self._columns, self._rows)

    def _text(self, content: Content) -> Text:
        parse = self.app.stylesheet.parse_style
        return Text.assemble(
            *((words, style.rich_style) for words, style in content.render(end="", parse_style=parse)), no_wrap=False
        )
