"""Build a page with the sentences that are most alike in meaning to a text."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetSection
from reinspect.exporting.sheets.labels import credits_of
from reinspect.exporting.sheets.phrases import excerpt_of, hit_item, texts_searched
from reinspect.phrases.query import Hit, what_is_cut

_APART = "Found by meaning, not by words: read each one. None is counted as a match of the search."
_NOTHING = "Nothing is near in meaning, or no word of the text is known. Say it in other or more words."


def meaning_sheet(
    asked: str,
    hits: Sequence[Hit],
    citations: Sequence[str],
    searched: str,
    texts: Sequence[str] = (),
    *,
    keys: Sequence[str | None] = (),
) -> Sheet:
    """Return a page with the sentences alike in meaning, the most alike first, the nearest words marked.

    `keys` are the frameworks of the sentences.
    """
    items = tuple(hit_item(place, *both) for place, both in enumerate(zip(hits, citations, strict=True), 1))
    block: Block = Listing(items=items) if items else Paragraph(text=_NOTHING)
    return Sheet(
        title=f"In other words: {excerpt_of(asked)}",
        head=(f"Searched: {searched}.", *filter(None, [what_is_cut(asked)]), _APART),
        sections=(SheetSection(heading="Alike in meaning", blocks=(block,)), *texts_searched(texts)),
        foot=credits_of(citations, keys),
    )
