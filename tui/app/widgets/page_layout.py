"""The layout of a document's pages in a window of a given width.

The lines of a paragraph are joined and wrapped again, at most 84 cells wide, with a blank line after each paragraph.
The number of a paragraph goes into the margin, and running heads are left out. No character moves: offsets into the
page text stay valid, so places can be marked.

    page "3. The council must act\\nat once.", window of 12 cells
    -> PageLine(page 1, start 0, rule=True)
       PageLine(page 1, start 3, "The council", number="3")
       PageLine(page 1, start 15, "must act at")
       PageLine(page 1, start 27, "once.")
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from reinspect.answers.open_document import PageSpan
from reinspect.answers.page_blocks import PageBlock
from tui.app.widgets.drawing import fits_width, wrap_text

MAX_WIDTH = 84
# A line that is at least this share of the widest line continues on the next line, unless that begins a list item.
_FULL_LINE = 0.7
_NUMBERED = re.compile(r"\d+[.)]?(?:\s|$)")
_NOT_BEFORE_BULLET = re.compile(r"\n(?!\s*[•▪◼●–])")


class PageLine(NamedTuple):
    """One line of the window: the text of a page from offset `start`, indented by `indent` cells.

    With `rule` it is the line above a page, which shows the page number. `number` is that of the paragraph that begins
    here. `heading` is True in a heading.
    """

    page: int
    start: int
    text: str
    indent: int = 0
    rule: bool = False
    number: str = ""
    heading: bool = False

    def overlap(self, span: PageSpan) -> tuple[int, int] | None:
        """Return the offsets in `text` that a span of the same page covers, or None."""
        start, end = max(span.start - self.start, 0), min(span.end - self.start, len(self.text))
        return (start, end) if start < end else None

    @property
    def is_blank(self) -> bool:
        """True between two paragraphs."""
        return not self.rule and not self.text.strip()


class PageLayout:
    """The lines of all pages, none wider than `width` cells."""

    def __init__(self, pages: Sequence[str], width: int, blocks: Sequence[PageBlock] = ()) -> None:
        self.lines = list(_lines(pages, min(width, MAX_WIDTH), blocks))
        self._starts = [(line.page, -1 if line.rule else line.start) for line in self.lines]

    def line_at(self, page: int, start: int) -> int:
        """Return the number (from 0) of the line that shows an offset of a page, or of the last line before it."""
        number = max(0, bisect_left(self._starts, (page, start + 1)) - 1)
        # A blank line begins where the paragraph above it ends.
        following = number + 1
        if number < len(self.lines) and self.lines[number].is_blank and following < len(self.lines):
            after = self.lines[following]
            return following if after.page == page and after.start <= start + 1 else number
        return number


def _lines(pages: Sequence[str], width: int, blocks: Sequence[PageBlock]) -> Iterator[PageLine]:
    by_page = {page: list(group) for page, group in groupby(blocks, key=lambda block: block.page)}
    for number, printed in enumerate(pages, 1):
        yield PageLine(number, 0, "", rule=True)
        own = by_page.get(number, [])
        if any(block.kind == "paragraph" for block in own):
            yield from _blocks(number, printed, width, own)
        else:
            text = _join_running_lines(printed, width)
            for start, end, indent in wrap_text(text, width):
                yield PageLine(number, start, text[start:end], indent)


def _blocks(page: int, text: str, width: int, blocks: Sequence[PageBlock]) -> Iterator[PageLine]:
    """Lay out the blocks of a page; printed lines that are no paragraph follow each other without a blank line."""
    shown = _join_headings(text, [block for block in blocks if block.kind not in ("running head", "number")])
    for place, block in enumerate(shown):
        is_paragraph, is_heading = block.kind == "paragraph", block.kind == "heading"
        part = text[block.text_start : block.end]
        joined = _NOT_BEFORE_BULLET.sub(" ", part) if is_paragraph else part.replace("\n", " ") if is_heading else part
        for index, (start, end, indent) in enumerate(wrap_text(joined.rstrip(), width)):
            number = block.number if not index else ""
            yield PageLine(page, block.text_start + start, joined[start:end], indent, number=number, heading=is_heading)
        following = shown[place + 1] if place + 1 < len(shown) else None
        if following is not None and (is_paragraph or following.kind != block.kind):
            yield PageLine(page, block.end, "")


def _join_headings(text: str, blocks: Sequence[PageBlock]) -> list[PageBlock]:
    """Return the blocks, with a heading that is printed on several lines in one."""
    joined: list[PageBlock] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above is not None and _goes_on(above, block, text):
            joined[-1] = above._replace(end=block.end)
        else:
            joined.append(block)
    return joined


def _goes_on(above: PageBlock, block: PageBlock, text: str) -> bool:
    """Return whether a block is the next line of the heading above it."""
    is_heading = above.kind == block.kind == "heading" and above.strand is not None and above.strand == block.strand
    return is_heading and text[above.end : block.start].strip(" ") == "\n"


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
