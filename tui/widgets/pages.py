"""A document's pages, wrapped to the window, with the places that matter marked in the margin and in the words.

Drawn by window: a report of fifty pages costs no more to show than one of five.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_GUTTER = 2
# A line that fills this share of the widest runs on into the next, unless that begins an item.
_FULL = 0.7
_NUMBERED = re.compile(r"\d+[.)]?(?:\s|$)")


class Span(NamedTuple):
    """A stretch of a page's text: page from 1, half-open."""

    page: int
    start: int
    end: int


class _Line(NamedTuple):
    """One line of the window: the stretch of the page it shows. A `rule` announces a page instead."""

    page: int
    start: int
    text: str
    rule: bool = False


class Pages(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows pages; scrolls by line and page; finds words."""

    BINDING_GROUP_TITLE = "Reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "Up", show=False, id="pages.up"),
        Binding("down,j", "scroll_down", "Down", show=False, id="pages.down"),
        Binding("pageup,b", "page_up", "Page up", show=False, id="pages.page-up"),
        Binding("pagedown,space", "page_down", "Page down", show=False, id="pages.page-down"),
        Binding("home,g", "scroll_home", "Start", show=False, id="pages.home"),
        Binding("end,G", "scroll_end", "End", show=False, id="pages.end"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pages--marked", "pages--found", "pages--rule"}

    def __init__(self, pages: Sequence[str], marked: Sequence[Span] = ()) -> None:
        super().__init__()
        self._pages = pages
        self._marked = tuple(marked)
        self._found: tuple[Span, ...] = ()
        self._lines: list[_Line] = []

    def on_mount(self) -> None:
        """Lay the pages out and begin where the passage is."""
        self._lay_out()
        if self._marked:
            self.call_after_refresh(self.go_to, self._marked[0])

    def on_resize(self, event: Resize) -> None:
        """Wrap anew, and keep the line at the top where it was."""
        top = self._lines[min(round(self.scroll_y), len(self._lines) - 1)] if self._lines else None
        self._lay_out()
        if top is not None and event.size.width:
            self.scroll_to(y=self._line_of(top.page, top.start), animate=False)

    def find(self, words: str) -> int:
        """Mark every place where these words stand, in any case; returns how many there are."""
        sought = words.casefold().strip()
        self._found = tuple(_places(self._pages, sought)) if sought else ()
        self.refresh()
        return len(self._found)

    def step(self, by: int) -> int | None:
        """Go to the next (1) or previous (-1) place found, round the end; returns which, from 1, or None."""
        stops = self._found or self._marked
        if not stops:
            return None
        lines = [self._line_of(stop.page, stop.start) for stop in stops]
        here = self._stop_line()
        place = bisect_left(lines, here + 1) % len(stops) if by > 0 else (bisect_left(lines, here) - 1) % len(stops)
        self.go_to(stops[place])
        return place + 1

    def go_to(self, span: Span) -> None:
        """Bring a place into view, a few lines below the top."""
        self._at = self._line_of(span.page, span.start)
        self.scroll_to(y=max(0, self._at - 3), animate=False, force=True)

    _at: int | None = None

    def _stop_line(self) -> int:
        """Where stepping starts: the place last gone to while it is in view, else the top of the window."""
        top = round(self.scroll_y)
        at = self._at
        return at if at is not None and top <= at < top + self.size.height else top - 1

    @property
    def page(self) -> int:
        """The page at the top of the window, from 1."""
        if not self._lines:
            return 1
        return self._lines[min(round(self.scroll_y), len(self._lines) - 1)].page

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        place = round(self.scroll_y) + y
        width = self.size.width
        base = self.rich_style
        if place >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[place]
        if line.rule:
            rule = f"── page {line.page} ".ljust(width, "─")
            return Strip([Segment(rule[:width], base + self.get_component_rich_style("pages--rule"))])
        return Strip(list(self._segments(line, base))).adjust_cell_length(width, base)

    def _segments(self, line: _Line, base: Style) -> Iterator[Segment]:
        marks = [_cut(span, line) for span in self._marked]
        finds = [_cut(span, line) for span in self._found if span.page == line.page]
        marks, finds = [cut for cut in marks if cut], [cut for cut in finds if cut]
        marked, found = self.get_component_rich_style("pages--marked"), self.get_component_rich_style("pages--found")
        yield Segment("▌ " if marks else "  ", base + marked if marks else base)
        edges = sorted({0, len(line.text), *(edge for cut in (*marks, *finds) if cut for edge in cut)})
        for start, end in pairwise(edges):
            style = base
            if any(cut and cut[0] <= start < cut[1] for cut in marks):
                style += marked
            if any(cut and cut[0] <= start < cut[1] for cut in finds):
                style += found
            # Joined lines may have ended in a space of their own.
            yield Segment(line.text[start:end].replace("  ", " "), style)

    def _lay_out(self) -> None:
        width = max(20, self.size.width - _GUTTER - 1)
        self._lines = list(_wrapped(self._pages, width))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def _line_of(self, page: int, start: int) -> int:
        """The line that shows a place."""
        keys = [(line.page, -1 if line.rule else line.start) for line in self._lines]
        return max(0, bisect_left(keys, (page, start + 1)) - 1)


def _wrapped(pages: Sequence[str], width: int) -> Iterator[_Line]:
    """Every page's lines, none wider than `width` cells; where one is, the page's paragraphs are set anew."""
    for number, text in enumerate(pages, 1):
        yield _Line(number, 0, "", rule=True)
        start = 0
        for printed in _set_anew(text, width).split("\n"):
            offset = 0
            while cell_len(printed[offset:]) > width:
                cut = _break(printed, offset, width)
                yield _Line(number, start + offset, printed[offset:cut])
                offset = cut
            yield _Line(number, start + offset, printed[offset:])
            start += len(printed) + 1


def _set_anew(text: str, width: int) -> str:
    """The page with its running lines joined, if any is too wide to show as printed; every place stays where it is."""
    lines = text.split("\n")
    widest = max(map(cell_len, lines))
    if widest <= width:
        return text
    joined = [lines[0]]
    for above, line in pairwise(lines):
        runs_on = len(above) > _FULL * widest and line[:1].isalnum() and not _NUMBERED.match(line)
        joined.append((" " if runs_on else "\n") + line)
    return "".join(joined)


def _break(printed: str, offset: int, width: int) -> int:
    """Where to break a line that is too wide: after the last space that fits, else where it is full."""
    end = offset + width
    while cell_len(printed[offset:end]) > width:
        end -= 1
    space = printed.rfind(" ", offset, end)
    return space + 1 if space > offset else end


def _cut(span: Span, line: _Line) -> tuple[int, int] | None:
    """The part of a line that a span covers, or None."""
    if span.page != line.page or line.rule:
        return None
    start, end = max(span.start - line.start, 0), min(span.end - line.start, len(line.text))
    return (start, end) if start < end else None


def _places(pages: Sequence[str], sought: str) -> Iterator[Span]:
    """Every place where words stand, line ends counting as spaces."""
    for number, text in enumerate(pages, 1):
        folded = text.replace("\n", " ").lower()
        at = folded.find(sought)
        while at >= 0:
            yield Span(number, at, at + len(sought))
            at = folded.find(sought, at + len(sought))
