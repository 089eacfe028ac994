"""Find the items to improve: the list items under headings such as "What needs to improve".

    blocks  heading  "What needs to improve"
            bullet   "• The speed of plans for: (outcome 1)"
            bullet   "◦ children in care"
    item    text "The speed of plans for: children in care", tags ("outcome 1",)

A tag is a printed reference to the national framework. A bullet counts as an item only under such a heading, because
findings have the same bullets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from reinspect.model import Improvement, Owner
from reinspect.reading.fields.sections import SectionPlace
from reinspect.reading.layout.blocks import LETTERED, Block
from reinspect.reading.layout.lines import ANY_LETTER, PrintedLine, cite_lines

_TAG = re.compile(r"\s*[(\[]((?=[^()\[\]]*\b(?:outcomes?|enablers?|principles?)\b)[^()\[\]]*)[)\]]", re.IGNORECASE)
_TAG_FORM = re.compile(
    r"^(?:children'?s social care:?\s*)?(?:(?:the )?national framework,?:?\s*)?"
    r"(?:outcomes?|enablers?|principles?)\b|national framework",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:previous|last|earlier|identified (?:at|in|during)|set out in|remain)", re.IGNORECASE)
_INSPECTION = re.compile(r"\b(?:inspection|visit|report|letter)\b", re.IGNORECASE)
_LISTED = (
    r"(?:new |further |additional |other |specific )*"
    r"(?:ones\b|recommendations?\b|(?:(?:priority|immediate)(?: and | or |,? ))*(?:priority|immediate) actions?\b"
    r"|areas? (?:for|of|requiring) (?:immediate |priority |and |further )*(?:actions?|improvements?|development)\b"
    r"|(?:immediate |priority |and )*actions?,? (?:is|are|was|were|has been|have been|identified|needed|required)\b)"
)
_NONE = re.compile(
    r"\W*(?:(?:overall|however|therefore|so|and|but|currently),? )?"
    r"(?:(?:at|during|on|in|from|following|as a result of) [^.,]{1,40}\b(?:visit|inspection|time|occasion),? )?(?:"
    rf"(?:[^;]{{1,80}}; )?there (?:is|are|was|were|has been|have been) (?:\w+ ){{0,2}}?no {_LISTED}"
    r"|(?:(?:the )?inspectors|we|ofsted|it"
    r"|th(?:e|is) (?:joint |focused |monitoring )?(?:inspections?|inspectorates|visit)) "
    rf"(?:\w+ ){{0,2}}?(?:no|not (?:\w+ ){{0,3}}any) {_LISTED}"
    rf"|(?:the (?:local authority|council|partnership|service|local area) (?:has|had) )?no {_LISTED}(?=\W*$"
    r"|,? (?:is|are|was|were|has|have|had|arose|arise|arising|identified|made|found|required|needed"
    r"|at|during|following|(?:from|in|on|for) th(?:e|is) (?:\w+ )?(?:inspection|visit|time|occasion|letter|report))\b)"
    r"|none\b(?: (?:is|are|was|were|identified|found|at|during|in|this|visit|inspection))*\W*$)",
    re.IGNORECASE,
)
"""A statement that the list is empty ("no areas for priority action were found"): it is not an item.

The text must open with it: "so that no action is left open" is part of an item.
"""
_LIST_NOUN = re.compile(
    r"\b(?:areas?|improvements?|recommendations?|actions?|requirements?|those|these|ones|they)\b",
    re.IGNORECASE,
)
_FEW_PARAGRAPHS = 2
"""So few plain paragraphs may only refer to an earlier inspection; with more of them, each is an item."""
_SENTENCE_STOP = re.compile(r"[.?!][’”'\")]*$")
_LIST_ROLES = ("improvement", "priority action")
_HEADING_WORDS = 12


class ListItem(msgspec.Struct, frozen=True):
    """One item of a list: its first block (paragraph or bullet) and the nested blocks below."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The text of the item and its nested bullets, without a leading letter such as "(a)"."""
        first, *nested = self.blocks
        return " ".join((first.unmarked_text, *(block.text for block in nested)))


