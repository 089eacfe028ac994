"""Measure the similarity of a typed word to every word of an index, in points from 0 to 100.

In a search, 50 to 100 points become a score of 0 to 100, so that weak similarities count little.

    typed word     "oversigt", not in the texts
    oversight      points 97   the nearest word: 100, less half of what the letters (ratio 94) lack    score 94
    oversights     points 94   its plural: 97 - 3                                                       score 88
    overseen       points 70   the same first five letters, "overs"                                     score 60
    over           points 0    ratio 67, more than 8 below that of the nearest word

RapidFuzz's `ratio` compares letters and is the slow part. Words that cannot reach the threshold are excluded first by
counting letters: two words never share more letters in order than they share in any order. The letters of a word are
packed into 64 bits, so that the letters of all words are compared in a few passes over memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import letter_counts
from reinspect.phrases.words import fold, lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# (length up to, least points if the texts hold the typed word, least points if they do not). Short words need more
# points, because half of their letters match many other words. A word that the texts do not hold is a typing error.
_LEAST_POINTS = ((4, 72, 72), (5, 72, 60), (8, 66, 60), (99, 62, 60))
# Points of the same word in the singular or plural, of a word that begins as typed, of a word with the same stem.
_OTHER_NUMBER, _COMPLETION, _SAME_STEM = 97, 96, 70
# A completion may be misspelt too; from this many points on its beginning counts as the typed letters.
_MISSPELT_COMPLETION = 80
_STEM_SCORE = 60
# A word of this many letters that the texts do not hold may be cut short: "supervis".
_SHORTEST_CUT = 5
_STEM = 5
_INFLECTIONS = ("ing", "ed")
# Words of up to two letters match only themselves.
LONGEST_EXACT = 2
# From this many points on the nearest word is taken to be the intended one.
INTENDED = 85
# Of two common words with similar letters one may be a typing error if it is this many times rarer.
_RARER = 20
# An unknown word is taken for the nearest word if this has so many points, or for words about as near.
_LIKELY, _AS_NEAR = 75, 8
_CACHE_SIZE = 512
_WORDS_OF_A_QUERY = 32
# The 64 bits of a word: has each of 27 letters once, has it twice, has each of the ten commonest three times.
_COMMONEST = [ord(letter) - ord("a") for letter in "etaoinsrlc"]
_BIT_LETTERS = np.array([*range(27), *range(27), *_COMMONEST])
_BIT_COUNTS = np.array([1] * 27 + [2] * 27 + [3] * 10, np.uint8)
# More of one letter count as so many.
_MOST_COUNTED = 3


class QueryWord(msgspec.Struct, frozen=True):
    """A word to search for. Typing errors are allowed by default.

    - `exact`: only the word's own singular and plural match.
    - `prefix`: the word is not typed to the end, so every word that begins with it matches too.
    - `required`: a sentence without the word is never found, because the phrase would mean something else ("not
      recorded").
    """

    text: str
    exact: bool = False
    prefix: bool = False
    required: bool = False


class Similarity(msgspec.Struct, frozen=True, eq=False):
    """The similarity of one typed word to every word of an index.

    `points` and `score` have one entry per word of the index, the other two arrays hold word numbers:

    - `points`: the similarity, from 0 to 100 for the same word.
    - `score`: `2 * points - 100` and at least 0, so that weak similarities count little; a shared stem gives 60.
    - `matches`: the words with a score above 0.
    - `opposites`: similar words with the opposite meaning, such as "inadequate" for "adequate".
    """

    points: Column
    score: Column
    matches: Column
    opposites: Column


class SimilarWords:
    """A finder of index words that are similar to a typed word, with a cache."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._spelt = _WordLetters(index.words, index.letters)
        self._sorted = np.array(sorted(range(len(index.words)), key=index.words.__getitem__), np.int64)
        self._alphabet = [index.words[number] for number in self._sorted]
        self._longest = max(map(len, index.words))
        self._beginnings: dict[int, _WordBeginnings] = {}
        self._cache: dict[QueryWord, Similarity] = {}
        self._letter_points: dict[str, Column] = {}

    @property
    def letters(self) -> Column:
        """A uint64 array: the set of letters of each word of the index, packed into bits."""
        return self._spelt.letters

    def similarity(self, word: QueryWord) -> Similarity:
        """Compare a typed word with every word of the index."""
        similarity = self._cache.get(word)
        if similarity is None:
            similarity = self._compare(word)
            # Searches run in threads, so the cache is replaced and never changed in place.
            self._cache = {**self._cache, word: similarity} if len(self._cache) < _CACHE_SIZE else {word: similarity}
        return similarity

    def forget(self) -> None:
        """Empty the cache."""
        self._cache, self._letter_points = {}, {}

    def letter_points(self, word: str) -> Column:
        """Return how similar (0 to 100) the letters of `word` are to those of each word of the index."""
        # A search asks for the same words as words and as compounds.
        points = self._letter_points.get(word)
        if points is None:
            points = self._spelt.points(word)
            kept = self._letter_points if len(self._letter_points) < _WORDS_OF_A_QUERY else {}
            self._letter_points = {**kept, word: points}
        return points

    def starting(self, beginning: str) -> Column:
        """Return the numbers of the words that begin with `beginning`, in alphabetical order."""
        first = bisect_left(self._alphabet, beginning)
        if first == len(self._alphabet) or not self._alphabet[first].startswith(beginning):
            return self._sorted[:0]
        last = bisect_left(self._alphabet, beginning + "\U0010ffff", lo=first)
        return self._sorted[first:last]

    def _compare(self, word: QueryWord) -> Similarity:
        if word.exact:
            points = self._exact_points(word)
            return Similarity(points, _score(points), np.flatnonzero(points), self._sorted[:0])
        prefix = word.prefix or self._is_cut_short(word.text)
        points = self._prefix_points(word.text) if prefix else self._word_points(word.text)
        opposites = self._opposites(word.text, points)
        points[opposites] = 0
        score = _score(points)
        # "Managers" is not a typing error for "management", but it is found too, behind the better matches.
        same_stem = self._same_stem(word.text)
        score[same_stem] = np.maximum(score[same_stem], _STEM_SCORE)
        score[opposites] = 0
        return Similarity(points, score, np.flatnonzero(score > 0), opposites)

    def _opposites(self, word: str, points: Column) -> Column:
        """Return the numbers of similar words with the opposite meaning: "inadequate" for "adequate"."""
        nearest = points.argmax().item()
        # For "unseen" the nearest word may be "seen": look for opposites of both.
        meant = {word, self._index.words[nearest] if points[nearest] >= INTENDED else word}
        opposites = [self._sorted[:0]]
        for intended in sorted(meant):
            for prefix in lexicon().negating:
                opposites.append(self.starting(prefix + _stem_of(intended)))
                plain = intended.removeprefix(prefix)
                if plain != intended and len(plain) >= _STEM - 1:
                    opposites.append(self.starting(_stem_of(plain)))
        candidates = np.concatenate(opposites)
        return candidates[points[candidates] > 0]

    def _is_cut_short(self, word: str) -> bool:
        """Return whether a word is only the beginning of words in the texts, like "supervis"."""
        return len(word) >= _SHORTEST_CUT and not self._index.holds(word) and len(self.starting(word)) > 0

    def _same_stem(self, word: str) -> Column:
        """Return the numbers of the words with the same stem, such as "planning" for "plan"."""
        # After a stem of four letters only inflections count.
        if len(singular := fold(word)) == _STEM - 1:
            longer = self.starting(singular).tolist()
            return np.array([number for number in longer if self._index.words[number].endswith(_INFLECTIONS)], np.int64)
        return self.starting(_stem_of(word)) if len(word) >= _STEM else self._sorted[:0]

    def _exact_points(self, word: QueryWord) -> Column:
        """Return the similarity (0 to 100) of `word` to each word of the index, with no typing error allowed."""
        row = np.zeros(len(self._alphabet), np.uint8)
        row[self.starting(word.text) if word.prefix else self._sorted[:0]] = _COMPLETION
        row[self._singular_and_plural(word.text)] = _OTHER_NUMBER
        row[self._index.numbers.get(word.text, 0)] = 100
        row[0] = 0
        return row

    def _singular_and_plural(self, word: str) -> Column:
        singular = self._index.numbers.get(fold(word))
        return np.flatnonzero(self._index.folded == singular) if singular else self._sorted[:0]

    def _word_points(self, word: str) -> Column:
        """Return the similarity (0 to 100) of `word`, a complete word, to each word of the index."""
        if len(word) <= LONGEST_EXACT:
            row = np.zeros(len(self._alphabet), np.uint8)
            row[self._index.numbers.get(word, 0)] = 100
            row[0] = 0
            return row
        return self._known_word_points(word) if self._index.holds(word) else self._misspelt_word_points(word)

    def _known_word_points(self, word: str) -> Column:
        """Return the similarity (0 to 100) of `word`, which the texts hold, to each word of the index.

        Two common words with similar letters ("adoption", "adaptation") are two words. If one is far rarer than the
        other, it may be a typing error.
        """
        row = self.letter_points(word).copy()
        near = np.flatnonzero(row)
        frequencies, own = self._index.commonness[near], self._index.commonness[self._index.numbers[word]]
        row[near[(frequencies * _RARER > own) & (frequencies < own * _RARER)]] = 0
        return self._with_forms(row, word)

    def _misspelt_word_points(self, word: str) -> Column:
        """Return the similarity (0 to 100) of `word`, which the texts do not hold, to each word of the index.

        Only the nearest words remain. The commonest of them is taken to be the intended one.
        """
        near_points = self.letter_points(word)
        best = near_points.max().item()
        nearest = np.flatnonzero(near_points >= max(best - _AS_NEAR, 1))
        row = np.zeros_like(near_points)
        row[nearest] = near_points[nearest]
        row = self._with_forms(row, word)
        if best < _LIKELY:
            return row
        intended = nearest[self._index.commonness[nearest].argmax()].item()
        lost = np.uint8((100 - row[intended]) // 2)
        forms = self._with_forms(np.zeros_like(row), self._index.words[intended])
        raised = np.flatnonzero(forms > lost)
        row[raised] = np.maximum(row[raised], forms[raised] - lost)
        return row

    def _with_forms(self, row: Column, word: str) -> Column:
        """Raise the points of the word itself, its singular and plural, and the words with its stem."""
        same_stem, forms = self._same_stem(word), self._singular_and_plural(word)
        row[same_stem] = np.maximum(row[same_stem], _SAME_STEM)
        row[forms] = np.maximum(row[forms], _OTHER_NUMBER)
        if self._index.holds(word):
            row[self._index.numbers[word]] = 100
        return row

    def _prefix_points(self, word: str) -> Column:
        """Return the similarity (0 to 100) of `word`, the beginning of a word, to each word of the index."""
        row = self._word_points(word).copy()
        starting = self.starting(word)
        if len(starting):
            row[starting] = np.maximum(row[starting], _COMPLETION)
        elif len(word) > _STEM - 2:
            points = self._beginnings_of(len(word)).points(word)
            np.maximum(row, np.where(points >= _MISSPELT_COMPLETION, np.minimum(points, _COMPLETION), 0), out=row)
        return row

    def _beginnings_of(self, length: int) -> _WordBeginnings:
        length = min(length, self._longest)
        if length not in self._beginnings:
            self._beginnings[length] = _WordBeginnings(self._index.words, length)
        return self._beginnings[length]


def _stem_of(word: str) -> str:
    """Return the letters that a word shares with related words: "management" -> "manag"."""
    return word[: max(_STEM, len(word) - _STEM)]


def _score(points: Column) -> Column:
    """Convert points to scores: 100 -> 100, 75 -> 50, 50 or less -> 0."""
    score: Column = np.maximum(2 * points.astype(np.int16) - 100, 0)
    return score


class _WordBeginnings:
    """The first `length` letters of all words. Words that begin alike are compared only once."""

    def __init__(self, words: Sequence[str], length: int) -> None:
        numbers: dict[str, int] = {}
        self._of_word = np.array([numbers.setdefault(word[:length], len(numbers)) for word in words])
        self._spelt = _WordLetters(tuple(numbers), letter_counts(tuple(numbers)))

    def points(self, word: str) -> Column:
        points: Column = self._spelt.points(word)[self._of_word]
        return points


class _WordLetters:
    """Words to compare by their letters. `letters` are the letter counts of the words, shape (27, words)."""

    def __init__(self, words: Sequence[str], letters: Column) -> None:
        self._words = np.array(words, object)
        self._known = frozenset(words)
        self._lengths = np.array([len(word) for word in words], np.int16)
        self.letters = _as_bits(letters)

    def points(self, word: str) -> Column:
        """Return the similarity (0 to 100) of each word to `word`; 0 below a threshold."""
        points = np.zeros(len(self._words), np.uint8)
        limits = next(limits for length, *limits in _LEAST_POINTS if len(word) <= length)
        least = limits[0] if word in self._known else limits[1]
        bits = letter_bits(word)
        uncounted = np.int16(len(word) - int(bits).bit_count())
        common = np.bitwise_count(self.letters & bits) + uncounted
        near = np.flatnonzero(200 * common >= least * (self._lengths + np.int16(len(word))))
        if len(near):
            ratios = process.cdist(
                [word], self._words[near].tolist(), scorer=fuzz.ratio, score_cutoff=least, dtype=np.uint8
            )
            points[near] = ratios[0]
        return points


@lru_cache(maxsize=_CACHE_SIZE)
def letter_bits(word: str) -> np.uint64:
    """Return the letters of a word as a set of 64 bits.

    Comparing two sets tells quickly whether two words can be similar.
    """
    codes = [ord(letter) - ord("a") for letter in word]
    counts = Counter(code if 0 <= code < 26 else 26 for code in codes)
    bits = 0
    for letter, count in counts.items():
        bits |= _bits_of_letters()[letter][min(count, _MOST_COUNTED) - 1]
    return np.uint64(bits)


@cache
def _bits_of_letters() -> list[list[int]]:
    """Return the bits of a word that has a letter (0 to 26) once, twice, and three times or more."""
    counts = np.zeros((27, 27, _MOST_COUNTED), np.uint8)
    for letter in range(27):
        counts[letter, letter] = range(1, _MOST_COUNTED + 1)
    return [_as_bits(counts[:, letter]).tolist() for letter in range(27)]


def _as_bits(letters: Column) -> Column:
    """Pack letter counts, shape (27, words), into one 64-bit number per word."""
    has = letters[_BIT_LETTERS] >= _BIT_COUNTS[:, None]
    return np.packbits(has, axis=0).T.copy().view(np.uint64)[:, 0]
