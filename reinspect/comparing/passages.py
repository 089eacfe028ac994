"""Passages of one subject across two reports that are not edits of one another.

Two inspections say different things in different words of the same subjects. So passages are paired by the words that
are rare in both reports together, one with one, the surest pairs first; what finds no partner is listed on its side.
Words are marked inside a pair only where the two are so alike that word against word means something.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.comparing.judgements import STRANDS
from reinspect.model import Passage

if TYPE_CHECKING:
    import numpy

Marks = tuple[tuple[int, int], ...]

# Below this likeness two passages of a strand are no more of one subject than any two: read off the pairs of Camden
# 2022-25, Islington 2017-20 and Slough 2019-23, where nearly all above it are of one subject and about half below it.
SAME_SUBJECT = 0.14
# From this share of common words on, the differences are worth marking.
ALIKE = 0.6
# As much of a word as its inflections have in common: effective, effectively, effectiveness.
_STEM = 7

_COMPARED = {"finding": "text", "summary": "text", "improvement": "to improve", "priority action": "to improve"}
_JOINT: dict[str | None, str] = {"care": "care_and_leavers", "leavers": "care_and_leavers"}
# Where the other report has no such strand, its subject comes up under this one.
_WITHIN = {
    "adoption": "care",
    "looked_after": "care",
    "outcomes": "care",
    "quality": "care",
    "capacity": "care",
    "safeguarding": "help",
}


class PassagePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two passages of one subject, or one alone with None on its other side.

    `strand` is the one under which both stand: the joint one where a side graded care and care leavers together.
    `likeness` runs from 0 to 1. `marks_a` and `marks_b` are half-open spans in the text of each where the words of
    the two differ; both are empty where the two are too unlike to be set word against word (`alike` is False).
    """

    strand: str | None
    a: Passage | None
    b: Passage | None
    likeness: float = 0.0
    alike: bool = False
    marks_a: Marks = ()
    marks_b: Marks = ()


def pair_passages(passages_a: Sequence[Passage], passages_b: Sequence[Passage]) -> tuple[PassagePair, ...]:
    """The findings, summaries and improvements of two reports in pairs, strand by strand.

    A finding is never paired with an improvement, nor across strands of different subjects. Within a strand the pairs
    come first, in the order of `passages_a`, then what stands alone in `a`, then what stands alone in `b`.
    """
    subjects_a, subjects_b = _subjects(passages_a, passages_b)
    compared_a = [passage for passage in passages_a if passage.role in _COMPARED and passage.text.strip()]
    compared_b = [passage for passage in passages_b if passage.role in _COMPARED and passage.text.strip()]
    strands_a = [subjects_a.get(passage.strand, passage.strand) for passage in compared_a]
    strands_b = [subjects_b.get(passage.strand, passage.strand) for passage in compared_b]
    if not compared_a or not compared_b:
        return (*_alone(compared_a, strands_a, "a"), *_alone(compared_b, strands_b, "b"))
    likeness = _likeness([passage.text for passage in compared_a], [passage.text for passage in compared_b])
    keys_a = [(strand, _COMPARED[passage.role]) for strand, passage in zip(strands_a, compared_a, strict=True)]
    keys_b = [(strand, _COMPARED[passage.role]) for strand, passage in zip(strands_b, compared_b, strict=True)]
    matched = _matched(likeness, keys_a, keys_b)
    pairs = [
        _pair(strands_a[place], compared_a[place], compared_b[other], float(likeness[place, other]))
        for place, other in sorted(matched.items())
    ]
    left_a = [place for place in range(len(compared_a)) if place not in matched]
    left_b = [place for place in range(len(compared_b)) if place not in set(matched.values())]
    pairs += _alone([compared_a[place] for place in left_a], [strands_a[place] for place in left_a], "a")
    pairs += _alone([compared_b[place] for place in left_b], [strands_b[place] for place in left_b], "b")
    return tuple(sorted(pairs, key=_place))


def marked_words(a: str, b: str) -> tuple[float, Marks, Marks]:
    """How alike the words of two texts are, from 0 to 1, and the spans in each where they differ.

    Line ends, hyphens, quotation marks, case and punctuation do not count as differences.
    """
    from rapidfuzz.distance import Indel

    from reinspect.phrases.words import spans, words

    words_a, words_b = words(a), words(b)
    spans_a, spans_b = spans(a), spans(b)
    changed = [step for step in Indel.opcodes(words_a, words_b) if step.tag != "equal"]
    return (
        Indel.normalized_similarity(words_a, words_b),
        _joined(spans_a, ((step.src_start, step.src_end) for step in changed)),
        _joined(spans_b, ((step.dest_start, step.dest_end) for step in changed)),
    )


