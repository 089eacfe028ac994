"""Recognising the format of a file by its content first, and the reasons for refused files."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import zipfile
from pathlib import Path

import pytest

from reinspect.errors import UnreadableError
from reinspect.reading import formats
from reinspect.reading.formats import extract
from tests.making.docx import make_docx, paragraph
from tests.making.pdf import make_pdf, pdf_bytes

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Gone</title></head><body><h1>Page not found</h1></body></html>"


def write_file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reason_for(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        extract(path)
    return str(caught.value)


def test_the_extracted_text_has_the_checksum_and_title_of_its_file(tmp_path: Path) -> None:
    path = make_pdf([["Overall effectiveness Good"]], tmp_path / "Exampleshire 2019.pdf")
    extracted = extract(path)
    assert extracted.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (extracted.title, extracted.form, extracted.warnings) == ("Exampleshire 2019", "pdf", ())


def test_a_title_is_safe_to_show(tmp_path: Path) -> None:
    assert extract(write_file(tmp_path, "a\x1b[2J\nb.txt", b"words")).title == "a\ufffd[2J␤b"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("report.txt", pdf_bytes([["words"]]), "pdf"),
        ("report", pdf_bytes([["words"]]), "pdf"),
        ("page.aspx", WEB_PAGE, "html"),
        ("page.txt", b"\xef\xbb\xbf  " + WEB_PAGE, "html"),
        ("page.HTM", b"<p>A fragment", "html"),
        ("notes.md", b"# Notes", "markdown"),
        ("about.txt", b"A PDF begins with %PDF-1.7.", "text"),
    ],
)
def test_the_content_decides_the_format_before_the_name(tmp_path: Path, name: str, data: bytes, form: str) -> None:
    assert extract(write_file(tmp_path, name, data)).form == form


def test_a_word_document_without_a_suffix_is_recognised(tmp_path: Path) -> None:
    assert extract(make_docx(paragraph("words"), tmp_path / "letter")).form == "docx"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("report.pdf", WEB_PAGE, r"not a PDF: a web page \(HTML\) saved under that name"),
        ("report.pdf", b"Dear Director,", "not a PDF: plain text saved under that name"),
        ("report.pdf", b"Dear Director,\r\n\tthank you.\n\x0c", "not a PDF: plain text saved under that name"),
        ("report.pdf", b"\x89PNG\r\n\x1a\n", r"not a PDF: a picture \(PNG\).*OCR"),
        ("report.pdf", b"\x01\x02\x03\x00", "not a PDF"),
        ("letter.docx", pdf_bytes([["words"]]), "not a Word document: a PDF saved under that name"),
        ("letter.docx", WEB_PAGE, "not a Word document: a web page"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old or locked Microsoft Office file.*save it as"),
        ("letter.rtf", b"{\\rtf1 words}", "rich text"),
        ("report.pdf", b"", "empty"),
        ("report.txt", b" \r\n\t ", "empty"),
        ("report.txt", b"\xef\xbb\xbf", "empty"),
        ("grades.csv", b"strand,grade", r"unknown file type \(\.csv\).*PDF, Word"),
        ("grades.\x1b[2J", b"strand,grade", "unknown file type \\(\\.\ufffd\\[2J\\)"),
        ("notes.txt", b"words\x00\x01\x02" * 9, "binary file"),
        ("page.html", b"<script>only()</script>", "no text"),
    ],
)
def test_a_refused_file_gets_a_reason_that_names_its_format(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert re.search(reason, reason_for(write_file(tmp_path, name, data)))


def test_a_word_document_named_pdf_is_refused(tmp_path: Path) -> None:
    path = make_docx(paragraph("words"), tmp_path / "report.pdf")
    assert reason_for(path) == "not a PDF: a Word document saved under that name"


@pytest.mark.parametrize(
    ("part", "reason"), [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("a.txt", "zip archive")]
)
def test_an_archive_that_is_not_a_word_document_is_named(tmp_path: Path, part: str, reason: str) -> None:
    path = tmp_path / "attachment.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")
    assert reason in reason_for(path)


def test_pipes_folders_and_missing_files_are_refused_unopened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert "pipe" in reason_for(pipe)
    assert "folder" in reason_for(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.pdf"))
        assert reason_for(tmp_path / "s.pdf") == "a device or a pipe, not a file"
    assert reason_for(tmp_path / "missing.pdf") == "no such file"
    assert "not a valid file name" in reason_for(tmp_path / "nul\0.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = write_file(tmp_path, "secret.txt", b"words")
    path.chmod(0)
    assert "permission" in reason_for(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST_FILE", 1_000_000)
    assert reason_for(write_file(tmp_path, "large.txt", b"a" * 1_000_001)) == "larger than 1 MB"


def test_too_many_characters_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST_CHARACTERS", 1_000_000)
    assert "more than 1 million characters" in reason_for(write_file(tmp_path, "long.txt", b"a" * 1_000_001))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    assert "more than 5,000 pages" in reason_for(write_file(tmp_path, "long.txt", b"page\f" * 5_001))


def test_ten_megabytes_on_one_line_are_read(tmp_path: Path) -> None:
    assert len(extract(write_file(tmp_path, "long.txt", b"word " * 2_000_000)).pages[0]) == 10_000_000


def test_text_of_every_format_is_made_safe(tmp_path: Path) -> None:
    hostile = "Good\x9b31m\u202e\u200bgrade"
    paths = [
        write_file(tmp_path, "a.txt", hostile.encode()),
        write_file(tmp_path, "a.md", hostile.encode()),
        write_file(tmp_path, "a.html", hostile.encode()),
        make_docx(paragraph(hostile), tmp_path / "a.docx"),
        make_pdf([[hostile]], tmp_path / "a.pdf"),
    ]
    for path in paths:
        assert extract(path).pages[0].strip() == "Good\ufffd31m\ufffdgrade", path.suffix


def test_ligatures_become_letters_and_words_hyphenated_at_line_ends_are_joined(tmp_path: Path) -> None:
    text = "headline \ufb01ndings\u2009of sta\ufb00, chil\xad\ndren and multi\u2011agency work"

    assert extract(write_file(tmp_path, "a.txt", text.encode())).pages == (
        "headline findings of staff, children and multi-agency work",
    )


def test_no_break_spaces_become_spaces_and_soft_hyphens_are_removed(tmp_path: Path) -> None:
    assert extract(write_file(tmp_path, "a.txt", "multi\xadagency\xa0work".encode())).pages == ("multiagency work",)
