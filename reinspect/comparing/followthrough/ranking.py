"""The probability that a sentence of a later text is on the very matter that an improvement asks about.

A logistic model adds up the measures of `likeness` and a weight for every term and quality that the improvement and the
sentence share, that only the improvement has (missing), or that only the sentence has (added). Its weights are in
`ranking.json`; `benchmarks/training/follow_weights.py` learns them from sentences that a reader marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.comparing.followthrough.asked import Asked
from reinspect.comparing.followthrough.later_arrays import SentenceArrays, membership, number_items
from reinspect.comparing.followthrough.likeness import measure
from reinspect.comparing.followthrough.qualities import find_qualities
from reinspect.phrases.vectors import WordVectors
from reinspect.weights import Measure, Weights, load_weights

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

# Improvements that are compared at a time, so that memory stays small.
_AT_A_TIME = 50


KEPT = ("mutual", "covered", "meaning", "leading meaning", "aligned")
"""The measures of likeness that the statuses use too."""

RANKING_FILE = Path(__file__).with_name("ranking.json")
"""The shipped weights."""


class Ranked(msgspec.Struct, frozen=True, eq=False):
    """The sentences of a text for each improvement (row): how likely each is on the matter, and how alike it is.

    `likeness` has the measures named in `KEPT`.
    """

    chances: Array
    likeness: dict[str, Array]


class ItemWeights(msgspec.Struct, frozen=True):
    """The weight of each item that both sides share, that the sentence misses, and that it adds."""

    shared: dict[str, float] = {}
    missing: dict[str, float] = {}
    added: dict[str, float] = {}


class RankingWeights(Weights, frozen=True, kw_only=True):
    """The weights of the ranking.

    `terms`, `leading_stems`, `qualities` and `leading_qualities` weigh what an improvement or its leading clause has.
    """

    start: float
    measures: dict[str, Measure]
    terms: ItemWeights
    leading_stems: ItemWeights
    qualities: ItemWeights
    leading_qualities: ItemWeights


@lru_cache(maxsize=4)
def ranking_weights(path: Path = RANKING_FILE) -> RankingWeights:
    """Load the weights of the ranking.

    Raises:
        ReinspectError: the file cannot be read, is damaged, or is of another version.
    """
    return load_weights(path, RankingWeights)


def rank_sentences(
    asked: Sequence[Asked], text: SentenceArrays, vectors: WordVectors, weights: RankingWeights
) -> Ranked:
    """Return, for each improvement (row) and sentence (column), the probability that it is on the matter asked."""
    import numpy

    if not asked:
        nothing = numpy.zeros((0, len(text.sentences)))
        return Ranked(nothing, dict.fromkeys(KEPT, nothing))
    starts = range(0, len(asked), _AT_A_TIME)
    parts = [_rank(asked[start : start + _AT_A_TIME], text, vectors, weights) for start in starts]
    return Ranked(
        numpy.concatenate([part.chances for part in parts]),
        {name: numpy.concatenate([part.likeness[name] for part in parts]) for name in KEPT},
    )


def _rank(asked: Sequence[Asked], text: SentenceArrays, vectors: WordVectors, weights: RankingWeights) -> Ranked:
    import numpy

    measures = measure(asked, text, vectors)
    total = numpy.full((len(asked), len(text.sentences)), weights.start)
    for name, how in weights.measures.items():
        total += (measures[name] - how.mean) * (how.weight / how.spread)
    spoken_of = [find_qualities(sentence.text) for sentence in text.sentences]
    for own, there, items in (
        ([frozenset(one.subject.terms) for one in asked], text.terms, weights.terms),
        ([one.leading_stems for one in asked], text.terms, weights.leading_stems),
        ([one.qualities for one in asked], spoken_of, weights.qualities),
        ([one.leading_qualities for one in asked], spoken_of, weights.leading_qualities),
    ):
        total += _weigh_items(own, there, items)
    return Ranked(1 / (1 + numpy.exp(-numpy.clip(total, -50, 50))), {name: measures[name] for name in KEPT})


def _weigh_items(own: Sequence[frozenset[str]], there: Sequence[frozenset[str]], weights: ItemWeights) -> Array:
    """Return the sum of the weights of the items that each pair shares, that are missing and that are added."""
    import numpy

    columns = number_items(own)
    shared, missing, added = (
        numpy.array([listed.get(item, 0.0) for item in columns], numpy.float32)
        for listed in (weights.shared, weights.missing, weights.added)
    )
    of_own = membership(own, columns)
    # An item of both is shared, so it is neither missing nor added.
    both = of_own @ (membership(there, columns) * (shared - missing - added)).T
    all_added = numpy.array([sum(weights.added.get(item, 0.0) for item in sorted(items)) for items in there])
    total: Array = both + (of_own @ missing)[:, None] + all_added[None, :]
    return total
