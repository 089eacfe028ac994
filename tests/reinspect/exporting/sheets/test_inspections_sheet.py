"""A list of inspections: compact as text, complete as a table for a spreadsheet."""

from __future__ import annotations

from datetime import date

import msgspec

from reinspect.exporting.formats.csv import BYTE_ORDER_MARK, render_csv
from reinspect.exporting.formats.text import render_text
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.inspections import inspections_sheet
from reinspect.exporting.tables.inspections import inspections_table
from reinspect.model import Origin, Window
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection


def drawn(*rows: tuple[str, ...], width: int = 60) -> list[str]:
    table = SheetTable(
        columns=("Id", "A", "B"), rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows), narrow="hang"
    )
    sheet = Sheet(title="T", sections=(SheetSection(heading="S", blocks=(table,)),))
    return render_text(sheet, width).splitlines()[7:]


def test_short_cells_share_one_line() -> None:
    assert drawn(("one", "x", "y"), ("three", "x", "y")) == ["───── ─ ─", "one   x y", "three x y"]


def test_a_long_first_cell_gets_a_line_of_its_own_above_a_long_rest() -> None:
    lines = drawn(("i" * 40, "a" * 30, "y"), ("short", "a" * 30, "y"))
    assert lines[1:] == ["i" * 40, " " * 28 + "a" * 30 + " y", "short" + " " * 23 + "a" * 30 + " y"]


def test_a_long_first_cell_moves_a_short_rest_to_the_right() -> None:
    lines = drawn(("i" * 40, "a", ""), ("short", "a" * 30, "y"))
    assert lines[1] == f"{'i' * 40} a"


def test_a_list_shows_grades_as_letters_and_each_kind_of_blank_differently() -> None:
    scilly = inspection("sif", date(2016, 4, 11), help="good", adoption=None)
    partly = msgspec.structs.replace(camden_2022(), judgements=camden_2022().judgements[:2])
    rows = [(listed, CAMDEN) for listed in (scilly, partly, inspection("focused-visit"))]
    (table,) = inspections_sheet(rows).sections[0].blocks
    assert isinstance(table, SheetTable)
    assert table.columns == ("Id", "Event", "Published", "Le", "He", "Ad")
    assert [[cell.text for cell in row[1:]] for row in table.rows] == [
        ["SIF", "?", "?", "●G", "nj"],
        ["ILACS", "2022-06-21", "◆O", "●G", ""],
        ["visit", "?", "", "", ""],
    ]


def test_grades_of_older_frameworks_have_a_column_of_their_own() -> None:
    older = inspection("lac-2013", overall="adequate", leaders="good")
    (table,) = inspections_sheet([(older, CAMDEN), (camden_2022(), CAMDEN)]).sections[0].blocks
    assert isinstance(table, SheetTable)
    by_column = dict(zip(table.columns, (cell.text for cell in table.rows[0]), strict=True))
    assert (by_column["Ov"], by_column["Older"]) == ("", "▲A ●G")


def test_the_spreadsheet_table_has_a_column_for_every_fact() -> None:
    two_visits = msgspec.structs.replace(
        camden_2017(),
        windows=(Window(date(2017, 9, 11), date(2017, 9, 15)), Window(date(2017, 10, 2), date(2017, 10, 5))),
        origins={"judgements": Origin(kind="document", source="a" * 64), "published": Origin(kind="hand")},
        report_url="https://example.org/report",
    )
    (row,) = inspections_table([(two_visits, CAMDEN)]).records()
    assert row["windows"] == "2017-09-11/2017-09-15; 2017-10-02/2017-10-05"
    assert (row["inspection_start"], row["inspection_end"]) == (date(2017, 9, 11), date(2017, 10, 5))
    assert (row["leaders"], row["care_and_leavers"], row["graded"]) == ("outstanding", None, True)
    assert (row["report_url"], row["origin"]) == ("https://example.org/report", "report; entered by hand")


def test_the_spreadsheet_has_only_headings_and_rows() -> None:
    written = render_csv(inspections_table([(camden_2017(), None), (camden_2022(), None)]))
    lines = written.removeprefix(BYTE_ORDER_MARK).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("id,authority,urn,")
