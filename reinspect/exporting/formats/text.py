"""A sheet as plain text, to read in a terminal or to paste into an e-mail.

No line is wider than asked unless a single word is, and no word is ever broken. A table that does not fit is split or
stacked, or its first cells hang. `linear` gives the words one below the other, as they are to be heard.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reinspect.exporting.citation import unbroken
from reinspect.exporting.sheet import (
    Block,
    Chart,
    Listing,
    Marks,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
)

NARROWEST = 60
WIDEST = 200
_GAP = 2
_CLOSE = 1
_READABLE = 14
_LONGEST_NAME = 24
_INDENT = 4
_GLUE = "\N{NO-BREAK SPACE}"

Numbers = Mapping[str, int]


def render(sheet: Sheet, width: int = 100, *, linear: bool = False) -> str:
    """The sheet as text that ends with a newline; `width` in terminal cells, held between 60 and 200."""
    width = min(max(width, NARROWEST), WIDEST)
    if linear:
        from reinspect.exporting.formats.linear import linear_sheet

        sheet = linear_sheet(sheet)
    numbers = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    parts = [_titled(sheet.title, width, "" if linear else "=")]
    if sheet.head:
        parts.append([line for words in sheet.head for line in wrap(words, width, later="  ")])
    for section in sheet.sections:
        parts.extend(_section(section, width, numbers, linear=linear))
    if numbers:
        parts.append(_titled("Sources", width, "-"))
        parts.append(
            [
                line
                for source, n in numbers.items()
                for line in wrap(f"[{n}] {unbroken(source)}", width, later=" " * (len(str(n)) + 3))
            ]
        )
    if sheet.foot:
        parts.append([line for words in sheet.foot for line in wrap(words, width)])
    return "\n\n".join("\n".join(part) for part in parts if part).replace(_GLUE, " ") + "\n"


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide characters count twice, combining ones not at all."""
    if text.isascii():
        return len(text)
    return sum(map(_cell_width, text))


