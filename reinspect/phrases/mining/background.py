"""Count phrases in the background, which mined phrases are compared with: other documents, or the shipped counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, reduce
from operator import add
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.flags import WordFlags
from reinspect.phrases.mining.ngrams import TokenStream, count_inspections, find_ngrams
from reinspect.phrases.mining.portions import Portion
from reinspect.phrases.mining.reference_counts import load_reference_counts
from reinspect.phrases.mining.scoring import count_in_background

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


class Background(Protocol):
    """The inspections that mined phrases are compared with.

    N-grams (runs of words) are passed as rows of word numbers, padded with 0.
    """

    @property
    def inspections(self) -> int:
        """The number of inspections in the background."""

    def spread(self, ngrams: Column, owners: Column) -> Column:
        """Return how many inspections use each phrase: an int array.

        A phrase may have several variants, which are counted together: `owners` is the number (from 0) of the phrase
        that each n-gram belongs to.
        """

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return three arrays with one entry per n-gram.

        - How many inspections use the n-gram.
        - How critical the sentences with the n-gram are, relative to the average: 1 is average.
        - Whether the n-gram is a whole phrase and not only a part of longer ones.
        """


class DocumentBackground:
    """A background that consists of other documents in the index."""

    def __init__(
        self,
        parts: Sequence[Portion],
        inspections: Sequence[str],
        *,
        take: Callable[[Portion], TokenStream],
        flags: WordFlags,
    ) -> None:
        self._parts = parts
        self._take = take if len(parts) > 1 else cache(take)
        self._flags = flags
        self.inspections = len(inspections)

    def spread(self, ngrams: Column, owners: Column) -> Column:
        """Return how many inspections use each phrase; `owners` is the phrase number of each n-gram."""
        count = int(owners.max(initial=-1)) + 1
        total = np.zeros(count, np.int64)
        for stream in map(self._take, self._parts):
            found, places = find_ngrams(stream, ngrams)
            total += count_inspections(stream, owners[found], places, count)
        return total

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return the three arrays that `Background.look_up` describes, counted in the texts themselves."""
        if not self._parts:
            return np.zeros(len(ngrams), np.int64), np.ones(len(ngrams)), np.ones(len(ngrams), bool)
        streams = map(self._take, self._parts)
        counts = reduce(add, (count_in_background(stream, ngrams, self._flags) for stream in streams))
        return counts.spread, counts.lift, counts.whole


class ShippedBackground:
    """A background that consists of the phrase counts shipped with the program."""

    def __init__(self, index: Index) -> None:
        self._words = index.words
        self._counts = load_reference_counts()
        self.inspections = self._counts.inspections

    def spread(self, ngrams: Column, owners: Column) -> Column:
        """Return how many inspections use each phrase; `owners` is the phrase number of each n-gram."""
        # The commonest n-gram of a phrase counts for all its variants.
        phrases = ([self._words[word] for word in ngram if word] for ngram in ngrams.tolist())
        counts = np.array([self._counts.most_inspections(phrase) for phrase in phrases], np.int64)
        most = np.zeros(int(owners.max(initial=-1)) + 1, np.int64)
        np.maximum.at(most, owners, counts)
        return most

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return the three arrays that `Background.look_up` describes.

        The list of counts knows only the number of inspections: criticism is average, every n-gram a whole phrase.
        """
        spread = self.spread(ngrams, np.arange(len(ngrams)))
        return spread, np.ones(len(ngrams)), np.ones(len(ngrams), bool)
