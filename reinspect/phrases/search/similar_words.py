"""How alike a typed word is to every word of the index, in whole points from 0 to 100.

RapidFuzz compares letters; before it does, words that cannot reach the threshold are put aside by counting letters:
two words have no more letters in common, in order, than they have in common at all. A word's letters are one number of
64 bits, so that those of all words are counted in a few passes over memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import letter_counts
from reinspect.phrases.words import fold, lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# A word is like another from this many points on, by its letters: of a short word, half of them make many others. One
# that the texts do not hold is a slip, and may be more unlike.
_LEAST = ((4, 72, 72), (5, 72, 60), (8, 66, 60), (99, 62, 60))
_SAME_BUT_NUMBER = 97
_BEGUN, _BEGUN_LIKE = 96, 80
_SHORTEST_CUT = 5
_SAME_STEM, _STEM_WORTH = 70, 60
_STEM = 5
_INFLECTED = ("ing", "ed")
# Words of two letters are looked for as they are.
SHORTEST = 2
# From so many points on a word may be the one that is meant.
MEANT = 85
_KEPT = 512
_THRICE = [ord(letter) - ord("a") for letter in "etaoinsrlc"]
_LETTERS = np.array([*range(27), *range(27), *_THRICE])
_TIMES = np.array([1] * 27 + [2] * 27 + [3] * 10, np.uint8)


class QueryWord(msgspec.Struct, frozen=True):
    """A word of a phrase: with typos allowed, exactly as typed (in any number), or as the beginning of a word.

    Without one that is `wanted` the phrase says something else.
    """

    text: str
    exact: bool = False
    begun: bool = False
    wanted: bool = False


class Similarity(msgspec.Struct, frozen=True, eq=False):
    """How alike a word is to each word of the index.

    `points` are 0 to 100. `worth` is all of the points for the same word and none for one that is half alike. `words`
    are the numbers of the words that are worth anything, `opposites` of those that say the opposite.
    """

    points: Column
    worth: Column
    words: Column
    opposites: Column


class SimilarWords:
    """The likeness of typed words, kept from one search to the next."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._spelt = _Spelt(index.words, index.letters)
        self._sorted = np.array(sorted(range(len(index.words)), key=index.words.__getitem__), np.int64)
        self._alphabet = [index.words[number] for number in self._sorted]
        self._longest = max(map(len, index.words))
        self._beginnings: dict[int, _Beginnings] = {}
        self._kept: dict[QueryWord, Similarity] = {}

    @property
    def letters(self) -> Column:
        """The letters of each word of the index as bits (`bits_of`)."""
        return self._spelt.letters

    def likeness(self, sought: QueryWord) -> Similarity:
        """The likeness of a word that is sought to each word of the index."""
        likeness = self._kept.get(sought)
        if likeness is None:
            likeness = self._measured(sought)
            # Searches run in threads: a full cache is left behind, never emptied under another's hands.
            self._kept = {**self._kept, sought: likeness} if len(self._kept) < _KEPT else {sought: likeness}
        return likeness

    def forget(self) -> None:
        """Keep nothing of the words sought so far."""
        self._kept = {}

    def spelt_like(self, word: str) -> Column:
        """How alike the letters of a word are to those of each word of the index; 0 where that is too little."""
        return self._spelt.points(word)

    def starting(self, beginning: str) -> Column:
        """The words of the index that begin so, in the order of the alphabet."""
        first = bisect_left(self._alphabet, beginning)
        last = bisect_left(self._alphabet, beginning + "\U0010ffff", lo=first)
        return self._sorted[first:last]

    def _measured(self, sought: QueryWord) -> Similarity:
        if sought.exact:
            points = self._same(sought)
            return Similarity(points, _worth(points), np.flatnonzero(points), self._sorted[:0])
        begun = sought.begun or self._cut_short(sought.text)
        points = self._begun(sought.text) if begun else self._whole(sought.text)
        opposites = self._opposites(sought.text, points)
        points[opposites] = 0
        worth = _worth(points)
        # "Managers" is no typo of "management", but it is wanted all the same: found, and put behind.
        stem = self._stem(sought.text)
        worth[stem] = np.maximum(worth[stem], _STEM_WORTH)
        worth[opposites] = 0
        return Similarity(points, worth, np.flatnonzero(worth > 0), opposites)

    def _opposites(self, word: str, points: Column) -> Column:
        """The words that are like one, or like the one that it misspells, but say the opposite ("inadequate")."""
        nearest = points.argmax().item()
        meant = self._index.words[nearest] if points[nearest] >= MEANT else word
        opposites = [self._sorted[:0]]
        for prefix in lexicon().negating:
            opposites.append(self.starting(prefix + _stem_of(meant)))
            plain = meant.removeprefix(prefix)
            if plain != meant and len(plain) >= _STEM - 1:
                opposites.append(self.starting(_stem_of(plain)))
        alike = np.concatenate(opposites)
        return alike[points[alike] > 0]

    def _cut_short(self, word: str) -> bool:
        """Whether a word that the texts do not hold begins one that they do ("supervis")."""
        return len(word) >= _SHORTEST_CUT and not self._index.holds(word) and len(self.starting(word)) > 0

    def _stem(self, word: str) -> Column:
        if len(singular := fold(word)) == _STEM - 1:
            inflected = self.starting(singular).tolist()
            return np.array([each for each in inflected if self._index.words[each].endswith(_INFLECTED)], np.int64)
        return self.starting(_stem_of(word)) if len(word) >= _STEM else self._sorted[:0]

    def _same(self, sought: QueryWord) -> Column:
        """The word itself, in any number, or as the beginning of others."""
        row = np.zeros(len(self._alphabet), np.uint8)
        row[self.starting(sought.text) if sought.begun else self._sorted[:0]] = _BEGUN
        row[self._in_any_number(sought.text)] = _SAME_BUT_NUMBER
        row[self._index.numbers.get(sought.text, 0)] = 100
        row[0] = 0
        return row

    def _in_any_number(self, word: str) -> Column:
        singular = self._index.numbers.get(fold(word))
        return np.flatnonzero(self._index.folded == singular) if singular else self._sorted[:0]

    def _whole(self, word: str) -> Column:
        row = self._spelt.points(word) if len(word) > SHORTEST else np.zeros(len(self._alphabet), np.uint8)
        if len(word) > SHORTEST:
            stem, numbers = self._stem(word), self._in_any_number(word)
            row[stem] = np.maximum(row[stem], _SAME_STEM)
            row[numbers] = np.maximum(row[numbers], _SAME_BUT_NUMBER)
        if self._index.holds(word):
            row[self._index.numbers[word]] = 100
        else:
            nearest = row.argmax().item()
            same = np.flatnonzero(self._index.folded == self._index.folded[nearest])
            row[same] = np.maximum(row[same], max(row[nearest].item() - 100 + _SAME_BUT_NUMBER, 0))
        return row

    def _begun(self, word: str) -> Column:
        row = self._whole(word).copy()
        starting = self.starting(word)
        if len(starting):
            row[starting] = np.maximum(row[starting], _BEGUN)
        elif len(word) > _STEM - 2:
            begun = self._beginnings_of(len(word)).row(word)
            np.maximum(row, np.where(begun >= _BEGUN_LIKE, np.minimum(begun, _BEGUN), 0), out=row)
        return row

    def _beginnings_of(self, length: int) -> _Beginnings:
        length = min(length, self._longest)
        if length not in self._beginnings:
            self._beginnings[length] = _Beginnings(self._index.words, length)
        return self._beginnings[length]


