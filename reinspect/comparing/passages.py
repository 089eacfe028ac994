"""Pair the passages of two reports that are about the same subject.

Two inspections describe the same subjects in different words. So a passage of one report is paired with the passage of
the other that shares the most words which are rare in the two reports together. The surest pairs are made first. A
passage has one partner at most, unless the other report prints it in parts: then it is paired with each part.
Similarity is a cosine from 0 to 1 over stems and pairs of neighbouring stems:

    2022, care   "Advocates visit every child who lives away from home and speak for them at reviews."
    2025, care   "At reviews advocates now speak for nearly every child who lives away from home."
                 a pair: they share advocat, child, lives, away, home, speak, review, "away home", ...
    2025, care   "Audits are thorough and managers act on what audits find."   no partner: nothing is shared

Words are marked only inside a pair whose two texts are nearly the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.comparing.judgements import STRANDS
from reinspect.comparing.marked_words import Marks, marked_words
from reinspect.comparing.split_passages import Parts, find_parts, join_parts
from reinspect.model import Passage

if TYPE_CHECKING:
    import numpy

# Smallest similarity of a pair: in Camden 2022-25, Islington 2017-20 and Slough 2019-23 nearly all pairs above it are
# of one subject, and about half of those below it.
SAME_SUBJECT = 0.14
# Smallest share of common words for which the differences are marked.
ALIKE = 0.6
# Letters of a word that are compared, so that its inflections are one: effective, effectively, effectiveness.
_STEM = 7

# A finding is never paired with an improvement.
_COMPARED = {"finding": "text", "summary": "text", "improvement": "to improve", "priority action": "to improve"}
_JOINT: dict[str | None, str] = {"care": "care_and_leavers", "leavers": "care_and_leavers"}
# The strand that covers the subject in a report without the strand itself.
_WITHIN = {
    "adoption": "care",
    "looked_after": "care",
    "outcomes": "care",
    "quality": "care",
    "capacity": "care",
    "safeguarding": "help",
}


class PassagePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two passages about the same subject, one from each report. One side is None if the other has no partner.

    `similarity` runs from 0 to 1. `alike` is True if the two texts are nearly the same; then `marks_a` and `marks_b`
    are the character spans in each text where their words differ.
    """

    strand: str | None
    a: Passage | None
    b: Passage | None
    similarity: float = 0.0
    alike: bool = False
    marks_a: Marks = ()
    marks_b: Marks = ()


def pair_passages(passages_a: Sequence[Passage], passages_b: Sequence[Passage]) -> tuple[PassagePair, ...]:
    """Pair the passages of two reports that are about the same subject.

    The result is sorted by strand. Within a strand, the pairs come first, then the passages without a partner.
    """
    names_a, names_b = _strand_names(passages_a, passages_b)
    compared_a = [passage for passage in passages_a if passage.role in _COMPARED and passage.text.strip()]
    compared_b = [passage for passage in passages_b if passage.role in _COMPARED and passage.text.strip()]
    strands_a = [names_a.get(passage.strand, passage.strand) for passage in compared_a]
    strands_b = [names_b.get(passage.strand, passage.strand) for passage in compared_b]
    if not compared_a or not compared_b:
        return (*_without_partner(compared_a, strands_a, "a"), *_without_partner(compared_b, strands_b, "b"))
    similarities = _similarity_matrix(
        [passage.text for passage in compared_a], [passage.text for passage in compared_b]
    )
    keys_a = [(strand, _COMPARED[passage.role]) for strand, passage in zip(strands_a, compared_a, strict=True)]
    keys_b = [(strand, _COMPARED[passage.role]) for strand, passage in zip(strands_b, compared_b, strict=True)]
    partners = _choose_partners(similarities, keys_a, keys_b)
    groups = _with_parts(compared_a, compared_b, partners, keys_a, keys_b)
    pairs = [
        pair
        for places, others in groups
        for pair in _pair(
            strands_a[places[0]],
            [compared_a[place] for place in places],
            [compared_b[other] for other in others],
            max(float(similarities[place, other]) for place in places for other in others),
        )
    ]
    left_a = sorted(set(range(len(compared_a))) - {place for places, _ in groups for place in places})
    left_b = sorted(set(range(len(compared_b))) - {other for _, others in groups for other in others})
    pairs += _without_partner([compared_a[place] for place in left_a], [strands_a[place] for place in left_a], "a")
    pairs += _without_partner([compared_b[place] for place in left_b], [strands_b[place] for place in left_b], "b")
    return tuple(sorted(pairs, key=_sort_key))


def _with_parts(
    a: Sequence[Passage],
    b: Sequence[Passage],
    partners: dict[int, int],
    keys_a: Sequence[object],
    keys_b: Sequence[object],
) -> list[tuple[Parts, Parts]]:
    """Return the pairs as positions in `a` and in `b`; a side has several if it prints the other's passage in parts."""
    texts_a, texts_b = [passage.text for passage in a], [passage.text for passage in b]
    free_a, free_b = set(range(len(a))) - set(partners), set(range(len(b))) - set(partners.values())
    parts_b = find_parts(texts_a, texts_b, partners, free_b, keys_b)
    whole = {others[0]: place for place, others in parts_b.items() if len(others) == 1}
    parts_a = find_parts(texts_b, texts_a, whole, free_a, keys_a)
    return [(parts_a.get(others[0], (place,)), others) for place, others in sorted(parts_b.items())]


