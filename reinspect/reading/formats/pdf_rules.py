"""Find the cells of ruled tables on the pages of a PDF file, by the lines that are drawn around them.

The rows of some tables are divided by drawn lines alone: the text has no bullet, number or blank line between them.

    drawn                                    cells
    +----------------+------------------+
    | Invented       | Leaders should   |    row 0, column 0: "Invented Council"
    | Council        | plan.            |    row 0, column 1: "Leaders should plan."
    +----------------+------------------+
    | Invented Board | Leaders should   |    row 1, column 0: "Invented Board"
    |                | act.             |    row 1, column 1: "Leaders should act."
    +----------------+------------------+

A cell counts only if lines are drawn above it, below it and on both sides. Word draws each side of a cell as a line
or a thin rectangle of its own, so pieces that touch are joined first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_THICKNESS = 2.5
"""Greatest thickness of a drawn line, in points."""
_TOUCHING = 2.5
"""Greatest distance between two pieces of one line, and between two lines that are one."""
_LOWEST_ROW = 6.0
_NARROWEST_COLUMN = 12.0
_INSET = 1.0
"""Distance from the lines within which no letter of the cell is printed."""
_MOST_LINES = 4_000
"""Number of pieces of lines on one page beyond which they are a drawing, not a table."""
_MOST_CELLS = 400
"""Number of cells on one page beyond which they are a form or a drawing, not a table of text."""
_DEPTH = 3


class RuledCell(msgspec.Struct, frozen=True):
    """The text of one cell of a ruled table.

    `row` counts the rows of all tables on the page from 0, from the top; `column` counts from 0, from the left.
    """

    page: int
    row: int
    column: int
    text: str


class _Span(NamedTuple):
    """A line that runs from `start` to `end` at the height (or the distance from the left) `at`."""

    at: float
    start: float
    end: float


def find_cells(data: bytes) -> tuple[RuledCell, ...]:
    """Return the cells of the ruled tables in a PDF file, page by page, row by row.

    A page or file that cannot be read has no cells: the text of the file is read elsewhere, with its own warnings.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return ()
    cells: list[RuledCell] = []
    try:
        for index in range(len(document)):
            try:
                page = document[index]
            except pdfium.PdfiumError:
                continue
            try:
                cells.extend(_find_page_cells(page, index + 1))
            except pdfium.PdfiumError:
                continue
            finally:
                page.close()
    finally:
        document.close()
    return tuple(cells)


def _find_page_cells(page: pdfium.PdfPage, number: int) -> list[RuledCell]:
    horizontals, verticals = _drawn_lines(page)
    verticals = _joined(verticals)
    boxes = _boxes(_joined([*horizontals, *_open_ends(verticals)]), verticals)
    if not boxes:
        return []
    reader = page.get_textpage()
    try:
        return [
            RuledCell(number, row, column, reader.get_text_bounded(left, bottom, right, top).replace("\r\n", "\n"))
            for row, column, (left, bottom, right, top) in boxes
        ]
    finally:
        reader.close()


def _drawn_lines(page: pdfium.PdfPage) -> tuple[list[_Span], list[_Span]]:
    """Return the horizontal and the vertical lines that are drawn on a page; a drawn frame gives four lines."""
    import pypdfium2.raw as pdfium_c

    horizontals: list[_Span] = []
    verticals: list[_Span] = []
    for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
        left, bottom, right, top = drawn.get_bounds()
        width, height = right - left, top - bottom
        if height <= _THICKNESS:
            horizontals.append(_Span((top + bottom) / 2, left, right))
        if width <= _THICKNESS:
            verticals.append(_Span((left + right) / 2, bottom, top))
        if width > _THICKNESS and height > _THICKNESS and _is_framed(drawn):
            horizontals += [_Span(top, left, right), _Span(bottom, left, right)]
            verticals += [_Span(left, bottom, top), _Span(right, bottom, top)]
        if len(horizontals) + len(verticals) > _MOST_LINES:
            return [], []
    return horizontals, verticals


def _is_framed(drawn: pdfium.PdfObject) -> bool:
    """Return whether the outline of a shape is drawn, and not only its area filled."""
    import ctypes

    import pypdfium2.raw as pdfium_c

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    drawn_mode = pdfium_c.FPDFPath_GetDrawMode(drawn.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(drawn_mode and stroke.value)


def _joined(lines: Iterable[_Span]) -> list[_Span]:
    """Join the pieces of lines that touch, and lines that are drawn twice; return them sorted by place."""
    groups: list[list[_Span]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][-1].at <= _TOUCHING:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[_Span] = []
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        pieces: list[list[float]] = []
        for line in sorted(group, key=lambda line: line.start):
            if pieces and line.start - pieces[-1][1] <= _TOUCHING:
                pieces[-1][1] = max(pieces[-1][1], line.end)
            else:
                pieces.append([line.start, line.end])
        joined += [_Span(at, start, end) for start, end in pieces]
    return joined


def _open_ends(verticals: Sequence[_Span]) -> list[_Span]:
    """Return a horizontal line for each place where several vertical lines end together.

    A row that a page end divides may have no line there, so its cells end with the lines at their sides.
    """
    ends = sorted((end, line.at) for line in verticals for end in (line.start, line.end))
    lines: list[_Span] = []
    group: list[tuple[float, float]] = []
    for end, at in [*ends, (float("inf"), 0.0)]:
        if group and end - group[-1][0] > _TOUCHING:
            places = [place for _, place in group]
            if max(places) - min(places) >= _NARROWEST_COLUMN:
                lines.append(_Span(group[0][0], min(places), max(places)))
            group = []
        group.append((end, at))
    return lines


_Box = tuple[float, float, float, float]


def _boxes(horizontals: Sequence[_Span], verticals: Sequence[_Span]) -> list[tuple[int, int, _Box]]:
    """Return (row, column, box) for every cell, from the top of the page; a box is left, bottom, right, top."""
    boxes: list[tuple[int, int, _Box]] = []
    row = 0
    downwards = sorted(horizontals, key=lambda line: -line.at)
    for upper in downwards:
        lower = next((line for line in downwards if line.at < upper.at - _LOWEST_ROW and _overlap(upper, line)), None)
        if lower is None:
            continue
        sides = _sides(upper, lower, verticals)
        cells = [(a, b) for a, b in pairwise(sides) if b - a >= _NARROWEST_COLUMN]
        for column, (left, right) in enumerate(cells):
            box = (left + _INSET, lower.at + _INSET, right - _INSET, upper.at - _INSET)
            boxes.append((row, column, box))
        row += bool(cells)
        if len(boxes) > _MOST_CELLS:
            return []
    return boxes


def _overlap(a: _Span, b: _Span) -> bool:
    return min(a.end, b.end) - max(a.start, b.start) >= _NARROWEST_COLUMN


def _sides(upper: _Span, lower: _Span, verticals: Sequence[_Span]) -> list[float]:
    """Return the places of the vertical lines that run from one horizontal line to the next."""
    left, right = max(upper.start, lower.start) - _TOUCHING, min(upper.end, lower.end) + _TOUCHING
    middle = (upper.at + lower.at) / 2
    return [line.at for line in verticals if left <= line.at <= right and line.start <= middle <= line.end]
