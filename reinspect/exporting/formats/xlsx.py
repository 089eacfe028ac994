"""Write tidy tables as an Excel workbook: one worksheet a table, and one that says what they are.

Every text is written as text, so a cell that begins like a formula stays a text. Dates, numbers and truth values have
their own types.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

from reinspect.exporting.formats.office_file import without_clock, xml_text
from reinspect.exporting.sheet import Sheet
from reinspect.exporting.tidy import Column, ColumnType, TidyTable, Value

_ABOUT = "about"
# The limits of Excel, and a width that still fits a screen.
_LONGEST_TEXT, _MOST_ROWS = 32_767, 1_048_575
_NARROWEST, _WIDEST = 8, 60
_FIRST_DAY = date(1900, 3, 1)
_ROWS_MEASURED = 500
_ORDER: dict[ColumnType, str] = {
    "text": "text",
    "whole number": "whole",
    "number": "number",
    "date": "date",
    "true or false": "text",
}
_FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "title": {"bold": True, "font_size": 14},
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "whole": {"valign": "top", "num_format": "0"},
    "number": {"valign": "top", "num_format": "0.0##"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd"},
}


def render_xlsx(sheet: Sheet, tables: Sequence[TidyTable]) -> bytes:
    """Return a workbook with a worksheet for each table, and one with the title, sources and columns.

    `sheet` is the page of the same answer; its title, its head and its foot go to the worksheet "about".
    """
    output = io.BytesIO()
    workbook = Workbook(output, {"in_memory": True, "constant_memory": False})
    formats = {name: workbook.add_format(form) for name, form in _FORMATS.items()}
    workbook.set_properties({"title": xml_text(sheet.title), "author": "reinspect"})
    for table in tables:
        _add_table(workbook, table, formats)
    _add_about(workbook, sheet, tables, formats)
    workbook.close()
    return without_clock(output.getvalue())


def safe_text(text: str) -> str:
    """Return a text that Excel can hold: legal in XML, and not longer than a cell."""
    safe = xml_text(text)
    if len(safe) > _LONGEST_TEXT:
        safe = safe[: _LONGEST_TEXT - 4] + " ..."
    # The writer takes a text between these two for its own XML.
    return f"{safe} " if safe.startswith("<r>") and safe.endswith("</r>") else safe


def _add_table(workbook: Any, table: TidyTable, formats: dict[str, Any]) -> None:
    """Add a worksheet with a table that can be filtered and sorted, its headings on every printed page."""
    page = workbook.add_worksheet(table.name[:31])
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{xml_text(table.name)}&RPage &P of &N")
    rows = table.rows[:_MOST_ROWS]
    for number, column in enumerate(table.columns):
        values = [row[number] for row in rows]
        width = _width(column, values)
        page.set_column(number, number, width)
        form = formats["wrapped" if width == _WIDEST else _ORDER[column.type]]
        page.write_string(0, number, column.name, formats["heading"])
        for line, value in enumerate(values, 1):
            _write(page, line, number, value, form)
    if rows:
        headers = [{"header": name, "header_format": formats["heading"]} for name in table.names]
        options = {"columns": headers, "name": table.name, "style": "Table Style Light 1"}
        page.add_table(0, 0, len(rows), len(table.columns) - 1, options)


def _add_about(workbook: Any, sheet: Sheet, tables: Sequence[TidyTable], formats: dict[str, Any]) -> None:
    """Add a worksheet that says what the workbook is: title, sources, licence, and the meaning of each column."""
    page = workbook.add_worksheet(_ABOUT)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_column(0, 1, 22)
    page.set_column(2, 2, 16)
    page.set_column(3, 3, 80)
    lines: list[tuple[str, str]] = [(sheet.title, "title"), *((line, "text") for line in (*sheet.head, *sheet.foot))]
    for number, (line, form) in enumerate(lines):
        page.write_string(number, 0, safe_text(line), formats[form])
    for number, row in enumerate(_meanings(tables), len(lines) + 1):
        form = formats["heading" if number == len(lines) + 1 else "wrapped"]
        for place, words in enumerate(row):
            page.write_string(number, place, safe_text(words), form)


def _meanings(tables: Iterable[TidyTable]) -> Iterable[tuple[str, ...]]:
    """Yield the lines of the data dictionary: what a row of each table is, and what each column means."""
    yield "worksheet", "column", "type", "meaning"
    for table in tables:
        yield table.name, "", "", f"one row is {table.of}"
        for column in table.columns:
            yield table.name, column.name, column.type, column.meaning


def _write(page: Any, line: int, column: int, value: Value, form: Any) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_boolean(line, column, value, form)
        case int() | float():
            page.write_number(line, column, value, form)
        case date():
            _write_date(page, line, column, value, form)
        case str():
            page.write_string(line, column, safe_text(value), form)


def _write_date(page: Any, line: int, column: int, value: date, form: Any) -> None:
    # Excel counts days from 1900, and miscounts before March of that year.
    if value >= _FIRST_DAY:
        page.write_datetime(line, column, datetime(value.year, value.month, value.day), form)
    else:
        page.write_string(line, column, value.isoformat(), form)


def _width(column: Column, values: Sequence[Value]) -> int:
    """Return a width, in characters, that shows the heading and most values."""
    longest = max((len(str(value)) for value in values[:_ROWS_MEASURED] if value is not None), default=0)
    return min(max(longest + 1, len(column.name) + 3, _NARROWEST), _WIDEST)
