"""Print a page as plain text, for a terminal or an e-mail.

Words are never broken, and no line is wider than asked unless a single word is. A table that does not fit is laid out
as its `narrow` field says. One row of a table with the columns Strand, SIF 2017 and ILACS 2022 becomes:

    "split":  Strand   SIF 2017        "stack":  Leaders
              Leaders  good                        SIF 2017: good
                                                   ILACS 2022: outstanding
              Strand   ILACS 2022
              Leaders  outstanding

With `linear` everything is printed one below the other, for a screen reader.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reinspect.exporting.citation import unbroken
from reinspect.exporting.sheet import (
    BarChart,
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

NARROWEST = 30
WIDEST = 200
_GAP = 2
_NARROW_GAP = 1
_READABLE_WIDTH = 14
_LONGEST_NAME = 24
_DEEPEST_INDENT = 4
_FIXED_SPACE = "\N{NO-BREAK SPACE}"

SourceNumbers = Mapping[str, int]


def render_text(sheet: Sheet, width: int = 100, *, linear: bool = False) -> str:
    """Return the page as plain text, at most `width` characters wide (limited to 30-200).

    With `linear` the text is made for a screen reader.
    """
    width = min(max(width, NARROWEST), WIDEST)
    if linear:
        from reinspect.exporting.formats.linear import linear_sheet

        sheet = linear_sheet(sheet)
    numbers = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    parts = [_heading(sheet.title, width, "" if linear else "=")]
    if sheet.head:
        parts.append([line for words in sheet.head for line in wrap(words, width, later="  ")])
    for section in sheet.sections:
        parts.extend(_section(section, width, numbers, linear=linear))
    if numbers:
        parts.append(_heading("Sources", width, "-"))
        parts.append(
            [
                line
                for source, n in numbers.items()
                for line in wrap(f"[{n}] {unbroken(source)}", width, later=" " * (len(str(n)) + 3))
            ]
        )
    if sheet.foot:
        parts.append([line for words in sheet.foot for line in wrap(words, width)])
    return "\n\n".join("\n".join(part) for part in parts if part).replace(_FIXED_SPACE, " ") + "\n"


def text_width(text: str) -> int:
    """Return the width of a text in a terminal: wide characters count twice, combining characters zero."""
    return len(text) if text.isascii() else _printed_width(text)


def wrap(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return the text in lines of at most `width` characters, broken at spaces only.

    `first` is put before the first line, `later` before all others.
    """
    lines: list[str] = []
    line, taken, lead = "", text_width(first), first
    for word in text.split(" ") if text else [""]:
        if not word:
            continue
        room = text_width(word)
        if line and taken + 1 + room > width:
            lines.append(lead + line)
            lead, line, taken = later, word, text_width(later) + room
        else:
            taken += room + (1 if line else 0)
            line = f"{line} {word}" if line else word
    lines.append((lead + line).rstrip())
    return lines


@lru_cache(maxsize=4096)
def _printed_width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if not unicodedata.combining(character)
    )


def _heading(title: str, width: int, rule: str) -> list[str]:
    lines = wrap(_one_line(title), width)
    return [*lines, rule * max(text_width(line) for line in lines)] if rule else lines


def _section(section: SheetSection, width: int, numbers: SourceNumbers, *, linear: bool) -> Iterable[list[str]]:
    yield _heading(section.heading, width, "" if linear else "-")
    for block in section.blocks:
        yield from _block(block, width, numbers, linear=linear)


def _block(block: Block, width: int, numbers: SourceNumbers, *, linear: bool) -> Iterable[list[str]]:
    match block:
        case Paragraph():
            yield wrap(_text_and_citation(block), width)
        case Listing():
            yield [line for item in block.items for line in _item(item, width)]
        case SheetTable():
            yield from _stacked_rows(block, width, numbers, linear=linear) if linear else _table(block, width, numbers)
        case Chart() | BarChart():
            return


