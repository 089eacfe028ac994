"""Make passages: the paragraphs and list items that are searched and cited."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.model import Passage
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.fields.sections import SectionPlace
from reinspect.reading.layout.blocks import Block
from reinspect.reading.layout.lines import ANY_LETTER


def build_passages(blocks: Sequence[Block], places: Sequence[SectionPlace], document: str) -> tuple[Passage, ...]:
    """Return one passage for each paragraph and list item, in print order.

    `places` gives the section of each block of text, and `document` is the sha256 of the document.
    """
    return tuple(
        _build_passage(block, text, place, document)
        for block, place in zip(blocks, places, strict=True)
        if block.shape != "heading" and ANY_LETTER.search(text := block.text)
    )


def _build_passage(block: Block, text: str, place: SectionPlace, document: str) -> Passage:
    spans = _page_spans(block)
    page, start, end = spans[0]
    if place.role in ("improvement", "priority action"):
        text = without_tags(text)[0]
    return Passage(
        document=document,
        page=page,
        start=start,
        end=end,
        text=text,
        paragraph=block.number,
        strand=place.strand,
        heading=place.heading,
        role=place.role,
        whose=place.whose,
        runs_on=tuple(spans[1:]),
    )


def _page_spans(block: Block) -> list[tuple[int, int, int]]:
    """Return (page, start, end) for each page on which a block of text is printed."""
    return [
        (
            page,
            min(line.start for line in block.lines if line.page == page),
            max(line.end for line in block.lines if line.page == page),
        )
        for page in sorted({line.page for line in block.lines})
    ]
