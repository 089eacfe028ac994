"""Estimate how long a page is in print, before any format writes it."""

from __future__ import annotations

from math import ceil

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetTable

_COLUMNS = 150


def page_lines(sheet: Sheet) -> int:
    """Return about how many lines of 150 characters the words of a sheet fill; charts are not counted."""
    lines = [_lines(text) for text in (sheet.title, *sheet.head, *sheet.sources(), *sheet.foot)]
    return sum(lines) + sum(1 + sum(map(_block_lines, section.blocks)) for section in sheet.sections)


def _block_lines(block: Block) -> int:
    match block:
        case Paragraph():
            return _lines(f"{block.text} {block.citation or ''}")
        case Listing():
            return sum(
                _lines(f"{item.marker} {item.text} {item.citation or ''}") + _lines(item.note) for item in block.items
            )
        case SheetTable():
            return 1 + sum(max(1, ceil(sum(len(cell.text) + 3 for cell in row) / _COLUMNS)) for row in block.rows)
        case _:
            return 0


def _lines(text: str) -> int:
    return ceil(len(text) / _COLUMNS)
