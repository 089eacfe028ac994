"""Prepare a PDF page so that its text is read in printed order, and without what is not part of it.

    a page whose print runs upwards or upside down             is turned
    a slanted or pale big word ("DRAFT"), print off the page   is taken off, with a warning
    two columns drawn row by row                               are read one after the other, with a warning

pdfium keeps the order in which a page is drawn, and its text functions take a page to be upright. The functions here
work on the page in memory; the file stays as it is.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise, repeat
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from reinspect.reading.formats.pdf_calls import (
    NUMBERS,
    DrawnObjects,
    ObjectAddress,
    drawn_objects,
    object_at,
    object_calls,
    read_colour,
    read_matrix,
)
from reinspect.reading.formats.stamps import is_stamp

if TYPE_CHECKING:
    import pypdfium2 as pdfium

LEFT_OUT = "left out: "
"""The first words of a note about print that is not part of the text."""
_DRAWN_FIRST = 5
_MOST_STAMPS = 200
"""Greatest number of pale pieces of text that are looked at."""
_MOST_OBJECTS = 20_000
"""Greatest number of objects of a page that are looked at."""
_DEEPEST = 4
"""Greatest depth of nested forms."""
_SLANT = 3
"""Greatest number of degrees by which the print of one page may differ in direction."""
_LEVEL = 0.3
"""Greatest number of degrees by which print may slope and its lines still be recognised; a scan slopes more."""
_MOST_STRAY = 0.25
"""Greatest share of a page's letters in another direction that is taken for a stamp, and not for text."""
_BIG = 2.2
"""Size of a watermark, in usual sizes of the page's print."""
_CROSSING = 1.3
"""Size of a watermark that crosses other print, in usual sizes of the page's print."""
_OVERLAP = 0.25
"""Least share of the height of a line that print must cover to cross it."""
_FEWEST_TILES = 4
"""How often a pale text is on a page that repeats it as a pattern."""
_PALE = 150
"""Least brightness (0 to 255) of pale print."""
_FAINT = 160
"""Greatest opacity (0 to 255) of print that shows what is under it."""
_SHOWN = 60
"""Number of characters of print left out that a note quotes."""
_FEWEST_ROWS = 6
"""Least number of rows of a page in two columns."""
_COLUMN = 0.25
"""Least width of a column, as a share of the print's width."""
_GUTTER = 8
"""Least width of the space between two columns, in points."""

_Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: _Matrix = (1, 0, 0, 1, 0, 0)
_Box = tuple[float, float, float, float]
"""The left, bottom, right and top edge."""


class PreparedPage(msgspec.Struct, frozen=True):
    """A page that was prepared: its number of texts and of drawings, notes, and its columns if it has two."""

    texts: int
    drawings: int
    notes: tuple[str, ...] = ()
    columns: tuple[_Box, ...] = ()


class _Print(NamedTuple):
    """One piece of text on a page: its object, the form that holds it (None: the page), and how it is printed.

    `handle` and `form` are addresses.
    """

    handle: ObjectAddress
    form: ObjectAddress | None
    angle: float
    size: float
    box: _Box


_as_print: Callable[[tuple[Any, ...]], _Print] = partial(tuple.__new__, _Print)
"""Make a piece of text of its five parts, in half the time that `_Print(...)` takes."""


class _FoundObjects(msgspec.Struct):
    """The pieces of text that were found on a page, and the number of its drawings and forms."""

    prints: list[_Print] = []
    drawings: int = 0
    forms: int = 0


def prepare_page(page: pdfium.PdfPage) -> PreparedPage:
    """Turn a page upright and take off print that is not part of its text; return what was found."""
    found = _FoundObjects()
    _find_prints(found, page.raw, None, _UPRIGHT, 0)
    prints = found.prints
    if not prints:
        return PreparedPage(0, found.drawings)
    is_upright = all(abs(angle) <= _LEVEL for angle in {piece.angle for piece in prints})
    # Each text takes pdfium the longer the more there are on the page, so they are read once, and only if needed.
    letters = [1] * len(prints) if is_upright else _count_new_letters(prints, _texts(page, prints))
    direction = 0.0 if is_upright else _main_direction(prints, letters)
    stray, notes = _find_stray(page, prints, direction, letters)
    for piece in stray:
        _remove(page, piece)
    if direction:
        _turn(page, -direction)
    if page.get_rotation():
        page.set_rotation(0)
    kept = _without(prints, stray)
    boxes = [piece.box for piece in kept]
    columns = _find_columns([_placed_box(box, _rotation(-direction)) for box in boxes] if direction else boxes)
    return PreparedPage(len(kept), found.drawings, tuple(notes), columns)


