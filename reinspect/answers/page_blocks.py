"""Divide the pages of a document into blocks to lay out: paragraphs, headings, other lines, and running heads.

Paragraphs are the passages that the reading found; what is printed between them is classified line by line:

    "Inspection of an authority \\n3"   running heads: lines at an edge that recur on other pages
    "The impact of leaders: good"       a heading: the heading of a passage
    "7. Managers see records."          a paragraph with number 7
    "7."                                the number of the paragraph below, in a line of its own
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from reinspect.model import Passage

BlockKind = Literal["paragraph", "heading", "line", "running head", "number"]

# Lines at the top and at the bottom of a page that may be running heads, and the pages that must have them.
_EDGE, _LEAST_PAGES = 3, 3
# A line with fewer letters is not taken for a part of a heading of several lines.
_FEWEST_LETTERS = 13
_DIGITS = re.compile(r"\d+")
_PRINTED_NUMBER = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]?|[•▪◼–-])\s+")


class PageBlock(NamedTuple):
    """A block of a page: `start` to `end` (not included). `number` is that of a paragraph, `text_start` is after it."""

    page: int
    start: int
    end: int
    kind: BlockKind
    number: str = ""
    text_start: int = 0
    strand: str | None = None


def find_blocks(pages: Sequence[str], passages: Sequence[Passage]) -> tuple[PageBlock, ...]:
    """Return the blocks of all pages in order."""
    paragraphs: defaultdict[int, list[PageBlock]] = defaultdict(list)
    for passage in passages:
        for block in _paragraphs(pages, passage):
            paragraphs[block.page].append(block)
    headings = {_folded(passage.heading): passage.strand for passage in passages if passage.heading}
    known = _KnownLines(_running_heads(pages), headings)
    return tuple(
        block
        for number, text in enumerate(pages, 1)
        for block in _page(number, text, sorted(paragraphs[number], key=lambda block: (block.start, block.end)), known)
    )


def _paragraphs(pages: Sequence[str], passage: Passage) -> Iterator[PageBlock]:
    number = "" if passage.paragraph is None else str(passage.paragraph)
    for page, start, end in ((passage.page, passage.start, passage.end), *passage.runs_on):
        text = pages[page - 1][start:end] if 1 <= page <= len(pages) else ""
        printed = _PRINTED_NUMBER.match(text)
        is_first = (page, start) == (passage.page, passage.start)
        has_number = is_first and printed is not None and number and _DIGITS.findall(printed.group()) == [number]
        text_start = start + printed.end() if has_number and printed else start
        yield PageBlock(page, start, end, "paragraph", number if is_first else "", text_start, passage.strand)


class _KnownLines(NamedTuple):
    """Lines that are recognised by their words: running heads, and headings with the strand of each."""

    heads: set[str]
    headings: dict[str, str | None]

    def kind_of(self, words: str, above: str = "") -> tuple[BlockKind, str | None]:
        """Return the kind of a printed line, and the strand of a heading.

        `above` are the lines of a heading just above, joined: a line that goes on with that heading is part of it.
        """
        if _normalised(words) in self.heads:
            return "running head", None
        folded = _folded(words)
        found = next((heading for heading in self.headings if _is_part(folded, heading)), None)
        if found is None and above:
            found = next(
                (heading for heading in self.headings if heading.startswith(f"{_folded(above)} {folded}")), None
            )
        return ("line", None) if found is None else ("heading", self.headings[found])


def _page(number: int, text: str, paragraphs: Sequence[PageBlock], known: _KnownLines) -> Iterator[PageBlock]:
    """Yield the blocks of a page: its paragraphs, and the lines before, between and after them."""
    at = 0
    for paragraph in paragraphs:
        # Two readings of one line may overlap; each character is laid out once.
        if paragraph.start < at:
            continue
        lines = list(_lines(number, text[: paragraph.start], at, known))
        if lines and paragraph.number and _is_number(text[lines[-1].start : lines[-1].end], paragraph.number):
            lines[-1] = lines[-1]._replace(kind="number")
        yield from lines
        yield paragraph
        at = paragraph.end
    yield from _lines(number, text, at, known)


def _lines(page: int, text: str, start: int, known: _KnownLines) -> Iterator[PageBlock]:
    """Yield the printed lines from an offset on."""
    above = ""
    for line in re.finditer(r"[^\n]+", text[start:]):
        words = line.group().strip()
        if words:
            first, last = start + line.start(), start + line.end()
            kind, strand = known.kind_of(words, above)
            above = f"{above} {words}".strip() if kind == "heading" else ""
            yield PageBlock(page, first, last, kind, text_start=first, strand=strand)


def _is_number(line: str, number: str) -> bool:
    """Return whether a line prints the number of a paragraph and nothing else: "47."."""
    return line.strip().rstrip(".)") == number


def _is_part(line: str, heading: str) -> bool:
    """Return whether a line is a heading, or the beginning or the end of one that takes several lines."""
    return line == heading or (len(line) >= _FEWEST_LETTERS and (heading.startswith(line) or heading.endswith(line)))


def _running_heads(pages: Sequence[str]) -> set[str]:
    """Return the lines at the edges of pages, without their digits, that recur on several pages."""
    counts: Counter[str] = Counter()
    for text in pages:
        lines = [line for line in text.split("\n") if line.strip()]
        counts.update({_normalised(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    return {line for line, count in counts.items() if count >= _LEAST_PAGES}


def _normalised(line: str) -> str:
    return _DIGITS.sub("#", _folded(line))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
