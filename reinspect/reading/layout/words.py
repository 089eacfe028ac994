"""Split lines into words that can be compared with the labels in a framework file.

    line    "The experience of Care Leavers2 Good"
    words   text    the, experience, of, care, leavers, good      small letters, footnote mark removed
            normal  the, experience, of, care, leaver, good       no plural s, no apostrophe
    label   "Experiences of care leavers" -> normalise_words -> ("experience", "of", "care", "leaver")

So a label is found word by word, whatever its line breaks, table cells and quotes. Each word keeps its position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from reinspect.frameworks.wordings import LETTERS, fold, fold_words
from reinspect.model import Evidence
from reinspect.reading.layout.lines import PrintedLine

__all__ = [
    "PrintedWord",
    "cite_words",
    "find_first_word",
    "fold_words",
    "join_words",
    "normalise_words",
    "split_words",
    "words_of_line",
]

_WORD = re.compile(LETTERS)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z]|\d\.)|(?:(?<=\d)|(?<=\d\.))(?=[A-Z][a-z])")
"""The border of two words without a space, as between cells or after a number: "protectionGood", "2.1Adoption"."""
_FIRST_WORD = re.compile(rf"[^\w&]*(?:the\s+)?({LETTERS})", re.IGNORECASE)
_LINE_CHARACTERS = 2000
"""Number of characters of a line that are split; labels and titles are at its start."""
_FOOTNOTE_MARK = re.compile(r"(?<=[a-z])\d{1,2}$")


class PrintedWord(msgspec.Struct, frozen=True):
    """One printed word and its position.

    `text` is the word in small letters. `normal` is the word for comparing: no plural s and no apostrophe. `line` is
    the index of its line among the lines that were split.

    """

    text: str
    normal: str
    page: int
    start: int
    end: int
    line: int


def split_words(lines: Sequence[PrintedLine]) -> list[PrintedWord]:
    """Split lines into words, in print order; footnote marks are removed: "leavers2" -> "leavers"."""
    return [
        PrintedWord(text, normal, line.page, line.start + start, line.start + end, index)
        for index, line in enumerate(lines)
        for text, normal, start, end in words_of_line(line.text)
    ]


@lru_cache(maxsize=1024)  # the lines of the first pages are split for each framework
def words_of_line(line: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return the words of one line: the text of each, its form for comparing, and its start and end in the line."""
    words = []
    folded = fold(line)
    for start, end in _word_spans(line):
        # A few capital letters are longer when they are small, so the places of the words differ.
        word = folded[start:end] if len(folded) == len(line) else fold(line[start:end])
        text = _without_footnote_mark(word)
        if text != "s":  # the end of a possessive whose apostrophe was lost
            words.append((text, _normalise(text), start, end))
    return tuple(words)


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end offset of each word in a line."""
    for match in _WORD.finditer(text, 0, _LINE_CHARACTERS):
        start, end = match.span()
        if not match[0].islower():
            for border in _GLUED.finditer(text, start + 1, end):
                yield start, border.start()
                start = border.start()
        yield start, end


def _without_footnote_mark(word: str) -> str:
    return _FOOTNOTE_MARK.sub("", word) if word[-1:].isdigit() else word


@lru_cache(maxsize=4096)
def _normalise(word: str) -> str:
    plain = word.replace("'", "").replace("judgment", "judgement")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") else plain


def normalise_words(words: Iterable[str], article: bool = False) -> tuple[str, ...]:
    """Return words for comparing: without plural s, apostrophes and a leading "the".

        ("the", "children's", "homes")  -> ("children", "home")

    With `article`, a leading "the" is kept.
    """
    # Reports vary all three: "Experiences and progress of ...", "The experience and progress of ...", "childrens".
    normal = tuple(map(_normalise, words))

    return normal[1:] if normal[:1] == ("the",) and not article else normal


@lru_cache(maxsize=2048)  # each framework asks for the first word of each line
def find_first_word(text: str) -> str:
    """Return the first word of a line for comparing: in small letters, without plural s and apostrophes.

    A leading "the" is skipped, and a footnote mark is removed: "Summary2" -> "summary". A line without words gives "".
    """
    opening = _FIRST_WORD.match(text)
    return _normalise(_without_footnote_mark(fold(opening[1]))) if opening else ""


def cite_words(document: str, words: Sequence[PrintedWord]) -> Evidence:
    """Return the position of consecutive words in a document.

    If the words cross a page break, the position covers only those on the first page.
    """
    page = words[0].page
    return Evidence(
        document=document,
        page=page,
        start=words[0].start,
        end=max(word.end for word in words if word.page == page),
    )


def join_words(words: Sequence[PrintedWord], lines: Sequence[PrintedLine], first: int = 0) -> str:
    """Return words as they are printed, with capitals and punctuation.

    `first` is the index in `lines` of the first line that was split into words.
    """
    text, previous = "", None
    for word in words:
        line = lines[first + word.line]
        if previous is not None:
            same_line = previous.line == word.line
            between = line.text[previous.end - line.start : word.start - line.start] if same_line else " "
            text += " " if _WORD.search(between) else re.sub(r"\s+", " ", between)
        text += line.text[word.start - line.start : word.end - line.start]
        previous = word
    return text
