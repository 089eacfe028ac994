"""Turn the sentences of a later text into arrays, once, so that any number of improvements is compared quickly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.comparing.followthrough.sentences import Sentence
from reinspect.comparing.followthrough.stems import is_subject_name
from reinspect.comparing.followthrough.word_lists import frequencies, strands_of
from reinspect.phrases.vectors import WordVectors

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

# A stem that `frequencies.toml` does not list is about this common.
_UNLISTED = 12


class SentenceArrays(msgspec.Struct, frozen=True, eq=False):
    """The sentences of a later text as arrays with an entry for each sentence.

    - `words`: the different known words of all sentences in a row, each sentence from its place in `word_starts` on.
    - `meanings`: a vector for each sentence.
    - `terms`, `stems`, `strands`: sets of each sentence.
    - `passage_starts`: the first sentence of each passage.
    """

    sentences: Sequence[Sentence]
    words: Array
    word_starts: Array
    meanings: Array
    terms: list[frozenset[str]]
    stems: list[frozenset[str]]
    strands: list[frozenset[str]]
    listed: Array
    lengths: Array
    summary: Array
    passage_starts: Array

    @classmethod
    def of(cls, sentences: Sequence[Sentence], vectors: WordVectors) -> SentenceArrays:
        """Turn the sentences of one text into arrays."""
        import numpy

        rows = [vectors.find_words(sentence.text) for sentence in sentences]
        # A sentence without known words gets the row of zeros, so that no sentence is empty.
        different = [sorted(set(known)) or [vectors.no_word] for known in rows]
        return cls(
            sentences=sentences,
            words=numpy.array([row for known in different for row in known], numpy.intp),
            word_starts=numpy.cumsum([0, *map(len, different)])[:-1],
            meanings=vectors.sum_up(rows),
            terms=[sentence.terms for sentence in sentences],
            stems=[frozenset(term for term in sentence.terms if not is_subject_name(term)) for sentence in sentences],
            strands=[strands_of(sentence.terms, sentence.passage.strand) for sentence in sentences],
            listed=numpy.array([float(sentence.is_listed) for sentence in sentences]),
            lengths=numpy.array([len(sentence.text.split()) for sentence in sentences], float),
            summary=numpy.array([float(sentence.passage.role == "summary") for sentence in sentences]),
            passage_starts=numpy.array(
                [
                    place
                    for place, sentence in enumerate(sentences)
                    if not place or sentences[place - 1].passage is not sentence.passage
                ],
                numpy.intp,
            ),
        )


def stem_rarity(stem: str) -> float:
    """Return the logarithm of how rare a word stem is in reports."""
    counts = frequencies()
    return math.log((counts.sentences + 1) / (counts.words.get(stem, _UNLISTED) + 1))


def membership(sets: Sequence[Iterable[str]], columns: Mapping[str, int]) -> Array:
    """Return an array with a row for each set and a column for each listed item: 1 where the set has the item."""
    import numpy

    array = numpy.zeros((len(sets), len(columns)), numpy.float32)
    for row, items in enumerate(sets):
        places = [columns[item] for item in items if item in columns]
        array[row, places] = 1
    return array


def number_items(sets: Iterable[Iterable[str]]) -> dict[str, int]:
    """Return a column for each different item of some sets, in alphabetical order."""
    return {item: column for column, item in enumerate(sorted({item for items in sets for item in items}))}
