"""Printed words with their places, and printed wording (a label, a sentence with gaps) found among them.

Wording is compared word by word in small letters, so that line ends, wrapped cells and quotes do not matter, and
each find keeps the place it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from reinspect.model import Evidence
from reinspect.reading.layout.lines import PrintedLine

_APOSTROPHES = "’‘ʼ`´′\N{REPLACEMENT CHARACTER}"
"""What stands for an apostrophe within a word; the last where the letter was lost on the way."""
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_LETTERS = rf"[^\W_]+(?:['{_APOSTROPHES}.&-][^\W_]+)*|&"
_WORD = re.compile(_LETTERS)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z]|\d\.)")
"""Where two words run together, as at the edge of a table's cells ("protectionGood", "Good2.1 Adoption")."""
_OPENING = re.compile(rf"[^\w&]*(?:the\s+)?({_LETTERS})", re.IGNORECASE)
_LINE = 2000
"""Characters of a line that are looked at; labels and titles stand at its beginning."""
_MARK = re.compile(r"(?<=[a-z])\d{1,2}$")


class Word(msgspec.Struct, frozen=True):
    """One printed word: folded, as `likened` compares it, and where it stands."""

    text: str
    like: str
    page: int
    start: int
    end: int
    line: int


def words_of(lines: Sequence[PrintedLine]) -> list[Word]:
    """The words of lines, in order. A footnote mark glued to a word is taken off."""
    found = []
    for number, line in enumerate(lines):
        for start, end in _spans(line.text):
            folded = _MARK.sub("", _folded(line.text[start:end]))
            if folded != "s":  # the end of a possessive whose apostrophe was lost
                found.append(Word(folded, _alike(folded), line.page, line.start + start, line.start + end, number))
    return found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a line begins and ends."""
    for match in _WORD.finditer(text, 0, _LINE):
        start, end = match.span()
        if not match[0].islower():
            for glued in _GLUED.finditer(text, start + 1, end):
                yield start, glued.start()
                start = glued.start()
        yield start, end


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a label or a printed grade."""
    return tuple(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    """Small letters and plain apostrophes; text that is ASCII, as most is, needs no look at each letter."""
    return text.lower().replace("`", "'") if text.isascii() else text.lower().translate(_PLAIN)


@lru_cache(maxsize=4096)
def _alike(word: str) -> str:
    plain = word.replace("'", "").replace("judgment", "judgement")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") else plain


def likened(words: Iterable[str], article: bool = False) -> tuple[str, ...]:
    """Words for comparing a printed label or heading with a known one: no leading article, no plural, no apostrophe.

    Reports slip in all three ("Experiences and progress of ...", "The experience and progress of ...", "childrens"),
    and in "judgment". With `article` a leading one stays.
    """
    plain = tuple(map(_alike, words))
    return plain[1:] if plain[:1] == ("the",) and not article else plain


def opens_with(text: str) -> str:
    """The first word of a line as `likened` gives it, a leading article apart; empty where it has none."""
    opening = _OPENING.match(text)
    return _alike(_folded(opening[1])) if opening else ""


def evidence(document: str, words: Sequence[Word]) -> Evidence:
    """The span of a run of words; where it goes over a page's end, the part on the first page."""
    page = words[0].page
    return Evidence(
        document=document,
        page=page,
        start=words[0].start,
        end=max(word.end for word in words if word.page == page),
    )


def printed(words: Sequence[Word], lines: Sequence[PrintedLine], first: int = 0) -> str:
    """The words as the page prints them, with the signs between; `first` is the line from which they were counted."""
    text, before = "", None
    for word in words:
        line = lines[first + word.line]
        if before is not None:
            between = line.text[before.end - line.start : word.start - line.start] if before.line == word.line else " "
            text += " " if _WORD.search(between) else re.sub(r"\s+", " ", between)
        text += line.text[word.start - line.start : word.end - line.start]
        before = word
    return text
