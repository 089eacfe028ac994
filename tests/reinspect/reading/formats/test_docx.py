"""Word documents: text, numbers and tables are read as printed, and bombs are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reinspect.errors import UnreadableError
from reinspect.reading.formats import docx, extract
from tests.making.docx import listed, make_docx, paragraph, run, table

NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1(%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="40"/></w:lvlOverride></w:num>
"""
STYLES = f"""
<w:style w:styleId="Numbered"><w:pPr>{listed(5)}</w:pPr></w:style>
<w:style w:styleId="Finding"><w:basedOn w:val="Numbered"/></w:style>
<w:style w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>
"""


def read(folder: Path, body: str, numbering: str = "", styles: str = "") -> tuple[str, ...]:
    return extract(make_docx(body, folder / "letter.docx", numbering=numbering, styles=styles)).pages


def test_paragraphs_and_tables_keep_their_order(tmp_path: Path) -> None:
    body = paragraph("Before") + table([["Judgement", "Grade"], ["Leaders", "Good"]]) + paragraph("After")
    assert read(tmp_path, body) == ("Before\n\nJudgement\tGrade\nLeaders\tGood\n\nAfter",)


def test_a_nested_table_is_read_once(tmp_path: Path) -> None:
    inner = table([["inner", "cells"]])
    body = f"<w:tbl><w:tr><w:tc>{paragraph('outer')}{inner}</w:tc></w:tr></w:tbl>"
    assert read(tmp_path, body) == ("outer\ninner\tcells",)


def test_the_runs_of_a_paragraph_are_joined_to_one_line(tmp_path: Path) -> None:
    body = "<w:p>" + run("multi") + "<w:r><w:noBreakHyphen/></w:r>" + run("agency") + "</w:p>"
    assert read(tmp_path, body) == ("multi-agency",)


def test_a_main_part_of_another_name_is_found_with_its_lists(tmp_path: Path) -> None:
    path = make_docx(paragraph("first", listed(5)), tmp_path / "letter.docx", numbering=NUMBERING, main="document2")
    assert extract(path).pages == ("1. first",)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("Judgement") + "<w:r><w:ptab/></w:r>" + run("Good"), "Judgement\tGood"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>' + run("\tPlans"), "• Plans"),
        (run("Plans ") + '<w:r><w:sym w:font="Symbol" w:char="00B1"/></w:r>' + run("2"), "Plans ±2"),
        ('<w:r><w:sym w:font="Symbol"/></w:r>' + run(" Plans"), "\ufffd Plans"),
    ],
)
def test_tabs_of_a_position_and_signs_of_symbol_fonts_are_read(tmp_path: Path, inside: str, expected: str) -> None:
    assert read(tmp_path, f"<w:p>{inside}</w:p>") == (expected,)


def test_tracked_changes_are_read_as_accepted_and_hidden_text_is_left_out(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('Kept')}<w:ins>{run(' inserted')}</w:ins><w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>"
        f"<w:hyperlink>{run(' linked')}</w:hyperlink>{run(' hidden', '<w:vanish/>')}"
        f"{run(' shown', '<w:vanish w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
    )
    assert read(tmp_path, body) == ("Kept inserted linked shown\n\ncontrolled",)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>"
    )
    assert read(tmp_path, body)[0].strip() == "boxed"


def test_list_numbers_are_computed_as_word_prints_them(tmp_path: Path) -> None:
    body = (
        paragraph("first", listed(5))
        + paragraph("deeper", listed(5, 1))
        + paragraph("again", listed(5, 1))
        + paragraph("second", '<w:pStyle w:val="Finding"/>')
        + paragraph("restarted", listed(7))
        + paragraph("counted on", listed(7))
        + paragraph("bullet", listed(6))
        + paragraph("below", listed(6, 1))
        + paragraph("plain", listed(0) + '<w:pStyle w:val="Finding"/>')
        + paragraph("ring", '<w:pStyle w:val="Ring"/>')
    )
    lines = read(tmp_path, body, NUMBERING, STYLES)[0].replace("\n\n", "\n").split("\n")
    assert lines == [
        *("1. first", "1(i) deeper", "1(ii) again", "2. second", "40. restarted", "41. counted on"),
        *("• bullet", "◦ below", "plain", "ring"),
    ]


def test_pages_are_those_of_words_last_layout(tmp_path: Path) -> None:
    body = (
        paragraph("one")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{run('two')}</w:p>"
    )
    assert read(tmp_path, body) == ("one", "two")


def test_without_a_layout_the_page_breaks_of_the_writer_divide_pages(tmp_path: Path) -> None:
    body = paragraph("one") + f'<w:p><w:r><w:br w:type="page"/></w:r>{run("two")}</w:p>'
    assert read(tmp_path, body) == ("one", "two")


def test_a_table_row_across_two_pages_is_put_on_the_second(tmp_path: Path) -> None:
    split = f"<w:tc><w:p>{run('a')}<w:r><w:lastRenderedPageBreak/></w:r>{run('b')}</w:p></w:tc>"
    assert read(tmp_path, paragraph("before") + f"<w:tbl><w:tr>{split}{split}</w:tr></w:tbl>") == ("before", "ab\tab")


def test_a_document_written_by_another_program_is_read(tmp_path: Path) -> None:
    writer = pytest.importorskip("docx", reason="python-docx, of the test extra, is not installed")
    document = writer.Document()
    document.add_heading("Findings", 1)
    document.add_paragraph("Leaders know their service.")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("point", style="List Bullet")
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Leaders", "Good"
    document.save(str(tmp_path / "a.docx"))
    assert extract(tmp_path / "a.docx").pages == (
        "Findings\n\nLeaders know their service.\n1. first\n2. second\n• point\n\nLeaders\tGood",
    )


def reason_for(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        extract(path)
    return str(caught.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "LARGEST_PART", 1_000_000)
    bomb = make_docx(paragraph("a" * 2_000_000), tmp_path / "bomb.docx")
    assert bomb.stat().st_size < 10_000
    assert "unpacks to more than 1 MB" in reason_for(bomb)


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_PARTS", 2)
    assert "parts" in reason_for(make_docx(paragraph("a"), tmp_path / "a.docx", styles="<w:x/>"))


def test_an_entity_bomb_is_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>')
    assert "declares entities" in reason_for(path)


def test_a_damaged_document_is_refused_with_the_reason(tmp_path: Path) -> None:
    whole = make_docx(paragraph("words " * 500), tmp_path / "a.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(whole[: len(whole) // 2])
    assert "damaged or truncated" in reason_for(tmp_path / "a.docx")
    assert "damaged Word document" in reason_for(make_docx("<w:p>", tmp_path / "b.docx"))


def test_a_document_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 5_000 + paragraph("words") + "</w:sdt>" * 5_000
    assert "deeply" in reason_for(make_docx(deep, tmp_path / "a.docx"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_damaged_anywhere_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:d xmlns:w="urn:w">{"words " * 50}</w:d>')
    data = bytearray(buffer.getvalue())
    for place, byte in damage:
        data[place % len(data)] = byte
    try:
        docx.extract_pages(bytes(data))
    except UnreadableError as error:
        assert str(error)
