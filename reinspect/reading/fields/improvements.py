"""What is to improve: list items under their headings, whole, with national-framework tags kept apart.

Bullets may count as items only under such a heading, since findings carry the same bullet (domain.md 3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from reinspect.model import Evidence, Improvement, Owner
from reinspect.reading.fields.sections import SectionPlace
from reinspect.reading.layout.blocks import LETTERED, Block
from reinspect.reading.layout.lines import LETTER, PrintedLine

_TAG = re.compile(r"\s*[(\[]((?=[^()\[\]]*\b(?:outcomes?|enablers?|principles?)\b)[^()\[\]]*)[)\]]", re.IGNORECASE)
_TAG_SHAPE = re.compile(
    r"^(?:children'?s social care:?\s*)?(?:(?:the )?national framework,?:?\s*)?"
    r"(?:outcomes?|enablers?|principles?)\b|national framework",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previous|last|earlier|identified (?:at|in|during)|set out in|remain)", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:inspection|visit|report|letter)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:no|not (?:\w+ ){0,3}any) (?:new|further|additional|other|specific|\s)*"
    r"(?:ones\b|recommendations?\b|priority actions?\b"
    r"|areas? (?:for|of|requiring) (?:immediate|priority|and|further|\s)*(?:actions?|improvements?|development)\b"
    r"|(?:immediate|priority|and|\s)*actions?,? (?:is|are|was|were|has been|have been|identified|needed|required)\b)"
    r"|^none\b(?: (?:is|are|was|were|identified|found|at|during|in|this|visit|inspection))*\W*$",
    re.IGNORECASE,
)
"""A list that says it is empty ("no areas for priority action were found") has no items."""
_FEW = 2
"""Plain paragraphs that may do no more than point back; more of them are a list, whatever they recall."""
_HEADING_WORDS = 12
_LETTER = re.compile(r"[^\W\d_]")


class ListItem(msgspec.Struct, frozen=True):
    """One list item: the block that opens it and those that belong to it."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All its words without its own letter, sub-bullets after the sentence that introduces them."""
        own, *within = (block.text for block in self.blocks)
        return " ".join((LETTER.sub("", own, count=1) if self.blocks[0].glyph in LETTERED else own, *within))


def improvements(
    blocks: Sequence[Block],
    found: Sequence[SectionPlace],
    document: str,
    role: Literal["improvement", "priority action"],
    whose: Owner,
) -> tuple[Improvement, ...]:
    """The items of one kind and owner, in print order, numbered from 1."""
    lists: list[list[Block]] = [[]]
    strands: dict[PrintedLine, str | None] = {}
    for block, place in zip(blocks, found, strict=True):
        if place.role == role and place.whose == whose:
            lists[-1].append(block)
            strands[block.lines[0]] = place.strand
        elif lists[-1]:
            lists.append([])
    items = [item for listed in lists for item in items_of(listed)]
    return tuple(
        _improvement(index, item, document, whose, strands[item.blocks[0].lines[0]])
        for index, item in enumerate(items, start=1)
    )


def items_of(blocks: Sequence[Block]) -> list[ListItem]:
    """The items of one list.

    Numbers decide where there are several; a numbered line that is a mere heading, or a single number that
    introduces bullets, leaves the bullets as items, but letters below numbers are parts of an item. A list without
    any mark is its paragraphs, or its short lines.
    """
    told = [block for block in blocks if not _NONE.search(block.text)]
    body = [block for block in told if block.shape != "heading"]
    numbered = [block for block in body if block.shape == "numbered"]
    bullets = [block for block in body if block.shape == "bullet"]
    if any(not _LETTER.search(block.text) for block in numbered):  # numbers in a column of their own
        return [ListItem((block,)) for block in body if _LETTER.search(block.text)]
    signs = [block for block in bullets if block.glyph not in LETTERED]
    if numbered and not (signs and _introduce(numbered)):
        return _grouped(body, lambda block: block.shape == "numbered")
    if bullets:  # a list within an item has a bullet of its own
        return _grouped(body, lambda block: block.shape == "bullet" and block.glyph == bullets[0].glyph)
    plain = [block for block in told if block.key is None and not block.text.endswith(":")]
    return [ListItem((block,)) for block in plain if len(plain) > _FEW or not _points_back(block.text)]


def _points_back(text: str) -> bool:
    """Whether a paragraph only recalls what an earlier inspection asked for."""
    return bool(_EARLIER.search(text) and _OCCASION.search(text))


def _introduce(numbered: Sequence[Block]) -> bool:
    """Whether numbered lines only introduce the bullets below them."""
    if len(numbered) == 1:
        return True
    return all(len(block.text.split()) <= _HEADING_WORDS and not block.text.endswith(".") for block in numbered)


def _grouped(body: Sequence[Block], opens: Callable[[Block], bool]) -> list[ListItem]:
    """The items that some blocks open, with their sub-bullets, and with the plain words between one and the next.

    Plain words behind the last may be the document's closing, and are left out.
    """
    items: list[list[Block]] = []
    between: list[Block] = []
    for block in body:
        if opens(block):
            if items:
                items[-1].extend(between)
            items.append([block])
            between = []
        elif block.shape == "bullet" or _goes_on(block):
            between.append(block)
    if items:
        items[-1].extend(block for block in between if block.shape == "bullet")
    return [ListItem(tuple(item)) for item in items]


def _goes_on(block: Block) -> bool:
    """Whether plain words go on with the item before them: they do not introduce another list."""
    return block.shape == "prose" and block.text[0].isalpha() and not block.text.endswith(":")


def without_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its national-framework references, and those, as printed, one each."""
    bracketed = _TAG.finditer(text) if "(" in text or "[" in text else ()
    tags = [match for match in bracketed if _TAG_SHAPE.search(match[1].strip())]
    for match in reversed(tags):
        text = text[: match.start()] + text[match.end() :]
    text = re.sub(r"\s+([.;,])", r"\1", text).strip()
    text = re.sub(r"\.{2}$", ".", text)
    return text, tuple(re.sub(r"\s+", " ", match[1]).strip() for match in tags)


def _improvement(index: int, item: ListItem, document: str, whose: Owner, strand: str | None) -> Improvement:
    text, tags = without_tags(item.text)
    return Improvement(
        index=index,
        number=item.blocks[0].number,
        whose=whose,
        strand=strand,
        text=text,
        tags=tags,
        evidence=block_evidence(item.blocks[0], document),
    )


def block_evidence(block: Block, document: str) -> Evidence:
    """The span of a block on the page where it begins."""
    page = block.lines[0].page
    end = max(line.end for line in block.lines if line.page == page)
    return Evidence(document=document, page=page, start=block.lines[0].start, end=end, paragraph=block.number)
