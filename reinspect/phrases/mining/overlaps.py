"""Which phrases say the same, standing in the same places: "audit function", "impact of the audit function"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.ngrams import LONGEST

# Two phrases are one if so many of the uses of each stand in a use of the other.
_SAME = 0.75
# The longer of the two is taken if it has so many inspections; one that two or three share was rather written once.
_PROVEN = 4


class PhraseGroup(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A phrase and its variants: the numbers of its candidates, its content words, its score, where it stands.

    Its uses run from `starts` to `ends` (exclusive) among the running words, each column sorted; `inspections` use it.
    """

    rows: tuple[int, ...]
    words: frozenset[str]
    score: float
    starts: Column
    ends: Column
    inspections: int


def distinct(families: Sequence[PhraseGroup]) -> list[PhraseGroup]:
    """The families (best first) less those that echo a better one.

    Where the worse of two holds all words of the better and more, and is no chance, it stands in the better's stead.
    """
    echoed = _echoes(families)
    kept: list[PhraseGroup] = []
    places: dict[int, int] = {}
    for number, family in enumerate(families):
        better = min((each for each in echoed.get(number, ()) if each in places), key=places.__getitem__, default=None)
        if better is None:
            places[number] = len(kept)
            kept.append(family)
        elif kept[places[better]].words < family.words and family.inspections >= _PROVEN:
            place = places[number] = places.pop(better)
            kept[place] = msgspec.structs.replace(family, score=kept[place].score)
    return kept


def _echoes(families: Sequence[PhraseGroup]) -> dict[int, list[int]]:
    """Of each family by number those before it of which most uses stand in one of its own, and the other way round."""
    count = len(families)
    uses = np.array([len(each.starts) for each in families], np.int64)
    first, second, met = _meetings(families)
    share = met / np.maximum(uses[first], 1)
    alike = np.minimum(uses[first], uses[second]) >= _SAME * np.maximum(uses[first], uses[second])
    close = np.flatnonzero((share >= _SAME) & alike)
    keys = first[close] * count + second[close]
    both = close[np.isin(second[close] * count + first[close], keys) & (second[close] < first[close])]
    found: dict[int, list[int]] = {}
    for one, other in zip(first[both].tolist(), second[both].tolist(), strict=True):
        found.setdefault(one, []).append(other)
    return found


def _meetings(families: Sequence[PhraseGroup]) -> tuple[Column, Column, Column]:
    """Pairs of families (both ways), and how many uses of the first meet a use of the second."""
    count = max(len(families), 1)
    empty = np.zeros(0, np.int64)
    starts = np.concatenate([empty, *(each.starts for each in families)])
    order = np.argsort(starts, kind="stable")
    starts = starts[order]
    ends = np.concatenate([empty, *(each.ends for each in families)])[order]
    owner = np.repeat(np.arange(len(families)), [len(each.starts) for each in families])[order]
    met = []
    for step in range(1, len(starts)):
        later = np.flatnonzero(starts[step:] - starts[:-step] < LONGEST) + step
        if not len(later):
            break
        later = later[(starts[later] < ends[later - step]) & (owner[later] != owner[later - step])]
        met += [later * count + owner[later - step], (later - step) * count + owner[later]]
    # A use that meets several uses of another family meets that family once.
    once = np.unique(np.concatenate([empty, *met]))
    pairs, counts = np.unique(owner[once // count] * count + once % count, return_counts=True)
    return pairs // count, pairs % count, counts
