"""Answer "which texts say this?": a phrase search with citations and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reinspect.answers.cited_hits import CitedHitsAnswer, find_sources
from reinspect.answers.names import authority_of
from reinspect.answers.scope import Scope, ScopedTexts, find_texts, is_counted, list_texts
from reinspect.answers.sentences import cite_hits
from reinspect.exporting.sheets.phrases import Tally
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import StoredDocument
from reinspect.phrases.query import Hit, SearchResult

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.answers.meaning import MeaningAnswer
    from reinspect.exporting.sheet import Sheet
    from reinspect.phrases.query import PhraseSearch

_LONGEST_NAME = 60


class SearchAnswer(CitedHitsAnswer, frozen=True, kw_only=True):
    """The sentences that match a search, best first, each with a citation.

    - `documents`, `peers`: the texts searched and the comparison texts (sha256), each described in words.
    - `tally`: the number of matches by year and by authority.
    - `alone`: for a search of several words that finds little, each word with the number of sentences that have it.
    - `alike`: what is alike in meaning, if the words find nothing; never counted with the matches.
    """

    query: str
    scope: Scope
    documents: tuple[str, ...]
    description: str
    peers: tuple[str, ...] = ()
    peers_description: str = ""
    found: SearchResult
    tally: Tally
    texts: tuple[str, ...]
    alone: tuple[tuple[str, int], ...] = ()
    alike: MeaningAnswer | None = None

    @property
    def sentences(self) -> tuple[Hit, ...]:
        """The sentences that match, best first."""
        return self.found.hits

    @property
    def file_name(self) -> str:
        """The words searched for, as the name of a file: "search-drift-and-delay"."""
        return file_name_of("search", self.query)

    def sheet(self) -> Sheet:
        """Return a page with the sentences found."""
        from reinspect.exporting.sheets.phrases import search_sheet

        searched = compared_with(self.description, self.peers_description)
        alike = (self.alike.hits, self.alike.citations) if self.alike else ((), ())
        return search_sheet(
            self.query,
            self.found,
            self.citations,
            searched,
            self.texts,
            tally=self.tally,
            alone=self.alone,
            alike=alike,
            keys=(*self.frameworks, *(self.alike.frameworks if self.alike else ())),
        )


def search(
    holdings: Holdings, searcher: PhraseSearch, query: str, scope: Scope, limit: int, *, typing: bool = False
) -> SearchAnswer:
    """Search for a phrase in the texts of a scope. Return the best `limit` sentences and the total number.

    With `typing`, the last word may be incomplete.

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    from reinspect.phrases.search.suggestion import count_alone, with_suggestion

    texts = find_texts(holdings, scope)
    parts = [tuple(texts.own), *([tuple(texts.peers)] if texts.peers else [])]
    results = [searcher.search(query, scope.search_scope(part), limit, prefix=typing) for part in parts]
    everywhere = scope.search_scope(tuple(texts.all))
    found = with_suggestion(searcher, query, _concatenate(results), everywhere)
    return SearchAnswer(
        query=query,
        scope=scope,
        documents=tuple(texts.own),
        description=", ".join([texts.description, *scope.passage_limits()]),
        peers=tuple(texts.peers),
        peers_description=texts.peers_description,
        found=found,
        citations=cite_hits(holdings, found.hits),
        tally=_tally(holdings, found, texts),
        alone=tuple(count_alone(searcher, query, found, everywhere, prefix=typing)),
        texts=list_texts(holdings, texts.all.values()),
        sources=find_sources(holdings, found.hits),
    )


def file_name_of(kind: str, words: str) -> str:
    """Return a name for a file, without an ending: "search-drift-and-delay"."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold())[:_LONGEST_NAME].strip("-")
    return f"{kind}-{plain}" if plain else kind


def compared_with(description: str, peers_description: str) -> str:
    """Join two descriptions: "5 texts of Camden, compared with 50 texts of London"."""
    return f"{description}, compared with {peers_description}" if peers_description else description


def _concatenate(results: list[SearchResult]) -> SearchResult:
    return SearchResult(
        total=sum(result.total for result in results),
        word_for_word=sum(result.word_for_word for result in results),
        hits=tuple(hit for result in results for hit in result.hits),
        by_document={document: count for result in results for document, count in result.by_document.items()},
    )


def _tally(holdings: Holdings, found: SearchResult, texts: ScopedTexts) -> Tally:
    """Count the matches of a search in texts on social care by year and by authority, and all others together."""
    by_year: Counter[int] = Counter()
    inspections: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    others = 0
    primary = frozenset(holdings.primary_texts().values())
    all_texts: Mapping[str, StoredDocument] = texts.all
    for sha256, count in found.by_document.items():
        text = all_texts[sha256]
        if text.inspection is None or not is_counted(text, primary):
            others += count
            continue
        inspection = holdings.inspection(text.inspection)
        if band_of(inspection.framework) != SOCIAL_CARE:
            others += count
            continue
        name = authority_of(inspection).name
        by_year.update([inspection.year] if inspection.year is not None else [])
        inspections[name] += 1
        sentences[name] += count
    by_authority = {name: (sentences[name], inspections[name]) for name in sentences}
    return Tally(by_year=dict(by_year), by_authority=by_authority, others=others)
