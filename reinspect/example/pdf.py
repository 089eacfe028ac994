"""Write a PDF: pages of A4 with text in Helvetica and thin lines. Characters are those of Windows-1252."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 50.0, WIDTH - 50
BOTTOM, TOP = 60.0, HEIGHT - 50
"""Sizes of a page and its margins, in points; (0, 0) is the lower left corner."""

_FONTS = (b"Helvetica", b"Helvetica-Bold")
_FIRST_PAGE = 3 + len(_FONTS)


@dataclass(frozen=True)
class Text:
    """A line of text that begins at (x, y)."""

    x: float
    y: float
    size: float
    words: str
    bold: bool = False

    def moved(self, by: float) -> Text:
        """Return the same text, higher up."""
        return replace(self, y=self.y + by)

    def drawn(self) -> bytes:
        """Return the operators that print it."""
        shown = self.words.encode("cp1252").hex().encode()
        return b"BT /F%d %.1f Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj ET" % (self.bold, self.size, self.x, self.y, shown)


@dataclass(frozen=True)
class Rule:
    """A thin line from (x, y) to (to_x, to_y)."""

    x: float
    y: float
    to_x: float
    to_y: float

    def moved(self, by: float) -> Rule:
        """Return the same line, higher up."""
        return replace(self, y=self.y + by, to_y=self.to_y + by)

    def drawn(self) -> bytes:
        """Return the operators that draw it."""
        return b"%.1f %.1f m %.1f %.1f l S" % (self.x, self.y, self.to_x, self.to_y)


Mark = Text | Rule


def write_pdf(pages: Sequence[Sequence[Mark]]) -> bytes:
    """Return a PDF with these marks on these pages. The same marks give the same bytes."""
    numbers = [_FIRST_PAGE + 2 * place for place in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    fonts = b" ".join(b"/F%d %d 0 R" % (place, 3 + place) for place in range(len(_FONTS)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        *(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font for font in _FONTS),
    ]
    for number, marks in zip(numbers, pages, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << %s >> >> >>"
            % (WIDTH, HEIGHT, number + 1, fonts)
        )
        objects.append(stream(b"0.5 w\n" + b"\n".join(mark.drawn() for mark in marks)))
    return assemble(objects)


def assemble(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1 (the first is the catalogue), with a cross-reference table."""
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


def stream(data: bytes) -> bytes:
    """Return the body of a compressed stream object."""
    return packed_stream(zlib.compress(data))


def packed_stream(packed: bytes) -> bytes:
    """Return the body of a stream object whose data is compressed already."""
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
