"""Blocks in their places -> passages: the unit of search, of alignment and of citation (design.md 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.model import Passage
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.fields.sections import SectionPlace
from reinspect.reading.layout.blocks import Block

_LETTER = re.compile(r"[^\W\d_]")


def passages_of(blocks: Sequence[Block], found: Sequence[SectionPlace], document: str) -> tuple[Passage, ...]:
    """One passage a paragraph or list item, in print order; headings only where no passage follows them."""
    return tuple(
        _passage(block, place, document)
        for block, place in zip(blocks, found, strict=True)
        if block.shape != "heading" and _LETTER.search(block.text)
    )


def _passage(block: Block, place: SectionPlace, document: str) -> Passage:
    pages = sorted({line.page for line in block.lines})
    spans = [
        (
            page,
            min(line.start for line in block.lines if line.page == page),
            max(line.end for line in block.lines if line.page == page),
        )
        for page in pages
    ]
    text = block.text
    if place.role in ("improvement", "priority action"):
        text = without_tags(text)[0]
    return Passage(
        document=document,
        page=spans[0][0],
        start=spans[0][1],
        end=spans[0][2],
        text=text,
        paragraph=block.number,
        strand=place.strand,
        heading=place.heading,
        role=place.role,
        whose=place.whose,
        runs_on=tuple(spans[1:]),
    )
