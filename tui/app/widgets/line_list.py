"""A list of wrapped lines of text, each with the place in a document that it comes from.

Textual's `OptionList` measures every word of every line when it is filled, which took 0.1 s for one comparison. This
list draws the lines in view only.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reinspect.model import Evidence
from tui.app.widgets.drawing import TextRun, cursor_style, styled_segments, wrap_text
from tui.app.widgets.panel import fit_title

_ROWS_KEPT = 512
MOST_WIDTH = 90
"""The cells of a line of prose; longer ones are hard to read."""


@dataclass(frozen=True)
class ListLine:
    """A line of text, and the place in a stored document that prints it, if there is one.

    The cursor skips a `heading`. `quote` is the text to copy or pin, if that is not the whole line. `found` is the
    search text that matched, to be highlighted when the source is opened. `citation` is the source of a line without
    such a place, if it is not that of the whole pane. `hanging` is the indent of the second and later rows of a wrapped
    line; None takes it from its bullet or number.
    """

    content: Content
    evidence: Evidence | None = None
    heading: bool = False
    quote: str = ""
    found: str = ""
    hanging: int | None = None
    citation: str = ""


class _Row(NamedTuple):
    """A row of the window: the index of a line, and the part of its text on this row."""

    line: int
    part: TextRun


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of wrapped lines with a cursor on one; Enter opens the source of that line.

    The cursor stops at lines without a source too, so that the whole list can be read by keyboard alone.
    """

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="lines.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="lines.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="lines.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="lines.page-down"),
        Binding("home,g", "end(0)", "First line", show=False, id="lines.first"),
        Binding("end,G", "end(-1)", "Last line", show=False, id="lines.last"),
        Binding("n", "part(1)", "Next part", show=False, id="lines.next-part", tooltip="to the next heading"),
        Binding(
            "N", "part(-1)", "Previous part", show=False, id="lines.part-before", tooltip="to the previous heading"
        ),
        Binding("enter", "choose", "Open", show=True, id="lines.open"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor"}

    @dataclass
    class Chosen(Message):
        """A line was chosen: by Enter, or by a click while the cursor was on it."""

        line_list: LineList
        line: ListLine

        @property
        def control(self) -> LineList:
            """The list that the line is in."""
            return self.line_list

    @dataclass
    class Moved(Message):
        """The cursor was moved to another line by a key or a click."""

        line_list: LineList

        @property
        def control(self) -> LineList:
            """The list that the cursor was moved in."""
            return self.line_list

        def can_replace(self, message: Message) -> bool:
            """Replace a waiting message of the same list: while a key is held down only the last line matters."""
            return isinstance(message, LineList.Moved) and message.line_list is self.line_list

    def __init__(self, id: str | None = None, *, has_heading_keys: bool = True) -> None:  # noqa: A002 (Textual's word)
        """Create an empty list. Without `has_heading_keys` it leaves n and N to the widget around it."""
        super().__init__(id=id)
        self._has_heading_keys = has_heading_keys
        self._shown: Sequence[ListLine] = ()
        self._cursor_stops: list[int] = []  # indexes of the lines that are not headings
        self._rows: list[_Row] = []
        self._first_rows: list[int] = []  # the first row of each line, and the end of the last
        self._wrap_width = 0
        # Until the cursor moves, the first lines are in view, even if they are headings and the cursor is far below.
        self._is_at_start = True
        self._strips: LRUCache[Hashable, Strip] = LRUCache(_ROWS_KEPT)
        self.place: int | None = None
        """The index of the line under the cursor; None in an empty list."""

    def fill(self, lines: Sequence[ListLine], place: int = 0) -> None:
        """Show these lines, with the cursor on the line at index `place`, or on the next one that is not a heading."""
        self._shown = lines
        self._cursor_stops = [index for index, line in enumerate(lines) if not line.heading]
        self.place, self._is_at_start = self._nearest(place), place == 0
        self._wrap()
        self.scroll_to(y=0, animate=False, force=True)
        self._scroll_to_cursor()

    def refill(self, lines: Sequence[ListLine]) -> None:
        """Show these lines, and keep the cursor where it is if they are shown already."""
        shown = [(line.content, line.evidence, line.heading) for line in self._shown]
        given = [(line.content, line.evidence, line.heading) for line in lines]
        is_same = len(shown) == len(given) and all(
            one[1:] == other[1:] and one[0].is_same(other[0]) for one, other in zip(shown, given, strict=True)
        )
        if not is_same:
            self.fill(lines)

    @property
    def under_cursor(self) -> ListLine | None:
        """The line under the cursor, or None in an empty list."""
        return None if self.place is None else self._shown[self.place]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Return False for n and N if the list leaves them to the widget around it."""
        return action != "part" or self._has_heading_keys

    # Moving the cursor

    def go_to(self, place: int) -> None:
        """Put the cursor on the line at index `place`, or on the next one that is not a heading."""
        self._go_to(self._nearest(place))

    def action_move(self, by: int) -> None:
        """Move the cursor to the next (1) or the previous (-1) line; first scroll through one that is cut off."""
        if self.place is None or not self._rows:
            return
        first, end = self._first_rows[self.place : self.place + 2]
        hidden = end - self._bottom if by > 0 else self._top - first
        stop = self._cursor_stops.index(self.place) + by
        if hidden > 0:
            self.scroll_relative(y=by * min(hidden, max(1, self.size.height - 1)), animate=False)
        elif 0 <= stop < len(self._cursor_stops):
            self._go_to(self._cursor_stops[stop])
        else:
            self.scroll_relative(y=by, animate=False)

    def action_page(self, pages: int) -> None:
        """Move the cursor by the height of the window."""
        if self.place is None or not self._rows:
            return
        row = self._first_rows[self.place] + pages * max(1, self.size.height - 1)
        target = self._nearest(self._rows[max(0, min(row, len(self._rows) - 1))].line)
        if target == self.place:
            self.action_move(pages)
        else:
            self._go_to(target)

    def action_end(self, end: int) -> None:
        """Go to the first (0) or the last (-1) line."""
        if self._cursor_stops:
            self._go_to(self._cursor_stops[end])

    def action_part(self, by: int) -> None:
        """Go to the first line below the next heading (1), or below this or the previous heading (-1)."""
        if self.place is None:
            return
        starts = [0, *(index + 1 for index, line in enumerate(self._shown) if line.heading)]
        later = [start for start in starts if start > self.place]
        earlier = [start for start in starts if start < self.place]
        target = (later[:1] if by > 0 else earlier[-1:]) or [self.place]
        self._go_to(self._nearest(target[0]), at_top=True)

    def action_choose(self) -> None:
        """Report the line under the cursor as chosen."""
        if self.under_cursor is not None:
            self.post_message(self.Chosen(self, self.under_cursor))

    def on_click(self, event: Click) -> None:
        """Move the cursor to the clicked line; choose the line if the cursor is there already."""
        offset = event.get_content_offset(self)
        row = self._top + offset.y if offset else len(self._rows)
        if row >= len(self._rows) or self._shown[self._rows[row].line].heading:
            return
        if self.place == self._rows[row].line:
            self.action_choose()
        else:
            self._go_to(self._rows[row].line)

    def _go_to(self, place: int | None, *, at_top: bool = False) -> None:
        self._redraw_cursor()
        is_moved, self.place, self._is_at_start = place != self.place, place, False
        self._redraw_cursor()
        if is_moved:
            self.post_message(self.Moved(self))
        self._scroll_to_cursor(at_top=at_top)

    def _nearest(self, place: int) -> int | None:
        """Return the index of the next line from there that is not a heading, or of the last one."""
        after = (index for index in self._cursor_stops if index >= place)
        return next(after, self._cursor_stops[-1] if self._cursor_stops else None)

    # Drawing

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width, and keep the cursor in view."""
        fit_title(self)
        if event.size.width and self._width != self._wrap_width:
            self._wrap()
        self.call_after_refresh(self._scroll_to_cursor)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the window, or take it from the cache of drawn rows."""
        row, base = self._top + y, self.visual_style
        if row >= len(self._rows):
            return Strip.blank(self._wrap_width, base.rich_style)
        under_cursor = self._rows[row].line == self.place
        key = row, under_cursor, base, self.has_focus, self.app.theme
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(self._rows[row], under_cursor)
        return strip

    def _draw(self, row: _Row, under_cursor: bool) -> Strip:
        style = cursor_style(self, "lines--cursor") if under_cursor else self.visual_style
        content = self._shown[row.line].content[row.part.start : row.part.end]
        indent = Segment(" " * row.part.indent, style.rich_style)
        segments = styled_segments(self, content, style, under_cursor=under_cursor)
        return Strip([indent, *segments]).adjust_cell_length(self._wrap_width, style.rich_style)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _top(self) -> int:
        """The first row in view."""
        return round(self.scroll_y)

    @property
    def _bottom(self) -> int:
        """The row after the last one in view."""
        return self._top + self.size.height

    def _wrap(self) -> None:
        """Wrap all lines to the present width, which is 0 while the list is not displayed."""
        self._wrap_width = self._width
        self._rows, self._first_rows = [], []
        self._strips.clear()
        for index, line in enumerate(self._shown if self._wrap_width else ()):
            self._first_rows.append(len(self._rows))
            width = min(self._wrap_width, MOST_WIDTH)
            self._rows += (_Row(index, part) for part in wrap_text(line.content.plain, width, line.hanging))
        self._first_rows.append(len(self._rows))
        self.virtual_size = Size(self._wrap_width, len(self._rows))
        self.refresh()

    def _redraw_cursor(self) -> None:
        if self.place is not None and self._rows:
            first, end = self._first_rows[self.place : self.place + 2]
            self.refresh_lines(first, end - first)

    def _scroll_to_cursor(self, *, at_top: bool = False) -> None:
        """Scroll so that the line under the cursor is in view, with the heading above it if there is one."""
        if self.place is None or not self._rows or self._is_at_start:
            return
        above = self.place - 1 if self.place and self._shown[self.place - 1].heading else self.place
        first, end = self._first_rows[above], self._first_rows[self.place + 1]
        top = first if at_top else min(max(self._top, end - self.size.height), first)
        self.scroll_to(y=top, animate=False, force=True)
