"""Recurring phrases, ranked by meaning.

The words of the chosen documents (`ground`) are counted in runs of two to seven (`grams`); what may be a phrase is
weighed by how widely it is used, how firmly its words belong together and how freely others change around it
(`weighing`); forms of one phrase become one (`variants`), and so do phrases that stand in the same places (`echoes`).
The order "issues" asks how much more a phrase is criticised than the rest, "distinctive" how much more it is used than
elsewhere (`keyness`), "themes" neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial, reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING, Protocol

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining import keyness
from reinspect.phrases.mining.counting import CountingResources, count_candidates
from reinspect.phrases.mining.ngrams import TokenStream, ngram_uses, spread
from reinspect.phrases.mining.overlaps import PhraseGroup, distinct
from reinspect.phrases.mining.portions import (
    Flags,
    Portion,
    authority_names,
    document_starts,
    flags,
    keyed,
    portions,
    running,
    shared_keys,
)
from reinspect.phrases.mining.reference_counts import reference, template_keys
from reinspect.phrases.mining.scoring import Candidates, repute
from reinspect.phrases.mining.surface_forms import forms, is_name
from reinspect.phrases.mining.variants import content, families
from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin
from reinspect.phrases.words import Lexicon, lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

_LIFT_POWER = 1.5
# What is left of a phrase's score for each one above it that holds all of its content words but one, or is held so.
_OVERLAP = 0.6
_QUALIFIED = 0.15
# Candidates looked at for each phrase that is asked for.
_CONSIDERED = 10
# How much a phrase gains that is used more than elsewhere, for each doubling, and how many doublings count.
_KEYNESS, _MOST_DISTINCTIVE = 0.4, 3.0
# What is distinctive is used twice as much as elsewhere, or more by all the evidence there is.
_LEAST_DISTINCTIVE = 1.0
_VARIANTS = 8
# Uses looked at for whether commas part the words of a phrase.
_LISTED = 5
# With fewer inspections than these, the documents held are no background.
_FEWEST = 20


class _Mined(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What phrases are described by: the inspections they stand in, and what they are compared with.

    `starts` are the first tokens of the documents of the index, `of_document` is the number of each one's inspection.
    """

    index: Index
    starts: Column
    of_document: Column
    inspections: tuple[str, ...]
    occasions: Mapping[str, TextOrigin]
    candidates: Candidates
    background: _Background


