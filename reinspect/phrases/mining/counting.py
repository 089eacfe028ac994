"""The map and the reduce of mining: portions of words to windows, shards of windows to candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.ngrams import LONGEST, NgramStarts, TokenStream, keys_of, windows
from reinspect.phrases.mining.portions import Flags, Portion
from reinspect.phrases.mining.scoring import Candidates, Seen, seen, weighed
from reinspect.phrases.mining.shards import Shards, in_turn

# Words that are looked at together where nothing else is asked for.
AT_ONCE = 1 << 21
# A window as it waits on disk; `critical` in halves.
_RECORD = np.dtype(
    [("words", np.uint32, LONGEST + 2), ("inspection", np.uint32), ("place", np.uint64), ("critical", np.uint8)]
)


class CountingResources(msgspec.Struct, frozen=True, kw_only=True):
    """With what is mined: about `at_once` words together, what waits lies in `folder` (the system's, by default).

    `executor` does the map and the reduce; without one this process does.
    """

    at_once: int = AT_ONCE
    folder: Path | None = None
    executor: Executor | None = None

    def shards(self, words: int) -> Shards:
        """Shards for so many words, of half of what may be looked at together each, for they are never quite equal."""
        return Shards(1 if words <= self.at_once else -(-2 * words // self.at_once), self.folder)


def count_candidates(
    parts: Sequence[Portion], take: Callable[[Portion], TokenStream], flags: Flags, least: int, means: CountingResources
) -> Candidates:
    """The candidates that stand in at least `least` inspections of these portions.

    `take` gives the words of a portion. The same candidates come, in the same order, whatever the `means`.
    """
    words = sum(part.words for part in parts)
    if words <= means.at_once and len(parts) == 1:
        here = take(parts[0])
        told = seen(windows(here), flags, least)
        tables = [(0, np.stack([told.keys, told.uses.astype(np.uint64)], axis=1))]
        tails = _tails(told.columns["words"], tables, 1) if told.columns else told.uses
        totals, critical = np.bincount(here.words, minlength=len(flags.opens)), float(here.critical.sum())
        return _weighed(told.columns, tails, told.places, totals, critical)
    totals, critical = np.zeros(len(flags.opens), np.int64), 0.0
    columns: list[dict[str, Column]] = []
    with means.shards(words) as waiting, means.shards(words) as kept, TemporaryFile(dir=means.folder) as standing:
        mapped = in_turn(means.executor, partial(_mapped, shards=waiting.count), map(take, parts))
        for rows, shard, counts, weight in mapped:
            waiting.add(rows, shard)
            totals[counts[0]] += counts[1]
            critical += weight
        numbered = waiting.drained(_RECORD)
        for number, told in in_turn(means.executor, partial(_reduced, flags=flags, least=least), numbered):
            kept.add(np.stack([told.keys, told.uses.astype(np.uint64)], axis=1), np.full(len(told.keys), number))
            columns += [told.columns] if told.columns else []
            told.places.tofile(standing)
        whole = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]} if columns else {}
        tails = _tails(whole["words"], kept.drained(np.uint64, 2), kept.count) if whole else np.zeros(0, np.int64)
        standing.flush()
        # Read from the disk as it is asked for, which most of it never is.
        places = np.asarray(np.memmap(standing, np.int64, "r")) if standing.tell() else np.zeros(0, np.int64)
    return _weighed(whole, tails, places, totals, critical)


def _weighed(columns: dict[str, Column], tails: Column, places: Column, totals: Column, critical: float) -> Candidates:
    size = int(totals.sum())
    totals[0] = size
    return weighed(columns, tails, places, totals, max(critical / max(size, 1), 1e-9))


def _mapped(words: TokenStream, shards: int) -> tuple[Column, Column, tuple[Column, Column], float]:
    """The windows of a portion and the shard of each; how often each word stands there, and how critical all are."""
    found = windows(words)
    rows = np.zeros(len(found), _RECORD)
    rows["words"] = found.words.T
    rows["inspection"], rows["place"], rows["critical"] = found.inspection, found.place, 2 * found.critical
    counts = np.unique(words.words, return_counts=True)
    return rows, _shard(found.words[1:3], shards), counts, float(words.critical.sum())


def _reduced(numbered: tuple[int, Column], flags: Flags, least: int) -> tuple[int, Seen]:
    """What the windows of one shard tell."""
    number, rows = numbered
    found = NgramStarts(
        words=np.ascontiguousarray(rows["words"].T),
        inspection=rows["inspection"].astype(np.int64),
        place=rows["place"].astype(np.int64),
        critical=rows["critical"] / 2,
    )
    return number, seen(found, flags, least)


def _shard(words: Column, shards: int) -> Column:
    """The shard of each pair of words: all runs that begin with it are counted there."""
    return (keys_of(words) >> np.uint64(32)) % np.uint64(shards)


def _tails(words: Column, tables: Iterable[tuple[int, Column]], shards: int) -> Column:
    """How often each run of three words and more stands without its first word; of shorter ones, 0.

    `tables` give the keys of runs, sorted, and their uses, shard by shard.
    """
    tails = np.zeros(len(words), np.int64)
    length = np.count_nonzero(words, axis=1)
    longer = np.flatnonzero(length > 2)
    keys = np.zeros(len(words), np.uint64)
    for each in np.unique(length[longer]).tolist():
        rows = longer[length[longer] == each]
        keys[rows] = keys_of(words[rows, 1:each].T)
    shard = _shard(words[longer, 1:3].T, shards)
    for number, table in tables:
        rows = longer[shard == number]
        tails[rows] = table[np.searchsorted(table[:, 0], keys[rows]), 1]
    return tails
