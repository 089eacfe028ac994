"""What a person pinned while reading, as a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import LICENCE, authority_name, head_line
from reinspect.model import Authority, Inspection, Pin


def basket_sheet(pins: Sequence[Pin], sources: Iterable[tuple[Inspection, Authority | None]] = ()) -> Sheet:
    """The pins in their order, each under its place with its citation and its note.

    `sources` are the inspections that they tell of: the head names them with their documents.
    """
    items = tuple(_item(place, pin) for place, pin in enumerate(pins, 1))
    empty = Paragraph(text="Nothing is pinned.")
    return Sheet(
        title="Basket",
        head=(
            _counted(pins),
            *(head_line(inspection, authority_name(inspection, named)) for inspection, named in sources),
        ),
        sections=(SheetSection(heading="Pinned", blocks=(Listing(items=items) if items else empty,)),),
        foot=(LICENCE,),
    )


def _item(place: int, pin: Pin) -> SheetItem:
    return SheetItem(marker=f"{place}.", text=pin.in_marks, citation=pin.citation, note=pin.note, evidence=pin.evidence)


def _counted(pins: Sequence[Pin]) -> str:
    """How many there are of each kind: "Pinned: 2 quotes, 1 row."."""
    kinds = Counter(pin.kind for pin in pins)
    told = ", ".join(f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in kinds.items())
    return f"Pinned: {told or 'nothing'}."