def _find_prints(found: _FoundObjects, container: Any, form: ObjectAddress | None, matrix: _Matrix, depth: int) -> None:
    """Add the pieces of text of a page or form, those in nested forms included; count the drawings and forms.

    `form` is the address of the form, or None for a page.
    """
    for drawn in drawn_objects(container, in_form=form is not None, most=_MOST_OBJECTS):
        prints = _make_prints(drawn, form, matrix if depth else None) if any(drawn.are_texts) else []
        if all(drawn.are_texts):
            found.prints += prints[: max(0, _MOST_OBJECTS + 1 - len(found.prints) - found.forms)]
            continue
        for place, (each, is_text) in enumerate(zip(drawn.objects, drawn.are_texts, strict=True)):
            if not is_text:
                _look_into(found, each, matrix, depth)
            elif len(found.prints) + found.forms <= _MOST_OBJECTS:
                found.prints.append(prints[place])


def _make_prints(drawn: DrawnObjects, form: ObjectAddress | None, matrix: _Matrix | None) -> list[_Print]:
    """Return each object as a piece of text; `matrix` places those of a form on the page."""
    # This runs for each object of each page, so it goes number by number and not object by object.
    a, b, c, d, e, f, sizes, *edges = (drawn.numbers[place::NUMBERS] for place in range(NUMBERS))
    boxes: list[_Box] = [*zip(*edges, strict=True)]
    if matrix is not None:
        placed = [_multiply(own, matrix) for own in zip(a, b, c, d, e, f, strict=True)]
        a, b, c, d, *_ = map(list, zip(*placed, strict=True))
        boxes = [_placed_box(box, matrix) for box in boxes]
    angles = [math.degrees(math.atan2(y, x)) if y or x < 0 else 0.0 for x, y in zip(a, b, strict=True)]
    heights = [abs(size) * (math.hypot(x, y) if x else abs(y)) for size, x, y in zip(sizes, c, d, strict=True)]
    return [*map(_as_print, zip(drawn.objects, repeat(form), angles, heights, boxes))]


def _look_into(found: _FoundObjects, drawn: ObjectAddress, matrix: _Matrix, depth: int) -> None:
    """Count an object that is not a text, and find the pieces of text in it if it is a form."""
    import pypdfium2.raw as pdfium_c

    kind = object_calls().kind_of(drawn)
    found.drawings += kind == pdfium_c.FPDF_PAGEOBJ_PATH
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or len(found.prints) + found.forms > _MOST_OBJECTS:
        return
    own = read_matrix(drawn)
    if own is None:
        return
    found.forms += 1
    if depth < _DEEPEST and drawn.value is not None:
        placed = _multiply(own, matrix) if depth else own
        _find_prints(found, object_at(drawn), drawn, placed, depth + 1)


