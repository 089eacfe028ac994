"""Rank the matches of a search: choose the best by points, then give these a final score that compares strings too.

    typed                 in the text                 similarity of words  ratio of strings  score
    managment oversigt    management oversight                       97.5              94.7   96.4
    management oversight  oversight by team managers                 78.6              39.1   62.8

The similarity counts for 0.6 of the score, the ratio for 0.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.query import SearchScope
from reinspect.phrases.search.windows import NOWHERE, Windows

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# The share of a window's similarity in its final score; the rest is RapidFuzz's ratio of the two strings.
_SIMILARITY_SHARE = 0.6


def rank_of(index: Index, scope: SearchScope, sentences: Column) -> Column:
    """Return the tie-break rank of each sentence: the position of the sentence's document in `scope.first`."""
    if not scope.first:
        return np.zeros(len(sentences), np.int64)
    ranks = {document: rank for rank, document in enumerate(scope.first)}
    by_document = np.array([ranks.get(document, len(ranks)) for document in index.texts.documents], np.int64)
    return by_document[index.sentence_document[sentences]]


def preselect(index: Index, scope: SearchScope, windows: Windows, size: int) -> Column:
    """Return the indices of the `size` best matches in `windows`, in ascending order."""
    points = windows.points
    if len(windows) <= size:
        return np.arange(len(windows))
    least = np.partition(points, -size)[-size]
    above, level = np.flatnonzero(points > least), np.flatnonzero(points == least)
    level = level[np.argsort(rank_of(index, scope, windows.sentence[level]), kind="stable")]
    return np.sort(np.concatenate([above, level[: size - len(above)]]))


def final_scores(index: Index, windows: Windows, places: Column, similarity: Column) -> Column:
    """Return the final score of each match: a float array, 0 to 100 with one decimal.

    The score combines `similarity`, a comparison word by word, with a comparison of the whole matched text. `places`
    are the token positions of the matched words, shape (words, matches).
    """
    lasts = places.max(axis=0)
    firsts = np.where(places == NOWHERE, lasts, places).min(axis=0)
    if NOWHERE in lasts:
        return similarity
    spellings = [anchor.phrase.spelling for anchor in windows.anchors]
    typed = [spellings[anchor].string for anchor in windows.anchor.tolist()]
    ratios = process.cpdist(typed, index.strings(firsts, lasts + 1), scorer=fuzz.ratio, dtype=np.float64)
    deductions = np.array([spelling.deduction for spelling in spellings])[windows.anchor]
    scores: Column = np.round(_SIMILARITY_SHARE * similarity + (1 - _SIMILARITY_SHARE) * ratios - deductions, 1)
    return np.maximum(scores, 0)