def _item(item: SheetItem, width: int) -> list[str]:
    marker = item.marker or "-"
    later = " " * min(text_width(marker) + 1, _DEEPEST_INDENT)
    if text_width(marker) > _DEEPEST_INDENT:
        lines = wrap(f"{marker} {_text_and_citation(item)}", width, later=later)
    else:
        lines = wrap(_text_and_citation(item), width, first=f"{marker} ", later=later)
    return [*lines, *(wrap(_one_line(f"Note: {item.note}"), width, first=later, later=later) if item.note else ())]


def _table(table: SheetTable, width: int, numbers: SourceNumbers) -> Iterable[list[str]]:
    """Yield the lines of a table: one block if the table fits into the width, else several."""
    shared = table.citations()
    columns = [
        _with_source_number(heading, citation, numbers) for heading, citation in zip(table.columns, shared, strict=True)
    ]
    grid = [
        [_cell_text(cell, numbers, shown=citation is None) for cell, citation in zip(row, shared, strict=True)]
        for row in table.rows
    ]
    if table.narrow == "hang":
        yield _hanging_table(columns, grid, width)
        return
    widths = _column_widths(columns, grid, width)
    if widths is not None:
        yield _ruled_table(columns, grid, widths)
    elif table.narrow == "split":
        yield from _split_tables(columns, grid, width)
    else:
        yield from _stacked_rows(table, width, numbers, linear=False)


