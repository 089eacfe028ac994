"""Word files and workbooks open in other programs, keep every word, and treat hostile text as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from reinspect.comparing.timeline import timeline
from reinspect.exporting.formats.docx import render_docx
from reinspect.exporting.formats.xlsx import render_xlsx, safe_text
from reinspect.exporting.sheet import (
    Bar,
    BarChart,
    BarRow,
    Chart,
    Listing,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
)
from reinspect.exporting.sheets.timeline import timeline_sheet
from reinspect.exporting.tidy import Fields, TidyTable, day, flag, number, tabulate, text, whole
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST, SECOND = "Camden, SIF inspection 2017, p. 3", "Camden, ILACS inspection 2022, p. 7"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "<r><t>raw</t></r>", "a\x00b\x0b\x1fc", "\ufffe\ud800", "_x0041_", "", " x "]


def sheet_of(*blocks: Any) -> Sheet:
    return Sheet(
        title="A page", head=("Sources read.",), sections=(SheetSection(heading="Part", blocks=blocks),), foot=("End.",)
    )


def opened(sheet: Sheet) -> Any:
    return Document(io.BytesIO(render_docx(sheet)))


def footnotes(data: bytes) -> list[str]:
    """Return the texts of the footnotes, without the two separators."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml"))
    return ["".join(note.itertext()).strip().replace("\N{NO-BREAK SPACE}", " ") for note in list(root)[2:]]


def workbook_of(*tables: TidyTable) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(sheet_of(), tables)))


def texts_table(texts: list[str]) -> TidyTable:
    fields: Fields[str] = (text("words", "any words", lambda words: words), whole("n", "always 1", lambda _: 1))
    return tabulate("texts", "one text", fields, texts)


# Word


def test_headings_are_headings_and_a_table_is_a_table_whose_first_row_is_repeated() -> None:
    table = SheetTable(columns=("Strand", "Grade"), rows=((SheetCell(text="Help"), SheetCell(text="good", shape="●")),))
    document = opened(sheet_of(table))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]
    assert styles == [("Title", "A page"), ("Sources", "Sources read."), ("Heading 1", "Part"), ("Sources", "End.")]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["Strand", "Grade"],
        ["Help", "●\N{NO-BREAK SPACE}good"],
    ]
    assert document.tables[0].rows[0]._tr.find(f".//{WORD}tblHeader") is not None


