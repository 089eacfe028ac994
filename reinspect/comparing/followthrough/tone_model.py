"""Judge whether a sentence praises, criticises, does both or neither: the rules of `tone`, and words that were learned.

The rules know set phrases, but cannot know all. A second opinion has learned from the reports themselves, without a
reader's labels, which words and pairs of words stand in strands judged good or outstanding, and which in the others.
A model of each of praise and criticism weighs both opinions and the words of sentences that a reader marked:

    sentence                                      praise    criticism
    "Visits are timely."                          high      low
    "Visits are timely, but rarely recorded."     high      high
    "The team moved to the town hall."            low       low

The weights are in `tone.json`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.comparing.followthrough.sentences import Sentence
from reinspect.comparing.followthrough.tone import SentenceTone, combine_tones, is_continuation, judge_tone
from reinspect.weights import Measure, Weights, load_weights

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

# Sentences after one that may continue it.
_CONTINUATIONS = 2

TONE_FILE = Path(__file__).with_name("tone.json")
"""The shipped weights."""


class GramWeights(msgspec.Struct, frozen=True, kw_only=True):
    """A model: where it starts, and the weights of measures and of words and pairs of words ("not yet")."""

    start: float
    measures: dict[str, Measure] = {}
    grams: dict[str, float]


class ToneWeights(Weights, frozen=True, kw_only=True):
    """The weights of the second opinion, and of praise and criticism."""

    opinion: GramWeights
    praise: GramWeights
    criticism: GramWeights


class Polarity(msgspec.Struct, frozen=True, eq=False):
    """The probability that each sentence praises, and that it criticises, with the tone by the rules."""

    praise: Array
    criticism: Array
    opinions: Array
    tones: tuple[SentenceTone, ...]


@lru_cache(maxsize=4)
def tone_weights(path: Path = TONE_FILE) -> ToneWeights:
    """Load the weights of tone.

    Raises:
        ReinspectError: the file cannot be read, is damaged, or is of another version.
    """
    return load_weights(path, ToneWeights)


def judge_polarity(sentences: Sequence[Sentence], weights: ToneWeights) -> Polarity:
    """Return how likely each sentence of a text praises and criticises."""
    import numpy

    tones = tuple(judge_tone(sentence.text) for sentence in sentences)
    grams = [find_grams(sentence.text) for sentence in sentences]
    opinions = numpy.array([_weigh(weights.opinion, own, {}) for own in grams])
    measures = [measure_tone(sentences, tones, place, opinion) for place, opinion in enumerate(opinions.tolist())]
    praise, criticism = (
        numpy.array([_chance(_weigh(model, *both)) for both in zip(grams, measures, strict=True)])
        for model in (weights.praise, weights.criticism)
    )
    return Polarity(praise, criticism, opinions, tones)


def find_grams(text: str) -> list[str]:
    """Return the different words and pairs of neighbouring words of a text, every number as 0."""
    from reinspect.phrases.words import words

    found = ["0" if word.isdigit() else word for word in words(text)]
    return list(dict.fromkeys([*found, *(f"{first} {second}" for first, second in pairwise(found))]))


def measure_tone(
    sentences: Sequence[Sentence], tones: Sequence[SentenceTone], place: int, opinion: float
) -> dict[str, float]:
    """Return the measures of tone of one sentence of a text, by name."""
    sentence, own = sentences[place], tones[place]
    following = [own]
    for later in range(place + 1, min(place + 1 + _CONTINUATIONS, len(sentences))):
        if sentences[later].passage is not sentence.passage or not is_continuation(sentences[later].text):
            break
        following.append(tones[later])
    combined = combine_tones(following)
    only_good, only_critical = own.good and not own.critical, own.critical and not own.good
    return {
        "good": float(own.good),
        "critical": float(own.critical),
        "light": float(own.light),
        "hedged": float(own.hedged),
        "better": float(own.better),
        "only good": float(only_good),
        "only critical": float(only_critical),
        "both": float(own.good and own.critical),
        "criticism follows": float(combined.critical and not own.critical),
        "praise follows": float(combined.good and not own.good),
        "listed": float(sentence.is_listed),
        "summary": float(sentence.passage.role == "summary"),
        "opinion": opinion,
        "opinion, only good": opinion * only_good,
        "opinion, only critical": opinion * only_critical,
    }


def _weigh(model: GramWeights, grams: Sequence[str], measures: dict[str, float]) -> float:
    total = model.start + sum(model.grams.get(gram, 0.0) for gram in grams) / math.sqrt(max(len(grams), 1))
    for name, how in model.measures.items():
        total += (measures[name] - how.mean) * how.weight / how.spread
    return total


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
