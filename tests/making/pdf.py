"""Small PDF files for the tests: the lines that go in are the lines that pdfium reads back.

    make_pdf([["Inspection of Exampleshire", "Overall effectiveness Good"], ["Page two"]], tmp_path / "report.pdf")

Text may hold any character: those outside Windows-1252 (private-use bullets, control characters) get a code of
their own and a ToUnicode entry, at most 30 of them in a file. An empty line leaves a gap, as between paragraphs.
A line that ends in a hyphen is joined to the next by pdfium itself, as in a real report.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

SIZE = 11
LEADING = 14
MARGIN = 50
_WIDTH = 0.6 * SIZE  # every glyph of Courier, so that no gap is ever taken for a space


def make_pdf(pages: Sequence[Sequence[str]], path: Path) -> Path:
    """Write a PDF with these lines on these pages; return its path."""
    path.write_bytes(pdf_bytes(pages))
    return path


def pdf_bytes(pages: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a PDF with these lines on these pages."""
    codes = _codes(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * place) for place in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode 4 0 R"
        b" /FirstChar 1 /LastChar 255 /Widths [%s] >>" % b" ".join([b"600"] * 255),
        stream(_to_unicode(codes)),
    ]
    for place, lines in enumerate(pages):
        width = 2 * MARGIN + _WIDTH * max(60, *(len(line) for line in lines), 0)
        height = 2 * MARGIN + LEADING * max(50, len(lines))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (width, height, 6 + 2 * place)
        )
        objects.append(stream(_content(lines, height, codes)))
    return assemble(objects)


def assemble(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Number the objects from 1 (the first is the catalogue), write the cross-reference table, return the file."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a compressed stream object."""
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def _codes(pages: Sequence[Sequence[str]]) -> dict[str, int]:
    """A one-byte code for every character: its Windows-1252 code, else one that Windows-1252 leaves free."""
    codes: dict[str, int] = {}
    free = iter([*range(1, 9), *range(14, 32), 0x81, 0x8D, 0x8F, 0x90])
    for character in sorted({character for lines in pages for line in lines for character in line}):
        try:
            byte = character.encode("cp1252")[0]
        except UnicodeEncodeError:
            byte = 0
        codes[character] = byte if byte >= 32 and byte != 127 else next(free)
    return codes


def _to_unicode(codes: dict[str, int]) -> bytes:
    entries = [b"<%02x> <%s>" % (code, c.encode("utf-16-be").hex().encode()) for c, code in codes.items()]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n%s\nendcmap end end" % body
    )


def _content(lines: Sequence[str], height: int, codes: dict[str, int]) -> bytes:
    drawn = []
    for row, line in enumerate(lines):
        if line:
            shown = bytes(codes[character] for character in line).hex().encode()
            drawn.append(b"1 0 0 1 %d %d Tm <%s> Tj" % (MARGIN, height - MARGIN - LEADING * (row + 1), shown))
    return b"BT /F1 %d Tf\n%s\nET" % (SIZE, b"\n".join(drawn))