def _pair(strand: str | None, a: Passage, b: Passage, likeness: float) -> PassagePair:
    alikeness, marks_a, marks_b = marked_words(a.text, b.text)
    alike = alikeness >= ALIKE
    return PassagePair(
        strand=strand,
        a=a,
        b=b,
        likeness=likeness,
        alike=alike,
        marks_a=marks_a if alike else (),
        marks_b=marks_b if alike else (),
    )


def _alone(passages: Sequence[Passage], strands: Sequence[str | None], side: str) -> list[PassagePair]:
    return [
        PassagePair(strand=strand, a=passage if side == "a" else None, b=passage if side == "b" else None)
        for passage, strand in zip(passages, strands, strict=True)
    ]


def _joined(spans: Sequence[tuple[int, int]], runs: Iterable[tuple[int, int]]) -> Marks:
    """One span of characters for each run of words."""
    return tuple((spans[first][0], spans[last - 1][1]) for first, last in runs if last > first)


def _subjects(a: Iterable[Passage], b: Iterable[Passage]) -> tuple[dict[str | None, str], dict[str | None, str]]:
    """For each side, the strands that are read as another one because the other side has no such strand."""
    held_a, held_b = {passage.strand for passage in a}, {passage.strand for passage in b}
    joint = _JOINT if "care_and_leavers" in held_a | held_b else {}
    found: list[dict[str | None, str]] = []
    for own, others in ((held_a, held_b), (held_b, held_a)):
        within = {strand: broad for strand, broad in _WITHIN.items() if strand in own and strand not in others}
        found.append({**joint, **{strand: joint.get(broad, broad) for strand, broad in within.items()}})
    return found[0], found[1]


def _likeness(texts_a: Sequence[str], texts_b: Sequence[str]) -> numpy.ndarray[Any, Any]:
    """Cosine of every text of `a` with every text of `b`, words and word pairs weighed by how rare they are."""
    import numpy

    counted = [_terms(text) for text in (*texts_a, *texts_b)]
    found: defaultdict[str, int] = defaultdict(int)
    for terms in counted:
        for term in terms:
            found[term] += 1
    columns = {term: place for place, term in enumerate(term for term, count in found.items() if count > 1)}
    weighed = numpy.zeros((len(counted), len(columns)), dtype=numpy.float32)
    for row, terms in enumerate(counted):
        for term, times in terms.items():
            if term in columns:
                # A rare term says more of a subject than its plain inverse frequency would have it.
                weighed[row, columns[term]] = (1 + math.log(times)) * math.log((len(counted) + 1) / found[term]) ** 1.5
    weighed /= numpy.maximum(numpy.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)
    return weighed[: len(texts_a)] @ weighed[len(texts_a) :].T


def _terms(text: str) -> dict[str, int]:
    """The words of a text that carry its subject, with pairs of neighbours, and how often each stands in it."""
    from reinspect.phrases.words import fold, lexicon, words

    lists = lexicon()
    kept = [fold(word, lists)[:_STEM] for word in words(text) if word not in lists.stop and not word.isdigit()]
    terms: defaultdict[str, int] = defaultdict(int)
    for word in kept:
        terms[word] += 1
    for first, second in pairwise(kept):
        terms[f"{first} {second}"] += 1
    return terms


def _matched(likeness: numpy.ndarray[Any, Any], keys_a: Sequence[object], keys_b: Sequence[object]) -> dict[int, int]:
    """One partner at most for each passage, the likeliest pairs first; places of `b` by places of `a`."""
    candidates = sorted(_candidates(likeness, keys_a, keys_b))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in candidates:
        if place not in matched and other not in taken:
            matched[place] = other
            taken.add(other)
    return matched


def _candidates(
    likeness: numpy.ndarray[Any, Any], keys_a: Sequence[object], keys_b: Sequence[object]
) -> Iterator[tuple[float, int, int]]:
    """Every pair that is likely enough and may stand together, with its likeness made negative, to sort by."""
    places, others = (likeness >= SAME_SUBJECT).nonzero()
    for place, other in zip(places.tolist(), others.tolist(), strict=True):
        if keys_a[place] == keys_b[other]:
            yield -float(likeness[place, other]), place, other


def _place(pair: PassagePair) -> tuple[int, str, int]:
    """Its strand in the usual order (none comes last), pairs before what stands alone."""
    strand = STRANDS.index(pair.strand) if pair.strand in STRANDS else len(STRANDS) + (pair.strand is None)
    kind = 0 if pair.a and pair.b else 1 if pair.a else 2
    return strand, pair.strand or "", kind