def mine(
    index: Index,
    occasions: Mapping[str, TextOrigin],
    *,
    documents: Collection[str] | None = None,
    background: Collection[str] | None = None,
    order: Order = "issues",
    minimum_inspections: int = 2,
    limit: int = 100,
    names: Collection[str] | None = None,
    lists: Lexicon | None = None,
    means: CountingResources | None = None,
) -> tuple[RecurringPhrase, ...]:
    """The phrases of `documents` that recur in at least `minimum_inspections`, best first.

    `occasions` says which inspection each document stands for; a document without one is not read. `documents` are the
    ones to mine (all, by default) and `background` the ones to compare them with, so that two groups can be told apart;
    by default all others that have an occasion or, where those stand for fewer than 20 inspections, the shipped counts
    (`reference`).
    `names` are words that no phrase may hold: those of authorities by default. Passages of background sections,
    headings, and what is said of a safeguarding board are not read. `means` bounds the memory and may bring an
    executor; the phrases are the same with any.
    """
    lists, means = lists or lexicon(), means or CountingResources()
    held = {document: occasion for document, occasion in occasions.items() if document in index.documents}
    mined = {each: held[each] for each in (held if documents is None else documents) if each in held}
    compared = held if background is None else background
    rest = {each: held[each] for each in compared if each in held and each not in mined}
    words = flags(index, lists, authority_names() if names is None else names)
    keys_of = keyed(index, means.at_once)
    with means.shards(len(index.texts.sentence_passage)) as shards:
        every, _ = portions(index, held, means.at_once)
        shared = shared_keys(index, held, every, keys_of, shards)
    templates = np.union1d(shared, template_keys())
    take = partial(running, index, words=words, keys_of=keys_of, templates=templates)
    # A phrase's variants are counted with it, so that each of them may be rarer than the phrase must be.
    least = max(minimum_inspections, 1)
    parts, inspections = portions(index, mined, means.at_once)
    enough = least if least <= 2 else max(2, least // 2)
    candidates = count_candidates(parts, take, words, enough, means)
    others = _Held(*portions(index, rest, means.at_once), take=take, flags=words)
    of_document = np.full(len(index.texts.documents), -1)
    for part in parts:
        of_document[part.documents] = part.inspection
    ground = _Mined(
        index=index,
        starts=document_starts(index),
        of_document=of_document,
        inspections=inspections,
        occasions={occasion.inspection: occasion for occasion in mined.values()},
        candidates=candidates,
        background=others if background is not None or others.inspections >= _FEWEST else _Shipped(index),
    )
    ranked = _best(ground, order, limit, lists)
    told = (
        family for family in ranked if len(_by_inspection(ground, family[1])) >= least and _is_said(ground, family[1])
    )
    return tuple(_described(ground, list(islice(told, limit))))


class _Background(Protocol):
    """What phrases are compared with."""

    @property
    def inspections(self) -> int:
        """Of how many inspections it is."""

    def spread(self, runs: Column, owners: Column) -> Column:
        """How many inspections use any run of each owner (numbered from 0 on); `runs` are rows of words."""

    def known(self, runs: Column) -> tuple[Column, Column, Column]:
        """What is known of each run: its spread, how much more it is criticised than all words, and if it is whole."""


class _Held:
    """Other documents that are held."""

    def __init__(
        self,
        parts: Sequence[Portion],
        inspections: Sequence[str],
        *,
        take: Callable[[Portion], TokenStream],
        flags: Flags,
    ) -> None:
        self._parts = parts
        self._take = take if len(parts) > 1 else cache(take)
        self._flags = flags
        self.inspections = len(inspections)

    def spread(self, runs: Column, owners: Column) -> Column:
        count = int(owners.max(initial=-1)) + 1
        whole = np.zeros(count, np.int64)
        for words in map(self._take, self._parts):
            found, places = ngram_uses(words, runs)
            whole += spread(words, owners[found], places, count)
        return whole

    def known(self, runs: Column) -> tuple[Column, Column, Column]:
        if not self._parts:
            return np.zeros(len(runs), np.int64), np.ones(len(runs)), np.ones(len(runs), bool)
        told = reduce(add, (repute(words, runs, self._flags) for words in map(self._take, self._parts)))
        return told.spread, told.lift, told.whole


class _Shipped:
    """The shipped counts; of an owner's runs the one that most inspections use stands for all."""

    def __init__(self, index: Index) -> None:
        self._words = index.words
        self._counts = reference()
        self.inspections = self._counts.inspections

    def spread(self, runs: Column, owners: Column) -> Column:
        phrases = ([self._words[word] for word in run if word] for run in runs.tolist())
        counts = np.array([self._counts.most(phrase) for phrase in phrases], np.int64)
        most = np.zeros(int(owners.max(initial=-1)) + 1, np.int64)
        np.maximum.at(most, owners, counts)
        return most

    def known(self, runs: Column) -> tuple[Column, Column, Column]:
        return self.spread(runs, np.arange(len(runs))), np.ones(len(runs)), np.ones(len(runs), bool)


def _best(ground: _Mined, order: Order, limit: int, lists: Lexicon) -> list[tuple[float, list[int]]]:
    """The families of candidates with their scores, best first; what says again what stands above it is pushed down."""
    rows, scores = _scored(ground, order, limit * _CONSIDERED)
    words = [_words(ground, row) for row in rows]
    found = [
        _family(ground, [rows[member] for member in family], scores[family[0]], lists)
        for family in families(words, lists)
    ]
    said: Counter[frozenset[str]] = Counter()
    uses_of: dict[frozenset[str], int] = {}
    ranked = []
    for family in distinct(found):
        whole, head = family.words, family.rows[0]
        first, count = _words(ground, head)[0], int(ground.candidates.counts[head])
        thing = whole - {first} if first in lists.aspects else None
        parts = {part for part in (whole, *(whole - {word} for word in whole)) if len(part) > 1}
        # "The timeliness of" a thing says more than the thing does, unless the thing is hardly ever so qualified.
        if thing is not None and count >= _QUALIFIED * uses_of.get(thing, 0):
            parts.discard(thing)
        repeated = max((said[part] for part in parts), default=0)
        said.update(parts)
        uses_of.setdefault(whole, count)
        ranked.append((family.score * _OVERLAP**repeated, list(family.rows)))
    return sorted(ranked, key=lambda pair: -pair[0])


def _is_said(ground: _Mined, family: Sequence[int]) -> bool:
    """Whether a family is more than a piece of a list ("police, health"), or the name of whoever signed the letters."""
    words = [word for word in ground.candidates.words[family[0]].tolist() if word]
    if not {"and", "or"}.isdisjoint(_words(ground, family[0])):
        return True
    printed = forms(ground.index, ground.candidates.occurrences(family[0])[:_LISTED], len(words))
    return not (all("," in form for form in printed) or is_name(ground.index, words))


def _words(ground: _Mined, row: int) -> tuple[str, ...]:
    return tuple(ground.index.words[word] for word in ground.candidates.words[row] if word)


def _family(ground: _Mined, rows: Sequence[int], score: float, lists: Lexicon) -> PhraseGroup:
    """Candidates that are forms of one phrase, with where they stand."""
    lengths = [np.count_nonzero(ground.candidates.words[row]) for row in rows]
    starts = [ground.candidates.occurrences(row) for row in rows]
    ends = [each + length for each, length in zip(starts, lengths, strict=True)]
    return PhraseGroup(
        rows=tuple(rows),
        words=frozenset(content(_words(ground, rows[0]), lists)),
        score=score,
        starts=np.sort(np.concatenate(starts)),
        ends=np.sort(np.concatenate(ends)),
        inspections=int(ground.candidates.spread[list(rows)].max()),
    )


def _scored(ground: _Mined, order: Order, size: int) -> tuple[list[int], list[float]]:
    """The best candidates and their scores, best first."""
    candidates = ground.candidates
    scores = candidates.worth * candidates.lift() ** _LIFT_POWER if order == "issues" else candidates.worth
    rows = np.argsort(-scores, kind="stable")
    # Distinctive phrases may stand anywhere; in the other orders being distinctive only moves those near the top.
    rows = rows if order == "distinctive" else rows[:size]
    expected = np.ones(len(scores))
    outside, expected[rows], whole = ground.background.known(candidates.words[rows])
    if order == "issues":
        scores = candidates.worth * candidates.lift(expected) ** _LIFT_POWER
    scores[rows] *= whole
    ratio, bound = _keyness(ground, candidates.spread[rows], outside)
    distinctive = np.clip(ratio, 0, _MOST_DISTINCTIVE)
    if order == "distinctive":
        keyed = np.where((ratio >= _LEAST_DISTINCTIVE) | (bound > 0), distinctive * (1 + np.maximum(bound, 0)), 0.0)
    else:
        keyed = 1 + _KEYNESS * distinctive
    scores = scores[rows] * keyed
    again = np.argsort(-scores, kind="stable")[:size]
    again = again[scores[again] > 0]
    return rows[again].tolist(), scores[again].tolist()


def _keyness(ground: _Mined, inside: Column, outside: Column) -> tuple[Column, Column]:
    """Log ratio and its bound, corrected for as many phrases as there are candidates."""
    of, others = len(ground.inspections), ground.background.inspections
    bound = keyness.conservative(inside, of, outside, others, len(ground.candidates.words))
    return keyness.log_ratio(inside, of, outside, others), bound


def _described(ground: _Mined, best: Sequence[tuple[float, list[int]]]) -> Iterator[RecurringPhrase]:
    """What is to be said of each family of candidates."""
    members = np.array([row for _, family in best for row in family], np.int64)
    owners = np.repeat(np.arange(len(best)), [len(family) for _, family in best])
    outside = ground.background.spread(ground.candidates.words[members], owners)
    by_inspection = [_by_inspection(ground, family) for _, family in best]
    inside = np.array([len(each) for each in by_inspection], np.int64)
    ratio, bound = _keyness(ground, inside, outside)
    for number, (score, family) in enumerate(best):
        occasions = [ground.occasions[inspection] for inspection in by_inspection[number]]
        years = Counter(occasion.year for occasion in occasions if occasion.year is not None)
        phrase, *variants = _forms(ground, family)
        yield RecurringPhrase(
            phrase=phrase,
            variants=tuple(variants),
            inspections=len(occasions),
            group=len(ground.inspections),
            authorities=len({occasion.authority for occasion in occasions}),
            years=tuple(sorted(years)),
            by_year=dict(sorted(years.items())),
            by_inspection=by_inspection[number],
            count=sum(by_inspection[number].values()),
            issue_share=round(float(ground.candidates.criticism[family[0]]), 3),
            elsewhere=int(outside[number]),
            others=ground.background.inspections,
            log_ratio=round(float(ratio[number]), 2),
            bound=round(float(bound[number]), 2),
            score=round(score, 2),
        )


def _by_inspection(ground: _Mined, family: Sequence[int]) -> dict[str, int]:
    """How often each inspection uses a family."""
    places = np.concatenate([ground.candidates.occurrences(row) for row in family])
    counts = np.bincount(ground.of_document[np.searchsorted(ground.starts, places, side="right") - 1])
    return {ground.inspections[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist()}


def _forms(ground: _Mined, family: Sequence[int]) -> list[str]:
    """The printed forms of a family: the commonest of its head first, then the others by how common they are."""
    printed: list[Counter[str]] = []
    for row in family[:_VARIANTS]:
        length = int(np.count_nonzero(ground.candidates.words[row]))
        printed.append(forms(ground.index, ground.candidates.occurrences(row), length))
    head = min(printed[0], key=lambda form: (-printed[0][form], form))
    others = sum(printed, Counter[str]())
    # Forms that differ by no more than a comma are one.
    by_words = {form.replace(",", ""): form for form in sorted(others, key=lambda form: (others[form], form))}
    del by_words[head.replace(",", "")]
    return [head, *sorted(by_words.values(), key=lambda form: (-others[form], form))[:_VARIANTS]]
