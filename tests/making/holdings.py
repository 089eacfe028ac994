"""Inspections and their texts in memory: the smallest thing that `reinspect.answers` can ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reinspect.errors import NotFoundError
from reinspect.matching import inspection_id
from reinspect.model import Inspection, Passage, Pin, Reading, StoredDocument, ThemeCorrection, Verdict
from reinspect.phrases.index.index import Index
from reinspect.reconciling import reconcile, sort_inspections


class MemoryHoldings:
    """Holdings in memory: each reading belongs to the inspection of its own authority, dates and framework."""

    def __init__(
        self, readings: Iterable[Reading], pins: tuple[Pin, ...] = (), verdicts: tuple[Verdict, ...] = ()
    ) -> None:
        self.revision = 1
        self.record_date: date | None = None
        self._readings = {reading.document.sha256: reading for reading in readings}
        self._pins = pins
        self._verdicts = verdicts
        self._id_of = {
            sha256: inspection_id(reading.facts.authority.slug or "", reading.facts)
            for sha256, reading in self._readings.items()
            if reading.facts.authority
        }
        self._inspections = {identifier: self._reconcile(identifier) for identifier in set(self._id_of.values())}
        self._steps: dict[str, bytes] = {}
        self._phrases: dict[str, bytes] = {}
        self._index = Index.build((sha256, reading.passages) for sha256, reading in self._readings.items())

    def _reconcile(self, identifier: str) -> Inspection:
        readings = [self._readings[sha256] for sha256, owner in self._id_of.items() if owner == identifier]
        authority, framework = readings[0].facts.authority, readings[0].facts.framework
        assert authority and authority.slug and framework
        documents = [(reading.document, reading.facts) for reading in readings]
        return reconcile(identifier, authority.slug, framework, None, documents=documents)

    def inspections(self, authority: str | None = None, /) -> list[Inspection]:
        wanted = (each for each in self._inspections.values() if authority in {None, each.authority})
        return sort_inspections(wanted)

    def inspection(self, identifier: str, /) -> Inspection:
        if identifier not in self._inspections:
            raise NotFoundError(f"no inspection {identifier}")
        return self._inspections[identifier]

    def stored_documents(self) -> list[StoredDocument]:
        return [self.document(sha256) for sha256 in self._readings]

    def document(self, identifier: str, /) -> StoredDocument:
        if identifier not in self._readings:
            raise NotFoundError(f"no document {identifier}")
        reading = self._readings[identifier]
        return StoredDocument(
            document=reading.document,
            inspection=self._id_of.get(identifier),
            authority=reading.facts.authority.slug if reading.facts.authority else None,
            facts=reading.facts,
        )

    def pages(self, sha256: str, /) -> tuple[str, ...]:
        return self._readings[sha256].pages

    def passages(self, sha256: str, /) -> tuple[Passage, ...]:
        return self._readings[sha256].passages

    def primary_texts(self) -> dict[str, str]:
        return {each.id: each.primary_text for each in self._inspections.values() if each.primary_text}

    def searchable(self) -> frozenset[str]:
        return frozenset(self._readings)

    def index(self) -> Index:
        return self._index

    def pins(self) -> tuple[Pin, ...]:
        return self._pins

    def verdicts(self) -> tuple[Verdict, ...]:
        return self._verdicts

    def kept_steps(self, inspection: str, /) -> bytes | None:
        return self._steps.get(inspection)

    def keep_steps(self, inspection: str, data: bytes, /) -> None:
        self._steps[inspection] = data

    def kept_phrases(self, key: str, /) -> bytes | None:
        return self._phrases.get(key)

    def keep_phrases(self, key: str, data: bytes, /) -> None:
        self._phrases[key] = data

    def theme_corrections(self) -> tuple[ThemeCorrection, ...]:
        return ()
