"""A document's pages, laid out in the window, with a cursor, and the places that matter marked in the margin.

Drawn by window: a report of fifty pages costs no more to show than one of five.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reinspect.answers.open_document import PageSpan
from tui.app.widgets.drawing import cursor_style
from tui.app.widgets.page_layout import PageLayout, PageLine

_SIGN = 3
_GUTTER = _SIGN + 2
_NEAR_EDGE = 3
# A line that was joined to the next may have ended in a space of its own.
_JOINED = re.compile(r"(?<=\S)  (?=\S)")


class MarginSign(NamedTuple):
    """A sign of at most three cells, to stand in the margin where a stretch begins."""

    span: PageSpan
    shown: Content


Placed = TypeVar("Placed", PageSpan, MarginSign)


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows pages, with a cursor on a line; steps through what was found in them."""

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Pages"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="pages.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="pages.down"),
        Binding("pageup,b", "page(-1)", "Page up", show=False, id="pages.page-up"),
        Binding("pagedown,space", "page(1)", "Page down", show=False, id="pages.page-down"),
        Binding("home,g", "move(-1000000)", "Start", show=False, id="pages.home"),
        Binding("end,G", "move(1000000)", "End", show=False, id="pages.end"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pages--marked",
        "pages--found",
        "pages--here",
        "pages--rule",
        "pages--cursor",
    }

    @dataclass
    class Moved(Message):
        """The cursor is on another line."""

        pages: PageView

        @property
        def control(self) -> PageView:
            """The pages that it moved in."""
            return self.pages

        def can_replace(self, message: Message) -> bool:
            """Where a held key outruns its handler, only the last place matters."""
            return isinstance(message, PageView.Moved)

    def __init__(
        self,
        pages: Sequence[str],
        marked: Sequence[PageSpan] = (),
        signs: Sequence[MarginSign] = (),
        found: Sequence[PageSpan] = (),
    ) -> None:
        super().__init__()
        self._pages = pages
        self._marked = _by_page(marked)
        self._first = marked[0] if marked else None
        self._signs = {
            page: [sign for sign in signs if sign.span.page == page] for page in {s.span.page for s in signs}
        }
        self._stops = sorted({*marked[:1], *(sign.span for sign in signs)})
        self._found = found
        self._found_on = _by_page(found)
        self._layout = PageLayout((), 1)
        # Where the next step starts: a place that was gone to, or the beginning of the line under the cursor.
        self._place = (1, -1)
        self.line = 0

    def on_mount(self) -> None:
        """Lay the pages out and begin where the passage is, at the first words found in it if there are any."""
        self._lay_out()
        first = self._first
        if first:
            after = (each for each in self._found if (each.page, each.start) >= (first.page, first.start))
            found = next(after, first)
            self.go_to(found if found.page <= first.page + 1 else first)

    def on_resize(self, event: Resize) -> None:
        """Wrap anew, and keep the cursor where it was, with all that its line showed in view."""
        if event.size.width:
            here, place, above = self.here, self._place, self.line - round(self.scroll_y)
            self._lay_out()
            page, start = place
            line = self._layout.line_of(page, start + 1)
            below = max(0, self._layout.line_of(here.page, here.end - 1) - line)
            self._put_cursor(line, above=max(0, min(above, event.size.height - 1 - below)))
            self._place = place

    # Where the cursor is

    @property
    def here(self) -> PageSpan:
        """The stretch of a page that the line under the cursor shows; empty at the head of a page."""
        lines = self._layout.lines
        line = lines[self.line] if lines else PageLine(1, 0, "")
        return PageSpan(line.page, line.start, line.start + len(line.text))

    @property
    def page(self) -> int:
        """The page under the cursor, from 1."""
        return self.here.page

    def go_to(self, span: PageSpan) -> None:
        """Put the cursor on a place, a few lines below the top of the window."""
        self._put_cursor(self._layout.line_of(span.page, span.start), above=_NEAR_EDGE)
        self._place = span.page, span.start

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._put_cursor(self.line + lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many lines as are in view."""
        self._put_cursor(self.line + pages * max(1, self.size.height - 1))

    def on_click(self, event: Click) -> None:
        """Put the cursor where it was clicked."""
        self._put_cursor(round(self.scroll_y) + event.y)

    def _put_cursor(self, line: int, above: int | None = None) -> None:
        """Put the cursor on a line and bring that into view, with so many lines `above` it where that is said."""
        before, self.line = self.line, max(0, min(line, len(self._layout.lines) - 1))
        self._place = self.here.page, self.here.start - 1
        top, height = round(self.scroll_y), self.size.height
        top = min(max(top, self.line - height + 1), self.line) if above is None else self.line - above
        for each in before, self.line:
            self.refresh_line(each)
        self.scroll_to(y=max(0, top), animate=False, force=True)
        self.post_message(self.Moved(self))

    # Finding

    @property
    def found(self) -> int:
        """How many places were found."""
        return len(self._found)

    @property
    def place(self) -> int | None:
        """Which of the places found the cursor was put on, from 1; None where it was moved since."""
        starts = [(found.page, found.start) for found in self._found]
        at = bisect_left(starts, self._place)
        return at + 1 if starts[at : at + 1] == [self._place] else None

    def mark_found(self, found: Sequence[PageSpan]) -> None:
        """Mark these places, in the order of the pages, in place of any others."""
        self._found = found
        self._found_on = _by_page(found)
        self.refresh()

    def step(self, by: int, since: PageSpan | None = None) -> Literal["", "on", "round"]:
        """Go to the next (1) or previous (-1) place found; "round" where that was past the end, "" where there is none.

        It is the next from the cursor on, or from the beginning of `since`. While nothing was found, the signs and the
        place that the pages were opened at are stepped through.
        """
        stops = self._found or self._stops
        if not stops:
            return ""
        starts = [(stop.page, stop.start) for stop in stops]
        here = (since.page, since.start - 1) if since else self._place
        place = bisect_right(starts, here) if by > 0 else bisect_left(starts, here) - 1
        self.go_to(stops[place % len(stops)])
        return "on" if 0 <= place < len(stops) else "round"

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        place = round(self.scroll_y) + y
        width = self.size.width
        base = (cursor_style(self, "pages--cursor") if place == self.line else self.visual_style).rich_style
        if place >= len(self._layout.lines):
            return Strip.blank(width, base)
        line = self._layout.lines[place]
        if line.rule:
            rule = f"── page {line.page} ".ljust(width, "─")
            return Strip([Segment(rule[:width], base + self._style("pages--rule"))])
        return Strip(list(self._segments(line, base))).adjust_cell_length(width, base)

    def _segments(self, line: PageLine, base: Style) -> Iterator[Segment]:
        marks = _cuts(self._marked, line)
        finds = _cuts(self._found_on, line)
        marked, found, here = (self._style(f"pages--{name}") for name in ("marked", "found", "here"))
        yield from self._margin(line, base)
        yield Segment("▌ " if marks else "  ", base + marked if marks else base)
        if line.indent:
            yield Segment(" " * line.indent, base)
        edges = sorted({0, len(line.text), *(edge for cut in (*marks, *finds) for edge in cut)})
        for start, end in pairwise(edges):
            style = base
            if any(first <= start < last for first, last in marks):
                style += marked
            if any(first <= start < last for first, last in finds):
                style += here if (line.page, line.start + start) == self._place else found
            yield Segment(_JOINED.sub(" ", line.text[start:end]).replace("\t", " "), style)

    def _margin(self, line: PageLine, base: Style) -> Iterator[Segment]:
        """The sign of what begins on a line."""
        end = line.start + max(len(line.text), 1)
        signs = [sign for sign in self._signs.get(line.page, ()) if line.start <= sign.span.start < end]
        if not signs:
            yield Segment(" " * _SIGN, base)
            return
        shown = signs[0].shown.truncate(_SIGN)
        for words, style in shown.render(end="", parse_style=self.app.stylesheet.parse_style):
            yield Segment(words, base + style.rich_style)
        yield Segment(" " * (_SIGN - shown.cell_length), base)

    def _style(self, component: str) -> Style:
        """The style of a component, with the "reverse" that Textual leaves out: without colour it is all there is."""
        style = self.get_component_rich_style(component, partial=True)
        return style + Style(reverse=self.get_component_styles(component).text_style.reverse)

    def _lay_out(self) -> None:
        self._layout = PageLayout(self._pages, max(20, self.size.width - _GUTTER - 1))
        self.virtual_size = Size(self.size.width, len(self._layout.lines))
        self.refresh()


def _by_page(placed: Sequence[Placed]) -> Mapping[int, Sequence[Placed]]:
    found: defaultdict[int, list[Placed]] = defaultdict(list)
    for each in placed:
        found[(each if isinstance(each, PageSpan) else each.span).page].append(each)
    return found


def _cuts(spans: Mapping[int, Sequence[PageSpan]], line: PageLine) -> list[tuple[int, int]]:
    """The parts of a line that any of these spans cover."""
    cuts = (line.cut(span) for span in spans.get(line.page, ()))
    return [cut for cut in cuts if cut]
