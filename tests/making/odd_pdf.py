"""Write PDF files whose pages are drawn in an unusual way: turned, stamped, in columns, or with another page box."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from reinspect.example.pdf import assemble, stream


class Drawn(NamedTuple):
    """A text drawn at a place of the page, in points, with its direction in degrees and its grey (0 is black)."""

    left: float
    bottom: float
    text: str
    angle: float = 0
    size: float = 10
    grey: float = 0


def page_of(lines: Sequence[str]) -> list[Drawn]:
    """Return lines one below the other, as on an ordinary page of 600 by 800 points."""
    return [Drawn(50, 760 - 14 * row, line) for row, line in enumerate(lines) if line]


def drawn_pdf(
    pages: Sequence[Sequence[Drawn]],
    *,
    turn: int = 0,
    rotate: int = 0,
    boxes: bytes = b"/MediaBox [0 0 600 800]",
    move: tuple[float, float] = (0, 0),
) -> bytes:
    """Return a PDF of these pages.

    `turn` turns the print by so many degrees against the clock, `rotate` is the page's own rotation, `boxes` are its
    edges, and `move` moves the print.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for place, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %s /Rotate %d /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % (boxes, rotate, 5 + 2 * place)
        )
        objects.append(stream(_content(page, turn, move)))
    return assemble(objects)


def _content(page: Sequence[Drawn], turn: int, move: tuple[float, float]) -> bytes:
    sine, cosine = round(math.sin(math.radians(turn))), round(math.cos(math.radians(turn)))
    shift = {0: (0, 0), 90: (800, 0), 180: (600, 800), 270: (0, 600)}[turn]
    pieces = [b"%d %d %d %d %d %d cm BT" % (cosine, sine, -sine, cosine, shift[0] + move[0], shift[1] + move[1])]
    for one in page:
        a, b = math.cos(math.radians(one.angle)), math.sin(math.radians(one.angle))
        shown = one.text.encode("cp1252").hex().encode()
        pieces.append(
            b"%.2f g /F1 %.1f Tf %.4f %.4f %.4f %.4f %.1f %.1f Tm <%s> Tj"
            % (one.grey, one.size, a, b, -b, a, one.left, one.bottom, shown)
        )
    return b"\n".join((*pieces, b"ET"))
