"""Print a page as CSV: one table for a spreadsheet that contains everything on the page.

Its columns are Section, the columns of all tables of the page in order, Text (of paragraphs and lists), Note (if a
person wrote any) and Source:

    Section,Strand,SIF 2017,Text,Source
    About,,,Timeline: Camden,
    Grades,Leaders,good,,"Camden, SIF inspection 2017, p. 1"
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from reinspect.exporting.sheet import Block, Chart, Listing, Paragraph, Sheet, SheetItem, SheetTable

BYTE_ORDER_MARK = "\ufeff"
_LAST_COLUMNS = ("Text", "Note", "Source")
_NUMBER = re.compile(r"[+-]\d+\.\d+", re.ASCII)
# A spreadsheet reads a cell that begins with one of these as a formula, the full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Row = dict[str, str]


def render_csv(sheet: Sheet) -> str:
    """Return the page as CSV (RFC 4180) with a byte order mark.

    Write the string as UTF-8 with `newline=""`, since its line ends are CRLF.
    """
    rows = [{"Section": section, **row} for section, row in _rows(sheet)]
    table_columns = dict.fromkeys(column for row in rows for column in row if column not in _LAST_COLUMNS)
    has_notes = any(row.get("Note") for row in rows)
    columns = [*table_columns, *(column for column in _LAST_COLUMNS if has_notes or column != "Note")]
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow([escape_cell(column) for column in columns])
    writer.writerows([escape_cell(row.get(column, "")) for column in columns] for row in rows)
    return BYTE_ORDER_MARK + output.getvalue()


def render_table(table: SheetTable) -> str:
    """Return one table as CSV: a header line, then one line for each row."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow([escape_cell(column) for column in table.columns])
    writer.writerows([escape_cell(cell.text) for cell in row] for row in table.rows)
    return BYTE_ORDER_MARK + output.getvalue()


def escape_cell(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would read the text as a formula.

    Signed decimal numbers stay: "=A1" -> "'=A1", "+1.5" -> "+1.5".
    """
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    if _NUMBER.fullmatch(plain):
        return plain
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) or plain.lstrip().startswith(_FORMULA_STARTS) else plain


def _rows(sheet: Sheet) -> Iterable[tuple[str, Row]]:
    """Yield every line of the page as (section heading, {column: text})."""
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
