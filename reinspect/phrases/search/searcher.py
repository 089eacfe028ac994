"""Search for a phrase, with typing errors, gaps and another word order allowed.

`windows` finds the stretches of words that match, and `ranking` compares the best of them as strings.

    searcher = Searcher(index)
    result = searcher.search("managment oversigt", SearchScope(roles=frozenset({"improvement"})), limit=20)
    result.total            # the exact number of sentences, 31
    result.hits[0].phrase   # "management oversight"

`python -m benchmarks.quality.phrase_search` measures its recall and precision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.index.index import Index
from reinspect.phrases.query import Hit, Query, SearchResult, SearchScope, parse_query
from reinspect.phrases.search.compounds import Compounds
from reinspect.phrases.search.exact import exact_starts
from reinspect.phrases.search.highlights import hits_at
from reinspect.phrases.search.ranking import final_scores, preselect, rank_of
from reinspect.phrases.search.scope import allowed_sentences
from reinspect.phrases.search.similar_words import SimilarWords
from reinspect.phrases.search.spelling import Spelling, spellings
from reinspect.phrases.search.windows import FULL, NOWHERE, Windows, best_windows, build_phrase, matched_places

# The final scores change the order, so more windows than the limit are scored.
EXTRA = 30


class QuotedRun(msgspec.Struct, frozen=True, eq=False):
    """A run of quoted words: how many there are, and the token positions at which the run begins."""

    length: int
    starts: Column


class RankedHit(NamedTuple):
    """A hit among those of which the best are chosen: its points, and the tie-break rank of its document."""

    hit: Hit
    points: int
    rank: int


class _ScoredMatches(NamedTuple):
    """Matches with a final score each, whether each is exactly as typed, and the tie-break rank of its document.

    `places` are the token positions of the matched words, shape (words, matches).
    """

    windows: Windows
    places: Column
    scores: Column
    as_typed: Column
    rank: Column


class Searcher:
    """A phrase search over one index. It caches similar words, and threads can share it."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def similar_words(self) -> SimilarWords:
        """The finder of words that are similar to a typed word."""
        return SimilarWords(self.index)

    @cached_property
    def compounds(self) -> Compounds:
        """The splitter of typed words into several words ("wellbeing" into "well being")."""
        return Compounds(self.index, self.similar_words)

    def search(
        self, query: str | Query, scope: SearchScope | None = None, limit: int = 50, prefix: bool = False
    ) -> SearchResult:
        """Find the sentences that hold a phrase, best first; typing errors, gaps and another word order are allowed.

        `query` is a `Query` or text as a person types it: `managment oversigt "exact words" -without`. `prefix=True`
        means that the last word is not typed to the end yet. `limit` bounds the hits; the counts of the result cover
        all sentences.
        """
        parsed = parse_query(query) if isinstance(query, str) else query
        scope = scope or SearchScope()
        if not (parsed.words or parsed.exact) or not len(self.index.sentence_document):
            return SearchResult()
        runs = self.quoted_runs(parsed)
        allowed = self.allowed(parsed, scope, runs)
        if parsed.words:
            windows = self._find_windows(self.spellings(parsed.words, prefix), allowed)
        else:
            windows = whole_sentences(allowed)
        counted = self.count(windows)
        if limit <= 0:
            return counted
        return msgspec.structs.replace(counted, hits=tuple(self._best_hits(windows, scope, runs, limit)))

    def spellings(self, words: Sequence[str], prefix: bool) -> tuple[Spelling, ...]:
        """Return the ways in which the texts may write the typed words."""
        return tuple(spellings(self.index, self.similar_words, self.compounds, words, prefix))

    def quoted_runs(self, query: Query) -> list[QuotedRun]:
        """Return where the quoted words of a query stand in the texts."""
        return [QuotedRun(len(run), exact_starts(self.index, run)) for run in query.exact]

    def allowed(self, query: Query, scope: SearchScope, runs: Sequence[QuotedRun]) -> Column | None:
        """Return a bool array: whether each sentence may be found; None if all may."""
        unwanted = (*query.without, *scope.without)
        return allowed_sentences(self.index, scope, unwanted, [run.starts for run in runs])

    def _find_windows(self, found: Sequence[Spelling], allowed: Column | None) -> Windows:
        windows = self.match(found, allowed)
        # What counts as a match must not depend on the scope, so all texts are tried before words may be missing.
        if len(windows) or (allowed is not None and len(self.match(found, None))):
            return windows
        return self.match(found, allowed, all_words=False)

    def match(
        self,
        found: Sequence[Spelling],
        allowed: Column | None,
        *,
        all_words: bool = True,
        too_common: Collection[int] = (),
    ) -> Windows:
        """Return the best match in every allowed sentence that matches one of the spellings.

        With `all_words` no word of a short phrase may be missing. `too_common` is explained at `best_windows`.
        """
        phrases = [build_phrase(self.similar_words, spelling, all_words) for spelling in found]
        return best_windows(self.index, self.similar_words, phrases, allowed, too_common)

    def count(self, windows: Windows) -> SearchResult:
        """Count the matching sentences, in all and in each document. The result has no hits yet."""
        index = self.index
        counts = np.bincount(index.sentence_document[windows.sentence], minlength=len(index.texts.documents))
        documents = np.flatnonzero(counts)
        return SearchResult(
            total=len(windows),
            word_for_word=int((windows.points == FULL).sum()),
            by_document=dict(
                zip(map(index.texts.documents.__getitem__, documents.tolist()), counts[documents].tolist(), strict=True)
            ),
        )

    def _best_hits(self, windows: Windows, scope: SearchScope, runs: Sequence[QuotedRun], limit: int) -> Iterable[Hit]:
        """Return the best matches as hits: first those exactly as typed, then by score."""
        scored = self._score(windows, scope, limit)
        order = np.lexsort((scored.windows.sentence, scored.rank, -scored.scores, ~scored.as_typed))[:limit]
        return self._hits(scored, order, runs)

    def candidates(
        self, windows: Windows, scope: SearchScope, runs: Sequence[QuotedRun], limit: int
    ) -> tuple[RankedHit, ...]:
        """Return the matches of which the best `limit` of divided texts are chosen, in the order of the sentences."""
        scored = self._score(windows, scope, limit)
        hits = self._hits(scored, np.arange(len(scored.windows)), runs)
        keys = zip(scored.windows.points.tolist(), scored.rank.tolist(), strict=True)
        return tuple(RankedHit(hit, points, rank) for hit, (points, rank) in zip(hits, keys, strict=True))

    def _score(self, windows: Windows, scope: SearchScope, limit: int) -> _ScoredMatches:
        """Choose somewhat more matches than the limit by their points, and give them final scores."""
        index = self.index
        selected = windows.only(preselect(index, scope, windows, limit + EXTRA))
        places, similarity = matched_places(index, selected)
        scores, as_typed = final_scores(index, selected, places, similarity), selected.points == FULL
        return _ScoredMatches(selected, places, scores, as_typed, rank_of(index, scope, selected.sentence))

    def _hits(self, scored: _ScoredMatches, rows: Column, runs: Sequence[QuotedRun]) -> Iterable[Hit]:
        sentences = scored.windows.sentence[rows]
        marked = _marked_places(self.index, sentences, scored.places[:, rows], runs)
        return hits_at(self.index, sentences, scored.scores[rows], marked, scored.as_typed[rows])


def whole_sentences(allowed: Column | None) -> Windows:
    """Return every allowed sentence as a perfect match. This is for a query of quoted words only."""
    sentences = np.flatnonzero(allowed) if allowed is not None else np.zeros(0, np.int64)
    zeros = np.zeros(len(sentences), np.int64)
    return Windows(anchors=(), sentence=sentences, points=zeros + FULL, place=zeros, anchor=zeros)


def _marked_places(index: Index, sentences: Column, places: Column, runs: Sequence[QuotedRun]) -> list[list[int]]:
    """Return the token positions to highlight in each sentence: the matched words and the quoted words."""
    opening = index.texts.sentence_start
    is_last = sentences + 1 == len(opening)
    ends = np.where(is_last, len(index.texts.tokens), opening.take(sentences + 1, mode="clip"))
    marked = [{*column} - {NOWHERE} for column in places.T.tolist()]
    for run in runs:
        within = (np.searchsorted(run.starts, limits).tolist() for limits in (opening[sentences], ends))
        for own, first, after in zip(marked, *within, strict=True):
            for start in run.starts[first:after].tolist():
                own.update(range(start, start + run.length))
    return [sorted(own) for own in marked]
