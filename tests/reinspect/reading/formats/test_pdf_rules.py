"""The cells of tables that are drawn with lines, and their place in the text of the page."""

from __future__ import annotations

from pathlib import Path

from reinspect.reading import read_file
from reinspect.reading.formats import extract
from reinspect.reading.formats.pdf_rules import find_cells
from reinspect.reading.layout.ruled_cells import lay_out_cells
from tests.making.area_send import send_front
from tests.making.ruled_pdf import RuledTable, ruled_pdf_bytes

TABLE = RuledTable(
    rows=[(["Camden", "Council"], ["Leaders should plan", "with care."]), (["A board"], ["It should act."])]
)


def test_the_text_of_each_cell_is_found_by_the_lines_around_it():
    cells = find_cells(ruled_pdf_bytes([(["Above the table"], TABLE)]))

    assert [(cell.page, cell.row, cell.column, cell.text.split()) for cell in cells] == [
        (1, 0, 0, ["Camden", "Council"]),
        (1, 0, 1, ["Leaders", "should", "plan", "with", "care."]),
        (1, 1, 0, ["A", "board"]),
        (1, 1, 1, ["It", "should", "act."]),
    ]


def test_a_frame_drawn_as_one_shape_counts_as_four_lines():
    framed = RuledTable(rows=[(["One cell"],)], framed=True)

    assert [cell.text.strip() for cell in find_cells(ruled_pdf_bytes([([], framed)]))] == ["One cell"]


def test_a_row_without_a_line_at_the_end_of_the_page_ends_with_its_sides():
    open_table = RuledTable(rows=[(["Camden"], ["Leaders should"])], open_below=True)

    cells = find_cells(ruled_pdf_bytes([([], open_table)]))
    assert [cell.text.strip() for cell in cells] == ["Camden", "Leaders should"]


def test_lines_that_enclose_nothing_are_not_cells():
    assert find_cells(ruled_pdf_bytes([(["Only text"], None)])) == ()
    assert find_cells(b"%PDF-1.7 damaged") == ()


def test_a_page_of_very_many_cells_is_a_drawing_and_not_a_table():
    drawing = RuledTable(rows=[(["."],) * 2] * 300)

    assert find_cells(ruled_pdf_bytes([([], drawing)])) == ()


def test_the_page_text_shows_cells_and_rows_by_blank_lines_and_loses_nothing(tmp_path: Path):
    path = tmp_path / "table.pdf"
    path.write_bytes(ruled_pdf_bytes([(["Above the table"], TABLE)]))
    extracted = extract(path)

    [page] = lay_out_cells(extracted.pages, extracted.find_cells())
    assert page == (
        "Above the table\n\n\nCamden\nCouncil\n\nLeaders should plan\nwith care.\n\n\nA board\n\nIt should act."
    )
    assert page.split() == extracted.pages[0].split()


def test_the_rows_of_a_report_are_read_from_its_lines(tmp_path: Path):
    path = tmp_path / "report.pdf"
    # The second item opens like the end of the first: only the line between them divides them.
    box = RuledTable(rows=[(["The gate should be mended."],), (["Some parents wait long."],)])
    path.write_bytes(ruled_pdf_bytes([(send_front(), None), (["Areas for improvement"], box)]))

    reading = read_file(path)
    assert [each.text for each in reading.facts.improvements] == [
        "The gate should be mended.",
        "Some parents wait long.",
    ]
    assert "\n\n\nSome parents wait long." in reading.pages[1]
