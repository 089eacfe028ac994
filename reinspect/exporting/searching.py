"""What a search found: keyword in context with its citation, as a sheet and as objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from reinspect.exporting.citation import citation, place
from reinspect.exporting.objects import SCHEMA, Object, authority_object
from reinspect.exporting.sheet import Item, Listing, Section, Sheet
from reinspect.exporting.sheets.wording import LICENCE
from reinspect.model import Authority, Document, Inspection
from reinspect.phrases import Found, Hit


class PlacedHit(NamedTuple):
    """A hit, the document it stands in, and the inspection and authority that document is about, where it has them."""

    hit: Hit
    document: Document
    inspection: Inspection | None = None
    authority: Authority | None = None

    @property
    def citation(self) -> str:
        """Where the matched words are printed."""
        page, paragraph = self.hit.page, self.hit.passage.paragraph
        if self.inspection is None:
            return f'"{self.document.title}", which belongs to no inspection, {place(page, paragraph)}'
        name = self.authority.name if self.authority else self.inspection.authority
        return citation(self.inspection, name, msgspec.structs.replace(self.hit.passage.evidence, page=page))


def hit_object(placed: PlacedHit) -> Object:
    """One hit (`search --json`); what is not known of its inspection is null."""
    hit, document, inspection, authority = placed
    slug = inspection.authority if inspection else authority.slug if authority else None
    return {
        "schema": SCHEMA,
        "score": round(hit.score, 1),
        "phrase": hit.phrase,
        "context": hit.sentence,
        "authority": authority_object(authority, slug) if slug else None,
        "inspection": inspection.id if inspection else None,
        "year": inspection.year if inspection else None,
        "framework": inspection.framework if inspection else None,
        "strand": hit.passage.strand,
        "document": document.sha256,
        "kind": document.kind,
        "page": hit.page,
        "paragraph": hit.passage.paragraph,
    }


def hits_sheet(sought: str, found: Found, placed: Sequence[PlacedHit], texts: int) -> Sheet:
    """The sentences found, best first, the matched words marked; `texts` is the number of documents searched."""
    counted = f"{found.total} {'sentence' if found.total == 1 else 'sentences'} in {len(found.by_document)} of {texts}"
    shown = f"; the best {len(placed)} are shown" if len(placed) < found.total else ""
    items = tuple(_item(each) for each in placed)
    return Sheet(
        title=f"Search: {sought}",
        head=(f"{counted} texts{shown}.",),
        sections=(Section(heading="Found", blocks=(Listing(items=items),)),) if items else (),
        foot=(LICENCE,) if items else (),
    )


def _item(placed: PlacedHit) -> Item:
    start, end = placed.hit.context
    marks = tuple((first - start, last - start) for first, last in placed.hit.spans if start <= first and last <= end)
    return Item(text=placed.hit.sentence, citation=placed.citation, marks=marks)
