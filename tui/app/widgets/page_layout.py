"""A document's pages as the lines of a window: paragraphs set anew where they are printed wider than that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reinspect.answers.open_document import PageSpan
from tui.app.widgets.drawing import fits, wrapped

# A line that fills this share of the widest runs on into the next, unless that begins an item.
_FULL = 0.7
_NUMBERED = re.compile(r"\d+[.)]?(?:\s|$)")


class PageLine(NamedTuple):
    """One line of the window: what it shows of a page from `start` on, set in by `indent` cells.

    A `rule` announces a page instead.
    """

    page: int
    start: int
    text: str
    indent: int = 0
    rule: bool = False

    def cut(self, span: PageSpan) -> tuple[int, int] | None:
        """The part of its text that a span of its page covers, or None."""
        start, end = max(span.start - self.start, 0), min(span.end - self.start, len(self.text))
        return (start, end) if start < end else None


class PageLayout:
    """Pages in lines of which none is wider than `width` cells."""

    def __init__(self, pages: Sequence[str], width: int) -> None:
        self.lines = list(_lines(pages, width))
        self._starts = [(line.page, -1 if line.rule else line.start) for line in self.lines]

    def line_of(self, page: int, start: int) -> int:
        """The number of the line that shows a place."""
        return max(0, bisect_left(self._starts, (page, start + 1)) - 1)


def _lines(pages: Sequence[str], width: int) -> Iterator[PageLine]:
    for number, printed in enumerate(pages, 1):
        yield PageLine(number, 0, "", rule=True)
        text = _set_anew(printed, width)
        for start, end, indent in wrapped(text, width):
            yield PageLine(number, start, text[start:end], indent)


def _set_anew(text: str, width: int) -> str:
    """The page with its running lines joined, if any is too wide to show as printed; every place stays where it is."""
    lines = text.split("\n")
    if all(fits(line, 0, len(line), width) for line in lines):
        return text
    widest = max(map(len, lines))
    joined = [lines[0]]
    for above, line in pairwise(lines):
        runs_on = len(above) > _FULL * widest and line[:1].isalnum() and not _NUMBERED.match(line)
        joined.append((" " if runs_on else "\n") + line)
    return "".join(joined)
