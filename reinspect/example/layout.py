"""Lay out a text as the pages of a report. Every line of the text is one thing:

= Inspection of Exampleshire     the title
# Executive summary              a heading
- How well plans are written.    an item of a list
| Overall effectiveness | Good   a row of a table; rows that follow one another are divided by lines
----                             the end of a page
                                 space
1. Children are seen.            a paragraph; it is wrapped at the width of the page
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from reinspect.example.pdf import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, Mark, Rule, Text

_PAGE_END = "----"
_BODY, _HEADING, _TITLE, _SMALL = 10.5, 12.5, 17.0, 8.0
_LINE_HEIGHT = 1.35
_CHARACTER = 0.52
"""Width of a character of Helvetica in the size of the type, on average and with some to spare."""
_BULLET, _INDENT = "•", 14.0
_PADDING = 6.0
_GAP = 6.0
_NOTICE = "An invented report of a council that does not exist, made by reinspect"


def lay_out(text: str) -> list[list[Mark]]:
    """Return the pages of a text; a page that is full goes on over the next.

    Raises:
        ValueError: a part of the text is larger than a page.
    """
    pages = [page for part in text.split(f"\n{_PAGE_END}\n") for page in _fill_pages(_parts(part.splitlines()))]
    return [[*page, *_foot(number, len(pages))] for number, page in enumerate(pages, 1)]


def _fill_pages(parts: Iterator[_Part]) -> list[list[Mark]]:
    pages: list[list[Mark]] = [[]]
    y = TOP
    for height, marks in parts:
        if y - height < BOTTOM:
            if height > TOP - BOTTOM:
                raise ValueError("a part of the text is larger than a page")
            pages.append([])
            y = TOP
        pages[-1] += [mark.moved(y) for mark in marks]
        y -= height
    return pages


_Part = tuple[float, list[Mark]]
"""A height, and the marks of a part of a page, whose top is at 0."""


def _parts(lines: Sequence[str]) -> Iterator[_Part]:
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            yield from _table([[cell.strip() for cell in row[1:].split("|")] for row in group])
            yield _GAP, []
        else:
            for line in group:
                yield _paragraph(line)


def _paragraph(line: str) -> _Part:
    marker, _, words = line.partition(" ")
    match marker:
        case "":
            return _GAP, []
        case "=":
            return _lines(words, _TITLE, bold=True)
        case "#":
            return _lines(words, _HEADING, bold=True)
        case "-":
            height, marks = _lines(words, _BODY, left=LEFT + _INDENT)
            return height, [Text(LEFT, -_BODY, _BODY, _BULLET), *marks]
    return _lines(line, _BODY)


def _lines(words: str, size: float, *, bold: bool = False, left: float = LEFT, right: float = RIGHT) -> _Part:
    wrapped = textwrap.wrap(words, int((right - left) / (size * _CHARACTER)), break_on_hyphens=False)
    marks: list[Mark] = [
        Text(left, -size - number * size * _LINE_HEIGHT, size, line, bold=bold) for number, line in enumerate(wrapped)
    ]
    return len(wrapped) * size * _LINE_HEIGHT + _GAP, marks


def _table(rows: Sequence[Sequence[str]]) -> Iterator[_Part]:
    """Yield the rows of a table: the first column is wide, a second one takes a third of the width."""
    for number, row in enumerate(rows):
        sides = [LEFT, RIGHT] if len(row) == 1 else [LEFT, LEFT + (RIGHT - LEFT) * 2 / 3, RIGHT]
        cells = [
            _lines(cell, _BODY, left=left + _PADDING, right=right - _PADDING)
            for cell, left, right in zip(row, sides[:-1], sides[1:], strict=True)
        ]
        height = max(cell_height for cell_height, _ in cells) + _PADDING
        texts = [mark.moved(-_PADDING) for _, marks in cells for mark in marks]
        above = [Rule(LEFT, 0, RIGHT, 0)] if number == 0 else []
        frame = [Rule(LEFT, -height, RIGHT, -height), *(Rule(side, -height, side, 0) for side in sides)]
        yield height, [*above, *texts, *frame]


def _foot(number: int, pages: int) -> list[Mark]:
    return [Text(LEFT, (HEIGHT - TOP) / 2, _SMALL, f"{_NOTICE}, page {number} of {pages}")]
