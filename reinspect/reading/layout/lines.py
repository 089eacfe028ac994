r"""Split pages into printed lines, each with its position on its page.

    pages  ["Main findings\n\n  1. Staff are kind."]
    lines  PrintedLine(page=1, start=0, end=13, text="Main findings")
           PrintedLine(page=1, start=17, end=35, text="1. Staff are kind.", after_blank_line=True)

`start` and `end` are offsets in the text of the page: `pages[0][17:35] == "1. Staff are kind."`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

GLYPHS = "•◼▪■●∎\uf06e\uf0a7\uf0be\uf0b7◦○\uf02d"
"""Characters that are only ever printed as bullets."""
BULLET = re.compile(
    rf"([{GLYPHS}⎯−])\s*|([-*–]|[noq§Øü])\s+(?=\S)|([^\w\s'\"‘’“”()\[\]{{}}<>£$€#&@%/|\\.,;:!?…—©®™])(?:\s+|$)"
)
"""The bullet of a list item.

A known glyph, a dash, any other single symbol, or the letter that a missing symbol font leaves ("n Staff are kind").
"""
LETTER = re.compile(r"\(?([a-z]|[ivx]{2,4})\)\s+")
"""The letter or Roman numeral of a nested list item: "(b)", "iii)"."""
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+|$|(?=[A-Z‘“]))")
"""The number of a paragraph. Many reports print no space after a number of two digits: "10.Workers"."""
SENTENCE_END = re.compile(r"[.?!:;][’”'\")\]]*\d{0,2}(?:\s*\([Rr]ecommendations?\)[.,]?)?$")
"""The end of a line that closes a sentence; a footnote mark or "(Recommendation)" may follow the full stop."""
PAGE_LINES = 100
"""Number of lines on the fullest printed page. A "page" with more lines is a text saved without page breaks."""
_HYPHEN_END = re.compile(r"[^\W\d]-$")
_WORD_GOES_ON = re.compile(r"(?!(?:to|and|or)\b)\w")


class PrintedLine(msgspec.Struct, frozen=True):
    """One printed line and its position.

    `page` is the page number, from 1. `start` and `end` are offsets in the text of that page. `after_blank_line` is
    true if the line before is blank.
    """

    page: int
    start: int
    end: int
    text: str
    after_blank_line: bool = False


def split_lines(pages: Sequence[str]) -> list[PrintedLine]:
    """Split pages into lines with their positions, leaving out blank lines."""
    lines = []
    for number, page in enumerate(pages, start=1):
        offset, after_blank_line = 0, False
        for raw in page.split("\n"):
            text = raw.strip()
            if text:
                start = offset + raw.index(text[0])
                lines.append(PrintedLine(number, start, start + len(text), text, after_blank_line))
            after_blank_line = not text
            offset += len(raw) + 1
    return lines


def join_lines(texts: Iterable[str]) -> str:
    """Join lines with spaces; no space follows a hyphen at the end of a line.

    ["a multi-", "agency plan"]  -> "a multi-agency plan"
    """
    pieces: list[str] = []
    for text in texts:
        # Such a hyphen belongs to the word: reports do not hyphenate words (domain.md 3).
        if pieces and not (_HYPHEN_END.match(pieces[-1][-2:]) and _WORD_GOES_ON.match(text)):
            pieces.append(" ")
        pieces.append(text)
    return " ".join("".join(pieces).split())
