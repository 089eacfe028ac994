"""Write a tidy table as CSV for a spreadsheet or a program: a line of column names, then a line for each row.

    strand,grade,page,published
    leaders,good,1,2022-06-21

Numbers are plain, dates are ISO dates, `true` and `false` are written so, and a missing value is an empty cell.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from reinspect.exporting.tidy import TidyTable, Value

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet reads a cell that begins with one of these as a formula, the full-width forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render_csv(table: TidyTable) -> str:
    """Return the table as CSV (RFC 4180) with a byte order mark.

    Write the string as UTF-8 with `newline=""`, since its line ends are CRLF.
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(table.names)
    writer.writerows(map(_in_words, row) for row in table.rows)
    return BYTE_ORDER_MARK + output.getvalue()


def escape_cell(text: str) -> str:
    """Return the text, with an apostrophe in front if a spreadsheet would take it for a formula: "=A1" -> "'=A1"."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) or plain.lstrip().startswith(_FORMULA_STARTS) else plain


def _in_words(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return escape_cell(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