def _column_widths(
    columns: Sequence[str], grid: Sequence[Sequence[str]], width: int, *, whole: bool = False
) -> list[int] | None:
    """Return a list with the width of each column, or None if the table does not fit into `width`.

    With `whole`, the names in the first column must not wrap.
    """
    body = [[row[column] for row in grid] for column in range(len(columns))]
    with_headings = [[heading, *texts] for heading, texts in zip(columns, body, strict=True)]
    # No word is broken, prose gets a readable width, and a name in the first column stays on one line if possible.
    full = [max(text_width(text) for text in texts) for texts in with_headings]
    readable = [min(max(map(text_width, texts), default=0), _READABLE_WIDTH) for texts in body]
    longest_words = [max(text_width(word) for text in texts for word in text.split(" ")) for texts in with_headings]
    least = [max(pair) for pair in zip(longest_words, readable, strict=True)]
    room = width - _GAP * (len(columns) - 1)
    name_width = max(least[0], full[0] if full[0] <= _LONGEST_NAME else 0)
    if name_width + sum(least[1:]) <= room:
        least[0] = name_width
    elif sum(least) > room or whole:
        return None
    spare, missing = room - sum(least), sum(full) - sum(least)
    if spare >= missing:
        return full
    return [low + (high - low) * spare // missing for low, high in zip(least, full, strict=True)]


def _ruled_table(columns: Sequence[str], grid: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return the lines of a table with a rule under its headings."""
    rule = (" " * _GAP).join("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width for width in widths)
    lines = [*_row_lines(columns, widths), rule]
    previous: list[str] = []
    for row in grid:
        current = _row_lines(row, widths)
        if previous and max(len(previous), len(current)) > 1:
            lines.append("")
        lines.extend(current)
        previous = current
    return lines


def _row_lines(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [wrap(_one_line(text), width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for level in range(max(len(lines) for lines in wrapped)):
        parts = [column[level] if level < len(column) else "" for column in wrapped]
        padded = [part + " " * (width - text_width(part)) for part, width in zip(parts, widths, strict=True)]
        lines.append((" " * _GAP).join(padded).rstrip())
    return lines


def _split_tables(columns: Sequence[str], grid: Sequence[Sequence[str]], width: int) -> Iterable[list[str]]:
    """Yield several tables, each with the first column and as many other columns as fit."""

    def fits(start: int, end: int) -> bool:
        return _column_widths(*_selected_columns(columns, grid, start, end), width, whole=True) is not None

    start = 1
    while start < len(columns):
        end = start + 1
        while end < len(columns) and fits(start, end + 1):
            end += 1
        headings, rows = _selected_columns(columns, grid, start, end)
        widths = _column_widths(headings, rows, width) or [
            max(text_width(row[place]) for row in (headings, *rows)) for place in range(len(headings))
        ]
        yield _ruled_table(headings, rows, widths)
        start = end


def _hanging_table(columns: Sequence[str], grid: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the lines of a table with many short columns: one or two lines a row."""
    by_column = list(zip(columns, *grid, strict=True))
    widths = [max(map(text_width, set(texts))) for texts in by_column]
    room = width - sum(widths[1:]) - _NARROW_GAP * len(widths[1:])
    widths[0] = min(widths[0], max(room, text_width(columns[0])))
    rule = ["\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width for width in widths]
    rests = _joined(by_column[1:], widths[1:]) if len(columns) > 1 else [""] * len(by_column[0])
    lines = [_beside(columns[0], rests[0], widths[0]), _beside(rule[0], (" " * _NARROW_GAP).join(rule[1:]), widths[0])]
    # Behind a first cell that is too long, a short rest of the row moves to the right, a long rest to the next line.
    for first, rest in zip(by_column[0][1:], rests[1:], strict=True):
        if text_width(first) <= widths[0]:
            lines.append(_beside(first, rest, widths[0]))
        elif 2 * text_width(rest) < width - widths[0] and text_width(first) + _NARROW_GAP + text_width(rest) <= width:
            lines.append(_beside(first, rest, 0))
        else:
            lines.extend((first, _beside("", rest, widths[0])))
    return lines


def _joined(by_column: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return each row of a table as one line. The table is given column by column."""
    padded = []
    for texts, width in zip(by_column, widths, strict=True):
        # Grades repeat from row to row, so each text is measured once.
        filled = {text: text + " " * (width - text_width(text)) for text in set(texts)}
        padded.append([filled[text] for text in texts])
    return [(" " * _NARROW_GAP).join(row).rstrip() for row in zip(*padded, strict=True)]


def _beside(first: str, rest: str, width: int) -> str:
    """Return the first cell of a row, filled up to `width`, and the rest of the row beside it."""
    return f"{first}{' ' * (max(width - text_width(first), 0) + _NARROW_GAP)}{rest}".rstrip()


def _selected_columns(
    columns: Sequence[str], grid: Sequence[Sequence[str]], start: int, end: int
) -> tuple[list[str], list[list[str]]]:
    return [columns[0], *columns[start:end]], [[row[0], *row[start:end]] for row in grid]


def _stacked_rows(table: SheetTable, width: int, numbers: SourceNumbers, *, linear: bool) -> Iterable[list[str]]:
    """Yield a block of lines for each row: the row's name, then "heading: text" for every filled cell."""
    indent = "" if linear else "  "
    for row in table.rows:
        lines = wrap(_one_line(_cell_text(row[0], numbers)), width)
        for heading, cell in zip(table.columns[1:], row[1:], strict=True):
            if cell.text:
                words = f"{heading}: {_cell_text(cell, numbers)}"
                lines.extend(wrap(_one_line(words), width, first=indent, later=indent + ("" if linear else "  ")))
        yield lines


def _text_and_citation(block: Paragraph | SheetItem) -> str:
    text = _marked(block.text, block.marks)
    return _one_line(f"{text} ({unbroken(block.citation)})" if block.citation else text)


def _cell_text(cell: SheetCell, numbers: SourceNumbers, *, shown: bool = True) -> str:
    if not (cell.marks or cell.shape or cell.citation):
        return cell.text
    text = _marked(cell.text, cell.marks)
    shaped = f"{cell.shape}{_FIXED_SPACE}{text}" if cell.shape else text
    return _with_source_number(shaped, cell.citation if shown else None, numbers)


def _with_source_number(text: str, citation: str | None, numbers: SourceNumbers) -> str:
    """Return the text followed by its source number: "good [3]"."""
    return f"{text}{_FIXED_SPACE}[{numbers[citation]}]" if citation else text


def _marked(text: str, marks: Marks) -> str:
    """Return the text with asterisks around each marked range: "early *help* works"."""
    if not marks:
        return text
    parts: list[str] = []
    done = 0
    for start, end in marks:
        parts.extend((text[done:start], "*", text[start:end], "*"))
        done = end
    return "".join((*parts, text[done:]))


def _one_line(text: str) -> str:
    """Return the text without line breaks and tabs; no-break spaces are kept."""
    return " ".join(text.replace("\n", " ").replace("\t", " ").split(" ")).strip(" ")
