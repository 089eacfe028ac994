"""Runs of words that recur, counted in numpy.

Every place is looked at through a window: the word before it and the words from it on. The windows are sorted word by
word, and of each run only those are sorted further that recur, for no longer run can recur where a shorter one does
not. Keys and rows are packed into one whole number and sorted as such, which numpy does several times faster than
sorting indirectly.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column

LONGEST = 7
# Keys that fit into so many bits together with the row are sorted as one number.
_BITS = 63
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class TokenStream(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Words in the order of inspections: `words` (their singulars, 0 for a barrier), and where each of them stands.

    `sentence` and `inspection` are the numbers of what it stands in, `place` is that among the tokens of the index.
    `critical` is how critical its sentence is.
    """

    words: Column
    sentence: Column
    inspection: Column
    place: Column
    critical: Column


class NgramStarts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Places where a run may begin, in the order of inspections.

    `words` has a row for each step: the word before the place, the word there, and those after it as far as a run can
    reach and one more; 0 where no word of the same sentence is. The rest as in `TokenStream`.
    """

    words: Column
    inspection: Column
    place: Column
    critical: Column

    def __len__(self) -> int:
        return len(self.place)


def windows(running: TokenStream) -> NgramStarts:
    """What is seen from every word that another follows."""
    following = running.sentence[1:] == running.sentence[:-1]
    places = np.flatnonzero((running.words[:-1] > 0) & (running.words[1:] > 0) & following)
    words = np.zeros((LONGEST + 2, len(places)), np.uint32)
    near = np.zeros(len(running.words), np.uint32)
    for row, step in enumerate(range(-1, LONGEST + 1)):
        here, there = slice(max(-step, 0), -step if step > 0 else None), slice(max(step, 0), step if step < 0 else None)
        near[:] = 0
        np.multiply(running.words[there], running.sentence[there] == running.sentence[here], out=near[here])
        words[row] = near[places]
    return NgramStarts(
        words=words,
        inspection=running.inspection[places],
        place=running.place[places],
        critical=running.critical[places],
    )


class Ngrams(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The runs of `length` words that recur, in the order of their words.

    Run g is seen from the windows `rows[starts[g]:starts[g + 1]]`, in `spread[g]` inspections; `head[g]` is the run of
    the length before without its last word.
    """

    length: int
    rows: Column
    starts: Column
    spread: Column
    head: Column

    @property
    def counts(self) -> Column:
        """How often each run stands."""
        counts: Column = np.diff(self.starts)
        return counts

    def words(self, seen: NgramStarts) -> Column:
        """The words of each run."""
        words: Column = seen.words[1 : self.length + 1, self.rows[self.starts[:-1]]].T
        return words


def recurring_ngrams(seen: NgramStarts, least: int) -> Iterator[Ngrams]:
    """The runs of two words, of three, and so on, that stand in at least `least` inspections."""
    rows = np.arange(len(seen))
    owner = seen.words[1].astype(np.int64)
    for length in range(2, LONGEST + 1):
        word = seen.words[length, rows]
        rows, owner = rows[word > 0], owner[word > 0]
        groups = Groups.of(owner, word[word > 0], rows, seen.inspection)
        kept = groups.spread >= least
        if not kept.any():
            return
        counts = groups.counts[kept]
        rows = groups.rows[np.repeat(kept, groups.counts)]
        starts = np.concatenate([[0], np.cumsum(counts)])
        yield Ngrams(length=length, rows=rows, starts=starts, spread=groups.spread[kept], head=groups.owner[kept])
        owner = np.repeat(np.arange(len(counts)), counts)


class Groups(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Windows by an owner and a word: for each pair how many (`counts`), in how many inspections (`spread`).

    Pairs are in the order of owners, then words; `rows` are their windows, pair by pair in the order of inspections.
    """

    owner: Column
    word: Column
    counts: Column
    spread: Column
    rows: Column

    @classmethod
    def of(cls, owner: Column, word: Column, rows: Column, inspection: Column) -> Groups:
        """The groups of windows `rows`, each with its owner and word."""
        bits = max(len(inspection).bit_length(), 1)
        size = int(word.max(initial=0)) + 1
        keys = owner * size + word
        if int(keys.max(initial=0)).bit_length() + bits <= _BITS:
            packed = np.sort(keys << bits | rows)
            keys, rows = packed >> bits, packed & ((1 << bits) - 1)
        else:
            order = np.lexsort((rows, keys))
            keys, rows = keys[order], rows[order]
        opening = np.diff(keys, prepend=-1) != 0
        # Rows come in the order of inspections, so that those of a pair are counted by where they change.
        inspections = inspection[rows]
        fresh = opening | (inspections != np.roll(inspections, 1))
        starts = np.flatnonzero(opening)
        spread = np.add.reduceat(fresh, starts, dtype=np.int64) if len(starts) else starts
        return cls(
            owner=keys[starts] // size,
            word=keys[starts] % size,
            counts=np.diff(starts, append=len(rows)),
            spread=spread,
            rows=rows,
        )


def ngram_uses(running: TokenStream, runs: Column) -> tuple[Column, Column]:
    """Where `runs` (rows of words, padded with 0) stand in any running words: the row, and the place, of every use."""
    rows_found, places_found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    lengths = (runs > 0).sum(axis=1)
    size = max(int(running.words.max(initial=0)), int(runs.max(initial=0))) + 1
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        known = np.zeros((length, size), bool)
        known[np.arange(length)[:, None], runs[rows, :length].T] = True
        places = np.flatnonzero(known[0][running.words[: max(len(running.words) - length + 1, 0)]])
        for step in range(1, length):
            places = places[known[step][running.words[places + step]]]
        places = places[running.sentence[places] == running.sentence[places + length - 1]]
        sought = keys_of(runs[rows, :length].T)
        order = np.argsort(sought)
        keys = keys_of(running.words[places + np.arange(length)[:, None]])
        at = order[np.minimum(np.searchsorted(sought[order], keys), len(rows) - 1)]
        same = sought[at] == keys
        rows_found.append(rows[at[same]])
        places_found.append(places[same])
    return np.concatenate(rows_found), np.concatenate(places_found)


def spread(running: TokenStream, owners: Column, places: Column, count: int) -> Column:
    """In how many inspections each of `count` owners has a place."""
    inspections = int(running.inspection.max(initial=0)) + 1
    pairs = np.unique(owners * inspections + running.inspection[places])
    return np.bincount(pairs // inspections, minlength=count)


def keys_of(words: Column) -> Column:
    """One number for each column of words; runs that differ have different numbers, but for a rare chance."""
    keys = np.zeros(words.shape[1], np.uint64)
    with np.errstate(over="ignore"):
        for row in words:
            keys = (keys ^ row.astype(np.uint64)) * _FACTOR
            keys ^= keys >> np.uint64(29)
    return keys
