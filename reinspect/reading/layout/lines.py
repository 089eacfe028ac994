"""Printed lines with their places: what everything else of a reading is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

GLYPHS = "•◼▪■●∎\uf06e\uf0a7\uf0be\uf0b7◦○\uf02d"
"""Signs that nothing but a list prints."""
BULLET = re.compile(
    rf"([{GLYPHS}⎯−])\s*|([-*–]|[noq§Øü])\s+(?=\S)|([^\w\s'\"‘’“”()\[\]{{}}<>£$€#&@%/|\\.,;:!?…—©®™])(?:\s+|$)"
)
"""A list's mark: a known glyph, a dash, any other sign that stands alone, or the letter that a lost font leaves."""
LETTER = re.compile(r"\(?([a-z]|[ivx]{2,4})\)\s+")
"""The letter or small numeral of an item within an item: "(b)", "iii)"."""
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+|$|(?=[A-Z‘“]))")
"""The number of a paragraph; many reports print no space behind two figures ("10.Workers")."""
SENTENCE_END = re.compile(r"[.?!:;][’”'\")\]]*\d{0,2}(?:\s*\([Rr]ecommendations?\)[.,]?)?$")
PAGE_LINES = 100
"""Lines of the fullest printed page; a "page" of more is a text that was saved without its pages."""
_HYPHEN_END = re.compile(r"[^\W\d]-$")
_WORD_GOES_ON = re.compile(r"(?!(?:to|and|or)\b)\w")


class PrintedLine(msgspec.Struct, frozen=True):
    """One printed line: its page from 1, its half-open span in the page's text, and its words.

    `apart` says that white space stood before it in a text that has no printed lines of its own.
    """

    page: int
    start: int
    end: int
    text: str
    apart: bool = False


def lines_of(pages: Sequence[str]) -> list[PrintedLine]:
    """Every line that is not blank, in order, with its place."""
    found = []
    for number, page in enumerate(pages, start=1):
        at, apart = 0, False
        for raw in page.split("\n"):
            text = raw.strip()
            if text:
                start = at + raw.index(text[0])
                found.append(PrintedLine(number, start, start + len(text), text, apart))
            apart = not text
            at += len(raw) + 1
    return found


def join_lines(texts: Iterable[str]) -> str:
    """Lines as one: a hyphen at a line's end is real and takes no space after it (domain.md 3)."""
    pieces: list[str] = []
    for text in texts:
        if pieces and not (_HYPHEN_END.match(pieces[-1][-2:]) and _WORD_GOES_ON.match(text)):
            pieces.append(" ")
        pieces.append(text)
    return " ".join("".join(pieces).split())
