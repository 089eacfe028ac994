"""A sheet as CSV for a spreadsheet: one rectangle that can be filtered, with the whole of the sheet in it.

Its columns are the section, then those of all its tables in order, then the text of paragraphs and lists, a person's
notes if there are any, and the sources of the row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from reinspect.exporting.sheet import Block, Chart, Listing, Paragraph, Sheet, SheetItem, SheetTable

BYTE_ORDER_MARK = "\ufeff"
_ENDS = ("Text", "Note", "Source")
_NUMBER = re.compile(r"[+-]\d+\.\d+", re.ASCII)
# A spreadsheet takes a cell that begins with one of these for a formula; so it does with the full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Row = dict[str, str]


def render(sheet: Sheet) -> str:
    """The sheet as CSV (RFC 4180) with a byte order mark, to be written as UTF-8 with its line ends as they are."""
    rows = [{"Section": section, **row} for section, row in _rows(sheet)]
    named = dict.fromkeys(column for row in rows for column in row if column not in _ENDS)
    noted = any(row.get("Note") for row in rows)
    columns = [*named, *(column for column in _ENDS if noted or column != "Note")]
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([safe(column) for column in columns])
    writer.writerows([safe(row.get(column, "")) for column in columns] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def render_table(table: SheetTable) -> str:
    """One table alone: its columns, then a line for each row and nothing else, as a spreadsheet wants to count it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([safe(column) for column in table.columns])
    writer.writerows([safe(cell.text) for cell in row] for row in table.rows)
    return BYTE_ORDER_MARK + written.getvalue()


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: what would be one gets an apostrophe before it.

    A decimal number with its sign is no formula.
    """
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    if _NUMBER.fullmatch(plain):
        return plain
    return f"'{plain}" if plain.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA) else plain


def _rows(sheet: Sheet) -> Iterable[tuple[str, Row]]:
    """Every line of the sheet as its section and its filled columns."""
    for line in (sheet.title, *sheet.head):
        yield "About", {"Text": line}
    for section in sheet.sections:
        for block in section.blocks:
            for row in _block(block):
                yield section.heading, row
    for line in sheet.foot:
        yield "Licence", {"Text": line}


def _block(block: Block) -> Iterable[Row]:
    match block:
        case Paragraph():
            yield {"Text": block.text, "Source": block.citation or ""}
        case Listing():
            for item in block.items:
                yield {"Text": _item(item), "Note": item.note, "Source": item.citation or ""}
        case SheetTable():
            for row in block.rows:
                sources = dict.fromkeys(cell.citation for cell in row if cell.citation)
                cells = {column: cell.text for column, cell in zip(block.columns, row, strict=True)}
                yield {**cells, "Source": "; ".join(sources)}
        case Chart():
            return


def _item(item: SheetItem) -> str:
    return f"{item.marker} {item.text}" if item.marker else item.text
