"""Write small PDF files for tests, from which pdfium reads back the very lines that were given.

    make_pdf([["Inspection of Exampleshire", "Overall effectiveness Good"], ["Page two"]], tmp_path / "report.pdf")

Text may have any character. One outside Windows-1252 (a private-use bullet, a control character) gets a code of its own
and a ToUnicode entry; a file may have about 30 of them. An empty line leaves a gap, as between paragraphs. pdfium joins
a line that ends in a hyphen to the next one, as in a real report.

`pdf_bytes(pages, password="secret")` encrypts the file. With an empty password anybody can open it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path

from reinspect.example.pdf import assemble, packed_stream

SIZE = 11
LEADING = 14
MARGIN = 50
_WIDTH = 0.6 * SIZE  # every glyph of Courier, so that no gap is ever taken for a space


def make_pdf(pages: Sequence[Sequence[str]], path: Path) -> Path:
    """Write a PDF with these lines on these pages and return its path."""
    path.write_bytes(pdf_bytes(pages))
    return path


def pdf_bytes(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """Return the bytes of a PDF with these lines on these pages, encrypted if there is a password."""
    codes = _codes(pages)
    lock = _Lock(password) if password is not None else None
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        _page_list([5 + 2 * place for place in range(len(pages))]),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding /ToUnicode 4 0 R"
        b" /FirstChar 1 /LastChar 255 /Widths [%s] >>" % b" ".join([b"600"] * 255),
        stream(_to_unicode(codes), 4, lock),
    ]
    for place, lines in enumerate(pages):
        width = 2 * MARGIN + _WIDTH * max(60, *(len(line) for line in lines), 0)
        height = 2 * MARGIN + LEADING * max(50, len(lines))
        objects.append(_page(width, height, 6 + 2 * place, b"/Font << /F1 3 0 R >>"))
        objects.append(stream(_content(lines, height, codes), 6 + 2 * place, lock))
    return assemble(objects, lock.trailer if lock else b"")


def scan_bytes(pages: int, stamp: str = "") -> bytes:
    """Return the bytes of a scanned PDF: each page is a picture, with a few words of text stamped on it."""
    shown = stamp.encode("cp1252").hex().encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        _page_list([6] * pages),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(b"q 600 0 0 800 0 0 cm /Picture Do Q BT /F1 9 Tf 20 20 Td <%s> Tj ET" % shown),
        _page(600, 800, 5, b"/XObject << /Picture 3 0 R >> /Font << /F1 4 0 R >>"),
    ]
    return assemble(objects)


def stream(data: bytes, number: int = 0, lock: _Lock | None = None) -> bytes:
    """Return the body of a compressed stream object, encrypted with its object number if there is a lock."""
    packed = zlib.compress(data)
    return packed_stream(lock.encrypt(packed, number) if lock else packed)


def _page_list(numbers: Sequence[int]) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    return b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids)


def _page(width: float, height: float, content: int, resources: bytes) -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << %s >> >>" % (
        width,
        height,
        content,
        resources,
    )


def _codes(pages: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return a one-byte code for every character: the Windows-1252 code, or else an unused one."""
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


class _Lock:
    """The standard security handler in its oldest form, RC4 with 40 bits (PDF 32000-1, 7.6.3)."""

    _PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    _IDENTIFIER = b"made for the tests"
    _PERMISSIONS = 0xFFFFFFC0

    def __init__(self, password: str) -> None:
        owner_key = hashlib.md5(self._padded("the owner's own")).digest()[:5]
        padded = self._padded(password)
        owner = _rc4(owner_key, padded)
        permissions = self._PERMISSIONS.to_bytes(4, "little")
        self._key = hashlib.md5(padded + owner + permissions + self._IDENTIFIER).digest()[:5]
        user = _rc4(self._key, self._PADDING)
        self.trailer = b"/ID [<%s> <%s>] /Encrypt << /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>" % (
            self._IDENTIFIER.hex().encode(),
            self._IDENTIFIER.hex().encode(),
            self._PERMISSIONS - (1 << 32),
            owner.hex().encode(),
            user.hex().encode(),
        )

    def encrypt(self, data: bytes, number: int) -> bytes:
        place = number.to_bytes(3, "little") + b"\0\0"
        return _rc4(hashlib.md5(self._key + place).digest()[:10], data)

    def _padded(self, password: str) -> bytes:
        return (password.encode("latin-1") + self._PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
