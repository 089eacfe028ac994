"""Which words of the texts make up one that is typed without a blank or a hyphen, misspelt perhaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.search.similar_words import MEANT, SHORTEST, QueryWord
from reinspect.phrases.words import lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# Of two words written as one and misspelt, the one with the slip is so like at least.
_MISSPELT = 75
_KEPT = 512


class Compound(msgspec.Struct, frozen=True):
    """The words that a word is made of, each of them wanted, and whether it is spelt as they are."""

    words: tuple[QueryWord, ...]
    as_typed: bool = False


class Compounds:
    """The words that typed ones are made of, kept from one search to the next."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: dict[tuple[str, bool], tuple[Compound, ...]] = {}

    def of(self, sought: QueryWord) -> tuple[Compound, ...]:
        """The words that stand side by side in the texts and make a word together, or one that it misspells."""
        key = (sought.text, sought.begun)
        parted = self._kept.get(key)
        if parted is None:
            parted = tuple(each for each in self._parted(sought) if each.words)
            # As with likenesses, a full cache is left behind.
            self._kept = {**self._kept, key: parted} if len(self._kept) < _KEPT else {key: parted}
        return parted

    def forget(self) -> None:
        """Keep nothing of the words sought so far."""
        self._kept = {}

    def _parted(self, sought: QueryWord) -> Iterator[Compound]:
        yield Compound(self._side_by_side(sought.text), as_typed=True)
        similar_words = self._index.similar_words
        if self._index.holds(sought.text) or (sought.begun and len(similar_words.starting(sought.text))):
            return
        points = similar_words.likeness(sought).points
        nearest = points.argmax().item()
        if points[nearest] >= MEANT:
            yield Compound(self._side_by_side(self._index.words[nearest]))
        else:
            yield Compound(self._nearly_side_by_side(sought))

    def _side_by_side(self, word: str) -> tuple[QueryWord, ...]:
        """Two words or more, the first as short as may be; none where there are no such words."""
        # "Inconsistent" is a word of its own, and not "in consistent".
        barred = lexicon().negating if self._index.holds(word) else ()
        numbers = self._index.numbers
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            if left not in numbers or left in barred:
                continue
            following = (_part(right),) if right in numbers else self._side_by_side(right)
            if following and numbers[following[0].text] in self._beside(left, 1):
                return _part(left), *following
        return ()

    def _nearly_side_by_side(self, sought: QueryWord) -> tuple[QueryWord, ...]:
        """Two words of which one is misspelt: those that, side by side in the texts, are most like the letters."""
        word, best = sought.text, MEANT
        found: tuple[QueryWord, ...] = ()
        for cut in range(2, len(word) - 1):
            left, right = word[:cut], word[cut:]
            for known, misspelt, step in ((left, right, 1), (right, left, -1)):
                alike = self._best_beside(known, misspelt, step)
                points = (100 * len(known) + alike * len(misspelt)) // len(word)
                if alike >= _MISSPELT and points > best:
                    slip = QueryWord(misspelt, begun=sought.begun and step > 0, wanted=True)
                    best, found = points, (_part(left), slip) if step > 0 else (slip, _part(right))
        return found

    def _best_beside(self, known: str, misspelt: str, step: int) -> int:
        """How like a misspelt word that is nearest to it of all those that stand beside a known one; 0 for none."""
        if len(misspelt) <= SHORTEST or not self._index.holds(known):
            return 0
        return int(self._index.similar_words.spelt_like(misspelt)[self._beside(known, step)].max())

    def _beside(self, word: str, step: int) -> Column:
        """The words of the texts that stand so many places from a word."""
        places = self._index.places(self._index.numbers[word]).astype(np.int64)
        return self._index.texts.tokens.take(places + step, mode="wrap")


def _part(word: str) -> QueryWord:
    return QueryWord(word, exact=True, wanted=True)
