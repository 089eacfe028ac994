"""Runs of words that recur, counted in numpy.

A run of n words recurs only if both runs of n - 1 words in it do (Apriori), so each length is sought only where the
one before was found. Keys and places are packed into one whole number and sorted as such, which numpy does several
times faster than sorting indirectly.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np

from reinspect.phrases.columns import Column

LONGEST = 7
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Running(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Words in the order of inspections: `words` (their singulars, 0 for a barrier), and where each of them stands.

    `sentence` and `inspection` are the numbers of what it stands in, `place` is that among the tokens of the index.
    """

    words: Column
    sentence: Column
    inspection: Column
    place: Column


class Grams(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The runs of `length` words that recur.

    Run g stands at `places[starts[g]:starts[g + 1]]` of the running words, in `spread[g]` inspections; `head[g]` is the
    run of the length before without its last word, `tail[g]` that without its first. `at` gives the run at every place,
    -1 where none begins that recurs.
    """

    length: int
    places: Column
    starts: Column
    spread: Column
    head: Column
    tail: Column
    at: Column

    @property
    def counts(self) -> Column:
        """How often each run stands."""
        counts: Column = self.starts[1:] - self.starts[:-1]
        return counts

    @property
    def firsts(self) -> Column:
        """The first place of each run."""
        firsts: Column = self.places[self.starts[:-1]]
        return firsts

    def owners(self) -> Column:
        """The run that each of `places` belongs to."""
        return np.repeat(np.arange(len(self.spread)), self.counts)


def recurring(running: Running, least: int) -> Iterator[Grams]:
    """The runs of one word, of two, and so on, that stand in at least `least` inspections."""
    places = np.flatnonzero(running.words)
    grams = _grouped(running, places, running.words[places], least)
    while len(grams.spread) and grams.length <= LONGEST:
        yield grams
        length = grams.length + 1
        last = len(running.words) - length + 1
        if last <= 0:
            return
        head, tail = grams.at[:last], grams.at[1 : last + 1]
        together = running.sentence[:last] == running.sentence[length - 1 : length - 1 + last]
        places = np.flatnonzero((head >= 0) & (tail >= 0) & together)
        keys = head[places].astype(np.int64) * len(grams.spread) + tail[places]
        grams = _grouped(running, places, keys, least, grams)


def _grouped(running: Running, places: Column, keys: Column, least: int, shorter: Grams | None = None) -> Grams:
    """The runs whose keys stand in at least `least` inspections."""
    bits = max(len(running.words).bit_length(), 1)
    packed = np.sort(keys << bits | places)
    keys, places = packed >> bits, packed & ((1 << bits) - 1)
    opening = np.diff(keys, prepend=-1) != 0
    # Places come in the order of inspections, so that a run's inspections are counted by where they change.
    inspection = running.inspection[places]
    fresh = opening | (np.diff(inspection, prepend=-1) != 0)
    starts = np.flatnonzero(opening)
    spread = np.add.reduceat(fresh, starts, dtype=np.int64) if len(starts) else starts
    counts = np.diff(starts, append=len(places))
    kept = spread >= least
    places = places[np.repeat(kept, counts)]
    starts = np.concatenate([[0], np.cumsum(counts[kept])])
    at = np.full(len(running.words), -1, np.int32)
    at[places] = np.repeat(np.arange(len(starts) - 1), counts[kept])
    firsts = places[starts[:-1]]
    return Grams(
        length=shorter.length + 1 if shorter else 1,
        places=places,
        starts=starts,
        spread=spread[kept],
        head=shorter.at[firsts] if shorter else firsts,
        tail=shorter.at[firsts + 1] if shorter else firsts,
        at=at,
    )


def uses(running: Running, runs: Column) -> tuple[Column, Column]:
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
        sought = _keys(runs[rows, :length].T)
        order = np.argsort(sought)
        keys = _keys(running.words[places + np.arange(length)[:, None]])
        at = order[np.minimum(np.searchsorted(sought[order], keys), len(rows) - 1)]
        same = sought[at] == keys
        rows_found.append(rows[at[same]])
        places_found.append(places[same])
    return np.concatenate(rows_found), np.concatenate(places_found)


def spread(running: Running, owners: Column, places: Column, count: int) -> Column:
    """In how many inspections each of `count` owners has a place."""
    inspections = int(running.inspection.max(initial=0)) + 1
    pairs = np.unique(owners * inspections + running.inspection[places])
    return np.bincount(pairs // inspections, minlength=count)


def _keys(words: Column) -> Column:
    """One number for each column of words; runs that differ have different numbers, but for a rare chance."""
    keys = np.zeros(words.shape[1], np.uint64)
    with np.errstate(over="ignore"):
        for row in words:
            keys = (keys ^ row.astype(np.uint64)) * _FACTOR
            keys ^= keys >> np.uint64(29)
    return keys
