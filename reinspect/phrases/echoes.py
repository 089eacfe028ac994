"""Which phrases say the same, standing in the same places: "audit function", "impact of the audit function"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

import msgspec
import numpy as np

from reinspect.phrases.columns import Column

# Two phrases are one if so many of the uses of each stand in a use of the other.
_SAME = 0.75
# The longer of the two is taken if it has so many inspections; one that two or three share was rather written once.
_PROVEN = 4


class Family(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A phrase and its variants: the numbers of its candidates, its content words, its score, where it stands.

    Its uses run from `starts` to `ends` (exclusive) among the running words, each column sorted; `inspections` use it.
    """

    rows: tuple[int, ...]
    words: frozenset[str]
    score: float
    starts: Column
    ends: Column
    inspections: int


def distinct(families: Sequence[Family]) -> list[Family]:
    """The families (best first) less those that echo a better one.

    Where the worse of two holds all words of the better and more, and is no chance, it stands in the better's stead.
    """
    kept: list[Family] = []
    by_word: dict[str, list[int]] = {}
    for family in families:
        near = dict.fromkeys(chain.from_iterable(by_word.get(word, ()) for word in sorted(family.words)))
        same = next((place for place in near if _echo(kept[place], family)), None)
        if same is None:
            _enter(by_word, family.words, len(kept))
            kept.append(family)
        elif kept[same].words < family.words and family.inspections >= _PROVEN:
            _enter(by_word, family.words - kept[same].words, same)
            kept[same] = msgspec.structs.replace(family, score=kept[same].score)
    return kept


def _enter(by_word: dict[str, list[int]], words: Collection[str], place: int) -> None:
    for word in words:
        by_word.setdefault(word, []).append(place)


def _echo(one: Family, other: Family) -> bool:
    """Whether most uses of each stand in one of the other."""
    fewer, more = sorted((len(one.starts), len(other.starts)))
    return fewer >= _SAME * more and _shared(one, other) >= _SAME and _shared(other, one) >= _SAME


def _shared(one: Family, other: Family) -> float:
    """The share of the uses of `one` that meet a use of `other`."""
    begun = np.searchsorted(other.starts, one.ends, side="left")
    over = np.searchsorted(other.ends, one.starts, side="right")
    return float(np.mean(begun > over))
