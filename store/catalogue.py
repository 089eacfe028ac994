"""The catalogue in memory: the tables of `catalogue.json` as typed rows, and the inspections put together from them.

The tables: `documents` by sha256, `inspections` by id, `basket` by position (from 1), `verdicts` by step, `themes` (a
person's corrections, by improvement; an older store has none), `changes` (how to undo each change; the highest
number is the latest) and `about` (the shipped data in use). The text of documents is stored elsewhere
(`store.page_texts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile
from typing import TypeVar

import msgspec

from reinspect.errors import NotFoundError
from reinspect.matching import Candidate, candidate_of
from reinspect.model import (
    Correction,
    Document,
    Inspection,
    Pin,
    SourceFacts,
    StoredDocument,
    ThemeCorrection,
    Verdict,
)
from reinspect.reconciling import primary_text_of, reconcile, sort_inspections
from store import storage
from store.storage import paused_garbage_collection

SHIPPED_ROW = "record"
"""Key of the only row in the table `about`."""

_SHORTEST_PREFIX = 6
_Row = TypeVar("_Row")


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"facts": "account"}):
    """A stored document: the facts read from it, and the id of the inspection it belongs to, if any.

    `chosen` is True if a person chose the inspection (or chose none); automatic matching then leaves the row alone. If
    automatic matching could not decide, `candidates` are the ids of the possible inspections and `reason` says why.
    """

    document: Document
    facts: SourceFacts
    inspection: str | None = None
    chosen: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""

    @property
    def authority(self) -> str | None:
        """The slug of the authority that the document is about; None if it was not recognised."""
        return self.facts.authority.slug if self.facts.authority else None


class InspectionRow(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"record_facts": "record", "csv_facts": "catalogued"},
):
    """A stored inspection: the facts about it from two tables, and a person's corrections.

    `record_facts` come from the table that ships with the program, `csv_facts` from a person's own CSV table. Without
    either, the inspection is known only from its documents.
    """

    authority: str
    framework: str
    record_facts: SourceFacts | None = None
    csv_facts: SourceFacts | None = None
    corrections: tuple[Correction, ...] = ()


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"label": "words"}):
    """A past change, and how to undo it: the former rows by table and key, or None for a row that did not exist.

    `label` describes the change to a person. Changes with the same `run`, such as the parts of one import, are undone
    together.
    """

    label: str
    run: str = ""
    documents: dict[str, DocumentRow | None] = {}
    inspections: dict[str, InspectionRow | None] = {}
    basket: dict[str, Pin | None] = {}
    verdicts: dict[str, Verdict | None] = {}
    themes: dict[str, ThemeCorrection | None] = {}


class ShippedVersion(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"record_checksum": "digest", "digest_checksums": "digests"},
):
    """The version of the data that ships with the program (a record of inspections, and digests), as last stored.

    A digest is our own notes on an inspection. `as_of` and `record_checksum` belong to the record. `digest_checksums`
    maps the id of an inspection to the sha256 of its digest. `reader` is the version of the reader that read the
    digests. `record_file` is the sha256 of the shipped file of the record, "" for a record from elsewhere.
    `program_as_of` is the date of the program's own record, if a person replaced that by a newer one.
    """

    as_of: date
    record_checksum: str = ""
    record_file: str = ""
    program_as_of: date | None = None
    digest_checksums: dict[str, str] = {}
    reader: str = ""


_NO_COPIES = {"coverage", "other"}
"""Kinds of documents that are not another copy of a report or letter."""


class Catalogue:
    """All tables of a store in memory, at one revision.

    An inspection is put together from all its sources when it is first asked for, and then kept; so is the candidate
    that new documents are matched to.
    """

    def __init__(self, documents: dict[str, DocumentRow], inspections: dict[str, InspectionRow]) -> None:
        self.documents = documents
        self.inspections = inspections
        self.basket: tuple[Pin, ...] = ()
        self.verdicts: dict[str, Verdict] = {}
        self.themes: dict[str, ThemeCorrection] = {}
        self.changes: dict[str, ChangeRow] = {}
        self.shipped: ShippedVersion | None = None
        self._documents_of: dict[str, list[str]] = {}
        self._reconciled: dict[str, Inspection] = {}
        self._candidates: dict[str, Candidate] = {}
        self._by_authority: dict[str, list[str]] = {}
        self._primary_texts: dict[str, str] | None = None
        self._searchable: frozenset[str] | None = None
        for sha256, row in documents.items():
            if row.inspection is not None:
                self._documents_of.setdefault(row.inspection, []).append(sha256)
        for identifier, inspection in inspections.items():
            self._by_authority.setdefault(inspection.authority, []).append(identifier)

    def copy(self) -> Catalogue:
        """Return a copy that can be changed without changing this catalogue."""
        copy = Catalogue(dict(self.documents), dict(self.inspections))
        copy.basket, copy.shipped = self.basket, self.shipped
        copy.verdicts, copy.changes = dict(self.verdicts), dict(self.changes)
        copy.themes = dict(self.themes)
        copy._reconciled, copy._candidates = dict(self._reconciled), dict(self._candidates)
        return copy

    def reconciled(self, identifier: str) -> Inspection:
        """Return the inspection with that id, put together from all its sources.

        Raises:
            NotFoundError: there is no such inspection.
        """
        if known := self._reconciled.get(identifier):
            return known
        row = self.inspections.get(identifier)
        if row is None:
            raise NotFoundError(f'there is no inspection "{identifier}" in the store; `reinspect list` shows all ids')
        documents = [self.documents[sha256] for sha256 in self.documents_of(identifier)]
        inspection = reconcile(
            identifier,
            row.authority,
            row.framework,
            row.record_facts,
            documents=[(document.document, document.facts) for document in documents],
            catalogued=row.csv_facts,
            corrections=row.corrections,
        )
        self._reconciled[identifier] = inspection
        return inspection

    @property
    def unreconciled(self) -> int:
        """The number of inspections that were not yet put together from their sources."""
        return len(self.inspections) - len(self._reconciled)

    def take_reconciled(self, inspections: Iterable[Inspection]) -> None:
        """Take inspections that were put together earlier, from the same rows."""
        self._reconciled = {inspection.id: inspection for inspection in inspections}

    def reconciled_inspections(self, authority: str | None = None) -> list[Inspection]:
        """Return the inspections of one authority (a slug) or of all, sorted by authority and date."""
        identifiers = self.inspections if authority is None else self._by_authority.get(authority, ())
        return sort_inspections(self.reconciled(identifier) for identifier in identifiers)

    def documents_of(self, identifier: str) -> list[str]:
        """Return the documents (sha256) that belong to an inspection."""
        return self._documents_of.get(identifier, [])

    def find_document(self, identifier: str) -> str:
        """Return the full sha256 of a document, given its sha256 or the first 6 or more digits.

        Raises:
            NotFoundError: no document, or more than one, begins with these digits.
        """
        if identifier in self.documents:
            return identifier
        long_enough = len(identifier) >= _SHORTEST_PREFIX
        matches = [sha256 for sha256 in self.documents if long_enough and sha256.startswith(identifier)]
        if len(matches) != 1:
            raise NotFoundError(
                f'more than one document begins with "{identifier}"; give more of its sha256'
                if matches
                else f'there is no document or inspection "{identifier}" in the store; `reinspect list` shows all ids'
            )
        return matches[0]

    def stored_document(self, sha256: str) -> StoredDocument:
        """Return a document with the facts read from it, its inspection and its authority."""
        row = self.documents[sha256]
        inspection = self.inspections.get(row.inspection) if row.inspection else None
        return StoredDocument(
            document=row.document,
            inspection=row.inspection,
            authority=inspection.authority if inspection else row.authority,
            facts=row.facts,
            candidates=row.candidates,
            reason=row.reason,
        )

    def primary_texts(self) -> dict[str, str]:
        """Return the primary text (the one document to search and compare) of each inspection: `{id: sha256}`.

        Inspections without a document are left out.
        """
        if self._primary_texts is None:
            texts = {
                identifier: self._primary_text_of(identifier)
                for identifier in sorted(self.inspections.keys() & self._documents_of.keys())
            }
            self._primary_texts = {identifier: sha256 for identifier, sha256 in texts.items() if sha256 is not None}
        return dict(self._primary_texts)

    def _primary_text_of(self, identifier: str) -> str | None:
        rows = (self.documents[sha256] for sha256 in self.documents_of(identifier))
        return primary_text_of(((row.document, row.facts) for row in rows), self.inspections[identifier].framework)

    def searchable(self) -> frozenset[str]:
        """Return the documents (sha256) to search: no sentence is found twice.

        They are the primary texts, and documents that are not copies of one: press articles, documents of no known
        type, and those without an inspection.
        """
        if self._searchable is None:
            others = (
                sha256
                for sha256, row in self.documents.items()
                if row.inspection is None or row.document.kind in _NO_COPIES
            )
            self._searchable = frozenset(self.primary_texts().values()).union(others)
        return self._searchable

    def match_candidates(self, authority: str) -> list[Candidate]:
        """Return the inspections of an authority, as candidates that a new document may belong to."""
        return [self._match_candidate(identifier) for identifier in self._by_authority.get(authority, ())]

    def _match_candidate(self, identifier: str) -> Candidate:
        if known := self._candidates.get(identifier):
            return known
        row = self.inspections[identifier]
        listed = [facts for facts in (row.record_facts, row.csv_facts) if facts]
        documents = [self.documents[sha256] for sha256 in self.documents_of(identifier)]
        read = [document.facts for document in documents if document.document.kind in {"report", "letter", "digest"}]
        candidate = self._candidates[identifier] = candidate_of(self.reconciled(identifier), [*listed, *read])
        return candidate

    def latest_changes(self) -> list[ChangeRow]:
        """Return the changes that the next undo takes back, latest first."""
        # The latest change and the others of its run, such as the batches of one import.
        rows = [self.changes[key] for key in sorted(self.changes, key=int, reverse=True)]
        same_run = takewhile(lambda row: bool(row.run) and row.run == rows[0].run, rows)
        return list(same_run) or rows[:1]

    def put_document(self, sha256: str, row: DocumentRow | None) -> None:
        """Set the row of a document, or delete the document if `row` is None."""
        self._primary_texts = self._searchable = None
        before = self.documents.pop(sha256, None)
        if before is not None and before.inspection is not None:
            self._documents_of[before.inspection].remove(sha256)
            self._forget(before.inspection)
        if row is not None:
            self.documents[sha256] = row
            if row.inspection is not None:
                self._documents_of.setdefault(row.inspection, []).append(sha256)
                self._forget(row.inspection)

    def put_inspection(self, identifier: str, row: InspectionRow | None) -> None:
        """Set the row of an inspection, or delete the inspection if `row` is None."""
        self._primary_texts = self._searchable = None
        before = self.inspections.pop(identifier, None)
        self._forget(identifier)
        if before is not None:
            self._by_authority[before.authority].remove(identifier)
        if row is not None:
            self.inspections[identifier] = row
            self._by_authority.setdefault(row.authority, []).append(identifier)

    def _forget(self, identifier: str) -> None:
        """Forget what was put together of an inspection, because one of its sources changes."""
        self._reconciled.pop(identifier, None)
        self._candidates.pop(identifier, None)

    def unreferenced(self, documents: Iterable[str]) -> list[str]:
        """Return the given documents (sha256) that are neither stored nor needed to undo a change."""
        referenced = set(self.documents).union(*(row.documents for row in self.changes.values()))
        return [sha256 for sha256 in documents if sha256 not in referenced]


class CatalogueRows(msgspec.Struct):
    """The rows of all tables of a catalogue file, by key."""

    documents: dict[str, DocumentRow] = {}
    inspections: dict[str, InspectionRow] = {}
    basket: dict[str, Pin] = {}
    verdicts: dict[str, Verdict] = {}
    themes: dict[str, ThemeCorrection] = {}
    changes: dict[str, ChangeRow] = {}
    about: dict[str, ShippedVersion] = {}

    def catalogue(self) -> Catalogue:
        """Return the catalogue of these rows.

        Raises:
            ValueError: the key of a pin is not a number.
        """
        catalogue = Catalogue(self.documents, self.inspections)
        catalogue.basket = pins_in_order(self.basket)
        catalogue.verdicts, catalogue.themes, catalogue.changes = self.verdicts, self.themes, self.changes
        catalogue.shipped = self.about.get(SHIPPED_ROW)
        return catalogue


class _CatalogueContents(msgspec.Struct):
    schema: int
    generation: int
    tables: CatalogueRows


_contents_decoder = msgspec.json.Decoder(_CatalogueContents)


def decode_rows(data: bytes) -> tuple[int, Catalogue] | None:
    """Return the revision and the rows in the contents of a catalogue file, decoded at once.

    The checksum is not compared. This takes a third of the time of `store.tables.read_catalogue`, which must be asked
    where this returns None: for an invalid row and for another format.
    """
    try:
        with paused_garbage_collection():
            contents = _contents_decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if contents.schema != storage.SCHEMA or contents.generation < 1:
        return None
    try:
        return contents.generation, contents.tables.catalogue()
    except ValueError:
        return None


def pins_by_position(basket: Iterable[Pin]) -> dict[str, Pin | None]:
    """Return the pins as rows of the table `basket`: `{"1": first pin, "2": second pin}`."""
    return {str(position): pin for position, pin in enumerate(basket, 1)}


def pins_in_order(rows: Mapping[str, Pin | None]) -> tuple[Pin, ...]:
    """Return the pins of the table `basket`, sorted by position as a number.

    `{"10": b, "2": a}` -> `(a, b)`
    """
    return tuple(pin for _, pin in sorted(rows.items(), key=lambda row: int(row[0])) if pin is not None)
