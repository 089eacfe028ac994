"""The basket as a sheet: the quotes, rows and phrases that a person pinned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import LICENCE, authority_name, counted, head_line
from reinspect.model import Authority, Inspection, Pin


def basket_sheet(pins: Sequence[Pin], sources: Iterable[tuple[Inspection, Authority | None]] = ()) -> Sheet:
    """Return the pins in order, each with its number, its citation and its note.

    `sources` are the inspections that the pins come from: the head of the sheet lists them with their documents.
    """
    items = tuple(_item(place, pin) for place, pin in enumerate(pins, 1))
    empty = Paragraph(text="Nothing is pinned.")
    return Sheet(
        title="Basket",
        head=(
            _pin_counts(pins),
            *(head_line(inspection, authority_name(inspection, authority)) for inspection, authority in sources),
        ),
        sections=(SheetSection(heading="Pinned", blocks=(Listing(items=items) if items else empty,)),),
        foot=(LICENCE,),
    )


def _item(place: int, pin: Pin) -> SheetItem:
    return SheetItem(marker=f"{place}.", text=pin.in_marks, citation=pin.citation, note=pin.note, evidence=pin.evidence)


def _pin_counts(pins: Sequence[Pin]) -> str:
    """Return the number of pins of each kind: "Pinned: 2 quotes, 1 row."."""
    kinds = Counter(pin.kind for pin in pins)
    counts = ", ".join(counted(number, kind) for kind, number in kinds.items())
    return f"Pinned: {counts or 'nothing'}."
