"""PDF: the printed text of each page, and a reason if there is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reinspect.errors import UnreadableError
from reinspect.reading.formats import ExtractedText, extract, pdf
from tests.making.pdf import pdf_bytes, scan_bytes

LINES = ["Inspection of Exampleshire children’s services", "The experiences of children in care Good"]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], ExtractedText]:
    def read(data: bytes) -> ExtractedText:
        path = tmp_path / "report.pdf"
        path.write_bytes(data)
        return extract(path)

    return read


def test_lines_and_pages_are_read_as_written(read: Callable[[bytes], ExtractedText]) -> None:
    assert read(pdf_bytes([LINES, ["The second page."]])).pages == ("\n".join(LINES), "The second page.")


def test_a_hyphen_at_a_line_end_stays_in_its_word(read: Callable[[bytes], ExtractedText]) -> None:
    assert read(pdf_bytes([["Leaders value multi-", "agency work."]])).pages == ("Leaders value multi-agency work.",)


def test_bullets_of_symbol_fonts_become_plain_bullets(read: Callable[[bytes], ExtractedText]) -> None:
    lines = ["\uf06e first", "\uf0a7second", "\uf0b7  third", "• fourth", "\uf02d below", "◼ square"]
    assert read(pdf_bytes([lines])).pages[0].split("\n") == [
        *("• first", "• second", "• third", "• fourth"),
        *("◦ below", "◼ square"),
    ]


def test_a_symbol_within_a_line_is_not_a_bullet(read: Callable[[bytes], ExtractedText]) -> None:
    assert read(pdf_bytes([["see \uf0a7 4"]])).pages == ("see \uf0a7 4",)


def test_escape_sequences_in_the_text_layer_are_made_harmless(read: Callable[[bytes], ExtractedText]) -> None:
    page = read(pdf_bytes([["\x1b]52;c;aGVsbG8=\x07Good \x1b[2J"]])).pages[0]
    assert page == "\ufffd]52;c;aGVsbG8=\ufffdGood \ufffd[2J"


def test_bytes_before_the_pdf_signature_are_ignored(read: Callable[[bytes], ExtractedText]) -> None:
    assert read(b"\r\n" * 300 + pdf_bytes([LINES])).pages == ("\n".join(LINES),)


def test_a_pdf_with_only_an_owner_password_is_read(read: Callable[[bytes], ExtractedText]) -> None:
    assert read(pdf_bytes([LINES], password="")).pages == ("\n".join(LINES),)


def test_a_blank_page_is_kept_so_that_page_numbers_stay_right(read: Callable[[bytes], ExtractedText]) -> None:
    extracted = read(pdf_bytes([["one"], [], ["three"]]))
    assert extracted.pages == ("one", "", "three")
    assert extracted.warnings == ()


def test_an_unreadable_page_is_kept_empty_and_named_in_a_warning(read: Callable[[bytes], ExtractedText]) -> None:
    whole = pdf_bytes([["one"], ["two"], ["three"]])
    extracted = read(whole.replace(b"/Kids [5 0 R 7 0 R", b"/Kids [5 0 R 0 0 R"))
    assert extracted.pages == ("one", "", "three")
    assert extracted.warnings == ("page 2 could not be read: the PDF is damaged there",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_bytes([LINES], password="open sesame"), "locked with a password"),
        (pdf_bytes([LINES])[:700], "damaged or truncated"),
        (b"%PDF-1.7\n", "damaged or truncated"),
        (pdf_bytes([LINES]).replace(b"/Kids [5 0 R]", b"/Kids [0 0 R]"), "none of its pages can be read"),
        (scan_bytes(3), "contains pictures of pages but no text: run OCR"),
        (scan_bytes(3, stamp="12"), "contains pictures of pages but no text: run OCR"),
        (pdf_bytes([[], []]), "contains no text"),
        (pdf_bytes([LINES]).replace(b"/Count 1", b"/Count 0").replace(b"[5 0 R]", b"[     ]"), "PDF"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(
    read: Callable[[bytes], ExtractedText], data: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(data)


def test_a_picture_with_text_over_it_is_not_a_scan(read: Callable[[bytes], ExtractedText]) -> None:
    extracted = read(scan_bytes(1, stamp="The work of Exampleshire is good overall."))
    assert extracted.pages == ("The work of Exampleshire is good overall.",)


def test_a_pdf_over_the_limits_is_refused(
    read: Callable[[bytes], ExtractedText], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(UnreadableError, match="more than 2 pages"):
        read(pdf_bytes([["a"], ["b"], ["c"]]))
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 10)
    with pytest.raises(UnreadableError, match="characters"):
        read(pdf_bytes([LINES]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=4)), max_size=8),
    st.integers(200, 4000),
)
def test_a_file_damaged_anywhere_is_read_or_refused(
    read: Callable[[bytes], ExtractedText], damage: list[tuple[int, bytes]], length: int
) -> None:
    data = bytearray(pdf_bytes([LINES, LINES]))
    for place, patch in damage:
        data[place : place + len(patch)] = patch
    try:
        assert any(read(bytes(data[:length])).pages)
    except UnreadableError as error:
        assert str(error)


def test_reading_a_text_file_does_not_import_pdfium(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    code = (
        "import sys, pathlib; from reinspect.reading.formats import extract; extract(pathlib.Path(sys.argv[1]));"
        "print({'pypdfium2', 'markdown_it'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.txt"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