def _stem_of(word: str) -> str:
    """The letters that a word and its other forms begin with."""
    return word[: max(_STEM, len(word) - _STEM)]


def _worth(points: Column) -> Column:
    """What likeness is worth: all of the points for the same word, none for one that is half alike."""
    worth: Column = np.maximum(2 * points.astype(np.int16) - 100, 0)
    return worth


class _Beginnings:
    """The first letters of every word, each beginning once."""

    def __init__(self, words: Sequence[str], length: int) -> None:
        numbers: dict[str, int] = {}
        self._of_word = np.array([numbers.setdefault(word[:length], len(numbers)) for word in words])
        self._spelt = _Spelt(tuple(numbers), letter_counts(tuple(numbers)))

    def row(self, word: str) -> Column:
        row: Column = self._spelt.points(word)[self._of_word]
        return row


class _Spelt:
    """Words by their letters: `letters` are the counts that `letter_counts` gives of them."""

    def __init__(self, words: Sequence[str], letters: Column) -> None:
        self._words = words
        self._known = frozenset(words)
        self._lengths = np.array([len(word) for word in words], np.int16)
        self.letters = _as_bits(letters)

    def points(self, word: str) -> Column:
        """How alike `word` is to each of them, 0 where that is too little."""
        points = np.zeros(len(self._words), np.uint8)
        least = next((known if word in self._known else slip) for length, known, slip in _LEAST if len(word) <= length)
        bits = bits_of(word)
        uncounted = np.int16(len(word) - int(bits).bit_count())
        common = np.bitwise_count(self.letters & bits) + uncounted
        near = np.flatnonzero(200 * common >= least * (self._lengths + np.int16(len(word))))
        if len(near):
            candidates = [self._words[number] for number in near.tolist()]
            compared = process.cdist([word], candidates, scorer=fuzz.ratio, score_cutoff=least, dtype=np.uint8)
            points[near] = compared[0]
        return points


@lru_cache(maxsize=_KEPT)
def bits_of(word: str) -> np.uint64:
    """The letters of a word as 64 bits: what two words have of these in common is at least what they share."""
    bits: np.uint64 = _as_bits(letter_counts([word]))[0]
    return bits


def _as_bits(letters: Column) -> Column:
    """For each word 64 bits: for every letter whether it has it, has it twice and, if a common one, three times."""
    has = letters[_LETTERS] >= _TIMES[:, None]
    return np.packbits(has, axis=0).T.copy().view(np.uint64)[:, 0]
