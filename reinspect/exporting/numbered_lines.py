"""The lines of a sheet, each with its source, and how a person who reads them one by one names the one they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reinspect.errors import NotFoundError
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetTable
from reinspect.model import Evidence, Pin

_MOST_SHOWN = 5
_OPENING = 60


class NumberedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says and where it comes from, as a pin; `number` is what it is marked with, if with a number.

    The citation is left empty where the evidence tells it (see `Pin`). `places` are those that print what it says: a
    row of a table may rest on several, of which a pin can hold none.
    """

    pin: Pin
    number: str = ""
    places: tuple[Evidence, ...] = ()


def lines(sheet: Sheet) -> Iterator[NumberedLine]:
    """Each paragraph, each item and each row of a table, in their order; a line without a source cites the sheet."""
    for section in sheet.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield _line(block, sheet)
                case Listing():
                    yield from (_line(item, sheet, item.marker.rstrip(".")) for item in block.items)
                case SheetTable():
                    yield from (
                        NumberedLine(pin=_row(block.columns, row, sheet), places=_places(row)) for row in block.rows
                    )


def line_of(sheet: Sheet, meant: str) -> NumberedLine:
    """The one line with this number, or in which all these words stand.

    Raises:
        NotFoundError: there is none, or several; the message shows how those begin.
    """
    number, words = meant.strip().rstrip("."), meant.casefold().split()
    every = tuple(dict.fromkeys(lines(sheet)))
    found = [line for line in every if number and (line.number == number or line.pin.text.startswith(f"{number}. "))]
    if not found:
        found = [line for line in every if words and all(word in line.pin.text.casefold() for word in words)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(f'no line of "{sheet.title}" has the words "{meant}"')
    shown = "; ".join(_opening(line.pin.text) for line in found[:_MOST_SHOWN])
    more = f"; and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    raise NotFoundError(f'{len(found)} lines of "{sheet.title}" may be meant; name more words of one: {shown}{more}')


def _line(block: Paragraph | SheetItem, sheet: Sheet, number: str = "") -> NumberedLine:
    citation = "" if block.evidence else block.citation or sheet.title
    pin = Pin(kind="row", text=block.text, citation=citation, evidence=block.evidence)
    return NumberedLine(pin=pin, number=number, places=(block.evidence,) if block.evidence else ())


def _row(columns: Sequence[str], row: Sequence[SheetCell], sheet: Sheet) -> Pin:
    said = [f"{column}: {cell.text}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell.text]
    sources = dict.fromkeys(cell.citation for cell in row if cell.citation)
    return Pin(kind="row", text=": ".join([row[0].text, "; ".join(said)]), citation="; ".join(sources) or sheet.title)


def _places(row: Sequence[SheetCell]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(cell.evidence for cell in row if cell.evidence))


def _opening(text: str) -> str:
    return text if len(text) <= _OPENING else text[:_OPENING].rsplit(" ", 1)[0] + " ..."
