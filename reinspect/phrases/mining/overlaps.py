"""Drop phrases used in the same places as a better one, such as "impact of the audit function" and "audit function"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.ngrams import LONGEST

# Two phrases overlap if this share of the uses of each overlaps a use of the other.
_OVERLAPPING = 0.75
# The longer of two phrases is listed if this many inspections use it. If only two or three do, the longer wording is
# probably one writer's.
_FEWEST_INSPECTIONS = 4


class PhraseGroup(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A phrase and its variants.

    - `rows`: the rows of the variants in `Candidates`.
    - `words`: the words that carry meaning.
    - `starts`, `ends`: the token positions at which uses begin and end (exclusive), both sorted.
    - `inspections`: how many inspections use the commonest variant.
    """

    rows: tuple[int, ...]
    words: frozenset[str]
    score: float
    starts: Column
    ends: Column
    inspections: int


def drop_overlaps(groups: Sequence[PhraseGroup]) -> list[PhraseGroup]:
    """Return the phrases (best first) without those that are used in the same places as a better phrase."""
    overlapping = _overlapping_groups(groups)
    kept: list[PhraseGroup] = []
    positions: dict[int, int] = {}
    for number, group in enumerate(groups):
        kept_overlaps = (other for other in overlapping.get(number, ()) if other in positions)
        better = min(kept_overlaps, key=positions.__getitem__, default=None)
        if better is None:
            positions[number] = len(kept)
            kept.append(group)
        # A longer wording takes the place and the score of the better phrase if enough inspections use it.
        elif kept[positions[better]].words < group.words and group.inspections >= _FEWEST_INSPECTIONS:
            position = positions[number] = positions.pop(better)
            kept[position] = msgspec.structs.replace(group, score=kept[position].score)
    return kept


def _overlapping_groups(groups: Sequence[PhraseGroup]) -> dict[int, list[int]]:
    """Return for each phrase the better phrases that are used in the same places, all as positions in `groups`."""
    count = len(groups)
    uses = np.array([len(group.starts) for group in groups], np.int64)
    first, second, overlaps = _count_overlaps(groups)
    share = overlaps / np.maximum(uses[first], 1)
    similar_size = np.minimum(uses[first], uses[second]) >= _OVERLAPPING * np.maximum(uses[first], uses[second])
    close = np.flatnonzero((share >= _OVERLAPPING) & similar_size)
    keys = first[close] * count + second[close]
    both = close[np.isin(second[close] * count + first[close], keys) & (second[close] < first[close])]
    found: dict[int, list[int]] = {}
    for one, other in zip(first[both].tolist(), second[both].tolist(), strict=True):
        found.setdefault(one, []).append(other)
    return found


def _count_overlaps(groups: Sequence[PhraseGroup]) -> tuple[Column, Column, Column]:
    """Return three arrays: a phrase, another phrase, and how many uses of the first overlap a use of the second.

    Phrases are given by their positions in `groups`.
    """
    count = max(len(groups), 1)
    empty = np.zeros(0, np.int64)
    starts = np.concatenate([empty, *(group.starts for group in groups)])
    order = np.argsort(starts, kind="stable")
    starts = starts[order]
    ends = np.concatenate([empty, *(group.ends for group in groups)])[order]
    owner = np.repeat(np.arange(len(groups)), [len(group.starts) for group in groups])[order]
    overlaps = []
    for step in range(1, len(starts)):
        later = np.flatnonzero(starts[step:] - starts[:-step] < LONGEST) + step
        if not len(later):
            break
        later = later[(starts[later] < ends[later - step]) & (owner[later] != owner[later - step])]
        overlaps += [later * count + owner[later - step], (later - step) * count + owner[later]]
    # A use that overlaps several uses of another group counts once.
    once = np.unique(np.concatenate([empty, *overlaps]))
    pairs, counts = np.unique(owner[once // count] * count + once % count, return_counts=True)
    return pairs // count, pairs % count, counts
