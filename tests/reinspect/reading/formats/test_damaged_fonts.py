"""A font that is damaged, or that a page no longer leads to, makes the page doubtful: its letters may be lost."""

from __future__ import annotations

import pytest

from reinspect.reading.formats.pdf_streams import Damage, find_damage
from tests.making.pdf import assemble, stream

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
SIMPLE = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /Made /FirstChar 65 /LastChar 66 /Widths [500 500]"
    b" /ToUnicode 6 0 R /FontDescriptor 7 0 R >>"
)
COMPOSED = b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /ToUnicode 6 0 R /DescendantFonts [9 0 R] >>"
DESCENDANT = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /FontDescriptor 7 0 R >>"
DESCRIPTOR = b"<< /Type /FontDescriptor /FontName /Made /FontFile2 8 0 R >>"
WHOLE, DOUBTFUL = Damage(), Damage(pages=(1,))


def pdf_with(font: bytes, *, font_number: int = 5, letters: bytes | None = None, program: bytes | None = None) -> bytes:
    """Return a PDF of one page with this font, its table of letters and its font program."""
    table = letters or stream(b"/CMapName /Made def 1 beginbfchar <41> <0041> endbfchar")
    outlines = program or stream(b"outlines of the letters A and B, two hundred times " * 200)
    content = stream(b"BT /F1 12 Tf 1 0 0 1 40 700 Tm (AB) Tj ET")
    objects = [CATALOGUE, PAGES, PAGE % font_number, content, font, table, DESCRIPTOR, outlines, DESCENDANT]
    return assemble(objects)


def damaged(packed: bytes) -> bytes:
    """Return a packed stream with a byte changed near its end, so that its checksum is wrong."""
    place = packed.rindex(b"endstream") - 12
    return packed[:place] + bytes([packed[place] ^ 255]) + packed[place + 1 :]


@pytest.mark.parametrize("font", [SIMPLE, COMPOSED], ids=["simple", "composed"])
def test_a_whole_font_is_no_damage(font: bytes) -> None:
    assert find_damage(pdf_with(font), pages=1) == WHOLE


@pytest.mark.parametrize("font", [SIMPLE, COMPOSED], ids=["simple", "composed"])
def test_a_damaged_font_program_makes_the_page_doubtful_though_its_letters_have_a_table(font: bytes) -> None:
    program = damaged(stream(b"outlines of the letters A and B " * 200))
    assert find_damage(pdf_with(font, program=program), pages=1) == DOUBTFUL


@pytest.mark.parametrize("font", [SIMPLE, COMPOSED], ids=["simple", "composed"])
def test_a_damaged_table_of_letters_makes_the_page_doubtful(font: bytes) -> None:
    letters = damaged(stream(b"1 beginbfchar <41> <0041> endbfchar " * 50))
    assert find_damage(pdf_with(font, letters=letters), pages=1) == DOUBTFUL


@pytest.mark.parametrize("number", [2, 3, 7], ids=["the pages", "the page", "a descriptor"])
def test_a_reference_to_something_else_in_place_of_a_font_makes_the_page_doubtful(number: int) -> None:
    assert find_damage(pdf_with(SIMPLE, font_number=number), pages=1) == DOUBTFUL
