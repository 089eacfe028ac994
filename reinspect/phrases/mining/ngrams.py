"""N-grams (runs of 2 to 7 words) that recur, counted in numpy.

    token stream      drift and delay 0 drift and delay    one word a place, as numbers; 0 is a barrier
    start at place 0  0 drift and delay 0 0 0 0 0          the word before, the word itself, the seven words after it
    start at place 4  0 drift and delay 0 0 0 0 0
    length 2          "drift and" at places 0 and 4        it recurs, so it is extended by a word
    length 3          "drift and delay" at places 0 and 4  2 uses; no word follows, so there is no length 4

Only n-grams that recur are extended by a word, because a longer one cannot recur where the shorter one does not. The
sort key of an n-gram and its row are packed into one integer; numpy sorts these several times faster than it sorts rows
by separate keys.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column

# The most words of an n-gram.
LONGEST = 7
# Keys that fit into this many bits together with the row are packed into one integer.
_BITS = 63
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class TokenStream(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Words in the order of inspections: the singular of each in `words`, 0 for a barrier.

    `sentence` and `inspection` are numbers, `place` is the place of the word in the index, and `critical` is how
    critical its sentence is, from 0 to 1.
    """

    words: Column
    sentence: Column
    inspection: Column
    place: Column
    critical: Column


class NgramStarts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words at which an n-gram may begin, in the order of inspections.

    `words` has one row per offset from -1 to `LONGEST`: the word before, the word itself, and the words after it; 0
    means no word in the same sentence. The other columns are those of `TokenStream`.
    """

    words: Column
    inspection: Column
    place: Column
    critical: Column

    def __len__(self) -> int:
        return len(self.place)


def find_starts(stream: TokenStream) -> NgramStarts:
    """Return the start of an n-gram at every word that is followed by another in its sentence."""
    same_sentence = stream.sentence[1:] == stream.sentence[:-1]
    places = np.flatnonzero((stream.words[:-1] > 0) & (stream.words[1:] > 0) & same_sentence)
    words = np.zeros((LONGEST + 2, len(places)), np.uint32)
    near = np.zeros(len(stream.words), np.uint32)
    for row, offset in enumerate(range(-1, LONGEST + 1)):
        here = slice(max(-offset, 0), -offset if offset > 0 else None)
        there = slice(max(offset, 0), offset if offset < 0 else None)
        near[:] = 0
        np.multiply(stream.words[there], stream.sentence[there] == stream.sentence[here], out=near[here])
        words[row] = near[places]
    return NgramStarts(
        words=words,
        inspection=stream.inspection[places],
        place=stream.place[places],
        critical=stream.critical[places],
    )


class Ngrams(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The n-grams of `length` words that recur, in the order of their words.

    N-gram g begins at the starts `rows[starts[g]:starts[g + 1]]` and is used by `spread[g]` inspections. `head[g]` is
    the number of the n-gram without its last word, among those one word shorter.
    """

    length: int
    rows: Column
    starts: Column
    spread: Column
    head: Column

    @property
    def counts(self) -> Column:
        """The number of occurrences of each n-gram."""
        counts: Column = np.diff(self.starts)
        return counts

    def words(self, all_starts: NgramStarts) -> Column:
        """Return the words of each n-gram, shape (n-grams, length)."""
        words: Column = all_starts.words[1 : self.length + 1, self.rows[self.starts[:-1]]].T
        return words


def recurring_ngrams(all_starts: NgramStarts, least: int) -> Iterator[Ngrams]:
    """Generate the n-grams of two words, of three, and so on, that at least `least` inspections use."""
    rows = np.arange(len(all_starts))
    owner = all_starts.words[1].astype(np.int64)
    for length in range(2, LONGEST + 1):
        word = all_starts.words[length, rows]
        rows, owner = rows[word > 0], owner[word > 0]
        groups = StartGroups.build(owner, word[word > 0], rows, all_starts.inspection)
        kept = groups.spread >= least
        if not kept.any():
            return
        counts = groups.counts[kept]
        rows = groups.rows[np.repeat(kept, groups.counts)]
        starts = np.concatenate([[0], np.cumsum(counts)])
        yield Ngrams(length=length, rows=rows, starts=starts, spread=groups.spread[kept], head=groups.owner[kept])
        owner = np.repeat(np.arange(len(counts)), counts)


