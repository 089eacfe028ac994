"""Build a page that lists the documents of no inspection."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import counted
from reinspect.model import Authority, Evidence, StoredDocument

BY_HAND = "a person assigned it to no inspection"
_SHORT_SHA256 = 12
_NONE = "Every stored document belongs to an inspection."


def unattached_sheet(documents: Sequence[tuple[StoredDocument, Authority | None]]) -> Sheet:
    """Return a page with a line for each document: the authority, the title, why it has no inspection, what to type."""
    items = tuple(_item(stored, authority) for stored, authority in documents)
    block: Block = Listing(items=items) if items else Paragraph(text=_NONE)
    number = counted(len(items), "document belongs", "documents belong")
    return Sheet(
        title="Documents without an inspection",
        head=(f"{number} to no inspection. They can be searched and cited; no count has them.",) if items else (),
        sections=(SheetSection(heading="Documents", blocks=(block,)),),
    )


def _item(stored: StoredDocument, authority: Authority | None) -> SheetItem:
    document = stored.document
    about = authority.name if authority else "no known council"
    candidates = " or ".join(stored.candidates) or "ID"
    assign = f"reinspect attach {document.sha256[:_SHORT_SHA256]} {candidates}"
    return SheetItem(
        text=f'{about}, "{document.shown_title}" ({document.kind}): {stored.reason or BY_HAND}; to assign it: {assign}',
        evidence=Evidence(document=document.sha256, page=1, start=0, end=0),
    )
