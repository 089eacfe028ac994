"""Measure how alike improvements and the sentences of a later text are, in many ways; the ranker weighs them.

Each measure is an array with a row for each improvement and a column for each sentence. The main ones are taken for the
whole improvement and for its leading clause:

- `subject`: the shared subjects and words of `subjects.toml`; `mutual` is the same both ways, for listed items;
- `covered`, `stems`: the shared word stems, weighted by how rare they are;
- `meaning`: the cosine of the vectors of both; `aligned`: for each word asked, the nearest word of the sentence.

Those with `deviation` say how far a sentence stands out in its text, those with `rank` in which place it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reinspect.comparing.followthrough.asked import Asked
from reinspect.comparing.followthrough.later_arrays import SentenceArrays, membership, number_items, stem_rarity
from reinspect.comparing.followthrough.subjects import Subject, smallest_whole
from reinspect.phrases.vectors import WordVectors

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]
    Measures = dict[str, Array]

# Words asked that are compared with the words of sentences at a time, so that memory stays small.
_WORDS_AT_A_TIME = 128
# Measures that are also taken as a deviation and a rank, and those that are added up for the neighbours.
_COMPARED = ("mutual", "stems", "leading stems", "meaning", "leading meaning", "aligned squared", "leading squared")
_ADDED = ("mutual", "leading stems", "leading meaning", "leading squared")
# Below this similarity the other direction is not worked out.
_WORTH_COMPARING = 0.2


def measure(asked: Sequence[Asked], text: SentenceArrays, vectors: WordVectors) -> Measures:
    """Return every measure of these improvements and sentences, by name."""
    import numpy

    measures = _likenesses(asked, text, vectors)
    for name in _COMPARED:
        measures[f"{name}, deviation"] = _deviations(measures[name])
        measures[f"{name}, rank"] = _ranks(measures[name])
    together = numpy.sum([measures[f"{name}, deviation"] for name in _ADDED], axis=0)
    return {**measures, **_surroundings(together, text), **_circumstances(asked, text, measures)}


def _likenesses(asked: Sequence[Asked], text: SentenceArrays, vectors: WordVectors) -> Measures:
    subject = similarities([one.subject for one in asked], text.terms)
    mutual = _both_ways(asked, text, subject)
    covered, stems = _shared_stems([one.stems for one in asked], text)
    leading_covered, leading_stems = _shared_stems([one.leading_stems for one in asked], text)
    nearest = _Nearest(asked, text, vectors)
    aligned, aligned_squared = nearest.mean_of([one.words for one in asked])
    leading_aligned, leading_squared = nearest.mean_of([one.leading_words for one in asked])
    return {
        "subject": subject,
        "mutual": mutual,
        "covered": covered,
        "stems": stems,
        "leading covered": leading_covered,
        "leading stems": leading_stems,
        "meaning": vectors.sum_up([one.words for one in asked]) @ text.meanings.T,
        "leading meaning": vectors.sum_up([one.leading_words for one in asked]) @ text.meanings.T,
        "rest meaning": vectors.sum_up([one.rest_words for one in asked]) @ text.meanings.T,
        "aligned": aligned,
        "aligned squared": aligned_squared,
        "leading aligned": leading_aligned,
        "leading squared": leading_squared,
    }


def similarities(subjects: Sequence[Subject], terms: Sequence[frozenset[str]]) -> Array:
    """Return `subjects.similarity` of each subject (row) and each set of terms (column)."""
    import numpy

    columns = number_items([*(subject.terms for subject in subjects), *(subject.near for subject in subjects)])
    found = membership(terms, columns).T
    weights = numpy.zeros((len(subjects), len(columns)), numpy.float32)
    for row, subject in enumerate(subjects):
        for term, weight in subject.terms.items():
            weights[row, columns[term]] = weight
    shared = weights @ found
    for row, subject in enumerate(subjects):
        # A related subject counts only where the subject itself is not named, and only the nearest one.
        related = [
            weight * found[columns[term]] * (1 - found[columns[source]])
            for term, (weight, source) in subject.near.items()
        ]
        if related:
            shared[row] += numpy.max(related, axis=0)
    wholes = numpy.array([[smallest_whole(subject)] for subject in subjects], numpy.float32)
    values: Array = numpy.minimum(1.0, shared / wholes)
    return values


def _both_ways(asked: Sequence[Asked], text: SentenceArrays, subject: Array) -> Array:
    """Return the similarity to the subject, for listed items the harmonic mean of both directions."""
    import numpy

    mutual = subject.copy()
    places = numpy.flatnonzero(text.listed)
    listed = [item for sentence in text.sentences if (item := sentence.subject) is not None]
    if listed and asked:
        there = subject[:, places]
        back = similarities(listed, [frozenset(one.subject.terms) for one in asked]).T
        both = 2 * there * back / numpy.maximum(there + back, 1e-9)
        mutual[:, places] = numpy.where(there > _WORTH_COMPARING, both, there)
    return mutual


def _shared_stems(asked: Sequence[frozenset[str]], text: SentenceArrays) -> tuple[Array, Array]:
    """Return the share of the stems asked that a sentence has, and the cosine of both, weighted by rarity."""
    import numpy

    columns = number_items(asked)
    rarities = numpy.array([stem_rarity(stem) for stem in columns], numpy.float32)
    weighted = membership(asked, columns) * rarities
    shared = weighted @ membership(text.stems, columns).T
    totals = weighted.sum(axis=1, keepdims=True)
    totals[totals == 0] = 1
    own = numpy.array([sum(map(stem_rarity, stems)) for stems in text.stems], numpy.float32)
    return shared / totals, shared / numpy.sqrt(totals * numpy.maximum(own, 1))


class _Nearest:
    """The cosine of each word asked with the nearest word of each sentence."""

    def __init__(self, asked: Sequence[Asked], text: SentenceArrays, vectors: WordVectors) -> None:
        import numpy

        words = sorted({word for one in asked for word in one.words})
        self._rarities = vectors.rarities
        self._rows = {word: row for row, word in enumerate(words)}
        self._nearest = numpy.zeros((len(words), len(text.sentences)), numpy.float32)
        there = vectors.vectors[text.words].T
        for start in range(0, len(words), _WORDS_AT_A_TIME):
            chunk = words[start : start + _WORDS_AT_A_TIME]
            cosines = vectors.vectors[chunk] @ there
            self._nearest[start : start + len(chunk)] = numpy.maximum.reduceat(cosines, text.word_starts, axis=1)
        numpy.maximum(self._nearest, 0, out=self._nearest)

    def mean_of(self, asked: Sequence[Sequence[int]]) -> tuple[Array, Array]:
        """Return the mean over the words of each improvement, weighted by rarity, and the mean of the squares."""
        import numpy

        weights = numpy.zeros((len(asked), len(self._rows)), numpy.float32)
        for row, words in enumerate(asked):
            for word in set(words) & self._rows.keys():
                weights[row, self._rows[word]] = self._rarities[word]
        weights /= numpy.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
        return weights @ self._nearest, weights @ self._nearest**2


def _deviations(values: Array) -> Array:
    deviations: Array = (values - values.mean(axis=1, keepdims=True)) / (values.std(axis=1, keepdims=True) + 1e-6)
    return deviations


def _ranks(values: Array) -> Array:
    """Return 1 for the highest value of each row, 1/2 for the next, and so on."""
    import numpy

    order = numpy.argsort(-values, axis=1, kind="stable")
    ranks = numpy.empty(values.shape, numpy.float32)
    numpy.put_along_axis(ranks, order, 1 / numpy.arange(1, values.shape[1] + 1, dtype=numpy.float32)[None, :], axis=1)
    return ranks


def _surroundings(together: Array, text: SentenceArrays) -> Measures:
    """Return the sum of the main measures for the sentence, its neighbours and its whole passage."""
    import numpy

    before, after = numpy.zeros_like(together), numpy.zeros_like(together)
    same = numpy.ones(together.shape[1], bool)
    same[text.passage_starts] = False
    before[:, 1:] = together[:, :-1] * same[1:]
    after[:, :-1] = together[:, 1:] * same[1:]
    sizes = numpy.diff([*text.passage_starts, together.shape[1]])
    means = numpy.add.reduceat(together, text.passage_starts, axis=1) / sizes
    return {
        "together": together,
        "together, rank": _ranks(together),
        "sentence before": before,
        "sentence after": after,
        "whole passage": numpy.repeat(means, sizes, axis=1),
    }


def _circumstances(asked: Sequence[Asked], text: SentenceArrays, measures: Measures) -> Measures:
    """Return measures of the improvement alone, of the sentence alone, and of the people both are about."""
    import numpy

    shape = len(asked), len(text.sentences)

    def rows(value_of: Callable[[Asked], float]) -> Array:
        return numpy.broadcast_to(numpy.log([[value_of(one) + 1.0] for one in asked]), shape)

    columns = number_items(one.subject.strands for one in asked)
    own = membership([one.subject.strands for one in asked], columns)
    shared: Array = numpy.asarray(own @ membership(text.strands, columns).T > 0)
    names_people: Array = own.sum(axis=1) > 0
    both_named = names_people[:, None] & numpy.array([bool(strands) for strands in text.strands])[None, :]
    count = shape[1]
    return {
        "same people": (both_named & shared).astype(float),
        "other people": (both_named & ~shared).astype(float),
        "listed": numpy.broadcast_to(text.listed, shape),
        "listed, mutual": text.listed * measures["mutual"],
        "listed, meaning": text.listed * measures["meaning"],
        "length of the sentence": numpy.broadcast_to(numpy.log(text.lengths + 1), shape),
        "length of the improvement": rows(lambda one: len(one.text)),
        "words of the leading clause": rows(lambda one: len(one.leading_words)),
        "number of sentences": numpy.full(shape, numpy.log(count + 1.0)),
        "place in the text": numpy.broadcast_to(numpy.arange(count) / max(count, 1), shape),
        "summary": numpy.broadcast_to(text.summary, shape),
    }
