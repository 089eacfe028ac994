"""Build a page of the basket: the quotes, table rows and phrases that a person saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import authority_name, counted, credits_of, head_line, without_empty_columns
from reinspect.model import Authority, Inspection, Pin


def basket_sheet(pins: Sequence[Pin], sources: Iterable[tuple[Inspection, Authority | None]] = ()) -> Sheet:
    """Return a page with all saved quotes, numbered, each with its citation and note.

    `sources` are the inspections that the quotes come from, for the list at the head of the page.
    """
    sources = list(sources)
    placed = list(enumerate(pins, 1))
    items = tuple(_item(place, pin) for place, pin in placed if pin.kind != "row")
    rows = [(place, pin) for place, pin in placed if pin.kind == "row"]
    return Sheet(
        title="Basket",
        head=(
            _pin_counts(pins),
            *(head_line(inspection, authority_name(inspection, authority)) for inspection, authority in sources),
        ),
        sections=(*_quotes(items), *_rows(rows)) or (_nothing(),),
        foot=credits_of((pin.citation for pin in pins), (inspection.framework for inspection, _ in sources)),
    )


def _quotes(items: tuple[SheetItem, ...]) -> tuple[SheetSection, ...]:
    return (SheetSection(heading="Pinned", blocks=(Listing(items=items),)),) if items else ()


def _rows(rows: Sequence[tuple[int, Pin]]) -> tuple[SheetSection, ...]:
    """Return one table with all saved table rows, if there are any."""
    if not rows:
        return ()
    table = SheetTable(
        columns=("Row", "What it says", "Note", "No."), rows=tuple(_row(place, pin) for place, pin in rows)
    )
    return (SheetSection(heading="Pinned rows", blocks=(without_empty_columns(table),)),)


def _row(place: int, pin: Pin) -> tuple[SheetCell, ...]:
    """Return a saved row as table cells: "Overall: good" has the name "Overall"."""
    name, colon, words = pin.text.partition(": ")
    name, words = (name, words) if colon else ("", pin.text)
    said = SheetCell(text=words, citation=pin.citation or None, evidence=pin.evidence)
    return SheetCell(text=name), said, SheetCell(text=pin.note), SheetCell(text=str(place))


def _nothing() -> SheetSection:
    return SheetSection(heading="Pinned", blocks=(Paragraph(text="Nothing is pinned."),))


def _item(place: int, pin: Pin) -> SheetItem:
    return SheetItem(marker=f"{place}.", text=pin.in_marks, citation=pin.citation, note=pin.note, evidence=pin.evidence)


def _pin_counts(pins: Sequence[Pin]) -> str:
    """Return the number of saved items of each kind, such as "Pinned: 2 quotes, 1 row"."""
    kinds = Counter(pin.kind for pin in pins)
    counts = ", ".join(counted(number, kind) for kind, number in kinds.items())
    return f"Pinned: {counts or 'nothing'}."
