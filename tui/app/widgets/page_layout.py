"""The layout of a document's pages in a window of a given width.

A page that fits is shown line by line as printed. On a page with wider lines, running lines are joined into paragraphs
and wrapped again. No character moves: offsets into the page text stay valid, so places can be marked.

    page "The council must act\nat once.", window of 12 cells
    -> PageLine(page 1, start 0, rule=True)
       PageLine(page 1, start 0, "The council")
       PageLine(page 1, start 12, "must act at")
       PageLine(page 1, start 24, "once.")
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reinspect.answers.open_document import PageSpan
from tui.app.widgets.drawing import fits_width, wrap_text

# A line that is at least this share of the widest line continues on the next line, unless that begins a list item.
_FULL_LINE = 0.7
_NUMBERED = re.compile(r"\d+[.)]?(?:\s|$)")


class PageLine(NamedTuple):
    """One line of the window: the text of a page from offset `start`, indented by `indent` cells.

    With `rule` it is the line above a page, which shows the page number.
    """

    page: int
    start: int
    text: str
    indent: int = 0
    rule: bool = False

    def overlap(self, span: PageSpan) -> tuple[int, int] | None:
        """Return the offsets in `text` that a span of the same page covers, or None."""
        start, end = max(span.start - self.start, 0), min(span.end - self.start, len(self.text))
        return (start, end) if start < end else None


class PageLayout:
    """The lines of all pages, none wider than `width` cells."""

    def __init__(self, pages: Sequence[str], width: int) -> None:
        self.lines = list(_lines(pages, width))
        self._starts = [(line.page, -1 if line.rule else line.start) for line in self.lines]

    def line_at(self, page: int, start: int) -> int:
        """Return the number (from 0) of the line that shows an offset of a page."""
        return max(0, bisect_left(self._starts, (page, start + 1)) - 1)


def _lines(pages: Sequence[str], width: int) -> Iterator[PageLine]:
    for number, printed in enumerate(pages, 1):
        yield PageLine(number, 0, "", rule=True)
        text = _join_running_lines(printed, width)
        for start, end, indent in wrap_text(text, width):
            yield PageLine(number, start, text[start:end], indent)


def _join_running_lines(text: str, width: int) -> str:
    """Replace newlines inside paragraphs by spaces, if any line is too wide to show as printed."""
    lines = text.split("\n")
    if all(fits_width(line, 0, len(line), width) for line in lines):
        return text
    widest = max(map(len, lines))
    joined = [lines[0]]
    for above, line in pairwise(lines):
        continues = len(above) > _FULL_LINE * widest and line[:1].isalnum() and not _NUMBERED.match(line)
        joined.append((" " if continues else "\n") + line)
    return "".join(joined)
