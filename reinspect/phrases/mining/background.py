"""The background that mined phrases are compared with: other documents of the index, or the shipped counts."""

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
    """A background to compare phrases with. N-grams are rows of words padded with 0."""

    @property
    def inspections(self) -> int:
        """The number of inspections in the background."""

    def spread(self, ngrams: Column, owners: Column) -> Column:
        """Return how many inspections use any n-gram of each phrase group.

        `owners` are the numbers, from 0, of the group that each n-gram belongs to.
        """

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return three columns: inspections that use each n-gram, its lift of criticism, and whether it is whole.

        A lift of 1 is average criticism. An n-gram is whole if it is not only a part of longer ones.
        """


class DocumentBackground:
    """A background of other documents in the index."""

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
        """Return how many inspections use each phrase group, counted in the documents."""
        count = int(owners.max(initial=-1)) + 1
        total = np.zeros(count, np.int64)
        for stream in map(self._take, self._parts):
            found, places = find_ngrams(stream, ngrams)
            total += count_inspections(stream, owners[found], places, count)
        return total

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return the three columns of `Background.look_up`, counted in the documents."""
        if not self._parts:
            return np.zeros(len(ngrams), np.int64), np.ones(len(ngrams)), np.ones(len(ngrams), bool)
        streams = map(self._take, self._parts)
        counts = reduce(add, (count_in_background(stream, ngrams, self._flags) for stream in streams))
        return counts.spread, counts.lift, counts.whole


class ShippedBackground:
    """A background of the shipped counts. The commonest n-gram of a phrase group counts for all of them."""

    def __init__(self, index: Index) -> None:
        self._words = index.words
        self._counts = load_reference_counts()
        self.inspections = self._counts.inspections

    def spread(self, ngrams: Column, owners: Column) -> Column:
        """Return how many inspections use the commonest n-gram of each phrase group, as listed."""
        phrases = ([self._words[word] for word in ngram if word] for ngram in ngrams.tolist())
        counts = np.array([self._counts.most_inspections(phrase) for phrase in phrases], np.int64)
        most = np.zeros(int(owners.max(initial=-1)) + 1, np.int64)
        np.maximum.at(most, owners, counts)
        return most

    def look_up(self, ngrams: Column) -> tuple[Column, Column, Column]:
        """Return the listed inspections; lift is 1 and every n-gram is whole, because neither is listed."""
        spread = self.spread(ngrams, np.arange(len(ngrams)))
        return spread, np.ones(len(ngrams)), np.ones(len(ngrams), bool)
