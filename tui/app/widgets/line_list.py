"""Lines that can be read one by one, each with the place it comes from.

Not an `OptionList`: that measures every word of every line when it is filled, which took 0.1 s for one comparison.
This one draws what is in view.
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
from tui.app.widgets.drawing import TextRun, cursor_style, segments, wrapped

_ROWS_KEPT = 512


@dataclass(frozen=True)
class ListLine:
    """What a line says and where it is printed, if the words are held. A heading only divides.

    `quote` is what is copied or pinned of it, where that is not the whole line; `found` are the words in it that were
    looked for, to be found in its source too.
    """

    content: Content
    evidence: Evidence | None = None
    heading: bool = False
    quote: str = ""
    found: str = ""


class _Row(NamedTuple):
    """A row of the window: the place of the line it is of, and which part of it."""

    place: int
    part: TextRun


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of lines, wrapped, with a cursor on one; Enter opens its source.

    Lines without a source can be walked over too, so that everything on the screen can be read by keyboard alone.
    """

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="lines.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="lines.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="lines.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="lines.page-down"),
        Binding("home,g", "end(0)", "First", show=False, id="lines.first"),
        Binding("end,G", "end(-1)", "Last", show=False, id="lines.last"),
        Binding("n", "part(1)", "Next part", show=False, id="lines.next-part"),
        Binding("N", "part(-1)", "Part before", show=False, id="lines.part-before"),
        Binding("enter", "choose", "Open", show=True, id="lines.open"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cited--cursor"}

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line, or it was clicked a second time."""

        cited: LineList
        line: ListLine

        @property
        def control(self) -> LineList:
            """The list that it was pressed in."""
            return self.cited

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (Textual's own word)
        super().__init__(id=id)
        self._shown: Sequence[ListLine] = ()
        self._walked: list[int] = []  # the places that the cursor may stand on
        self._rows: list[_Row] = []
        self._tops: list[int] = []  # the first row of each line, and the end of the last
        self._room = 0
        self._strips: LRUCache[Hashable, Strip] = LRUCache(_ROWS_KEPT)
        self.place: int | None = None
        """Which line the cursor is on; None where there is none."""

    def fill(self, lines: Sequence[ListLine], place: int = 0) -> None:
        """Show these lines in place of any others, from the top, with the cursor there or at the next it may stand."""
        self._shown = lines
        self._walked = [at for at, line in enumerate(lines) if not line.heading]
        self.place = self._nearest(place)
        self._wrap()
        self.scroll_to(y=0, animate=False, force=True)
        self._scroll_to_cursor()

    @property
    def under_cursor(self) -> ListLine | None:
        """The line under the cursor, or None where there is none."""
        return None if self.place is None else self._shown[self.place]

    # Moving

    def action_move(self, by: int) -> None:
        """Move the cursor by a line; but first show the rest of one that is longer than the window."""
        if self.place is None or not self._rows:
            return
        unseen = self._tops[self.place + 1] - self._bottom if by > 0 else self._top - self._tops[self.place]
        there = self._walked.index(self.place) + by
        if unseen > 0:
            self.scroll_relative(y=by * min(unseen, max(1, self.size.height - 1)), animate=False)
        elif 0 <= there < len(self._walked):
            self._go_to(self._walked[there])
        else:
            self.scroll_relative(y=by, animate=False)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many rows as are in view."""
        if self.place is None or not self._rows:
            return
        row = self._tops[self.place] + pages * max(1, self.size.height - 1)
        there = self._nearest(self._rows[max(0, min(row, len(self._rows) - 1))].place)
        if there == self.place:
            self.action_move(pages)
        else:
            self._go_to(there)

    def action_end(self, end: int) -> None:
        """Go to the first line (0) or the last (-1)."""
        if self._walked:
            self._go_to(self._walked[end])

    def action_part(self, by: int) -> None:
        """Go to the first line of the next part, or of this or the one before."""
        if self.place is None:
            return
        starts = [0, *(at + 1 for at, line in enumerate(self._shown) if line.heading)]
        later = [start for start in starts if start > self.place]
        earlier = [start for start in starts if start < self.place]
        there = (later[:1] if by > 0 else earlier[-1:]) or [self.place]
        self._go_to(self._nearest(there[0]), at_top=True)

    def action_choose(self) -> None:
        """Say which line it is."""
        if self.under_cursor is not None:
            self.post_message(self.Chosen(self, self.under_cursor))

    def on_click(self, event: Click) -> None:
        """Move the cursor to the line that was clicked; choose it if it is there already."""
        offset = event.get_content_offset(self)
        row = self._top + offset.y if offset else len(self._rows)
        if row >= len(self._rows) or self._shown[self._rows[row].place].heading:
            return
        if self.place == self._rows[row].place:
            self.action_choose()
        else:
            self._go_to(self._rows[row].place)

    def _go_to(self, place: int | None, *, at_top: bool = False) -> None:
        self._redraw_cursor()
        self.place = place
        self._redraw_cursor()
        self._scroll_to_cursor(at_top=at_top)

    def _nearest(self, place: int) -> int | None:
        """That place, or the next that the cursor may stand on, or the last."""
        after = (at for at in self._walked if at >= place)
        return next(after, self._walked[-1] if self._walked else None)

    # Drawing

    def on_resize(self, event: Resize) -> None:
        """Wrap to a new width, and keep the cursor in view."""
        if event.size.width and self._width != self._room:
            self._wrap()
        self.call_after_refresh(self._scroll_to_cursor)

    def render_line(self, y: int) -> Strip:
        """One row of the window."""
        at, base = self._top + y, self.visual_style
        if at >= len(self._rows):
            return Strip.blank(self._room, base.rich_style)
        under = self._rows[at].place == self.place
        looks = at, under, base, self.has_focus, self.app.theme
        strip = self._strips.get(looks)
        if strip is None:
            strip = self._strips[looks] = self._drawn(self._rows[at], under)
        return strip

    def _drawn(self, row: _Row, under: bool) -> Strip:
        style = cursor_style(self, "cited--cursor") if under else self.visual_style
        words = self._shown[row.place].content[row.part.start : row.part.end]
        indent = Segment(" " * row.part.indent, style.rich_style)
        drawn = segments(self, words, style, under_cursor=under)
        return Strip([indent, *drawn]).adjust_cell_length(self._room, style.rich_style)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _top(self) -> int:
        """The first row in view."""
        return round(self.scroll_y)

    @property
    def _bottom(self) -> int:
        """The row behind the last in view."""
        return self._top + self.size.height

    def _wrap(self) -> None:
        """Break the lines to the width that there is; there is none while the list is not in view."""
        self._room = self._width
        self._rows, self._tops = [], []
        self._strips.clear()
        for place, line in enumerate(self._shown if self._room else ()):
            self._tops.append(len(self._rows))
            self._rows += (_Row(place, part) for part in wrapped(line.content.plain, self._room))
        self._tops.append(len(self._rows))
        self.virtual_size = Size(self._room, len(self._rows))
        self.refresh()

    def _redraw_cursor(self) -> None:
        if self.place is not None and self._rows:
            self.refresh_lines(self._tops[self.place], self._tops[self.place + 1] - self._tops[self.place])

    def _scroll_to_cursor(self, *, at_top: bool = False) -> None:
        """Bring the line under the cursor into view, with the heading above it."""
        if self.place is None or not self._rows:
            return
        above = self.place - 1 if self.place and self._shown[self.place - 1].heading else self.place
        first, end = self._tops[above], self._tops[self.place + 1]
        top = first if at_top else min(max(self._top, end - self.size.height), first)
        self.scroll_to(y=top, animate=False, force=True)
