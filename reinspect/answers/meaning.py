"""Answer "where is this said in other words?": the sentences most alike in meaning, with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_of
from reinspect.answers.scope import Scope, find_texts, list_texts
from reinspect.answers.sentences import cite_hits, evidence_of
from reinspect.model import Inspection, Pin, StoredDocument
from reinspect.phrases.query import Hit

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.comparing.meaning import MeaningSearch
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class MeaningAnswer(Answer, frozen=True, kw_only=True):
    """The sentences most alike in meaning to a text, the most alike first, each with a citation.

    They are a hint to read: none is counted as a match of words. `sources` are as in `SearchAnswer`.
    """

    asked: str
    description: str
    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    texts: tuple[str, ...]
    sources: dict[str, tuple[StoredDocument, Inspection | None]]

    def sheet(self) -> Sheet:
        """Return a page with the sentences."""
        from reinspect.exporting.sheets.meaning import meaning_sheet

        return meaning_sheet(self.asked, self.hits, self.citations, self.description, self.texts)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each sentence; `score` is its likeness."""
        from reinspect.exporting.records import hit_record

        records = []
        for hit in self.hits:
            stored, inspection = self.sources[hit.document]
            records.append(
                hit_record(hit, stored.document, inspection, authority_of(inspection) if inspection else None)
            )
        return records

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each sentence."""
        from reinspect.exporting.tables.phrases import CitedHit, hits_table

        cited = []
        for hit, citation in zip(self.hits, self.citations, strict=True):
            stored, inspection = self.sources[hit.document]
            cited.append(CitedHit(hit, stored.document, inspection, citation))
        return (hits_table(cited),)

    def pin(self, number: int) -> Pin:
        """Return a sentence as a quote to save in the basket; `number` counts from 1.

        Raises:
            IndexError: there is no sentence with this number.
        """
        hit = self.hits[number - 1]
        return Pin(
            kind="quote",
            text=hit.sentence,
            citation=self.citations[number - 1],
            inspection=self.sources[hit.document][0].inspection,
            evidence=evidence_of(hit),
        )


def search_by_meaning(
    holdings: Holdings, meaning: MeaningSearch, asked: str, scope: Scope, limit: int
) -> MeaningAnswer:
    """Find the sentences of a scope that are most alike in meaning to a text.

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    texts = find_texts(holdings, scope)
    hits = meaning.search(asked, scope.search_scope(tuple(texts.all)), limit)
    stored = {sha256: holdings.document(sha256) for sha256 in {hit.document for hit in hits}}
    return MeaningAnswer(
        asked=asked,
        description=", ".join([texts.description, *scope.passage_limits()]),
        hits=hits,
        citations=cite_hits(holdings, hits),
        texts=list_texts(holdings, texts.all.values()),
        sources={
            sha256: (one, holdings.inspection(one.inspection) if one.inspection else None)
            for sha256, one in stored.items()
        },
    )
