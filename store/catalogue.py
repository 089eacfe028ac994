"""What the catalogue holds, as typed rows, and one change to it.

Tables: `documents` by sha256, `inspections` by id, `basket` by place, `verdicts` by link, `changes` (what `undo` takes
back, the latest last) and `about`.
No text of a document is here, only what was read in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from reinspect.errors import NotFoundError, StoreCorruptError
from reinspect.matching import Candidate, candidate_of
from reinspect.model import Correction, Document, Inspection, Pin, SourceFacts, Verdict
from reinspect.reconciling import reconcile, sort_inspections
from store.storage import DurableStorage, uncollected

_CHANGES_KEPT = 200
_ABOUT = "record"
_Row = TypeVar("_Row")


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"facts": "account"}):
    """A document held: what it says, and the inspection it belongs to, if any.

    `chosen` marks a person's choice of inspection (or of none), which no rule changes. `candidates` are the ids that
    may be meant where no rule could choose, and `reason` says why none could.
    """

    document: Document
    facts: SourceFacts
    inspection: str | None = None
    chosen: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""

    @property
    def authority(self) -> str | None:
        """Slug of the authority the document is about, as far as it was recognised."""
        return self.facts.authority.slug if self.facts.authority else None


class InspectionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event: the record's account of it, that of a person's own table, and a person's corrections.

    With neither account, a document made it known.
    """

    authority: str
    framework: str
    record: SourceFacts | None = None
    catalogued: SourceFacts | None = None
    corrections: tuple[Correction, ...] = ()


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change, and how to take it back: the rows as they were before, by table and key; None where there was none.

    Changes of one `run`, such as the batches of one import, are taken back together.
    """

    words: str
    run: str = ""
    documents: dict[str, DocumentRow | None] = {}
    inspections: dict[str, InspectionRow | None] = {}
    basket: dict[str, Pin | None] = {}
    verdicts: dict[str, Verdict | None] = {}


class About(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What ships and the store was last brought up to: the record's date, and what it held, as a digest.

    `digests` are the shipped digests taken over (sha256 by the inspection they are on), as the `reader` of then laid
    them out.
    """

    as_of: date
    digest: str = ""
    digests: dict[str, str] = {}
    reader: str = ""


class CatalogueTable(Table):
    """A TinyDB table keyed by sha256 or id, as rows are named everywhere else, and not by a running number."""

    document_id_class = str  # type: ignore[assignment]


