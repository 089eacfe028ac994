"""List the lines of a page with their sources, and find one line by its number or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reinspect.errors import NotFoundError
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetTable
from reinspect.model import Evidence, Pin

_MOST_SHOWN = 5
_OPENING_LENGTH = 60


class NumberedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a page, ready to be saved in the user's basket of quotes.

    `pin` is the entry to save. `number` is the printed line number, or "". `places` are the document pages that the
    line rests on.
    """

    pin: Pin
    number: str = ""
    places: tuple[Evidence, ...] = ()


def lines(sheet: Sheet) -> Iterator[NumberedLine]:
    """Yield every paragraph, list item and table row of a page, in order."""
    for section in sheet.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield _line(block, sheet)
                case Listing():
                    yield from (_line(item, sheet, item.marker.rstrip(".")) for item in block.items)
                case SheetTable():
                    yield from (
                        NumberedLine(pin=_row_pin(block.columns, row, sheet), places=_places(row)) for row in block.rows
                    )


def line_of(sheet: Sheet, request: str) -> NumberedLine:
    """Return the line of a page with this number ("2"), or the only line that contains these words.

    Raises:
        NotFoundError: no line matches, or several; the message then shows how they begin.
    """
    number, words = request.strip().rstrip("."), request.casefold().split()
    candidates = tuple(dict.fromkeys(lines(sheet)))
    matches = [
        line for line in candidates if number and (line.number == number or line.pin.text.startswith(f"{number}. "))
    ]
    if not matches:
        matches = [line for line in candidates if words and all(word in line.pin.text.casefold() for word in words)]
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise NotFoundError(f'no line of "{sheet.title}" contains "{request}"')
    shown = "; ".join(_opening(line.pin.text) for line in matches[:_MOST_SHOWN])
    more = f"; and {len(matches) - _MOST_SHOWN} more" if len(matches) > _MOST_SHOWN else ""
    raise NotFoundError(f'{len(matches)} lines of "{sheet.title}" match; add more words: {shown}{more}')


def _line(block: Paragraph | SheetItem, sheet: Sheet, number: str = "") -> NumberedLine:
    citation = "" if block.evidence else block.citation or sheet.title
    pin = Pin(kind="row", text=block.text, citation=citation, evidence=block.evidence)
    return NumberedLine(pin=pin, number=number, places=(block.evidence,) if block.evidence else ())


def _row_pin(columns: Sequence[str], row: Sequence[SheetCell], sheet: Sheet) -> Pin:
    cells = [f"{column}: {cell.text}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell.text]
    sources = dict.fromkeys(cell.citation for cell in row if cell.citation)
    return Pin(kind="row", text=": ".join([row[0].text, "; ".join(cells)]), citation="; ".join(sources) or sheet.title)


def _places(row: Sequence[SheetCell]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(cell.evidence for cell in row if cell.evidence))


def _opening(text: str) -> str:
    return text if len(text) <= _OPENING_LENGTH else text[:_OPENING_LENGTH].rsplit(" ", 1)[0] + " ..."
