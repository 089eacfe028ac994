"""Build a page of the basket: the quotes, table rows and phrases that a person saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import LICENCE, authority_name, counted, head_line
from reinspect.model import Authority, Inspection, Pin


def basket_sheet(pins: Sequence[Pin], sources: Iterable[tuple[Inspection, Authority | None]] = ()) -> Sheet:
    """Return a page with all saved quotes, numbered, each with its citation and note.

    `sources` are the inspections that the quotes come from, for the list at the head of the page.
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
    """Return the number of saved items of each kind, such as "Pinned: 2 quotes, 1 row"."""
    kinds = Counter(pin.kind for pin in pins)
    counts = ", ".join(counted(number, kind) for kind, number in kinds.items())
    return f"Pinned: {counts or 'nothing'}."
