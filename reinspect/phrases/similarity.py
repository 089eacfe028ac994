"""How alike a typed word is to every word of the index, in whole points from 0 to 100.

RapidFuzz compares letters; before it does, words that cannot reach the threshold are put aside by counting letters:
two words have no more letters in common, in order, than they have in common at all.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.columns import Column
from reinspect.phrases.texts import letter_counts
from reinspect.phrases.words import fold

if TYPE_CHECKING:
    from reinspect.phrases.index import Index

# A word is like another from this many points on; of a short word, half the letters make many others.
_LEAST = ((5, 72), (8, 66), (99, 62))
_SAME_BUT_NUMBER = 97
_BEGUN, _BEGUN_LIKE = 96, 80
_SAME_STEM, _STEM_WORTH = 70, 60
_STEM = 5
_SHORT = 2
_MISSPELT = 85
_KEPT = 512


class Sought(msgspec.Struct, frozen=True):
    """A word of a phrase: with typos allowed, exactly as typed, or as the beginning of a word."""

    text: str
    exact: bool = False
    begun: bool = False


class Likeness(msgspec.Struct, frozen=True, eq=False):
    """How alike a word is to each word of the index.

    `points` are 0 to 100. `worth` is all of the points for the same word and none for one that is half alike. `words`
    are the numbers of the words that are worth anything.
    """

    points: Column
    worth: Column
    words: Column


class Likenesses:
    """The likeness of typed words, kept from one search to the next."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lengths = np.array([len(word) for word in index.words], np.int64)
        self._letters = index.letters
        self._sorted = np.array(sorted(range(len(index.words)), key=index.words.__getitem__), np.int64)
        self._alphabet = [index.words[number] for number in self._sorted]
        self._beginnings: dict[int, _Beginnings] = {}
        self._kept: dict[Sought, Likeness] = {}

    def likeness(self, sought: Sought) -> Likeness:
        """The likeness of a word that is sought to each word of the index."""
        likeness = self._kept.get(sought)
        if likeness is None:
            likeness = self._measured(sought)
            # Searches run in threads: a full cache is left behind, never emptied under another's hands.
            self._kept = {**self._kept, sought: likeness} if len(self._kept) < _KEPT else {sought: likeness}
        return likeness

    def nearest(self, sought: Sought) -> str:
        """The word that a misspelt one is nearest to; empty for a word that the texts hold, or that is like none."""
        if self._index.count(self._index.numbers.get(sought.text, 0)):
            return ""
        likeness = self.likeness(sought)
        nearest = likeness.points.argmax().item() if len(likeness.words) else 0
        return self._index.words[nearest] if likeness.points[nearest] >= _MISSPELT else ""

    def _measured(self, sought: Sought) -> Likeness:
        if sought.exact:
            points = self._same(sought.text)
        else:
            points = self._begun(sought.text) if sought.begun else self._whole(sought.text)
        worth = np.maximum(2 * points.astype(np.int16) - 100, 0).astype(np.int16)
        if not sought.exact:
            # "Managers" is no typo of "management", but it is wanted all the same: found, and put behind.
            stem = self._stem(sought.text)
            worth[stem] = np.maximum(worth[stem], _STEM_WORTH)
        return Likeness(points, worth, np.flatnonzero(worth))

    def _stem(self, word: str) -> Column:
        return self._starting(word[: max(_STEM, len(word) - _STEM)]) if len(word) >= _STEM else self._sorted[:0]

    def _same(self, word: str) -> Column:
        row = np.zeros(len(self._lengths), np.uint8)
        row[self._index.numbers.get(word, 0)] = 100
        row[0] = 0
        return row

    def _whole(self, word: str) -> Column:
        row = np.zeros(len(self._lengths), np.uint8)
        if len(word) > _SHORT:
            near = _near(word, self._letters, self._lengths)
            row[near] = _compared(word, [self._index.words[number] for number in near])
            stem = self._stem(word)
            row[stem] = np.maximum(row[stem], _SAME_STEM)
            singular = self._index.numbers.get(fold(word))
            if singular:
                same = np.flatnonzero(self._index.folded == singular)
                row[same] = np.maximum(row[same], _SAME_BUT_NUMBER)
        if number := self._index.numbers.get(word):
            row[number] = 100
        return row

    def _begun(self, word: str) -> Column:
        row = self._whole(word).copy()
        starting = self._starting(word)
        if len(starting):
            row[starting] = np.maximum(row[starting], _BEGUN)
        elif len(word) > _STEM - 2:
            begun = self._beginnings_of(len(word)).row(word)
            np.maximum(row, np.where(begun >= _BEGUN_LIKE, np.minimum(begun, _BEGUN), 0), out=row)
        return row

    def _beginnings_of(self, length: int) -> _Beginnings:
        if length not in self._beginnings:
            self._beginnings[length] = _Beginnings(self._index.words, length)
        return self._beginnings[length]

    def _starting(self, beginning: str) -> Column:
        first = bisect_left(self._alphabet, beginning)
        last = bisect_left(self._alphabet, beginning + "\U0010ffff", lo=first)
        return self._sorted[first:last]


class _Beginnings:
    """The first letters of every word, each beginning once."""

    def __init__(self, words: tuple[str, ...], length: int) -> None:
        numbers: dict[str, int] = {}
        self._of_word = np.array([numbers.setdefault(word[:length], len(numbers)) for word in words])
        self._beginnings = list(numbers)
        self._letters = letter_counts(self._beginnings)
        self._lengths = np.array([len(beginning) for beginning in self._beginnings])

    def row(self, word: str) -> Column:
        row = np.zeros(len(self._beginnings), np.uint8)
        near = _near(word, self._letters, self._lengths)
        row[near] = _compared(word, [self._beginnings[number] for number in near])
        spread: Column = row[self._of_word]
        return spread


def _near(word: str, letters: Column, lengths: Column) -> Column:
    """The words that have enough letters in common to be worth comparing."""
    counts = letter_counts([word])[:, 0]
    common = np.zeros(len(lengths), np.int16)
    for letter in np.flatnonzero(counts):
        common += np.minimum(letters[letter], counts[letter])
    return np.flatnonzero(200 * common.astype(np.int32) >= _least(word) * (lengths + len(word)))


def _least(word: str) -> int:
    return next(least for length, least in _LEAST if len(word) <= length)


def _compared(word: str, candidates: list[str]) -> Column:
    if not candidates:
        return np.zeros(0, np.uint8)
    compared: Column = process.cdist([word], candidates, scorer=fuzz.ratio, score_cutoff=_least(word), dtype=np.uint8)[
        0
    ]
    return compared