def _multiply(a: _Matrix, b: _Matrix) -> _Matrix:
    """Return the matrix that does first `a` and then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _placed_box(box: _Box, matrix: _Matrix) -> _Box:
    """Return the box around a box after a transformation."""
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    placed = [
        (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]) for x, y in corners
    ]
    across, up = [x for x, _ in placed], [y for _, y in placed]
    return (min(across), min(up), max(across), max(up))


def _rotation(degrees: float) -> _Matrix:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return (cosine, sine, -sine, cosine, 0, 0)


def _turn(page: pdfium.PdfPage, degrees: float) -> None:
    """Turn everything that is printed on a page."""
    import pypdfium2.raw as pdfium_c

    matrix = _rotation(degrees)
    for index in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        pdfium_c.FPDFPageObj_Transform(pdfium_c.FPDFPage_GetObject(page.raw, index), *matrix)


def _main_direction(prints: Sequence[_Print], letters: Sequence[int]) -> float:
    """Return the direction of most letters of a page in degrees, 0 for upright print.

    `letters` is the number of letters of each piece.
    """
    directions: Counter[float] = Counter()
    for piece, count in zip(prints, letters, strict=True):
        directions[round(piece.angle / _SLANT) * _SLANT % 360] += count
    usual = directions.most_common(1)[0][0]
    exact: Counter[float] = Counter()
    for piece, count in zip(prints, letters, strict=True):
        if _degrees_apart(piece.angle, usual) <= _SLANT:
            exact[round(piece.angle, 1)] += count
    direction = exact.most_common(1)[0][0]
    return 0.0 if abs(direction) <= _LEVEL else direction


def _count_new_letters(prints: Sequence[_Print], texts: Sequence[str]) -> list[int]:
    """Return the number of letters of each piece; a slanted text that is repeated as a pattern counts once."""
    seen: set[str] = set()
    counts = []
    for piece, text in zip(prints, texts, strict=True):
        is_repeated = abs(piece.angle) > _SLANT and text in seen
        counts.append(0 if is_repeated else sum(not letter.isspace() for letter in text))
        seen.add(text)
    return counts


def _texts(page: pdfium.PdfPage, prints: Sequence[_Print]) -> list[str]:
    """Return the text of each piece."""
    import pypdfium2.raw as pdfium_c

    reader = page.get_textpage()
    try:
        texts = []
        for piece in prints:
            drawn = object_at(piece.handle)
            size = pdfium_c.FPDFTextObj_GetText(drawn, reader.raw, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium_c.FPDFTextObj_GetText(
                drawn, reader.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size
            )
            texts.append(buffer.raw[: max(0, size - 2)].decode("utf-16-le", errors="replace"))
        return texts
    finally:
        reader.close()


def _find_stray(
    page: pdfium.PdfPage, prints: Sequence[_Print], direction: float, letters: Sequence[int]
) -> tuple[list[_Print], list[str]]:
    """Return the pieces that are not part of the text of a page, and a note for each kind of them.

    `letters` is the number of letters of each piece.
    """
    usual = median(piece.size for piece in prints)
    left, bottom, right, top = page.get_bbox()
    # Nearly all pieces of a page have one angle.
    slants = {angle for angle in {piece.angle for piece in prints} if _degrees_apart(angle, direction) > _SLANT}
    slanted = [piece for piece in prints if piece.angle in slants] if slants else []
    level = _without(prints, slanted)
    slanted_letters = (count for piece, count in zip(prints, letters, strict=True) if piece.angle in slants)
    if slants and sum(slanted_letters) > _MOST_STRAY * sum(letters):
        note = "printed in several directions: the order of its lines may be wrong"
        return [], [note]
    marks = _find_watermarks(page, level, usual)
    outside = [
        piece for piece in level if (box := piece.box)[2] < left or box[0] > right or box[3] < bottom or box[1] > top
    ]
    notes = []
    for pieces, kind in (
        (slanted, "slanted print"),
        (marks, "a watermark"),
        (outside, "print outside the page's edges"),
    ):
        words = " ".join(" ".join(_texts(page, pieces)).split()) if pieces else ""
        if words:
            quoted = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            notes.append(f"{LEFT_OUT}{kind} ('{quoted}')")
    return [*slanted, *marks, *_without(outside, marks)], notes


def _find_watermarks(page: pdfium.PdfPage, prints: Sequence[_Print], usual: float) -> list[_Print]:
    """Return the level pieces that are a watermark or a stamp; `usual` is the usual size of the page's print."""
    big = [piece for piece in prints if piece.size > _CROSSING * usual]
    marks = [piece for piece in big if _crosses(piece, prints) or (piece.size > _BIG * usual and _is_pale(piece))]
    others = [piece for piece in _without(big, marks) if piece.size > _BIG * usual]
    marks += (
        [piece for piece, text in zip(others, _texts(page, others), strict=True) if is_stamp(text)] if others else []
    )
    stamped = _find_stamps(page, prints)
    pale = [piece for piece in stamped if _is_pale(piece)]
    if len(pale) >= _FEWEST_TILES or any(_crosses(piece, _without(prints, stamped)) for piece in pale):
        marks += _without(pale, marks)
    return marks


def _find_stamps(page: pdfium.PdfPage, prints: Sequence[_Print]) -> list[_Print]:
    """Return the pale pieces whose words say how the page may be used; they are drawn first or last."""
    if not any(map(_is_pale, (*prints[:_DRAWN_FIRST], *prints[-_DRAWN_FIRST:]))):
        return []
    pale = [piece for piece in prints if _is_pale(piece)]
    if len(pale) > _MOST_STAMPS:
        return []
    return [piece for piece, text in zip(pale, _texts(page, pale), strict=True) if is_stamp(text)]


def _crosses(piece: _Print, prints: Sequence[_Print]) -> bool:
    """Return whether a piece is printed across another, and not only near it."""
    left, bottom, right, top = piece.box
    near = (other for other in prints if other.box[3] > bottom and other.box[1] < top and other.size <= piece.size)
    for other in near:
        across = min(right, other.box[2]) - max(left, other.box[0])
        up = min(top, other.box[3]) - max(bottom, other.box[1])
        if other is not piece and across > other.size / 2 and up > _OVERLAP * other.size:
            return True
    return False


def _without(prints: Sequence[_Print], others: Sequence[_Print]) -> list[_Print]:
    """Return the pieces that are not among the others."""
    if not others:
        return list(prints)
    left_out = {id(piece) for piece in others}
    return [piece for piece in prints if id(piece) not in left_out]