def find_improvements(
    blocks: Sequence[Block],
    places: Sequence[SectionPlace],
    document: str,
    role: Literal["improvement", "priority action"],
    whose: Owner,
) -> tuple[Improvement, ...]:
    """Return the improvements or priority actions for one owner (the council or its safeguarding board).

    `places` gives the section of each block of text, and `document` is the sha256 of the document. The improvements are
    in print order and numbered from 1.
    """
    lists: list[list[Block]] = [[]]
    strands: dict[PrintedLine, str | None] = {}
    for block, place in zip(blocks, places, strict=True):
        if place.role == role and place.whose == whose:
            lists[-1].append(block)
            strands |= dict.fromkeys(block.lines, place.strand)
        elif lists[-1]:
            lists.append([])
    items = [item for one_list in lists for item in split_items(one_list)]
    return tuple(
        _build_improvement(index, item, document, whose, strands[item.blocks[0].lines[0]])
        for index, item in enumerate(items, start=1)
    )


def missing_lists(blocks: Sequence[Block], places: Sequence[SectionPlace]) -> list[str]:
    """Return a warning for each heading of a list of improvements below which no list can be read.

    There is no warning if a second such heading follows, or a sentence says that there is nothing to improve.
    """
    warnings = []
    for i, (block, place) in enumerate(zip(blocks, places, strict=True)):
        if block.shape != "heading" or place.role not in _LIST_ROLES or (i and _same_list(places[i - 1], place)):
            continue
        end = next((k for k in range(i + 1, len(blocks)) if not _same_list(place, places[k])), len(blocks))
        listed = [one for one in blocks[i + 1 : end] if one.key is None]
        if not any(states_none(one.text) or _refers_back(one.text) for one in listed) and not split_items(listed):
            warnings.append(f"no list could be read below '{block.text}' on page {block.lines[0].page}")
    return warnings


def _same_list(place: SectionPlace, other: SectionPlace) -> bool:
    return other.role in _LIST_ROLES and place.role in _LIST_ROLES and place.whose == other.whose


def split_items(blocks: Sequence[Block]) -> list[ListItem]:
    """Split the blocks (paragraphs and bullets) of one list into list items."""
    stated = [block for block in blocks if not states_none(block.text)]
    printed = [block for block in stated if block.shape != "heading"]
    body = [block for block in printed if ANY_LETTER.search(block.text)]
    alone = Counter(block.shape for block in printed if block not in body)
    if alone["numbered"] or alone["bullet"] > 1:  # the marks are printed apart from their items
        items = _renumber(printed, _divide_by_blank_lines(printed, body))
        return _group_items(items, lambda block: block.shape != "bullet" or not alone["numbered"])
    numbered = [block for block in body if block.shape == "numbered"]
    bullets = [block for block in body if block.shape == "bullet"]
    symbols = [block for block in bullets if block.glyph not in LETTERED]
    # Each numbered block opens an item, and letters below it are parts of the item. But a single number, or numbers
    # before short headings, only introduce the bullets, which are then the items.
    if numbered and not (symbols and _only_introduce(numbered)):
        return _group_items(body, lambda block: block.shape == "numbered")
    if bullets:  # a nested list has a different bullet, or its item ends with a colon
        parts = _find_parts(bullets)
        return _group_items(
            body, lambda block: block.shape == "bullet" and block.glyph == bullets[0].glyph and block not in parts
        )
    # No numbers or bullets: each paragraph or short line is an item.
    paragraphs = [block for block in stated if block.key is None and not block.text.endswith(":")]
    return [
        ListItem((block,)) for block in paragraphs if len(paragraphs) > _FEW_PARAGRAPHS or not _refers_back(block.text)
    ]


