"""Store the positions of each word, in one stretch of the texts after another.

    tokens             5 7 5 0 7 5      the texts, from position 10 on
    words, counts      5 7, 3 2         word 5 stands three times, word 7 twice
    order              10 12 15 11 14   the positions of word 5, then those of word 7

Stretches are merged without sorting: the positions of a word are those in the first stretch, then those in the next.
Only a part of the positions is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import PIECE, Column, Pieces, ranges

_LOW_BITS = 16


class Stretch(msgspec.Struct, frozen=True, eq=False):
    """The positions of each word in a stretch of the texts, which begins at token `start`.

    Word `words[i]` stands `counts[i]` times in it; `order` has the positions word by word, each word's in ascending
    order.
    """

    start: int
    words: Column
    counts: Column
    order: Column

    @classmethod
    def of(cls, tokens: Column, start: int) -> Stretch:
        """Sort the positions of some tokens by their words; `start` is the position of the first of them."""
        occupied = np.flatnonzero(tokens).astype(np.uint32)
        found = tokens[occupied]
        counts = np.bincount(found)
        words = np.flatnonzero(counts)
        order = occupied[_stable_order(found)] + np.uint32(start)
        return cls(start, words.astype(np.uint32), counts[words].astype(np.uint32), order)

    def pointers(self, size: int) -> Column:
        """Return where each word of a vocabulary of this size begins in `order`, and at last the end."""
        counts = np.zeros(size + 1, np.int64)
        counts[self.words.astype(np.int64) + 1] = self.counts
        return np.cumsum(counts)

    def rows(self, first: int, last: int) -> Column:
        """Return the rows of `order` from `first` to `last` (exclusive)."""
        return self.order[first:last]


def _stable_order(words: Column) -> Column:
    """Return the rows of an array of word numbers, sorted by the number and then by the row."""
    # numpy sorts numbers of two bytes in linear time, and longer ones ten times as slowly.
    rows = np.argsort((words & 0xFFFF).astype(np.uint16), kind="stable")
    if words.dtype.itemsize * 8 <= _LOW_BITS:
        return rows
    return rows[np.argsort((words >> _LOW_BITS).astype(np.uint16)[rows], kind="stable")]


class Gaps:
    """Ranges of positions that are taken out of the texts, in ascending order."""

    def __init__(self, spans: Sequence[tuple[int, int]] = ()) -> None:
        self.spans = tuple(spans)
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        self._starts = starts
        # The end of the gap before each gap, and by how much positions behind it move.
        self._ends = np.append(0, ends)
        self._shifts = np.append(0, np.cumsum(ends - starts))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of the gaps that are between two positions."""
        for first, last in self.spans:
            if first < end and start < last:
                yield max(first, start), min(last, end)

    def close(self, positions: Column) -> Column:
        """Return the positions that are in no gap, each less the gaps before it."""
        if not self.spans:
            return positions
        before = np.searchsorted(self._starts, positions, side="right")
        kept = positions >= self._ends[before]
        closed: Column = (positions[kept] - self._shifts[before[kept]]).astype(positions.dtype)
        return closed


class StretchPart(msgspec.Struct, frozen=True, eq=False):
    """A stretch that is to be merged with others.

    `pointers` is where each word begins in its positions, `counts` how many of them stay (a word outside of gaps), and
    `rows` reads the positions from one row to another.
    """

    pointers: Column
    counts: Column
    rows: Callable[[int, int], Column]

    @classmethod
    def of(cls, stretch: Stretch, lost: Column, rows: Callable[[int, int], Column]) -> StretchPart:
        """Return a stretch to merge; `lost` has an entry for every word: how often it occurs in gaps."""
        pointers = stretch.pointers(len(lost))
        return cls(pointers=pointers, counts=np.diff(pointers) - lost, rows=rows)


def merge_stretches(parts: Sequence[StretchPart], gaps: Gaps) -> tuple[Column, Column, Pieces]:
    """Merge stretches into one; return its words, their counts and the order of their positions.

    The parts follow each other in the texts. Positions in a gap are left out; the others move up.
    """
    counts = np.sum([part.counts for part in parts], axis=0)
    words = np.flatnonzero(counts)
    order = Pieces(np.dtype(np.uint32), _merged_order(parts, gaps))
    return words.astype(np.uint32), counts[words].astype(np.uint32), order


def _merged_order(parts: Sequence[StretchPart], gaps: Gaps) -> Iterator[Column]:
    """Yield the positions of the words one after another, those of many words at a time."""
    for first, last in _word_ranges(np.sum([part.pointers for part in parts], axis=0)):
        counts = [part.counts[first:last] for part in parts]
        whole = np.sum(counts, axis=0)
        begins = np.cumsum(whole) - whole
        merged = np.empty(int(whole.sum()), np.uint32)
        for part, own in zip(parts, counts, strict=True):
            rows = part.rows(part.pointers.item(first), part.pointers.item(last))
            merged[ranges(begins, own)] = gaps.close(rows)
            begins = begins + own
        yield merged


def _word_ranges(pointers: Column) -> Iterator[tuple[int, int]]:
    """Yield ranges of words that stand about `PIECE` times; one word may stand more often."""
    first, last = 0, len(pointers) - 1
    while first < last:
        fitting = int(np.searchsorted(pointers, pointers[first] + PIECE, side="right")) - 1
        until = min(max(first + 1, fitting), last)
        yield first, until
        first = until