class Catalogue:
    """One generation of the catalogue in memory. Inspections are settled when they are asked for, once."""

    def __init__(self, documents: dict[str, DocumentRow], inspections: dict[str, InspectionRow]) -> None:
        self.documents = documents
        self.inspections = inspections
        self.basket: tuple[Pin, ...] = ()
        self.verdicts: dict[str, Verdict] = {}
        self.changes: dict[str, ChangeRow] = {}
        self.about: About | None = None
        self._attached: dict[str, list[str]] = {}
        self._settled: dict[str, Inspection] = {}
        self._by_authority: dict[str, list[str]] = {}
        for sha256, row in documents.items():
            if row.inspection is not None:
                self._attached.setdefault(row.inspection, []).append(sha256)
        for identifier, inspection in inspections.items():
            self._by_authority.setdefault(inspection.authority, []).append(identifier)

    def copied(self) -> Catalogue:
        """The same rows in a catalogue that may be changed apart from this one; what was settled need not be again."""
        copy = Catalogue(dict(self.documents), dict(self.inspections))
        copy.basket, copy.about = self.basket, self.about
        copy.verdicts, copy.changes = dict(self.verdicts), dict(self.changes)
        copy._settled = dict(self._settled)
        return copy

    def settled(self, identifier: str) -> Inspection:
        """The inspection of that id, settled from all accounts of it.

        Raises:
            NotFoundError: there is none.
        """
        if found := self._settled.get(identifier):
            return found
        row = self.inspections.get(identifier)
        if row is None:
            raise NotFoundError(f'there is no inspection "{identifier}" in the store; `reinspect list` names them')
        held = [self.documents[sha256] for sha256 in self.attached(identifier)]
        settled = reconcile(
            identifier,
            row.authority,
            row.framework,
            row.record,
            documents=[(document.document, document.facts) for document in held],
            catalogued=row.catalogued,
            corrections=row.corrections,
        )
        self._settled[identifier] = settled
        return settled

    def of_authority(self, authority: str | None) -> list[Inspection]:
        """The settled inspections of an authority, or of all, by authority and date."""
        chosen = self.inspections if authority is None else self._by_authority.get(authority, ())
        return sort_inspections(self.settled(identifier) for identifier in chosen)

    def attached(self, identifier: str) -> list[str]:
        """The documents (sha256) that belong to that inspection."""
        return self._attached.get(identifier, [])

    def events(self, authority: str) -> list[Candidate]:
        """The authority's inspections, each with every date that an account of it gives, for a document to find."""
        return [self._event(identifier) for identifier in self._by_authority.get(authority, ())]

    def _event(self, identifier: str) -> Candidate:
        inspection = self.inspections[identifier]
        told = [facts for facts in (inspection.record, inspection.catalogued) if facts]
        held = [self.documents[sha256] for sha256 in self.attached(identifier)]
        own_words = [row.facts for row in held if row.document.kind in {"report", "letter", "digest"}]
        return candidate_of(self.settled(identifier), [*told, *own_words])

    def latest_changes(self) -> list[ChangeRow]:
        """The latest change with the rest of its run, the latest first: what is taken back together."""
        rows = [self.changes[key] for key in sorted(self.changes, key=int, reverse=True)]
        of_one_run = takewhile(lambda row: bool(row.run) and row.run == rows[0].run, rows)
        return list(of_one_run) or rows[:1]

    def put_document(self, sha256: str, row: DocumentRow | None) -> None:
        """Set or, with None, take out a document."""
        before = self.documents.pop(sha256, None)
        if before is not None and before.inspection is not None:
            self._attached[before.inspection].remove(sha256)
            self._settled.pop(before.inspection, None)
        if row is not None:
            self.documents[sha256] = row
            if row.inspection is not None:
                self._attached.setdefault(row.inspection, []).append(sha256)
                self._settled.pop(row.inspection, None)

    def put_inspection(self, identifier: str, row: InspectionRow | None) -> None:
        """Set or, with None, take out an inspection."""
        before = self.inspections.pop(identifier, None)
        self._settled.pop(identifier, None)
        if before is not None:
            self._by_authority[before.authority].remove(identifier)
        if row is not None:
            self.inspections[identifier] = row
            self._by_authority.setdefault(row.authority, []).append(identifier)


def read_catalogue(database: TinyDB, path: Path) -> Catalogue:
    """The catalogue in a TinyDB, every row checked.

    Raises:
        StoreCorruptError: the file is damaged, or a row is not what it should be; names the file and the row.
    """
    with uncollected():
        catalogue = Catalogue(
            _rows(database, "documents", DocumentRow, path), _rows(database, "inspections", InspectionRow, path)
        )
        catalogue.basket = _in_places(_rows(database, "basket", Pin, path))
        catalogue.verdicts = _rows(database, "verdicts", Verdict, path)
        catalogue.changes = _rows(database, "changes", ChangeRow, path)
        catalogue.about = _rows(database, "about", About, path).get(_ABOUT)
    return catalogue


def open_tables(storage: DurableStorage) -> TinyDB:
    """A TinyDB on that storage, with our tables."""
    database = TinyDB(storage=lambda: storage)
    database.table_class = CatalogueTable
    return database


def _rows(database: TinyDB, table: str, form: type[_Row], path: Path) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for stored in database.table(table):
        try:
            rows[str(stored.doc_id)] = msgspec.convert(dict(stored), form)
        except msgspec.ValidationError as error:
            raise StoreCorruptError(
                f"{path}: {table}, {stored.doc_id}: {error}. Nothing was changed; `reinspect check` says more"
            ) from error
    return rows


