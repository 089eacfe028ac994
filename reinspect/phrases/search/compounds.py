"""Compounds: typed words that the texts write as two words or more, perhaps misspelt.

"wellbeing" is found as "well-being", "kinshipcarrers" as "kinship carers".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.search.similar_words import INTENDED, LONGEST_EXACT, QueryWord, SimilarWords
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# Of two words written as one, the misspelt one needs this many points to be recognised.
_MISSPELT = 75
_CACHE_SIZE = 512


class Compound(msgspec.Struct, frozen=True):
    """The words that make up a typed word. `as_typed` tells whether they have exactly the typed letters."""

    words: tuple[QueryWord, ...]
    as_typed: bool = False


class Compounds:
    """A cache of typed words and the compounds found for them in an index."""

    def __init__(self, index: Index, similar_words: SimilarWords) -> None:
        self._index = index
        self._similar_words = similar_words
        self._cache: dict[tuple[str, bool], tuple[Compound, ...]] = {}

    def of(self, word: QueryWord) -> tuple[Compound, ...]:
        """Return the ways to write a typed word as words that occur next to each other in the texts."""
        key = (word.text, word.prefix)
        compounds = self._cache.get(key)
        if compounds is None:
            compounds = tuple(compound for compound in self._split(word) if compound.words)
            # Searches run in threads, so the cache is replaced and never changed in place.
            self._cache = {**self._cache, key: compounds} if len(self._cache) < _CACHE_SIZE else {key: compounds}
        return compounds

    def forget(self) -> None:
        """Empty the cache of typed words."""
        self._cache = {}

    def _split(self, word: QueryWord) -> Iterator[Compound]:
        yield Compound(self._split_exactly(word.text), as_typed=True)
        if self._index.holds(word.text) or (word.prefix and len(self._similar_words.starting(word.text))):
            return
        points = self._similar_words.similarity(word).points
        nearest = points.argmax().item()
        if points[nearest] >= INTENDED:
            yield Compound(self._split_exactly(self._index.words[nearest]))
        else:
            yield Compound(self._split_misspelt(word))

    def _split_exactly(self, word: str) -> tuple[QueryWord, ...]:
        """Split a word into two known words or more, the first as short as possible; return () if there are none."""
        # "Inconsistent" is a word of its own, not "in consistent".
        barred = lexicon().negating if self._index.holds(word) else ()
        numbers = self._index.numbers
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if left not in numbers or left in barred:
                continue
            following = (_part(right),) if right in numbers else self._split_exactly(right)
            if following and numbers[following[0].text] in self._neighbours(left, 1):
                return _part(left), *following
        return ()

    def _split_misspelt(self, word: QueryWord) -> tuple[QueryWord, ...]:
        """Split a word into a known word and a misspelt neighbour of it: the pair with the most points, or ()."""
        text, best = word.text, INTENDED
        pair: tuple[QueryWord, ...] = ()
        for cut in range(2, len(text) - 1):
            left, right = text[:cut], text[cut:]
            for known, misspelt, step in ((left, right, 1), (right, left, -1)):
                misspelt_points = self._best_neighbour(known, misspelt, step)
                points = (100 * len(known) + misspelt_points * len(misspelt)) // len(text)
                if misspelt_points >= _MISSPELT and points > best:
                    slip = QueryWord(misspelt, prefix=word.prefix and step > 0, required=True)
                    best, pair = points, (_part(left), slip) if step > 0 else (slip, _part(right))
        return pair

    def _best_neighbour(self, known: str, misspelt: str, step: int) -> int:
        """Return the points of the neighbour of a known word that is most similar to a misspelt one; 0 for none."""
        if len(misspelt) <= LONGEST_EXACT or not self._index.holds(known):
            return 0
        return int(self._similar_words.letter_points(misspelt)[self._neighbours(known, step)].max())

    def _neighbours(self, word: str, step: int) -> Column:
        """Return the word `step` places after each occurrence of a known word."""
        places = self._index.places(self._index.numbers[word]).astype(np.int64)
        return self._index.texts.tokens.take(places + step, mode="wrap")


def _part(word: str) -> QueryWord:
    return QueryWord(word, exact=True, required=True)
