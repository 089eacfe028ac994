"""Fuzzy phrase search: windows of words that are like the phrase (`windows`), the best of them compared as strings.

`benchmarks/speed/phrase_search.py` and `benchmarks/quality/phrase_search.py` measure it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.texts import ROLES
from reinspect.phrases.query import Query, SearchResult, SearchScope
from reinspect.phrases.search.highlights import hits_at
from reinspect.phrases.search.spelling import spellings
from reinspect.phrases.search.windows import FULL, NOWHERE, Windows, best_windows, matched_places, phrase_of

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# More of the best windows than are asked for are compared as strings, since that changes their order.
_MORE = 30
_WINDOW_SHARE = 0.6
Runs = Sequence[tuple[int, Column]]


def search(index: Index, query: Query, within: SearchScope, limit: int, prefix: bool) -> SearchResult:
    """The sentences that hold the phrase of `query`, best first. See `Index.search`."""
    if not (query.words or query.exact) or not len(index.sentence_document):
        return SearchResult()
    runs = [(len(run), _run(index, run)) for run in query.exact]
    allowed = _allowed(index, within, (*query.without, *within.without), [starts for _, starts in runs])
    phrases = [phrase_of(index, spelling) for spelling in spellings(index, query.words, prefix)]
    windows = best_windows(index, phrases, allowed) if query.words else _everywhere(allowed)
    counts = np.bincount(index.sentence_document[windows.sentence], minlength=len(index.texts.documents))
    held = np.flatnonzero(counts)
    by_document = dict(zip(map(index.texts.documents.__getitem__, held.tolist()), counts[held].tolist(), strict=True))
    told = SearchResult(total=len(windows), word_for_word=int((windows.points == FULL).sum()), by_document=by_document)
    if limit <= 0:
        return told
    head = windows.only(_head(index, within, windows, limit + _MORE))
    places, likeness = matched_places(index, head)
    scores, as_typed = _scores(index, head, places, likeness), head.points == FULL
    first = np.lexsort((head.sentence, _rank(index, within, head.sentence), -scores, ~as_typed))[:limit]
    marked = _marked(index, head.sentence[first], places[:, first], runs)
    hits = hits_at(index, head.sentence[first], scores[first], marked, as_typed[first])
    return msgspec.structs.replace(told, hits=tuple(hits))


def _allowed(index: Index, within: SearchScope, unwanted: Sequence[str], wanted: Sequence[Column]) -> Column | None:
    """Which sentences may be found, None where all may: inside the selection, no unwanted word, each wanted place."""
    if not (unwanted or wanted) and within.documents is within.strands is within.roles is None:
        return None
    texts = index.texts
    allowed = np.ones(len(texts.sentence_passage), bool)
    for chosen, names, numbers in (
        (within.documents, texts.documents, texts.passage_document),
        (within.strands, texts.strands, texts.passage_strand),
        (within.roles, ROLES, texts.passage_role),
    ):
        if chosen is not None:
            allowed &= np.array([name in chosen for name in names], bool)[numbers][texts.sentence_passage]
    for word in unwanted:
        for form in _forms(index, word):
            allowed[index.sentence_of[index.places(form)]] = False
    for places in wanted:
        holding = np.zeros(len(allowed), bool)
        holding[index.sentence_of[places]] = True
        allowed &= holding
    return allowed


def _forms(index: Index, word: str) -> Column:
    """The singular and the plural of a word, where the texts have them."""
    number = index.numbers.get(word)
    if number is None:
        return np.zeros(0, np.int64)
    return np.flatnonzero(index.folded == index.folded[number])


def _run(index: Index, run: Sequence[str]) -> Column:
    """The places where a run of words begins, word for word."""
    numbers = [index.numbers.get(word, 0) for word in run]
    if not all(numbers):
        return np.zeros(0, np.int64)
    rarest = min(range(len(numbers)), key=lambda word: index.count(numbers[word]))
    starts = index.places(numbers[rarest]).astype(np.int64) - rarest
    starts = starts[(starts >= 0) & (starts + len(run) <= len(index.texts.tokens))]
    for step, number in enumerate(numbers):
        starts = starts[index.texts.tokens[starts + step] == number]
    return starts


def _rank(index: Index, within: SearchScope, sentences: Column) -> Column:
    """Which of two sentences with equal scores comes first: that of the document named first."""
    if not within.first:
        return np.zeros(len(sentences), np.int64)
    ranks = {document: rank for rank, document in enumerate(within.first)}
    by_document = np.array([ranks.get(document, len(ranks)) for document in index.texts.documents], np.int64)
    return by_document[index.sentence_document[sentences]]


def _everywhere(allowed: Column | None) -> Windows:
    """All that is allowed, where no words are sought but exact runs."""
    sentences = np.flatnonzero(allowed) if allowed is not None else np.zeros(0, np.int64)
    nothing = np.zeros(len(sentences), np.int64)
    return Windows(anchors=(), sentence=sentences, points=nothing + FULL, place=nothing, anchor=nothing)


def _head(index: Index, within: SearchScope, windows: Windows, size: int) -> Column:
    """The rows of the windows with most points, in the order of the texts."""
    points = windows.points
    if len(windows) <= size:
        return np.arange(len(windows))
    least = np.partition(points, -size)[-size]
    above, level = np.flatnonzero(points > least), np.flatnonzero(points == least)
    level = level[np.argsort(_rank(index, within, windows.sentence[level]), kind="stable")]
    return np.sort(np.concatenate([above, level[: size - len(above)]]))


def _scores(index: Index, windows: Windows, places: Column, likeness: Column) -> Column:
    """The final score of each window, one decimal: its words' likeness, and that of the two strings as a whole."""
    lasts = places.max(axis=0)
    firsts = np.where(places == NOWHERE, lasts, places).min(axis=0)
    if NOWHERE in lasts:
        return likeness
    spellings = [anchor.phrase.spelling for anchor in windows.anchors]
    sought = [spellings[anchor].string for anchor in windows.anchor.tolist()]
    wholes = process.cpdist(sought, index.strings(firsts, lasts + 1), scorer=fuzz.ratio, dtype=np.float64)
    off = np.array([spelling.off for spelling in spellings])[windows.anchor]
    scores: Column = np.round(_WINDOW_SHARE * likeness + (1 - _WINDOW_SHARE) * wholes - off, 1)
    return np.maximum(scores, 0)


def _marked(index: Index, sentences: Column, places: Column, runs: Runs) -> list[list[int]]:
    """The places to mark in each sentence, in order: those of its window and those of each exact run."""
    for length, starts in runs:
        first = starts[np.searchsorted(starts, index.texts.sentence_start[sentences])]
        places = np.concatenate([places, np.arange(length)[:, None] + first])
    return [sorted({*row} - {NOWHERE}) for row in places.T.tolist()]
