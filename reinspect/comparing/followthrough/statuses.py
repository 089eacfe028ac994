"""The probability of each status of an improvement in a later text, and the statuses that are firm.

A small model weighs how much praise and criticism stands in the sentences that are likely on the matter, and the grades
and size of the text. Its weights are in `statuses.json`, with the probability from which each status is firm; below it
the status is "undecided", and a person reads the passages. The program never says "mentioned" by itself: that the
matter comes up, but mixed, neutral or by implication, is what people agree on least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from reinspect.comparing.followthrough.later_arrays import SentenceArrays
from reinspect.comparing.followthrough.ranking import Ranked
from reinspect.comparing.followthrough.tone_model import Polarity
from reinspect.model import Inspection, Status, StepStatus
from reinspect.weights import Measure, Weights, load_weights

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]
    Measures = dict[str, Array]

STATUSES: tuple[Status, ...] = get_args(Status)

DEFINITIONS: dict[Status, str] = {
    "raised again": (
        "the same matter is listed again, or what is said of the quality asked for is only critical, or the critical "
        "clearly outweighs the good"
    ),
    "reported better": (
        "the quality asked for is now described as good, working or improved, and nothing critical of it is left "
        "unresolved; a fault said to do no harm, or rare and being dealt with, does not undo it"
    ),
    "mentioned": ("neutral, or mixed and unlisted, or good by implication or of the whole service alone"),
    "not mentioned": "nothing is on the matter, which does not mean that it was put right",
}
"""The line between the statuses, by which readers labelled and by which the model learned."""

_HOW_GOOD = {
    "outstanding": 2.0,
    "good": 1.0,
    "adequate": 0.0,
    "satisfactory": 0.0,
    "requires improvement": -1.0,
    "inadequate": -2.0,
}
_MOST_LIKELY = 4

STATUSES_FILE = Path(__file__).with_name("statuses.json")
"""The shipped weights."""


class StatusWeights(Weights, frozen=True, kw_only=True):
    """The weights of the statuses: for each, where it starts and the weight of each measure.

    `scales` has the mean and spread of each measure (its own weight is not used). `firm` has the least probability from
    which a status is said to be so.
    """

    scales: dict[str, Measure]
    starts: dict[Status, float]
    weights: dict[Status, dict[str, float]]
    firm: dict[Status, float]


@lru_cache(maxsize=4)
def status_weights(path: Path = STATUSES_FILE) -> StatusWeights:
    """Load the weights of the statuses.

    Raises:
        ReinspectError: the file cannot be read, is damaged, or is of another version.
    """
    return load_weights(path, StatusWeights)


def status_chances(measures: Measures, weights: StatusWeights) -> Array:
    """Return the probability of each status (column, as in STATUSES) for each improvement (row)."""
    import numpy

    scaled = {name: (measures[name] - scale.mean) / scale.spread for name, scale in weights.scales.items()}
    totals = numpy.stack(
        [
            weights.starts[status] + sum(weight * scaled[name] for name, weight in weights.weights[status].items())
            for status in STATUSES
        ],
        axis=1,
    )
    powers = numpy.exp(totals - totals.max(axis=1, keepdims=True))
    chances: Array = powers / powers.sum(axis=1, keepdims=True)
    return chances


def say_status(chances: Mapping[Status, float], firm: Mapping[Status, float]) -> StepStatus:
    """Return the likeliest status if its probability reaches its threshold in `firm`, else "undecided".

    A status without a threshold is never returned.
    """
    likely = max(STATUSES, key=lambda status: chances[status])
    return likely if likely in firm and chances[likely] >= firm[likely] else "undecided"


def measure_statuses(
    lengths: Sequence[int], ranked: Ranked, polarity: Polarity, text: SentenceArrays, inspection: Inspection
) -> Measures:
    """Return the measures of each improvement in a later text, by name, from the sentences likely on the matter.

    `lengths` are those of the improvements in characters. The text has at least one sentence.
    """
    chances = ranked.chances
    return {
        **_likenesses(ranked),
        **_highest(chances, polarity, text),
        **_shares(chances, polarity, text),
        **_first_ones(chances, polarity, text),
        **_balance(chances, polarity),
        **_circumstances(lengths, chances, polarity, text, inspection),
    }


def _likenesses(ranked: Ranked) -> Measures:
    """Return the similarity of the most similar, of the likeliest, and of all likely sentences."""
    import numpy

    first = ranked.chances.argmax(axis=1)[:, None]
    weights = ranked.chances**2
    totals = weights.sum(axis=1) + 1e-3
    measures: Measures = {}
    for name, values in ranked.likeness.items():
        measures[f"{name}, highest"] = values.max(axis=1)
        measures[f"{name}, of the likeliest"] = numpy.take_along_axis(values, first, axis=1)[:, 0]
        measures[f"{name}, on the whole"] = (weights * values).sum(axis=1) / totals
    return measures


def _highest(chances: Array, polarity: Polarity, text: SentenceArrays) -> Measures:
    """Return the highest probabilities on the matter, and of praise, criticism and a listed item on it."""
    import numpy

    measures: Measures = {}
    for name, values in (
        ("on the matter", chances),
        ("praise", chances * polarity.praise),
        ("criticism", chances * polarity.criticism),
        ("listed", chances * text.listed),
    ):
        padded = numpy.pad(values, ((0, 0), (0, _MOST_LIKELY)))
        highest = -numpy.sort(-padded, axis=1)[:, :_MOST_LIKELY]
        for place in range(_MOST_LIKELY):
            measures[f"{name}, highest {place + 1}"] = highest[:, place]
        measures[f"{name}, odds 1"] = _odds(highest[:, 0])
        measures[f"{name}, odds 2"] = _odds(highest[:, 1])
        measures[f"{name}, sum"] = numpy.log(values.sum(axis=1) + 0.05)
        measures[f"{name}, none at all"] = numpy.log1p(-numpy.clip(values, 0, 0.98)).sum(axis=1)
    return measures


def _shares(chances: Array, polarity: Polarity, text: SentenceArrays) -> Measures:
    """Return the shares of praise and criticism, where likelier sentences weigh more by a power of 1, 2 and 3."""
    import numpy

    of_sentences = {
        "praise": polarity.praise,
        "criticism": polarity.criticism,
        "unlisted criticism": (1 - text.listed) * polarity.criticism,
        "change for the better": numpy.array([float(tone.better) for tone in polarity.tones]),
        "hedged praise": numpy.array([float(tone.hedged) for tone in polarity.tones]),
        "light criticism": numpy.array([float(tone.light) for tone in polarity.tones]),
        "second opinion": numpy.tanh(polarity.opinions / 2),
    }
    measures: Measures = {}
    for power in (1, 2, 3):
        weights = chances**power
        totals = weights.sum(axis=1) + 1e-3
        for name, values in of_sentences.items():
            measures[f"share of {name}, power {power}"] = weights @ values / totals
    return measures


def _first_ones(chances: Array, polarity: Polarity, text: SentenceArrays) -> Measures:
    """Return the mean praise, criticism and listed items of the first and of the first three sentences."""
    import numpy

    order = numpy.argsort(-chances, axis=1, kind="stable")
    return {
        f"{name} of the first {number}": values[order[:, :number]].mean(axis=1)
        for number in (1, 3)
        for name, values in (("praise", polarity.praise), ("criticism", polarity.criticism), ("listed", text.listed))
    }


def _balance(chances: Array, polarity: Polarity) -> Measures:
    """Return how much the praise on the matter outweighs the criticism."""
    import numpy

    praise, criticism = chances * polarity.praise, chances * polarity.criticism
    good, bad = praise.sum(axis=1), criticism.sum(axis=1)
    steep_good, steep_bad = chances**2 @ polarity.praise, chances**2 @ polarity.criticism
    return {
        "praise to criticism": numpy.log((good + 0.1) / (bad + 0.1)),
        "highest praise to criticism": numpy.log((praise.max(axis=1) + 0.02) / (criticism.max(axis=1) + 0.02)),
        "praise less criticism": (good - bad) / (good + bad + 0.3),
        "lesser of praise and criticism": numpy.minimum(good, bad),
        "praise to criticism, power 2": numpy.log((steep_good + 0.05) / (steep_bad + 0.05)),
        "praise less criticism, power 2": (steep_good - steep_bad) / (steep_good + steep_bad + 0.1),
    }


def _circumstances(
    lengths: Sequence[int], chances: Array, polarity: Polarity, text: SentenceArrays, inspection: Inspection
) -> Measures:
    """Return measures of the text as a whole: its grades, its size and its general tone."""
    import numpy

    grades = {one.strand: _HOW_GOOD.get(one.grade, 0.0) for one in inspection.judgements if one.grade}
    mean = sum(grades.values()) / len(grades) if grades else 0.0
    own = numpy.array([grades.get(sentence.passage.strand or "", mean) for sentence in text.sentences])
    weights = chances**2
    of_text = {
        "mean grade": mean,
        "has grades": float(bool(grades)),
        "number of sentences": numpy.log(len(text.sentences) + 1),
        "praise of the text": polarity.praise.mean(),
        "criticism of the text": polarity.criticism.mean(),
        "listed items of the text": numpy.log1p(text.listed.sum()),
    }
    return {
        **{name: numpy.full(len(lengths), float(value)) for name, value in of_text.items()},
        "grade of the strands": weights @ own / (weights.sum(axis=1) + 1e-3),
        "length of the improvement": numpy.log(numpy.maximum(lengths, 1)),
    }


def _odds(chances: Array) -> Array:
    import numpy

    clipped = numpy.clip(chances, 1e-3, 1 - 1e-3)
    odds: Array = numpy.log(clipped / (1 - clipped))
    return odds
