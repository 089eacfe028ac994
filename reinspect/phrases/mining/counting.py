"""Count the n-grams (runs of words) that may be recurring phrases.

Portions of text are mapped to n-gram starts, and shards (parts) of these starts are reduced to counts.

    portion "drift and delay ... drift and delay"   mapped to 4 starts: drift and ..., and delay ..., twice each
    shard of the pair (drift, and)                  reduced to: drift and 2 uses, drift and delay 2 uses
    candidate "drift and delay"                     counts 2, spread (inspections) 1 or 2
    its tail "and delay"                            2 uses, counted in another shard
    result                                          `Candidates`, with the scores of `scoring`

A small text is counted in memory in one step. The candidates and their order are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.flags import WordFlags
from reinspect.phrases.mining.ngrams import LONGEST, NgramStarts, TokenStream, find_starts, hash_ngrams
from reinspect.phrases.mining.portions import Portion
from reinspect.phrases.mining.scoring import Candidates, ShardCounts, count_shard, score_candidates
from reinspect.phrases.mining.shards import Shards, map_in_order

# The default of `CountingResources.at_once`.
_AT_ONCE = 1 << 21
# One n-gram start in a shard; `critical` is stored in halves.
_RECORD = np.dtype(
    [("words", np.uint32, LONGEST + 2), ("inspection", np.uint32), ("place", np.uint64), ("critical", np.uint8)]
)


class CountingResources(msgspec.Struct, frozen=True, kw_only=True):
    """The memory, disk folder and executor that mining may use.

    - `at_once`: about how many words are in memory at a time.
    - `folder`: where temporary files go, by default the system's temporary folder.
    - `executor`: runs the work in parallel; None runs it in this process.
    """

    at_once: int = _AT_ONCE
    folder: Path | None = None
    executor: Executor | None = None

    def shards(self, words: int) -> Shards:
        """Return temporary storage, in files of a manageable size, for this many words."""
        # Shards vary in size, so each is planned for half of `at_once`.
        return Shards(1 if words <= self.at_once else -(-2 * words // self.at_once), self.folder)


def count_candidates(
    parts: Sequence[Portion],
    take: Callable[[Portion], TokenStream],
    flags: WordFlags,
    least: int,
    resources: CountingResources,
) -> Candidates:
    """Return the possible phrases that at least `least` inspections use, with their counts and scores.

    `take` reads the words of a portion of the texts. The result does not depend on `resources`.
    """
    if len(parts) == 1 and parts[0].words <= resources.at_once:
        return _count_in_memory(take(parts[0]), flags, least)
    return _count_in_shards(parts, take, flags, least, resources)


def _count_in_memory(stream: TokenStream, flags: WordFlags, least: int) -> Candidates:
    counted = count_shard(find_starts(stream), flags, least)
    tails = _tail_uses(counted.columns["words"], [(0, _use_table(counted))], 1) if counted.columns else counted.uses
    totals, critical = np.bincount(stream.words, minlength=len(flags.opens)), float(stream.critical.sum())
    return _score(counted.columns, tails, counted.places, totals, critical)


def _count_in_shards(
    parts: Sequence[Portion],
    take: Callable[[Portion], TokenStream],
    flags: WordFlags,
    least: int,
    resources: CountingResources,
) -> Candidates:
    words = sum(part.words for part in parts)
    totals, critical = np.zeros(len(flags.opens), np.int64), 0.0
    columns: list[dict[str, Column]] = []
    with (
        resources.shards(words) as starts,
        resources.shards(words) as uses,
        TemporaryFile(dir=resources.folder) as place_file,
    ):
        mapped = map_in_order(resources.executor, partial(_map_portion, shards=starts.count), map(take, parts))
        for rows, shard, word_counts, weight in mapped:
            starts.add(rows, shard)
            totals[word_counts[0]] += word_counts[1]
            critical += weight
        numbered = starts.drain(_RECORD)
        for number, counted in map_in_order(
            resources.executor, partial(_reduce_shard, flags=flags, least=least), numbered
        ):
            uses.add(_use_table(counted), np.full(len(counted.keys), number))
            columns += [counted.columns] if counted.columns else []
            counted.places.tofile(place_file)
        joined = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]} if columns else {}
        tails = _tail_uses(joined["words"], uses.drain(np.uint64, 2), uses.count) if joined else np.zeros(0, np.int64)
        place_file.flush()
        # Most of the places are never read, so they stay on disk until they are.
        places = np.asarray(np.memmap(place_file, np.int64, "r")) if place_file.tell() else np.zeros(0, np.int64)
    return _score(joined, tails, places, totals, critical)


def _score(columns: dict[str, Column], tails: Column, places: Column, totals: Column, critical: float) -> Candidates:
    """Return the counted n-grams as candidates for phrases, each with its scores.

    `columns` and `places` are what `count_shard` counted. `tails` says how often each n-gram is used without its first
    word, and `totals` how often each word is used. `critical` is the criticism of all words, added up.
    """
    size = int(totals.sum())
    totals[0] = size  # word number 0 stands for no word; its place is used for the sum
    return score_candidates(columns, tails, places, totals, max(critical / max(size, 1), 1e-9))


def _map_portion(stream: TokenStream, shards: int) -> tuple[Column, Column, tuple[Column, Column], float]:
    """Return the n-gram starts of a text, the shard number of each start, (words, counts), and the sum of criticism."""
    found = find_starts(stream)
    rows = np.zeros(len(found), _RECORD)
    rows["words"] = found.words.T
    rows["inspection"], rows["place"], rows["critical"] = found.inspection, found.place, 2 * found.critical
    counts = np.unique(stream.words, return_counts=True)
    return rows, _shard_of(found.words[1:3], shards), counts, float(stream.critical.sum())


def _reduce_shard(numbered: tuple[int, Column], flags: WordFlags, least: int) -> tuple[int, ShardCounts]:
    """Count the n-grams of a shard; return the shard's number and the counts."""
    number, rows = numbered
    found = NgramStarts(
        words=np.ascontiguousarray(rows["words"].T),
        inspection=rows["inspection"].astype(np.int64),
        place=rows["place"].astype(np.int64),
        critical=rows["critical"] / 2,
    )
    return number, count_shard(found, flags, least)


def _use_table(counted: ShardCounts) -> Column:
    """Return an array of two columns: the sorted n-gram keys of a shard, and the uses of each n-gram."""
    return np.stack([counted.keys, counted.uses.astype(np.uint64)], axis=1)


def _shard_of(words: Column, shards: int) -> Column:
    """Return the shard number of each pair of words; a shard counts the n-grams that begin with its pairs."""
    return (hash_ngrams(words) >> np.uint64(32)) % np.uint64(shards)


def _tail_uses(words: Column, tables: Iterable[tuple[int, Column]], shards: int) -> Column:
    """Return the uses of each n-gram without its first word: for "drift and delay", the uses of "and delay".

    `tables` has the number of each shard, and a table of n-gram keys and uses. N-grams of two words get 0.
    """
    tails = np.zeros(len(words), np.int64)
    lengths = np.count_nonzero(words, axis=1)
    longer = np.flatnonzero(lengths > 2)
    keys = np.zeros(len(words), np.uint64)
    for length in np.unique(lengths[longer]).tolist():
        rows = longer[lengths[longer] == length]
        keys[rows] = hash_ngrams(words[rows, 1:length].T)
    shard = _shard_of(words[longer, 1:3].T, shards)
    for number, table in tables:
        rows = longer[shard == number]
        tails[rows] = table[np.searchsorted(table[:, 0], keys[rows]), 1]
    return tails