class StartGroups(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """N-gram starts grouped by an owner (a shorter n-gram) and a word, in the order of owners, then words.

    Each group has `counts` starts in `spread` inspections. `rows` are the starts, group by group in the order of
    inspections.
    """

    owner: Column
    word: Column
    counts: Column
    spread: Column
    rows: Column

    @classmethod
    def build(cls, owner: Column, word: Column, rows: Column, inspection: Column) -> StartGroups:
        """Return the groups of the starts `rows`, each with its owner and its word."""
        bits = max(len(inspection).bit_length(), 1)
        size = int(word.max(initial=0)) + 1
        keys = owner * size + word
        if int(keys.max(initial=0)).bit_length() + bits <= _BITS:
            packed = np.sort(keys << bits | rows)
            keys, rows = packed >> bits, packed & ((1 << bits) - 1)
        else:
            order = np.lexsort((rows, keys))
            keys, rows = keys[order], rows[order]
        begins = np.diff(keys, prepend=-1) != 0
        # Rows are in the order of inspections, so each change of inspection in a group is another inspection.
        inspections = inspection[rows]
        changes = begins | (inspections != np.roll(inspections, 1))
        starts = np.flatnonzero(begins)
        spread = np.add.reduceat(changes, starts, dtype=np.int64) if len(starts) else starts
        return cls(
            owner=keys[starts] // size,
            word=keys[starts] % size,
            counts=np.diff(starts, append=len(rows)),
            spread=spread,
            rows=rows,
        )


def find_ngrams(stream: TokenStream, ngrams: Column) -> tuple[Column, Column]:
    """Return every use of some n-grams in a stream, as two columns: the row in `ngrams`, the place in the stream.

    `ngrams` are rows of words padded with 0.
    """
    rows_found, places_found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    lengths = (ngrams > 0).sum(axis=1)
    size = max(int(stream.words.max(initial=0)), int(ngrams.max(initial=0))) + 1
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        known = np.zeros((length, size), bool)
        known[np.arange(length)[:, None], ngrams[rows, :length].T] = True
        places = np.flatnonzero(known[0][stream.words[: max(len(stream.words) - length + 1, 0)]])
        for step in range(1, length):
            places = places[known[step][stream.words[places + step]]]
        places = places[stream.sentence[places] == stream.sentence[places + length - 1]]
        wanted = hash_ngrams(ngrams[rows, :length].T)
        order = np.argsort(wanted)
        hashes = hash_ngrams(stream.words[places + np.arange(length)[:, None]])
        at = order[np.minimum(np.searchsorted(wanted[order], hashes), len(rows) - 1)]
        same = wanted[at] == hashes
        rows_found.append(rows[at[same]])
        places_found.append(places[same])
    return np.concatenate(rows_found), np.concatenate(places_found)


def count_inspections(stream: TokenStream, owners: Column, places: Column, count: int) -> Column:
    """Return the number of inspections in which each of `count` owners has a place; `places` has one owner each."""
    inspections = int(stream.inspection.max(initial=0)) + 1
    pairs = np.unique(owners * inspections + stream.inspection[places])
    return np.bincount(pairs // inspections, minlength=count)


def hash_ngrams(words: Column) -> Column:
    """Return a 64-bit hash of each column of words; different n-grams practically never share one."""
    hashes = np.zeros(words.shape[1], np.uint64)
    with np.errstate(over="ignore"):
        for row in words:
            hashes = (hashes ^ row.astype(np.uint64)) * _FACTOR
            hashes ^= hashes >> np.uint64(29)
    return hashes