def _pair(strand: str | None, a: Sequence[Passage], b: Sequence[Passage], similarity: float) -> Iterator[PassagePair]:
    """Yield the pair of two passages, or one pair for each part if a side has several parts."""
    common, marks_a, marks_b = marked_words(*(join_parts([passage.text for passage in side]) for side in (a, b)))
    alike = common >= ALIKE
    for start_a, part_a in _starts(a):
        for start_b, part_b in _starts(b):
            yield PassagePair(
                strand=strand,
                a=part_a,
                b=part_b,
                similarity=similarity,
                alike=alike,
                marks_a=_within(marks_a, start_a, part_a.text) if alike else (),
                marks_b=_within(marks_b, start_b, part_b.text) if alike else (),
            )


def _starts(parts: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    """Yield each part with the position of its first character among all parts joined."""
    start = 0
    for part in parts:
        yield start, part
        start += len(part.text) + 1


def _within(marks: Marks, start: int, text: str) -> Marks:
    """Return the parts of `marks` inside `text`, which begins at `start`, counted from its beginning."""
    cut = ((max(first - start, 0), min(last - start, len(text))) for first, last in marks)
    return tuple((first, last) for first, last in cut if first < last)


def _without_partner(passages: Sequence[Passage], strands: Sequence[str | None], side: str) -> list[PassagePair]:
    return [
        PassagePair(strand=strand, a=passage if side == "a" else None, b=passage if side == "b" else None)
        for passage, strand in zip(passages, strands, strict=True)
    ]


def _strand_names(a: Iterable[Passage], b: Iterable[Passage]) -> tuple[dict[str | None, str], dict[str | None, str]]:
    """Return, for each report, new names for the strands that the other report lacks: {"adoption": "care"}."""
    strands_a, strands_b = {passage.strand for passage in a}, {passage.strand for passage in b}
    joint = _JOINT if "care_and_leavers" in strands_a | strands_b else {}
    names: list[dict[str | None, str]] = []
    for own, others in ((strands_a, strands_b), (strands_b, strands_a)):
        within = {strand: broad for strand, broad in _WITHIN.items() if strand in own and strand not in others}
        names.append({**joint, **{strand: joint.get(broad, broad) for strand, broad in within.items()}})
    return names[0], names[1]


def _similarity_matrix(texts_a: Sequence[str], texts_b: Sequence[str]) -> numpy.ndarray[Any, Any]:
    """Return a float array of cosine similarities: a row for each text of `a`, a column for each text of `b`."""
    import numpy

    counts = [_count_terms(text) for text in (*texts_a, *texts_b)]
    texts_with = Counter(chain.from_iterable(counts))
    # A term of one text alone cannot be shared.
    shared = [term for term, texts in texts_with.items() if texts > 1]
    columns = {term: column for column, term in enumerate(shared)}
    # The power gives a rare term more weight than its plain inverse frequency does.
    rarity = [math.log((len(counts) + 1) / texts_with[term]) ** 1.5 for term in shared]
    weights = numpy.zeros((len(counts), len(columns)), dtype=numpy.float32)
    for row, terms in enumerate(counts):
        own = [(columns[term], times) for term, times in terms.items() if term in columns]
        weights[row, [column for column, _ in own]] = [(1 + math.log(times)) * rarity[column] for column, times in own]
    weights /= numpy.maximum(numpy.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    return weights[: len(texts_a)] @ weights[len(texts_a) :].T


def _count_terms(text: str) -> Counter[str]:
    """Count the words of a text and its pairs of neighbouring words, without stop words and numbers."""
    from reinspect.phrases.words import words

    kept = list(filter(None, map(_stem, words(text))))
    return Counter((*kept, *(f"{first} {second}" for first, second in pairwise(kept))))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return the letters of a word that are compared, "" for a stop word or a number."""
    from reinspect.phrases.words import fold, lexicon

    return "" if word in lexicon().stop or word.isdigit() else fold(word)[:_STEM]


def _choose_partners(
    similarities: numpy.ndarray[Any, Any], keys_a: Sequence[object], keys_b: Sequence[object]
) -> dict[int, int]:
    """Choose at most one partner for each passage; return {position in `a`: position in `b`}."""
    # The most similar pairs are made first.
    candidates = sorted(_candidates(similarities, keys_a, keys_b))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in candidates:
        if place not in partners and other not in taken:
            partners[place] = other
            taken.add(other)
    return partners


def _candidates(
    similarities: numpy.ndarray[Any, Any], keys_a: Sequence[object], keys_b: Sequence[object]
) -> Iterator[tuple[float, int, int]]:
    """Yield (negative similarity, position in `a`, position in `b`) for every pair that is possible."""
    places, others = (similarities >= SAME_SUBJECT).nonzero()
    for place, other in zip(places.tolist(), others.tolist(), strict=True):
        if keys_a[place] == keys_b[other]:
            yield -float(similarities[place, other]), place, other


def _sort_key(pair: PassagePair) -> tuple[int, str, int]:
    """Return a sort key: by strand, then pairs before passages without a partner."""
    strand = STRANDS.index(pair.strand) if pair.strand in STRANDS else len(STRANDS) + (pair.strand is None)
    kind = 0 if pair.a and pair.b else 1 if pair.a else 2
    return strand, pair.strand or "", kind
