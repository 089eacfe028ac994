"""How alike a typed word is to every word of the index, in whole points from 0 to 100.

RapidFuzz compares letters; before it does, words that cannot reach the threshold are put aside by counting letters:
two words have no more letters in common, in order, than they have in common at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.columns import Column
from reinspect.phrases.texts import letter_counts
from reinspect.phrases.words import fold

if TYPE_CHECKING:
    from reinspect.phrases.index import Index

LEAST = 60
_SAME_BUT_NUMBER = 97
_BEGUN = 96
_SAME_STEM = 80
_STEM = 5
_SHORT = 2
_KEPT = 512


class Likenesses:
    """Rows of likeness, one a typed word, each as long as the vocabulary. The latest are kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lengths = np.array([len(word) for word in index.words], np.int64)
        self._letters = index.letters
        self._sorted = np.array(sorted(range(len(index.words)), key=index.words.__getitem__), np.int64)
        self._alphabet = [index.words[number] for number in self._sorted]
        self._beginnings: dict[int, _Beginnings] = {}
        self._rows: OrderedDict[tuple[str, bool], Column] = OrderedDict()

    def row(self, word: str, prefix: bool = False) -> Column:
        """The likeness of `word` to each word of the index; with `prefix`, words that go on from it are like it too."""
        key = (word, prefix)
        if key not in self._rows:
            self._rows[key] = self._begun(word) if prefix else self._whole(word)
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(key)
        return self._rows[key]

    def _whole(self, word: str) -> Column:
        row = np.zeros(len(self._lengths), np.uint8)
        if len(word) > _SHORT:
            near = _near(word, self._letters, self._lengths)
            row[near] = _compared(word, [self._index.words[number] for number in near])
            stem = self._starting(word[: max(_STEM, len(word) - _STEM)]) if len(word) >= _STEM else near[:0]
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
        if len(word) > _STEM - 2:
            begun = self._beginnings_of(len(word)).row(word)
            np.maximum(row, np.where(begun >= _SAME_STEM, np.minimum(begun, _BEGUN), 0), out=row)
        starting = self._starting(word)
        row[starting] = np.maximum(row[starting], _BEGUN)
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
    return np.flatnonzero(200 * common.astype(np.int32) >= LEAST * (lengths + len(word)))


def _compared(word: str, candidates: list[str]) -> Column:
    if not candidates:
        return np.zeros(0, np.uint8)
    compared: Column = process.cdist([word], candidates, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.uint8)[0]
    return compared