def _degrees_apart(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _is_pale(piece: _Print) -> bool:
    """Return whether print is pale or lets the print under it show."""
    colour = read_colour(piece.handle)
    if colour is None:
        return False
    red, green, blue, opacity = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue >= _PALE or opacity <= _FAINT


def _remove(page: pdfium.PdfPage, piece: _Print) -> None:
    import pypdfium2.raw as pdfium_c

    drawn = object_at(piece.handle)
    if piece.form is not None:
        pdfium_c.FPDFFormObj_RemoveObject(object_at(piece.form), drawn)
    elif pdfium_c.FPDFPage_RemoveObject(page.raw, drawn):
        pdfium_c.FPDFPageObj_Destroy(drawn)


def _find_columns(boxes: Sequence[_Box]) -> tuple[_Box, ...]:
    """Return the areas to read one after the other if two columns are drawn row by row, else nothing."""
    boxes = [box for box in boxes if box[2] - box[0] > 1]
    if len(boxes) < 2 * _FEWEST_ROWS:
        return ()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    rows = _rows(boxes)
    gutter = _gutter(rows, left, right)
    if gutter is None or not _alternates(boxes, gutter):
        return ()
    areas: list[_Box] = []
    for crossing, bottom, top in _bands(rows, gutter):
        sides = ((left, right),) if crossing else ((left, gutter), (gutter, right))
        areas += [(start - 1, bottom, end + 1, top) for start, end in sides]
    return tuple(areas)


def _rows(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Group boxes into printed rows, from top to bottom."""
    rows: list[list[_Box]] = []
    row: list[_Box] = []
    low = high = math.nan
    for box in sorted(boxes, key=lambda box: -(box[1] + box[3])):
        if low <= (box[1] + box[3]) / 2 <= high:
            row.append(box)
        else:
            row = [box]
            rows.append(row)
            _, low, _, high = box
    return rows


def _gutter(rows: Sequence[Sequence[_Box]], left: float, right: float) -> float | None:
    """Return the middle of the space between two columns of prose, or None if there is none."""
    width = right - left
    gaps = [gap for row in rows if len(row) > 1 and (gap := _middle_gap(row, left + 0.3 * width, left + 0.7 * width))]
    if len(gaps) < _FEWEST_ROWS:
        return None
    start, end = median(gap[0] for gap in gaps), median(gap[1] for gap in gaps)
    gutter = (start + end) / 2
    whole = [row for row in rows if _spans(row, gutter, width)]
    two_sided = [row for row in rows if any(box[2] < gutter for box in row) and any(box[0] > gutter for box in row)]
    return gutter if len(whole) >= max(_FEWEST_ROWS, 0.6 * len(two_sided)) else None


def _middle_gap(row: Sequence[_Box], start: float, end: float) -> tuple[float, float] | None:
    """Return the edges of the widest gap of a row that lies between two places, or None if none is wide enough."""
    widest = None
    reached = float("-inf")
    for left, _, right, _ in sorted(row):
        gap = left - reached
        if gap > _GUTTER and start < (reached + left) / 2 < end and (not widest or gap > widest[1] - widest[0]):
            widest = (reached, left)
        if right > reached:  # noqa: PLR1730 - `max` takes four times as long
            reached = right
    return widest


def _spans(row: Sequence[_Box], gutter: float, width: float) -> bool:
    """Return whether a row has a line of prose on each side of the gutter."""
    before, after = [box for box in row if box[2] < gutter], [box for box in row if box[0] > gutter]
    if len(before) + len(after) < len(row) or not before or not after:
        return False
    widths = (max(box[2] for box in side) - min(box[0] for box in side) for side in (before, after))
    return all(side >= _COLUMN * width for side in widths)


def _alternates(boxes: Sequence[_Box], gutter: float) -> bool:
    """Return whether the page is drawn row by row, across both columns."""
    sides = [box[0] > gutter for box in boxes if box[2] < gutter or box[0] > gutter]
    return sum(a != b for a, b in pairwise(sides)) >= _FEWEST_ROWS


def _bands(rows: Sequence[Sequence[_Box]], gutter: float) -> Iterator[tuple[bool, float, float]]:
    """Yield (crosses the gutter, bottom, top) for each run of rows of one kind, from top to bottom."""
    kinds = [any(box[0] < gutter < box[2] for box in row) for row in rows]
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or kinds[i] != kinds[start]:
            run = [box for row in rows[start:i] for box in row]
            yield kinds[start], min(box[1] for box in run) - 1, max(box[3] for box in run) + 1
            start = i
