"""Split typed words that the texts write as two words or more, perhaps with a typing error.

"wellbeing" is found as "well-being", "kinshipcarrers" as "kinship carers".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from reinspect.phrases.search.similar_words import INTENDED, LONGEST_EXACT, QueryWord, SimilarWords
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# Of two words written as one, the misspelt one needs this many points to be recognised.
_MISSPELT = 75
_CACHE_SIZE = 512


class Compound(msgspec.Struct, frozen=True):
    """The words that a typed word is split into: "well" and "being" for "wellbeing".

    `as_typed` is False if the split also corrects a typing error.
    """

    words: tuple[QueryWord, ...]
    as_typed: bool = False


class Compounds:
    """A splitter of typed words into several words of the index, with a cache."""

    def __init__(self, index: Index, similar_words: SimilarWords) -> None:
        self._index = index
        self._similar_words = similar_words
        self._cache: dict[tuple[str, bool], tuple[Compound, ...]] = {}

    def of(self, word: QueryWord) -> tuple[Compound, ...]:
        """Return the ways to split a typed word into words that stand next to each other in the texts."""
        key = (word.text, word.prefix)
        compounds = self._cache.get(key)
        if compounds is None:
            compounds = tuple(compound for compound in self._split(word) if compound.words)
            # Searches run in threads, so the cache is replaced and never changed in place.
            self._cache = {**self._cache, key: compounds} if len(self._cache) < _CACHE_SIZE else {key: compounds}
        return compounds

    def forget(self) -> None:
        """Empty the cache."""
        self._cache = {}

    def _split(self, word: QueryWord) -> Iterator[Compound]:
        yield Compound(self._split_exactly(word.text), as_typed=True)
        if self._index.holds(word.text) or (word.prefix and len(self._similar_words.starting(word.text))):
            return
        points = self._similar_words.letter_points(word.text)
        nearest = points.argmax().item()
        if points[nearest] >= INTENDED:
            yield Compound(self._split_exactly(self._index.words[nearest]))
        else:
            yield Compound(self._split_misspelt(word))

    def _split_exactly(self, word: str) -> tuple[QueryWord, ...]:
        """Split a word into known words: "wellbeing" -> ("well", "being"); () if that is not possible."""
        # "Inconsistent" is a word of its own, not "in consistent".
        barred = lexicon().negating if self._index.holds(word) else ()
        numbers = self._index.numbers
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if left not in numbers or left in barred:
                continue
            following = (_part(right),) if right in numbers else self._split_exactly(right)
            if following and numbers[following[0].text] in self._index.neighbours(left, 1):
                return _part(left), *following
        return ()

    def _split_misspelt(self, word: QueryWord) -> tuple[QueryWord, ...]:
        """Split a word into a known and a misspelt word: "kinshipcarrers" -> ("kinship", "carrers"); or return ()."""
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
        """Return how similar (0 to 100) `misspelt` is to the most similar word next to `known` in the texts.

        `step` is 1 for the words after `known`, -1 for the words before.
        """
        if len(misspelt) <= LONGEST_EXACT or not self._index.holds(known):
            return 0
        return int(self._similar_words.letter_points(misspelt)[self._index.neighbours(known, step)].max())


def _part(word: str) -> QueryWord:
    return QueryWord(word, exact=True, required=True)
