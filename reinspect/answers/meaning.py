"""Answer "where is this said in other words?": the sentences most alike in meaning, with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.cited_hits import CitedHitsAnswer, find_sources
from reinspect.answers.scope import Scope, find_texts, list_texts
from reinspect.answers.sentences import cite_hits
from reinspect.phrases.query import Hit, parse_query

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.sheet import Sheet
    from reinspect.phrases.search.meaning import MeaningSearch


class MeaningAnswer(CitedHitsAnswer, frozen=True, kw_only=True):
    """The sentences most alike in meaning to a text, the most alike first, each with a citation.

    They are a hint to read: none is counted as a match of words.
    """

    asked: str
    description: str
    hits: tuple[Hit, ...]
    texts: tuple[str, ...]

    @property
    def sentences(self) -> tuple[Hit, ...]:
        """The sentences, the most alike first."""
        return self.hits

    def sheet(self) -> Sheet:
        """Return a page with the sentences."""
        from reinspect.exporting.sheets.meaning import meaning_sheet

        return meaning_sheet(self.asked, self.hits, self.citations, self.description, self.texts, keys=self.frameworks)


def search_by_meaning(
    holdings: Holdings, meaning: MeaningSearch, asked: str, scope: Scope, limit: int
) -> MeaningAnswer:
    """Find the sentences of a scope that are most alike in meaning to a text.

    The text is read like a query of a search: words after a minus are left out.

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    texts = find_texts(holdings, scope)
    query = parse_query(asked)
    wanted = " ".join((*query.words, *(word for words in query.exact for word in words)))
    within = scope.search_scope(tuple(texts.all))
    within = msgspec.structs.replace(within, without=(*within.without, *query.without))
    hits = meaning.search(wanted, within, limit)
    return MeaningAnswer(
        asked=asked,
        description=", ".join([texts.description, *scope.passage_limits()]),
        hits=hits,
        citations=cite_hits(holdings, hits),
        texts=list_texts(holdings, texts.all.values()),
        sources=find_sources(holdings, hits),
    )