def test_the_foot_of_every_page_says_what_it_is_a_page_of_and_its_number() -> None:
    foot = opened(replace(sheet_of(), title="A\x00 page of grades")).sections[0].footer.paragraphs[0]
    assert [part.text for part in foot._p.iter(f"{WORD}t")] == ["A\ufffd page of grades", "Page ", "1", " of ", "1"]
    fields = [field.get(f"{WORD}instr") for field in foot._p.iter(f"{WORD}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_long_title_is_cut_at_the_foot_of_a_page() -> None:
    foot = opened(replace(sheet_of(), title="grades " * 60)).sections[0].footer.paragraphs[0]
    title = next(foot._p.iter(f"{WORD}t")).text
    assert len(title) <= 80
    assert title.endswith("\N{HORIZONTAL ELLIPSIS}")


def test_a_row_of_bars_has_room_on_one_line() -> None:
    words = "a phrase of some words " * 3
    rows = ((SheetCell(text=words), SheetCell(text="\N{FULL BLOCK}" * 14), SheetCell(text=words)),)
    plain = ((SheetCell(text=words), SheetCell(text="m" * 14), SheetCell(text=words)),)
    bars, letters = (
        opened(sheet_of(SheetTable(columns=("Phrase", "Years", "Variants"), rows=each))).tables[0].columns[1].width
        for each in (rows, plain)
    )
    assert bars > 1.4 * letters


def test_each_source_is_one_footnote_and_a_repeated_source_refers_to_it() -> None:
    items = tuple(SheetItem(text=f"Words {n}", citation=source) for n, source in enumerate((FIRST, SECOND, FIRST)))
    data = render_docx(sheet_of(Listing(items=items)))
    assert footnotes(data) == [FIRST, SECOND]
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    assert [each.get(f"{WORD}id") for each in body.iter(f"{WORD}footnoteReference")] == ["1", "2"]
    assert ["NOTEREF note1" in (each.text or "") for each in body.iter(f"{WORD}instrText")] == [True]


def test_a_source_that_a_whole_column_shares_stands_at_its_heading() -> None:
    rows = tuple((SheetCell(text=name), SheetCell(text="good", citation=FIRST)) for name in ("Help", "Care"))
    document = opened(sheet_of(SheetTable(columns=("Strand", "Grade"), rows=rows)))
    heads, *others = ([len(cell._tc.findall(f".//{WORD}footnoteReference")) for cell in row.cells]
                      for row in document.tables[0].rows)  # fmt: skip
    assert heads == [0, 1]
    assert others == [[0, 0], [0, 0]]


def test_marked_words_are_bold_and_a_note_follows_its_quote() -> None:
    item = SheetItem(marker="1.", text="Plans are late.", marks=((0, 5),), note="for Monday")
    first, note = (
        each for each in opened(sheet_of(Listing(items=(item,)))).paragraphs if each.style.name == "Marked item"
    )
    assert [(run.text, run.bold) for run in first.runs if run.text] == [
        ("1.\t", True),
        ("Plans", True),
        (" are late.", None),
    ]
    assert note.text == "Note: for Monday"


def test_two_quotes_side_by_side_are_a_table_of_two_columns() -> None:
    items = (SheetItem(marker="SIF 2017:", text="one"), SheetItem(marker="ILACS 2022:", text="two"))
    (table,) = opened(sheet_of(Listing(items=items, beside=True))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["SIF 2017:", "ILACS 2022:"], ["one", "two"]]


@settings(deadline=None, max_examples=40)
@given(some.text(max_size=30))
def test_any_text_gives_a_word_file_that_opens(words: str) -> None:
    item = SheetItem(text=words, citation=words, marker=words, note=words)
    table = SheetTable(columns=(words,), rows=((SheetCell(text=words, citation=words),),))
    sheet = Sheet(title=words, head=(words,), sections=(SheetSection(heading=words, blocks=(
        Paragraph(text=words, citation=words), Listing(items=(item,)), table)),))  # fmt: skip
    data = render_docx(sheet)
    assert len(footnotes(data)) == (1 if words else 0)
    assert len(Document(io.BytesIO(data)).tables) == 1


def test_a_chart_is_drawn_with_its_words_as_alternative_text_and_every_shape_has_its_own_number() -> None:
    history = timeline(CAMDEN, [camden_2017(), inspection("focused-visit"), camden_2022()])
    data = render_docx(timeline_sheet(history, history))
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    drawings = [each for each in body.iter() if each.tag.endswith("}docPr")]
    shapes = [each for each in body.iter() if each.tag.endswith("}cNvPr")]
    assert len(drawings) == 2
    assert all("Overall: good (Sep" in each.attrib["descr"] for each in drawings)
    numbers = [each.attrib["id"] for each in (*drawings, *shapes)]
    assert len(set(numbers)) == len(numbers)
    assert [each.attrib["descr"] for each in shapes if each.attrib["descr"]].count("good") == 10


def width_of_names(data: bytes, name: str) -> float:
    """Return the width of the label of a row in the first chart, in pixels of the drawing as it is shown."""
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    extent = next(each for each in body.iter() if each.tag.endswith("}extent"))
    natural = next(each for each in body.iter() if each.tag.endswith("}chExt"))
    label = next(each for each in body.iter() if each.tag.endswith("}wsp") and "".join(each.itertext()) == name)
    box = next(each for each in label.iter() if each.tag.endswith("}ext"))
    return float(box.attrib["cx"]) * float(extent.attrib["cx"]) / float(natural.attrib["cx"]) / 9525


def test_a_high_chart_that_is_made_smaller_keeps_the_room_for_its_names() -> None:
    history = timeline(CAMDEN, [camden_2017(), camden_2022()])
    low = timeline_sheet(history, history)
    (section, *rest) = low.sections
    blocks = tuple(
        replace(block, rows=block.rows * 4) if isinstance(block, Chart) else block for block in section.blocks
    )
    high = replace(low, sections=(replace(section, blocks=blocks), *rest))
    name = "Help and protection"
    assert width_of_names(render_docx(high), name) >= width_of_names(render_docx(low), name) - 1


# Excel


def test_every_value_of_a_workbook_has_its_own_type() -> None:
    fields: Fields[None] = (
        text("words", "", lambda _: "good"),
        whole("page", "", lambda _: 3),
        number("share", "", lambda _: -0.25),
        day("published", "", lambda _: date(2022, 6, 21)),
        flag("graded", "", lambda _: True),
        whole("paragraph", "", lambda _: None),
    )
    book = workbook_of(tabulate("grades", "one grade", fields, [None]))
    values = [cell.value for cell in book["grades"][2]]
    assert values == ["good", 3, -0.25, datetime(2022, 6, 21), True, None]
    assert book["grades"]["D2"].is_date
    assert book["grades"].freeze_panes == "B2"
    assert list(book["grades"].tables) == ["grades"]


def test_a_worksheet_says_what_the_workbook_is_and_what_each_column_means() -> None:
    about = [[cell for cell in row if cell] for row in workbook_of(texts_table(["x"]))["about"].values]
    assert about[:3] == [["A page"], ["Sources read."], ["End."]]
    assert ["texts", "one row is one text"] in about
    assert ["texts", "words", "text", "any words"] in about


def test_words_that_look_like_formulas_stay_words() -> None:
    cells = [row[0] for row in workbook_of(texts_table(HOSTILE))["texts"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in cells][:5] == [*HOSTILE[:4], "<r><t>raw</t></r> "]
    assert all(cell.value is None for cell in cells if cell.data_type == "n")


@settings(deadline=None, max_examples=40)
@given(some.text(max_size=30))
def test_any_text_gives_a_workbook_that_opens_with_a_row_for_it(words: str) -> None:
    assert workbook_of(texts_table([words]))["texts"].max_row == 2


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    assert len(safe_text("word " * 10_000)) == 32_767
    assert safe_text("word " * 10_000).endswith(" ...")


def test_a_table_without_rows_keeps_its_headings() -> None:
    assert [cell.value for cell in workbook_of(texts_table([]))["texts"][1]] == ["words", "n"]


# Both


@pytest.mark.parametrize("render", [render_docx, lambda sheet: render_xlsx(sheet, [texts_table(["x"])])])
def test_the_same_page_gives_the_same_bytes_and_no_time_of_making(render: Any) -> None:
    data = render(sheet_of(Paragraph(text="words", citation=FIRST)))
    assert data == render(sheet_of(Paragraph(text="words", citation=FIRST)))
    properties = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
    assert b"dcterms:created" not in properties


def test_a_chart_of_bars_is_told_in_words_in_a_word_file() -> None:
    row = BarRow(name="Records", bars=(Bar(share=0.5, words="half"),))
    chart = BarChart(key="c", title="Themes", alternative="Records: half.", columns=("all",), rows=(row,))
    assert "Themes. Records: half." in [paragraph.text for paragraph in opened(sheet_of(chart)).paragraphs]