def wrap(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Lines of at most `width` cells, broken at spaces alone; `first` and `later` are put before the lines.

    A word wider than the line stands on a line of its own, unbroken.
    """
    lines: list[str] = []
    line, taken, lead = "", cells(first), first
    for word in text.split(" ") if text else [""]:
        if not word:
            continue
        room = cells(word)
        if line and taken + 1 + room > width:
            lines.append(lead + line)
            lead, line, taken = later, word, cells(later) + room
        else:
            taken += room + (1 if line else 0)
            line = f"{line} {word}" if line else word
    lines.append((lead + line).rstrip())
    return lines


@lru_cache(maxsize=4096)
def _cell_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _titled(title: str, width: int, rule: str) -> list[str]:
    lines = wrap(_spaced(title), width)
    return [*lines, rule * max(cells(line) for line in lines)] if rule else lines


def _section(section: SheetSection, width: int, numbers: Numbers, *, linear: bool) -> Iterable[list[str]]:
    yield _titled(section.heading, width, "" if linear else "-")
    for block in section.blocks:
        yield from _block(block, width, numbers, linear=linear)


def _block(block: Block, width: int, numbers: Numbers, *, linear: bool) -> Iterable[list[str]]:
    match block:
        case Paragraph():
            yield wrap(_cited(block), width)
        case Listing():
            yield [line for item in block.items for line in _item(item, width)]
        case SheetTable():
            yield from _stacked(block, width, numbers, linear=linear) if linear else _table(block, width, numbers)
        case Chart():
            return


def _item(item: SheetItem, width: int) -> list[str]:
    marker = item.marker or "-"
    later = " " * min(cells(marker) + 1, _INDENT)
    if cells(marker) > _INDENT:
        lines = wrap(f"{marker} {_cited(item)}", width, later=later)
    else:
        lines = wrap(_cited(item), width, first=f"{marker} ", later=later)
    return [*lines, *(wrap(_spaced(f"Note: {item.note}"), width, first=later, later=later) if item.note else ())]


def _table(table: SheetTable, width: int, numbers: Numbers) -> Iterable[list[str]]:
    """The table whole where it fits; else split by columns or stacked by rows."""
    shared = table.citations()
    columns = [_referred(heading, citation, numbers) for heading, citation in zip(table.columns, shared, strict=True)]
    grid = [
        [_numbered(cell, numbers, shown=citation is None) for cell, citation in zip(row, shared, strict=True)]
        for row in table.rows
    ]
    if table.narrow == "hang":
        yield _hung(columns, grid, width)
        return
    widths = _fitted(columns, grid, width)
    if widths is not None:
        yield _drawn(columns, grid, widths)
    elif table.narrow == "split":
        yield from _split(columns, grid, width)
    else:
        yield from _stacked(table, width, numbers, linear=False)


def _fitted(
    columns: Sequence[str], grid: Sequence[Sequence[str]], width: int, *, whole: bool = False
) -> list[int] | None:
    """A width for each column so that no word is broken and long prose stays readable; None where there is no room.

    The names of the rows stay on one line where that leaves room for the rest, and with `whole` they must.
    """
    body = [[row[place] for row in grid] for place in range(len(columns))]
    parts = [[heading, *column] for heading, column in zip(columns, body, strict=True)]
    natural = [max(cells(text) for text in column) for column in parts]
    readable = [min(max(map(cells, column), default=0), _READABLE) for column in body]
    words = [max(cells(word) for text in column for word in text.split(" ")) for column in parts]
    least = [max(pair) for pair in zip(words, readable, strict=True)]
    room = width - _GAP * (len(columns) - 1)
    named = max(least[0], natural[0] if natural[0] <= _LONGEST_NAME else 0)
    if named + sum(least[1:]) <= room:
        least[0] = named
    elif sum(least) > room or whole:
        return None
    spare, wanted = room - sum(least), sum(natural) - sum(least)
    if spare >= wanted:
        return natural
    return [low + (full - low) * spare // wanted for low, full in zip(least, natural, strict=True)]


def _drawn(columns: Sequence[str], grid: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Lines of a table under its ruled headings; a row that wraps stands apart by blank lines."""
    rule = (" " * _GAP).join("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width for width in widths)
    lines = [*_row_lines(columns, widths), rule]
    above: list[str] = []
    for row in grid:
        drawn = _row_lines(row, widths)
        if above and max(len(above), len(drawn)) > 1:
            lines.append("")
        lines.extend(drawn)
        above = drawn
    return lines


def _row_lines(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [wrap(_spaced(text), width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for level in range(max(len(lines) for lines in wrapped)):
        parts = [column[level] if level < len(column) else "" for column in wrapped]
        padded = [part + " " * (width - cells(part)) for part, width in zip(parts, widths, strict=True)]
        lines.append((" " * _GAP).join(padded).rstrip())
    return lines


def _split(columns: Sequence[str], grid: Sequence[Sequence[str]], width: int) -> Iterable[list[str]]:
    """Several tables, each with the first column again and as many of the others as fit."""
    start = 1
    while start < len(columns):
        end = start + 1
        while end < len(columns) and _fitted(*_picked(columns, grid, start, end + 1), width, whole=True) is not None:
            end += 1
        current_pin, rows = _picked(columns, grid, start, end)
        widths = _fitted(current_pin, rows, width) or [
            max(cells(row[place]) for row in (current_pin, *rows)) for place in range(len(current_pin))
        ]
        yield _drawn(current_pin, rows, widths)
        start = end


def _hung(columns: Sequence[str], grid: Sequence[Sequence[str]], width: int) -> list[str]:
    """Lines of a table of short cells close together, none of which wraps: a row is one line or two.

    A first cell that is too long pushes a short rest to the right, and stands a line above a long one.
    """
    widths = [max(map(cells, column)) for column in zip(columns, *grid, strict=True)]
    room = width - sum(widths[1:]) - _CLOSE * len(widths[1:])
    widths[0] = min(widths[0], max(room, cells(columns[0])))
    rule = ["\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width for width in widths]
    lines = [_aligned(columns, widths), _aligned(rule, widths)]
    for first, *others in grid:
        rest = _aligned(others, widths[1:])
        if cells(first) <= widths[0]:
            lines.append(_aligned([first, rest], [widths[0], 0]))
        elif 2 * cells(rest) < width - widths[0] and cells(first) + _CLOSE + cells(rest) <= width:
            lines.append(_aligned([first, rest], [0, 0]))
        else:
            lines.extend((first, _aligned(["", rest], [widths[0], 0])))
    return lines


def _aligned(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - cells(text)) for text, width in zip(texts, widths, strict=True))
    return (" " * _CLOSE).join(padded).rstrip()


def _picked(
    columns: Sequence[str], grid: Sequence[Sequence[str]], start: int, end: int
) -> tuple[list[str], list[list[str]]]:
    return [columns[0], *columns[start:end]], [[row[0], *row[start:end]] for row in grid]


def _stacked(table: SheetTable, width: int, numbers: Numbers, *, linear: bool) -> Iterable[list[str]]:
    """Each row as a block: its name, then a line for each further column that says something."""
    indent = "" if linear else "  "
    for row in table.rows:
        lines = wrap(_spaced(_numbered(row[0], numbers)), width)
        for heading, cell in zip(table.columns[1:], row[1:], strict=True):
            if cell.text:
                words = f"{heading}: {_numbered(cell, numbers)}"
                lines.extend(wrap(_spaced(words), width, first=indent, later=indent + ("" if linear else "  ")))
        yield lines


def _cited(block: Paragraph | SheetItem) -> str:
    text = _marked(block.text, block.marks)
    return _spaced(f"{text} ({unbroken(block.citation)})" if block.citation else text)


def _numbered(cell: SheetCell, numbers: Numbers, *, shown: bool = True) -> str:
    text = _marked(cell.text, cell.marks)
    shaped = f"{cell.shape}{_GLUE}{text}" if cell.shape else text
    return _referred(shaped, cell.citation if shown else None, numbers)


def _referred(text: str, citation: str | None, numbers: Numbers) -> str:
    """The text with the number of its source, from which no line end parts it."""
    return f"{text}{_GLUE}[{numbers[citation]}]" if citation else text


def _marked(text: str, marks: Marks) -> str:
    """The text with an asterisk on either side of each marked span, as an e-mail shows emphasis."""
    if not marks:
        return text
    parts: list[str] = []
    at = 0
    for start, end in marks:
        parts.extend((text[at:start], "*", text[start:end], "*"))
        at = end
    return "".join((*parts, text[at:]))


def _spaced(text: str) -> str:
    """The text on one line with single spaces; glued spaces stay glued."""
    return " ".join(text.replace("\n", " ").replace("\t", " ").split(" ")).strip(" ")