def _divide_by_blank_lines(printed: Sequence[Block], items: Sequence[Block]) -> Sequence[Block]:
    """Return the paragraphs of items whose marks are printed apart, if there are as many paragraphs as marks.

    Without a full stop, paragraphs that begin with a small letter were taken for one.
    """
    marks = sum(block.shape in {"numbered", "bullet"} for block in printed)
    paragraphs: list[list[PrintedLine]] = []
    for line in (line for item in items for line in item.lines if ANY_LETTER.search(line.text)):
        if line.after_blank_line or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    if len(items) == marks or len(paragraphs) != marks:
        return items
    return [Block("prose", tuple(lines)) for lines in paragraphs]


def _renumber(printed: Sequence[Block], items: Sequence[Block]) -> list[Block]:
    """Return items whose numbers are printed apart, each with its own number, or with none if that is not sure."""
    numbers = [block.number for block in printed if block.number is not None]
    opening = [item for item in items if not numbers or item.shape != "bullet"]
    sure: Sequence[int | None] = numbers if len(numbers) == len(opening) else [None] * len(opening)
    known = dict(zip(map(id, opening), sure, strict=True))
    return [msgspec.structs.replace(item, number=known.get(id(item))) for item in items]


def states_none(text: str) -> bool:
    """Return whether a text says that a list is empty, as in "There are no areas for priority action"."""
    return _NONE.match(text) is not None


def _refers_back(text: str) -> bool:
    """Return whether a paragraph only refers to the list of an earlier inspection."""
    sentences = re.split(r"(?<=[.;])\s", text)
    return any(all(words.search(one) for words in (_EARLIER, _INSPECTION, _LIST_NOUN)) for one in sentences)


def _find_parts(bullets: Sequence[Block]) -> list[Block]:
    """Return the bullets that are parts of the item before: "The help for:", "children in care", "care leavers"."""
    parts: list[Block] = []
    in_item = False
    for before, block in pairwise(bullets):
        begins_small = block.unmarked_text[:1].islower()
        in_item = begins_small and (before.text.endswith(":") or (in_item and not _SENTENCE_STOP.search(before.text)))
        if in_item and before.glyph == block.glyph:
            parts.append(block)
    return parts


def _only_introduce(numbered: Sequence[Block]) -> bool:
    """Return whether numbered lines only introduce the bullets below them."""
    if len(numbered) == 1:
        return True
    return all(len(block.text.split()) <= _HEADING_WORDS and not block.text.endswith(".") for block in numbered)


def _group_items(body: Sequence[Block], opens: Callable[[Block], bool]) -> list[ListItem]:
    """Group blocks (paragraphs and bullets) into list items; `opens` tells whether a block opens a new item."""
    items: list[list[Block]] = []
    between: list[Block] = []
    for block in body:
        if opens(block):
            if items:
                items[-1].extend(between)
            items.append([block])
            between = []
        elif block.shape == "bullet" or _continues(block):
            between.append(block)
    if items:  # prose after the last item may be the closing of the document
        items[-1].extend(block for block in between if block.shape == "bullet")
    return [ListItem(tuple(item)) for item in items]


def _continues(block: Block) -> bool:
    """Return whether a block of text continues the list item above it."""
    return block.shape == "prose" and block.text[0].isalpha() and not block.text.endswith(":")


def without_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Remove the references to the national framework from a text; return the text and the references.

    "Plans for health (outcome 1)."  -> ("Plans for health.", ("outcome 1",))
    """
    bracketed = _TAG.finditer(text) if "(" in text or "[" in text else ()
    tags = [match for match in bracketed if _TAG_FORM.search(match[1].strip())]
    for match in reversed(tags):
        text = text[: match.start()] + text[match.end() :]
    text = re.sub(r"\s+([.;,])", r"\1", text).strip()
    text = re.sub(r"\.{2}$", ".", text)
    return text, tuple(re.sub(r"\s+", " ", match[1]).strip() for match in tags)


def _build_improvement(index: int, item: ListItem, document: str, whose: Owner, strand: str | None) -> Improvement:
    text, tags = without_tags(item.text)
    return Improvement(
        index=index,
        number=item.blocks[0].number,
        whose=whose,
        strand=strand,
        text=text,
        tags=tags,
        evidence=cite_lines(item.blocks[0].lines, document, item.blocks[0].number),
    )
