"""The pages of a document with a cursor, highlighted matches, and marks in the margin.

Only the lines in view are drawn, so a report of fifty pages takes no longer to show than one of five.
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
from reinspect.answers.page_blocks import PageBlock
from tui.app.widgets.drawing import cursor_style
from tui.app.widgets.page_layout import MAX_WIDTH, PageLayout, PageLine

_SIGN_WIDTH = 3
_MARGIN = _SIGN_WIDTH + 2
# The share of the window above a place that `go_to` shows.
_SHARE_ABOVE = 1 / 3
_TICKS = {"quote": "◆", "match": "━", "mark": "▸"}
# Where two lines were joined and the first ended in a space, there are two.
_DOUBLE_SPACE = re.compile(r"(?<=\S)  (?=\S)")


class MarginSign(NamedTuple):
    """A sign of at most three cells, shown in the margin of the line where a span begins."""

    span: PageSpan
    content: Content


class Tick(NamedTuple):
    """A tick next to the scroll bar: its kind ("quote", "match" or "mark") and the first place it points to."""

    kind: str
    span: PageSpan


SpanOrSign = TypeVar("SpanOrSign", PageSpan, MarginSign)


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """A view of pages with a cursor on one line, which can step through the matches of a search."""

    ALLOW_SELECT = False
    BINDING_GROUP_TITLE = "Pages"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="pages.up"),
        Binding("down,j", "move(1)", "Down", show=False, id="pages.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="pages.page-up"),
        Binding("pagedown,space", "page(1)", "Page down", show=False, id="pages.page-down"),
        Binding("home,g", "move(-1000000)", "Start", show=False, id="pages.home"),
        Binding("end,G", "move(1000000)", "End", show=False, id="pages.end"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pages--marked",
        "pages--quote",
        "pages--heading",
        "pages--match",
        "pages--current-match",
        "pages--rule",
        "pages--cursor",
        "pages--quote-tick",
        "pages--match-tick",
        "pages--mark-tick",
    }

    @dataclass
    class Moved(Message):
        """The cursor moved to another line."""

        pages: PageView

        @property
        def control(self) -> PageView:
            """The view that the cursor moved in."""
            return self.pages

        def can_replace(self, message: Message) -> bool:
            """Return True if `message` is also a `Moved` that still waits: then only this later one is delivered.

            So a key held down moves the page once, not once per repeat.
            """
            return isinstance(message, PageView.Moved)

    def __init__(
        self,
        pages: Sequence[str],
        marked: Sequence[PageSpan] = (),
        signs: Sequence[MarginSign] = (),
        matches: Sequence[PageSpan] = (),
        *,
        quoted: Sequence[PageSpan] = (),
        blocks: Sequence[PageBlock] = (),
        heading_signs: Sequence[MarginSign] = (),
    ) -> None:
        """Show pages with the `marked` spans, and go to the first of them; highlight the `matches` of a search.

        `quoted` are words to highlight, and to go to first. `blocks` are the paragraphs and headings of the pages.
        """
        super().__init__()
        self._pages = pages
        self._marked = _group_by_page(marked)
        self._first_mark = marked[0] if marked else None
        self._quoted = _group_by_page(quoted)
        self._first_quoted = quoted[0] if quoted else None
        self._blocks = blocks
        self._signs = _group_by_page([*signs, *heading_signs])
        self._mark_spans = sorted({*marked[:1], *(sign.span for sign in signs)})
        self._matches = matches
        self._matches_by_page = _group_by_page(matches)
        self._page_layout = PageLayout((), 1)
        self._ticks: dict[int, Tick] = {}
        self._left = 0
        self._has_been_shown = False
        # Where the next step starts (page, offset): the target of the last `go_to`, or just before the cursor's line.
        self._position = (1, -1)
        self.line = 0

    def on_mount(self) -> None:
        """Lay the pages out and go to the first place."""
        self._lay_out()
        self._go_to_first_place()

    def _go_to_first_place(self) -> None:
        """Go to the quote or the mark, or to the first match after it on its page or the next."""
        place = self._first_quoted or self._first_mark
        if place:
            after = (match for match in self._matches if (match.page, match.start) >= (place.page, place.start))
            match = next(after, place)
            self.go_to(match if match.page <= place.page + 1 else place)

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width; the cursor stays at its text, all of which stays in view."""
        if not event.size.width:
            return
        if not self._has_been_shown:
            self._has_been_shown = True
            self._lay_out()
            self._go_to_first_place()
            return
        span, position, above = self.cursor_span, self._position, self.line - round(self.scroll_y)
        self._lay_out()
        page, start = position
        line = self._page_layout.line_at(page, start + 1)
        below = max(0, self._page_layout.line_at(span.page, span.end - 1) - line)
        self._put_cursor(line, above=max(0, min(above, event.size.height - 1 - below)))
        self._position = position

    # The cursor

    @property
    def cursor_span(self) -> PageSpan:
        """The part of a page that the line under the cursor shows; empty on the rule above a page."""
        lines = self._page_layout.lines
        line = lines[self.line] if lines else PageLine(1, 0, "")
        return PageSpan(line.page, line.start, line.start + len(line.text))

    @property
    def page(self) -> int:
        """The number of the page under the cursor, from 1."""
        return self.cursor_span.page

    def go_to(self, span: PageSpan) -> None:
        """Put the cursor on the line where a span begins, a third from the top of the window."""
        above = round(self.size.height * _SHARE_ABOVE)
        self._put_cursor(self._page_layout.line_at(span.page, span.start), above=above)
        self._position = span.page, span.start

    def action_move(self, lines: int) -> None:
        """Move the cursor down (up, if negative), past the blank line between two paragraphs."""
        target, shown = self.line + lines, self._page_layout.lines
        if 0 <= target < len(shown) and shown[target].is_blank:
            target += 1 if lines > 0 else -1
        self._put_cursor(target)

    def action_page(self, pages: int) -> None:
        """Move the cursor by the height of the window."""
        self._put_cursor(self.line + pages * max(1, self.size.height - 1))

    def on_click(self, event: Click) -> None:
        """Put the cursor on the clicked line, or on the place of the clicked tick."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.x == self._tick_column and offset.y in self._ticks:
            self.go_to(self._ticks[offset.y].span)
        else:
            self._put_cursor(round(self.scroll_y) + offset.y)

    def _put_cursor(self, line: int, above: int | None = None) -> None:
        """Put the cursor on a line and scroll to it, if given with this number of lines `above` it."""
        previous, self.line = self.line, max(0, min(line, len(self._page_layout.lines) - 1))
        self._position = self.cursor_span.page, self.cursor_span.start - 1
        top, height = round(self.scroll_y), self.size.height
        top = min(max(top, self.line - height + 1), self.line) if above is None else self.line - above
        self.refresh_line(previous)
        self.refresh_line(self.line)
        self.scroll_to(y=max(0, top), animate=False, force=True)
        self.post_message(self.Moved(self))

    # Matches

    @property
    def match_count(self) -> int:
        """The number of matches."""
        return len(self._matches)

    @property
    def match_number(self) -> int | None:
        """The number (from 1) of the match under the cursor; None if the cursor was moved away from it."""
        starts = [(match.page, match.start) for match in self._matches]
        index = bisect_left(starts, self._position)
        return index + 1 if starts[index : index + 1] == [self._position] else None

    def mark_matches(self, matches: Sequence[PageSpan]) -> None:
        """Highlight these spans, given in the order of the pages, in place of earlier matches."""
        self._matches = matches
        self._matches_by_page = _group_by_page(matches)
        self._place_ticks()
        self.refresh()

    def step(self, by: int, start: PageSpan | None = None) -> Literal["none", "stepped", "wrapped"]:
        """Go to the next (1) or the previous (-1) match, or to the next mark if there are no matches.

        The step starts at the cursor, or at the beginning of `start`. Return "wrapped" if it went past the last match
        back to the first (or the other way round), and "none" if there is neither a match nor a mark.
        """
        stops = self._stops
        if not stops:
            return "none"
        starts = [(stop.page, stop.start) for stop in stops]
        position = (start.page, start.start - 1) if start else self._position
        index = bisect_right(starts, position) if by > 0 else bisect_left(starts, position) - 1
        self.go_to(stops[index % len(stops)])
        return "stepped" if 0 <= index < len(stops) else "wrapped"

    @property
    def has_stops(self) -> bool:
        """True if there is a match or a mark to go to."""
        return bool(self._stops)

    @property
    def _stops(self) -> Sequence[PageSpan]:
        return self._matches or self._mark_spans

    # Ticks

    def _place_ticks(self) -> None:
        """Find the lines of the window that have a tick, in proportion to the places in the whole document.

        Where several places share a line of the window, the quoted words come first, then a match, then a mark.
        """
        self._ticks = {}
        height, lines = self.size.height, len(self._page_layout.lines)
        if not height or lines <= height:
            return
        quoted = [span for spans in self._quoted.values() for span in spans][:1]
        for kind, spans in (("mark", self._mark_spans), ("match", self._matches), ("quote", quoted)):
            of_kind: dict[int, Tick] = {}
            for span in spans:
                row = self._page_layout.line_at(span.page, span.start) * height // lines
                of_kind.setdefault(row, Tick(kind, span))
            self._ticks |= of_kind

    def _add_tick(self, strip: Strip, y: int) -> Strip:
        """Draw the tick of a line of the window, if it has one, in the last cell before the scroll bar."""
        tick = self._ticks.get(y)
        if tick is None:
            return strip
        style, at = self.visual_style.rich_style + self._style(f"pages--{tick.kind}-tick"), self._tick_column
        return Strip.join([strip.crop(0, at), Strip([Segment(_TICKS[tick.kind], style)]), strip.crop(at + 1)])

    @property
    def _tick_column(self) -> int:
        """The column of the ticks: the last one before the scroll bar. No text is in it."""
        return self.scrollable_content_region.width - 1

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window, with the tick at its end if it has one."""
        return self._add_tick(self._draw_line(y), y)

    def _draw_line(self, y: int) -> Strip:
        number = round(self.scroll_y) + y
        width = self.size.width
        base = (cursor_style(self, "pages--cursor") if number == self.line else self.visual_style).rich_style
        if number >= len(self._page_layout.lines):
            return Strip.blank(width, base)
        line = self._page_layout.lines[number]
        if line.rule:
            rule = f"── page {line.page} ".ljust(width, "─")
            return Strip([Segment(rule[:width], base + self._style("pages--rule"))])
        return Strip(list(self._segments(line, base))).adjust_cell_length(width, base)

    def _segments(self, line: PageLine, base: Style) -> Iterator[Segment]:
        marks = _overlaps(self._marked, line)
        quotes = _overlaps(self._quoted, line)
        matches = _overlaps(self._matches_by_page, line)
        marked, match, current_match = (self._style(f"pages--{name}") for name in ("marked", "match", "current-match"))
        quote = self._style("pages--quote")
        base = base + self._style("pages--heading") if line.heading else base
        yield from self._margin(line, base)
        yield Segment("▌ " if marks else "  ", base + marked if marks else base)
        if line.indent:
            yield Segment(" " * line.indent, base)
        edges = sorted({0, len(line.text), *(edge for overlap in (*marks, *quotes, *matches) for edge in overlap)})
        for start, end in pairwise(edges):
            style = base
            if any(first <= start < last for first, last in quotes):
                style += quote
            if any(first <= start < last for first, last in matches):
                style += current_match if (line.page, line.start + start) == self._position else match
            yield Segment(_DOUBLE_SPACE.sub(" ", line.text[start:end]).replace("\t", " "), style)

    def _margin(self, line: PageLine, base: Style) -> Iterator[Segment]:
        """Draw the sign of the first span that begins on a line."""
        end = line.start + max(len(line.text), 1)
        signs = [sign for sign in self._signs.get(line.page, ()) if line.start <= sign.span.start < end]
        yield Segment(" " * self._left, base)
        if not signs:
            yield Segment(f"{line.number[:_SIGN_WIDTH]:>{_SIGN_WIDTH}}", base + self._style("pages--rule"))
            return
        shown = signs[0].content.truncate(_SIGN_WIDTH)
        for text, style in shown.render(end="", parse_style=self.app.stylesheet.parse_style):
            yield Segment(text, base + style.rich_style)
        yield Segment(" " * (_SIGN_WIDTH - shown.cell_length), base)

    def _style(self, component: str) -> Style:
        """Return the style of a component class, with "reverse", which Textual leaves out (see `cursor_style`)."""
        style = self.get_component_rich_style(component, partial=True)
        return style + Style(reverse=self.get_component_styles(component).text_style.reverse)

    def _lay_out(self) -> None:
        width = max(20, self.size.width - _MARGIN - 3)
        self._left = max(0, (width - MAX_WIDTH) // 2)
        self._page_layout = PageLayout(self._pages, width, self._blocks)
        self.virtual_size = Size(self.size.width, len(self._page_layout.lines))
        self._place_ticks()
        self.refresh()


def _group_by_page(items: Sequence[SpanOrSign]) -> Mapping[int, Sequence[SpanOrSign]]:
    groups: defaultdict[int, list[SpanOrSign]] = defaultdict(list)
    for item in items:
        groups[(item if isinstance(item, PageSpan) else item.span).page].append(item)
    return groups


def _overlaps(spans: Mapping[int, Sequence[PageSpan]], line: PageLine) -> list[tuple[int, int]]:
    """Return the parts of a line (half-open offsets in its text) that any of these spans cover."""
    overlaps = (line.overlap(span) for span in spans.get(line.page, ()))
    return [overlap for overlap in overlaps if overlap]
