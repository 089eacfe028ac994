"""Write small PDF files with tables whose cells are divided by drawn lines alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reinspect.example.pdf import assemble, stream

_LEFT, _TOP, _SIZE, _LEADING, _COLUMN, _PADDING = 50, 780, 10, 14, 240, 6


@dataclass
class RuledTable:
    """A table: each row has cells, each cell has lines.

    `framed` draws each cell as one shape instead of four lines. `open_below` leaves out the line below the last row.
    """

    rows: Sequence[Sequence[Sequence[str]]] = field(default_factory=list)
    framed: bool = False
    open_below: bool = False


def ruled_pdf_bytes(pages: Sequence[tuple[Sequence[str], RuledTable | None]]) -> bytes:
    """Return a PDF with these pages: lines of text, and a ruled table below them."""
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, (lines, table) in zip(numbers, pages, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (number + 1)
        )
        objects.append(stream(_content(lines, table)))
    return assemble(objects)


def _content(lines: Sequence[str], table: RuledTable | None) -> bytes:
    drawn = [_text(line, _LEFT, _TOP - _LEADING * place) for place, line in enumerate(lines)]
    top = _TOP - _LEADING * len(lines) - _PADDING
    for place, row in enumerate(table.rows if table else ()):
        assert table is not None
        bottom = top - _LEADING * max(map(len, row)) - 2 * _PADDING
        last = place == len(table.rows) - 1
        drawn += _borders(len(row), top, bottom, framed=table.framed, below=not (last and table.open_below))
        for column, cell in enumerate(row):
            left = _LEFT + _COLUMN * column + _PADDING
            drawn += [_text(line, left, top - _PADDING - _LEADING * (i + 1) + 4) for i, line in enumerate(cell)]
        top = bottom
    return b"\n".join(drawn)


def _text(line: str, x: float, y: float) -> bytes:
    shown = line.encode("cp1252").hex().encode()
    return b"BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (_SIZE, x, y, shown)


def _borders(columns: int, top: float, bottom: float, *, framed: bool, below: bool) -> list[bytes]:
    right = _LEFT + _COLUMN * columns
    if framed:
        return [b"%d %d %d %d re S" % (_LEFT, bottom, right - _LEFT, top - bottom)]
    # Word draws each piece of a line as a thin rectangle of its own.
    pieces = [b"%d %.1f %d 0.5 re f" % (_LEFT + _COLUMN * i, top, _COLUMN) for i in range(columns)]
    if below:
        pieces += [b"%d %.1f %d 0.5 re f" % (_LEFT + _COLUMN * i, bottom, _COLUMN) for i in range(columns)]
    return pieces + [b"%d %.1f 0.5 %.1f re f" % (_LEFT + _COLUMN * i, bottom, top - bottom) for i in range(columns + 1)]
