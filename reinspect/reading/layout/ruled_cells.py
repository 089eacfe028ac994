"""Lay out the cells of ruled tables in the text of their pages: a blank line between cells, two between rows.

    page text                        cells                       page text with its cells laid out
    "Areas for action                row 0: "Areas for action"   "Areas for action
     Invented Council                row 1: "Invented Council",
     Leaders should plan.                   "Leaders should
     Leaders should act."                    plan."               Invented Council
                                     row 2: "Leaders should
                                             act."                Leaders should plan.


                                                                  Leaders should act."

The text itself carries what the drawn lines say, so that a store, a copy and a later reading all have it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reinspect.reading.formats.pdf_rules import RuledCell
from reinspect.reading.layout.lines import PrintedLine

_END_LETTERS = 20
BETWEEN_CELLS = 2
"""Number of line ends between two cells of a row."""
BETWEEN_ROWS = 3
"""Number of line ends between two rows."""


class _LaidCell(NamedTuple):
    start: int
    end: int
    row: int


def lay_out_cells(pages: Sequence[str], cells: Iterable[RuledCell]) -> tuple[str, ...]:
    """Return the pages with blank lines between the cells of ruled tables.

    A cell whose text is not found on its page is left as it is.
    """
    by_page: dict[int, list[RuledCell]] = {}
    for cell in cells:
        by_page.setdefault(cell.page, []).append(cell)
    return tuple(
        _lay_out_page(page, by_page[number]) if number in by_page else page
        for number, page in enumerate(pages, start=1)
    )


def count_line_ends(page: str, before: PrintedLine, line: PrintedLine) -> int:
    """Return the number of line ends between two printed lines of one page: 1, or more where lines are blank."""
    return page.count("\n", before.end, line.start)


def _lay_out_page(page: str, cells: Sequence[RuledCell]) -> str:
    text = ""
    end, row = 0, -1
    for cell in sorted(_find_cells(page, cells)):
        between = page[end : cell.start].strip()
        if between:
            text = _divided(text, between, BETWEEN_ROWS)
        text = _divided(
            text, page[cell.start : cell.end], BETWEEN_CELLS if cell.row == row and not between else BETWEEN_ROWS
        )
        end, row = cell.end, cell.row
    rest = page[end:]
    return _divided(text, rest.lstrip(), BETWEEN_ROWS) if text and rest.strip() else text or page


def _divided(before: str, after: str, line_ends: int) -> str:
    return f"{before}{chr(10) * line_ends}{after}" if before else after


def _find_cells(page: str, cells: Sequence[RuledCell]) -> Iterator[_LaidCell]:
    """Yield the place of each cell in the text of its page."""
    letters, offsets = _letters(page)
    wanted = [(cell, text) for cell in cells if (text := _letters(cell.text)[0])]
    cursor = 0
    for i, (cell, text) in enumerate(wanted):
        follows = wanted[i + 1][1] if i + 1 < len(wanted) else ""
        # A short cell may also be a word in the text above: where it is followed by the next cell, it is the cell.
        at = letters.find(text + follows, cursor)
        if at < 0:
            at = letters.find(text, cursor)
        end_of_text = at + len(text)
        if at < 0:
            at, end_of_text = _find_by_ends(letters, text, cursor)
        if at < 0:
            continue
        cursor = end_of_text
        start, end = _with_marks(page, offsets[at], offsets[cursor - 1] + 1)
        yield _LaidCell(start, end, cell.row)


def _find_by_ends(letters: str, text: str, cursor: int) -> tuple[int, int]:
    """Return where a text begins and ends by its first and last letters alone, or (-1, -1).

    The letters between may differ: a page text is mended where its font lost letters.
    """
    at = letters.find(text[:_END_LETTERS], cursor)
    if at < 0 or len(text) < 2 * _END_LETTERS:
        return -1, -1
    last = letters.find(text[-_END_LETTERS:], at, at + len(text) + _END_LETTERS)
    return (at, last + _END_LETTERS) if last >= 0 else (-1, -1)


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, and the offset of each."""
    pairs = [
        (letter, offset)
        for offset, character in enumerate(text)
        for letter in unicodedata.normalize("NFKC", character).lower()
        if letter.isalnum()
    ]
    return "".join(letter for letter, _ in pairs), [offset for _, offset in pairs]


def _with_marks(page: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span over the punctuation and bullets around it, but not over a line end or a space at its end."""
    while start > 0 and not (page[start - 1].isalnum() or page[start - 1] == "\n"):
        if page[start - 1].isspace() and (start < 2 or page[start - 2].isalnum() or page[start - 2] in ".,;:)"):
            break
        start -= 1
    while end < len(page) and not (page[end].isalnum() or page[end].isspace()):
        end += 1
    return start, end
