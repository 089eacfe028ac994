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

from reinspect.model import Evidence
from reinspect.reading.vocabulary import is_syllable_break

GLYPHS = "•◼▪■●∎\uf06e\uf0a7\uf0be\uf0b7◦○\uf02d"
"""Characters that are only ever printed as bullets."""
BULLET = re.compile(
    rf"([{GLYPHS}⎯−])\s*|([-*–—])\s+(?=\S)|([-–—*·>])(?=[A-Z‘“])|([noq§Øü]|[luvwz](?=\s+[A-Z]))\s+(?=\S)|(>)\s+(?=[A-Z‘“])"
    r"|([^\w\s'\"‘’“”()\[\]{}<>£$€#&@%/|\\.,;:!?…—©®™°⃣])(?:\s+|$)"
)
"""The bullet of a list item.

A known glyph, a dash, any other single symbol, or the letter that a missing symbol font leaves ("n Staff are kind").
"""
_COUNT = r"\d{1,2}|[A-Za-z]|[ivxIVX]{2,5}|[Ⅰ-ⅿ]"
MARK = re.compile(
    rf"(?P<open>[(\[#{{<]?)(?P<value>{_COUNT})(?:(?P<close>[)\]:/}}>]|\s*[–-](?=\s)|[°,;](?=\s))\s+(?=\S)"
    r"|(?P<tight>[)\]}>])(?=[A-Z‘“])|(?P<dash>[–-])(?=[A-Z‘“]))"
    r"|#(?P<hash>\d{1,2})\s+(?=\S)|(?P<bare>\d{1,2})\s+(?=[A-Z‘“])"
    r"|(?P<ring>[①-⓿❶-➓]|\d\u20e3)\s*(?=\S)"
    rf"|(?P<letter>[A-Za-z]|[ivxIVX]{{2,5}}|[Ⅰ-ⅿ])\.\s+(?=\S)"
    r"|(?P<word>R|Rec|Recommendation|Action|Improvement|Area|Priority)[ .]{0,2}(?P<number>\d{1,2})"
    r"(?:[.:)]+|\s*[–-]|(?=\s))\s+(?=\S)"
    r"|(?P<named>[A-Z][A-Za-z]{1,15}(?: [A-Za-z]{2,15}){0,2})\.? ?(?P<count>\d{1,2})(?:[.:)]|\s*[–-])\s+(?=\S)"
    r"|(?P<short>AFI|No|Nr|Item|Point)[ .]{0,2}(?P<counted>\d{1,2})\s+(?=[A-Z‘“])"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,2})[.:)]?\s+(?=[A-Z‘“])"
)
"""The mark of a list item other than "1." and a bullet: "a)", "(iii)", "B.", "(1)", "R1", "Action 1:", "1.1"."""
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+|$|(?=[A-Z‘“]))")
"""The number of a paragraph. Many reports print no space after a number of two digits: "10.Workers"."""
SENTENCE_END = re.compile(r"[.?!:;][’”'\")\]]*\d{0,2}(?:\s*\([Rr]ecommendations?\)[.,]?)?$")
"""The end of a line that closes a sentence; a footnote mark or "(Recommendation)" may follow the full stop."""
PAGE_LINES = 100
"""Number of lines on the fullest printed page. A "page" with more lines is a text saved without page breaks."""
_NEARLY_FULL = 0.88
"""A line with less than this share of a full line's letters had room for more: letters differ in width."""
_FEWEST_APART, _MOST_APART, _WRAPPED = 30, 0.8, 130
"""Number of lines, the share of them after a blank line, and the length of a wrapped line, in a text of lines apart."""
ANY_LETTER = re.compile(r"[^\W\d_]")
_HYPHEN_END = re.compile(r"[^\W\d]-$")
_LAST_PART = re.compile(r"(?<![\w-])([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
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
    """Split pages into lines with their positions, leaving out blank lines.

    In a text with a blank line below each printed line, only further blank lines count.
    """
    lines = _split_pages(pages, 1)
    if _are_apart(lines):
        lines = _split_pages(pages, 2)
    return lines


def _are_apart(lines: Sequence[PrintedLine]) -> bool:
    """Return whether a program has put a blank line below each printed line, and not only between paragraphs."""
    if len(lines) < _FEWEST_APART or sum(line.after_blank_line for line in lines) < _MOST_APART * len(lines):
        return False
    # A paragraph that is not wrapped is one long line.
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] <= _WRAPPED


def _split_pages(pages: Sequence[str], blank_lines: int) -> list[PrintedLine]:
    """Split pages into lines; a line comes after a blank line if it comes after so many `blank_lines`."""
    lines = []
    for number, page in enumerate(pages, start=1):
        offset = blank = 0
        for raw in page.split("\n"):
            text = raw.strip()
            if text:
                start = offset + raw.index(text[0])
                lines.append(PrintedLine(number, start, start + len(text), text, blank >= blank_lines))
            blank = 0 if text else blank + 1
            offset += len(raw) + 1
    return lines


def cite_lines(lines: Sequence[PrintedLine], document: str, paragraph: int | None = None) -> Evidence:
    """Return the position of some lines in a document, on the page where they begin."""
    first = lines[0]
    end = max(line.end for line in lines if line.page == first.page)
    return Evidence(document=document, page=first.page, start=first.start, end=end, paragraph=paragraph)


def without_bullet(text: str) -> str:
    """Return the text of a list item without its bullet: "• Staff are kind." -> "Staff are kind."."""
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet else text


def had_room(before: PrintedLine, line: PrintedLine, width: float) -> bool:
    """Return whether a line had room for the first word of the next one; `width` is the length of a full line."""
    return len(before.text) + 1 + len(line.text.split(" ", 1)[0]) < _NEARLY_FULL * width


def join_lines(texts: Iterable[str]) -> str:
    """Join lines with spaces; no space follows a hyphen at the end of a line.

    ["a multi-", "agency plan"]  -> "a multi-agency plan"
    ["the manage-", "ment of"]   -> "the management of"
    """
    pieces: list[str] = []
    for text in texts:
        is_divided = bool(pieces) and pieces[-1].endswith("-") and _HYPHEN_END.match(pieces[-1][-2:])
        if pieces and not (is_divided and _WORD_GOES_ON.match(text)):
            pieces.append(" ")
        elif pieces and _divides_word(pieces[-1], text):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(text)
    return " ".join("".join(pieces).split())


def _divides_word(before: str, after: str) -> bool:
    """Return whether the hyphen at the end of a line only divides a word; most reports divide none."""
    first, second = _LAST_PART.search(before), _FIRST_PART.match(after)
    return bool(first and second and is_syllable_break(first[1], second[0]))
