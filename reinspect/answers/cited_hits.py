"""The common part of answers that list sentences: a record, a table row and a pin for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_with_slug
from reinspect.model import Inspection, Pin, StoredDocument
from reinspect.phrases.query import Hit

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.tidy import TidyTable

Sources = dict[str, tuple[StoredDocument, Inspection | None]]
"""Documents with their inspections, by sha256."""


class CitedHitsAnswer(Answer, frozen=True, kw_only=True):
    """An answer that lists sentences: one citation each, and the documents they come from (`sources`)."""

    citations: tuple[str, ...]
    sources: Sources

    @property
    def sentences(self) -> tuple[Hit, ...]:
        """The sentences, best first."""
        raise NotImplementedError

    @property
    def frameworks(self) -> tuple[str | None, ...]:
        """The frameworks that the sentences come from; None for texts of no inspection."""
        found = (self.sources[hit.document][1] for hit in self.sentences)
        return tuple(dict.fromkeys(inspection.framework if inspection else None for inspection in found))

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each sentence."""
        from reinspect.exporting.records import hit_record

        records = []
        for hit in self.sentences:
            stored, inspection = self.sources[hit.document]
            slug = inspection.authority if inspection else stored.authority
            authority = authority_with_slug(slug) if slug else None
            records.append(hit_record(hit, stored.document, inspection, authority))
        return records

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each sentence."""
        from reinspect.exporting.tables.phrases import CitedHit, hits_table

        cited = []
        for hit, citation in zip(self.sentences, self.citations, strict=True):
            stored, inspection = self.sources[hit.document]
            cited.append(CitedHit(hit, stored.document, inspection, citation))
        return (hits_table(cited),)

    def pin(self, number: int) -> Pin:
        """Return a sentence as a quote to save in the basket; `number` counts from 1.

        Raises:
            IndexError: there is no sentence with this number.
        """
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"there is no sentence {number}")
        hit = self.sentences[number - 1]
        return Pin(
            kind="quote",
            text=hit.sentence,
            citation=self.citations[number - 1],
            inspection=self.sources[hit.document][0].inspection,
            evidence=hit.evidence,
        )


def find_sources(holdings: Holdings, hits: Iterable[Hit]) -> Sources:
    """Return the document of each sentence with its inspection."""
    stored = {sha256: holdings.document(sha256) for sha256 in {hit.document for hit in hits}}
    return {
        sha256: (one, holdings.inspection(one.inspection) if one.inspection else None) for sha256, one in stored.items()
    }