class Change:
    """One change in the making: rows set in a catalogue of its own, remembered with what was there before."""

    def __init__(self, catalogue: Catalogue, words: str, run: str = "") -> None:
        self.catalogue = catalogue
        self.words = words
        self.run = run
        self._documents: dict[str, DocumentRow | None] = {}
        self._inspections: dict[str, InspectionRow | None] = {}
        self._basket: dict[str, Pin | None] = {}
        self._verdicts: dict[str, Verdict | None] = {}
        self.lasting: set[str] = set()
        """Documents (sha256) whose new rows stay when the change is taken back: nobody asked for them."""
        self._rest_before = catalogue.about, set(catalogue.changes)

    @property
    def made(self) -> bool:
        """Whether anything was set."""
        rest = self.catalogue.about, set(self.catalogue.changes)
        rows = self._documents, self._inspections, self._basket, self._verdicts
        return any(rows) or rest != self._rest_before

    def put_document(self, sha256: str, row: DocumentRow | None) -> None:
        """Set or, with None, take out a document."""
        self._documents.setdefault(sha256, self.catalogue.documents.get(sha256))
        self.catalogue.put_document(sha256, row)

    def put_inspection(self, identifier: str, row: InspectionRow | None) -> None:
        """Set or, with None, take out an inspection."""
        self._inspections.setdefault(identifier, self.catalogue.inspections.get(identifier))
        self.catalogue.put_inspection(identifier, row)

    def put_basket(self, pins: Sequence[Pin]) -> None:
        """Set what is in the basket, in its order."""
        for place, (before, after) in enumerate(zip_longest(self.catalogue.basket, pins), 1):
            if before != after:
                self._basket.setdefault(str(place), before)
        self.catalogue.basket = tuple(pins)

    def put_verdict(self, key: str, verdict: Verdict | None) -> None:
        """Set or, with None, take out a person's word on a link; the same word again is no change."""
        before = self.catalogue.verdicts.pop(key, None)
        if before != verdict:
            self._verdicts.setdefault(key, before)
        if verdict is not None:
            self.catalogue.verdicts[key] = verdict

    def note(self) -> None:
        """Write the change down among those that can be taken back, if anything of it can."""
        documents = {sha256: row for sha256, row in self._documents.items() if sha256 not in self.lasting}
        if not any((documents, self._inspections, self._basket, self._verdicts)):
            return
        changes = self.catalogue.changes
        row = ChangeRow(
            words=self.words,
            run=self.run,
            documents=documents,
            inspections=self._inspections,
            basket=self._basket,
            verdicts=self._verdicts,
        )
        changes[str(max(map(int, changes), default=0) + 1)] = row
        while len(changes) > _CHANGES_KEPT:
            changes.pop(min(changes, key=int))

    def take_back(self) -> None:
        """Set the rows of the latest change, and of the rest of its run, as they were."""
        changes, taken = self.catalogue.changes, self.catalogue.latest_changes()
        for row in taken:
            changes.pop(max(changes, key=int))
            for sha256, document in row.documents.items():
                self.put_document(sha256, document)
            for identifier, inspection in row.inspections.items():
                self.put_inspection(identifier, inspection)
            self.put_basket(_in_places(_by_place(self.catalogue.basket) | row.basket))
            for key, verdict in row.verdicts.items():
                self.put_verdict(key, verdict)

    def store(self, database: TinyDB) -> None:
        """Hand the changed rows to TinyDB."""
        catalogue = self.catalogue
        _replace(database, "documents", {key: catalogue.documents.get(key) for key in self._documents})
        _replace(database, "inspections", {key: catalogue.inspections.get(key) for key in self._inspections})
        pins = _by_place(catalogue.basket)
        _replace(database, "basket", {place: pins.get(place) for place in self._basket})
        _replace(database, "verdicts", {key: catalogue.verdicts.get(key) for key in self._verdicts})
        _replace(database, "about", {_ABOUT: catalogue.about})
        kept = {str(row.doc_id) for row in database.table("changes")}
        _replace(database, "changes", {key: catalogue.changes.get(key) for key in kept ^ catalogue.changes.keys()})


def _by_place(basket: Iterable[Pin]) -> dict[str, Pin | None]:
    return {str(place): pin for place, pin in enumerate(basket, 1)}


def _in_places(rows: Mapping[str, Pin | None]) -> tuple[Pin, ...]:
    return tuple(pin for _, pin in sorted(rows.items(), key=lambda row: int(row[0])) if pin is not None)


def _replace(database: TinyDB, name: str, rows: Mapping[str, msgspec.Struct | None]) -> None:
    table = database.table(name)
    table.remove(doc_ids=list(rows))  # type: ignore[arg-type]
    table.insert_multiple(_tiny(key, row) for key, row in rows.items() if row is not None)


def _tiny(key: str, row: msgspec.Struct) -> TinyDocument:
    builtin: dict[str, Any] = msgspec.to_builtins(row)
    return TinyDocument(builtin, doc_id=key)  # type: ignore[arg-type]


def unreferenced(catalogue: Catalogue, kept: Iterable[str]) -> list[str]:
    """Of the documents whose texts are kept, those that neither a row nor a change to be taken back speaks of."""
    spoken = set(catalogue.documents).union(*(row.documents for row in catalogue.changes.values()))
    return [sha256 for sha256 in kept if sha256 not in spoken]
