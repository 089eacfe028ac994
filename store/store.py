"""The store: one folder with inspections, the documents they come from, and what a person added.

Reading needs no lock, and each call sees one complete revision. Every change is a transaction (`store.transaction`).

    store = Store.open(folder)
    store.inspections("camden")            # put together from all sources
    store.add([read_file(path)])           # documents; `store.file_import` does this for many files
    store.basket.add(pin)
    store.undo()
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect.errors import ReinspectError, StoreLockedError
from reinspect.model import (
    Correction,
    Inspection,
    Passage,
    Pin,
    Reading,
    SourceFacts,
    StoredDocument,
    ThemeCorrection,
    Verdict,
)
from reinspect.reconciling import checked_correction, is_copy, merge_corrections
from store import document_import
from store.atomic_write import StoreUnwritableError, unwritable_error
from store.caches import (
    SILENT,
    add_to_index,
    forget_oldest_phrases,
    load_answer,
    load_or_make_index,
    load_or_make_passages,
    phrases_path,
    replace_page_texts,
    save_answer,
    save_passages,
    steps_path,
)
from store.change_labels import inspection_label, undo_label
from store.document_import import ImportResult, has_pages, needs_import
from store.lock import write_lock
from store.page_texts import read_page_texts, text_path
from store.shipped_data import (
    has_shipped_files,
    is_newer_record,
    lacks_record_file,
    needs_digests,
    note_record_file,
    upgrade_digests,
    upgrade_record,
)
from store.transaction import CatalogueFile

if TYPE_CHECKING:
    from reinspect.digests import Digest
    from reinspect.phrases.index.index import Index
    from reinspect.record import Record, RecordedInspection
    from store.basket_table import BasketTable
    from store.catalogue import DocumentRow
    from store.csv_import import CsvImportResult
    from store.integrity import Fault
    from store.theme_table import ThemeTable
    from store.verdict_table import VerdictTable


class Store:
    """An open store of inspections and documents. All methods may be called from any thread.

    `basket`, `verdict_table` and `theme_table` change a person's pins, verdicts and themes. `index_work` hears of the
    making of the phrase index: set it to show the progress. Methods that change the store raise StoreLockedError if
    another process holds the lock for too long, and StoreUnwritableError if the disk refuses a write; in both cases
    nothing was changed. Any method may raise StoreCorruptError.
    """

    def __init__(self, folder: Path, wait: float = 10.0) -> None:
        self.folder = folder
        self._wait = wait
        self._file = CatalogueFile(folder, wait)
        self._index: tuple[frozenset[str], Index] | None = None
        self._index_lock = threading.Lock()
        self._copies: dict[tuple[str, str], bool] = {}
        self.index_work = SILENT

    @classmethod
    def open(
        cls, folder: Path, wait: float = 10.0, record: Record | None = None, digests: Sequence[Digest] = ()
    ) -> Store:
        """Open the store in `folder`; create it if there is none.

        `wait` is the number of seconds that a change waits for another process to finish. `record` (a list of
        inspections) and `digests` (our own notes on inspections) replace the data that ships with the program.

        Raises:
            StoreCorruptError: the catalogue is damaged, gone, or written by a newer version; it was not changed.
            StoreUnwritableError: there is no store yet and none can be created here.
        """
        store = cls(folder, wait)
        if record is None:
            from reinspect import digests as digest_files

            digests = digest_files.shipped()
        store._file.load()
        shipped = store._file.loaded.shipped
        if record is None:
            if has_shipped_files(shipped, digests):
                return store
            from reinspect.record import record as shipped_record

            record = shipped_record()
        if store.revision == 0:
            store._create_folder()
            store._upgrade(record, digests)
        elif (
            is_newer_record(record, shipped)
            or needs_digests(digests, record, shipped)
            or lacks_record_file(record, shipped)
        ):
            # A store that cannot be written can still be read; the next opening upgrades it.
            with suppress(StoreLockedError, StoreUnwritableError):
                store._upgrade(record, digests)
        return store

    @classmethod
    def open_default(cls) -> Store:
        """Open the store at its usual place (REINSPECT_STORE, the settings, or the user's data folder).

        Raises the errors of `open`, and SettingsError if the settings file cannot be read.
        """
        from store.location import store_folder

        return cls.open(store_folder())

    @property
    def revision(self) -> int:
        """Number of the latest change that was loaded or made; grows with every change."""
        return self._file.revision

    def refresh(self) -> bool:
        """Load the changes that other processes made; return True if there were any."""
        return self._file.refresh()

    def inspections(self, authority: str | None = None) -> list[Inspection]:
        """Return the inspections of one authority (a slug) or of all, sorted by authority and date."""
        return self._file.loaded.inspections(authority)

    def inspection(self, identifier: str) -> Inspection:
        """Return the inspection with that id.

        Raises:
            NotFoundError: there is no such inspection.
        """
        return self._file.catalogue.reconciled(identifier)

    def stored_documents(self) -> list[StoredDocument]:
        """Return all documents, sorted by the name of their source file."""
        catalogue = self._file.catalogue
        rows = sorted(catalogue.documents.items(), key=lambda item: (item[1].document.source, item[0]))
        return [catalogue.stored_document(sha256) for sha256, _ in rows]

    def document(self, identifier: str) -> StoredDocument:
        """Return the document with that sha256; its first 6 digits are enough.

        Raises:
            NotFoundError: no document, or more than one, begins with these digits.
        """
        catalogue = self._file.catalogue
        return catalogue.stored_document(catalogue.find_document(identifier))

    def pages(self, sha256: str) -> tuple[str, ...]:
        """Return the text of each page of a document.

        Raises:
            NotFoundError: there is no such document.
        """
        return read_page_texts(self.folder, self._file.catalogue.find_document(sha256)).pages

    def passages(self, sha256: str) -> tuple[Passage, ...]:
        """Return the passages (paragraphs and list items) of a document.

        Raises:
            NotFoundError: there is no such document.
        """
        document = self.document(sha256).document
        return load_or_make_passages(self.folder, document, read_page_texts(self.folder, document.sha256))

    def primary_texts(self) -> dict[str, str]:
        """Return the primary text (the one document to search and compare) of each inspection: `{id: sha256}`.

        The primary text is the fullest report or letter, else the digest (our own notes on the inspection).
        """
        return self._file.catalogue.primary_texts()

    def searchable(self) -> frozenset[str]:
        """Return the documents (sha256) to search. Duplicate texts of an inspection are left out."""
        # Besides the catalogue's: texts of an inspection to which a person assigned another, unless they are copies.
        catalogue = self._file.catalogue
        primary, documents = catalogue.primary_texts(), catalogue.documents
        return catalogue.searchable().union(
            sha256 for sha256 in documents if self._is_further_text(sha256, documents, primary)
        )

    def _is_further_text(self, sha256: str, documents: Mapping[str, DocumentRow], primary: Mapping[str, str]) -> bool:
        """Return True if a person assigned a report or letter, or the primary text, and the two are not copies."""
        row = documents[sha256]
        text = primary.get(row.inspection or "", sha256)
        is_chosen = row.chosen or documents[text].chosen
        return is_chosen and row.document.kind != "digest" and text != sha256 and not self._is_copy(sha256, text)

    def _is_copy(self, sha256: str, primary: str) -> bool:
        """Return True if a document is another copy of a primary text; what was found is remembered."""
        key = (sha256, primary)
        if key not in self._copies:
            try:
                self._copies[key] = is_copy(*map(self.passages, key))
            except ReinspectError:  # its pages are lost or damaged: there is nothing to search
                return True
        return self._copies[key]

    def index(self) -> Index:
        """Return the phrase index of all documents to search; what is missing from it is made (see `index_work`)."""
        with self._index_lock:
            documents = self.searchable()
            if self._index is None or self._index[0] != documents:
                index = load_or_make_index(self.folder, documents, self.passages, self.index_work)
                self._index = documents, index
            return self._index[1]

    def index_readings(self, readings: Iterable[Reading]) -> None:
        """Add what was just added to the store to the cached phrase index too, so that the first search need not.

        Whatever keeps this from being done, `index` does later.
        """
        searched = self.searchable()
        passages = {reading.document.sha256: reading.passages for reading in readings}
        add_to_index(self.folder, {sha256: passages[sha256] for sha256 in passages if sha256 in searched})

    def kept_steps(self, inspection: str) -> bytes | None:
        """Return the steps of follow-through that were kept for the text of an inspection (its id), or None."""
        return load_answer(steps_path(self.folder, inspection))

    def keep_steps(self, inspection: str, data: bytes) -> None:
        """Keep the steps of follow-through for the text of an inspection, if the disk allows it."""
        save_answer(self.folder, steps_path(self.folder, inspection), data)

    def kept_phrases(self, key: str) -> bytes | None:
        """Return the recurring phrases that were kept under a key, or None."""
        return load_answer(phrases_path(self.folder, key))

    def keep_phrases(self, key: str, data: bytes) -> None:
        """Keep recurring phrases under a key, if the disk allows it; the oldest are forgotten."""
        save_answer(self.folder, phrases_path(self.folder, key), data)
        forget_oldest_phrases(self.folder)

    # Most commands do without the next three, so their modules are loaded only when they are asked for.

    @property
    def basket(self) -> BasketTable:
        """The table that adds, moves and removes a person's pins."""
        from store.basket_table import BasketTable

        return BasketTable(self._file)

    @property
    def verdict_table(self) -> VerdictTable:
        """The table that saves and withdraws a person's verdicts."""
        from store.verdict_table import VerdictTable

        return VerdictTable(self._file)

    @property
    def theme_table(self) -> ThemeTable:
        """The table that saves and deletes a person's corrections of themes."""
        from store.theme_table import ThemeTable

        return ThemeTable(self._file)

    def pins(self) -> tuple[Pin, ...]:
        """Return the pins in the basket, in order."""
        return self._file.catalogue.basket

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return all verdicts: a person's decisions on what became of an improvement in a later inspection."""
        return tuple(self._file.catalogue.verdicts.values())

    def theme_corrections(self) -> tuple[ThemeCorrection, ...]:
        """Return all corrections of themes: a person's decisions on what an improvement is about."""
        return tuple(self._file.catalogue.themes.values())

    def needs(self, sha256: str) -> bool:
        """Return True if this document should be added.

        That is so if the document is not stored, was read by another version of the reader, has lost its pages, or has
        a list that its file may divide better than its stored pages do.
        """
        return needs_import(self.folder, self._file.catalogue, sha256)

    def many_changes(self) -> AbstractContextManager[None]:
        """Return a context in which many changes in a row, such as the batches of an import, take less time each."""
        return self._file.many_changes()

    def add(self, readings: Iterable[Reading], run: str = "") -> list[ImportResult]:
        """Add documents, all or none; return one result for each, in the same order.

        A document that is already stored is not added twice, but repaired or updated if needed. Documents added with
        the same `run` (any string) are undone together.
        """
        readings = list(readings)
        new_texts: list[str] = []
        try:
            results, needed = self._import(readings, run, new_texts)
        except BaseException:
            self._delete_unused_texts(new_texts)
            raise
        self._save_passages(needed)
        return results

    def _import(
        self, readings: Sequence[Reading], run: str, new_texts: list[str]
    ) -> tuple[list[ImportResult], list[Reading]]:
        """Add documents in one transaction; return the results, and the readings whose pages were written.

        Each document (sha256) that had no page text before is added to `new_texts` before its page text is written.
        """
        with self._file.transaction("add", run) as change:
            needed = {
                reading.document.sha256: reading
                for reading in readings
                if needs_import(self.folder, change.catalogue, reading.document.sha256)
            }
            results = document_import.import_readings(change, readings, to_renew=frozenset(needed))
            results = [self._with_repair(result) for result in results]
            for result in results:
                if result.outcome == "failed":
                    needed.pop(result.sha256, None)
            new_texts += [sha256 for sha256 in needed if not text_path(self.folder, sha256).exists()]
            pages = {sha256: reading.pages for sha256, reading in needed.items()}
            replace_page_texts(self.folder, pages)
            if any(sha256 not in new_texts for sha256 in pages):
                self._index = None
        return results, list(needed.values())

    def _with_repair(self, result: ImportResult) -> ImportResult:
        """Return the result for a stored document with a reason, if adding it again restores its lost pages."""
        if result.outcome != "already held" or has_pages(self.folder, result.sha256):
            return result
        return msgspec.structs.replace(result, reason="its lost pages are restored")

    def _delete_unused_texts(self, texts: Iterable[str]) -> None:
        """Delete page texts that a failed import wrote, so that a full disk gets its room back."""
        # If the catalogue cannot be read now, it may list them: then they stay.
        with suppress(ReinspectError, OSError), write_lock(self.folder, self._wait):
            self._file.load()
            for sha256 in self._file.catalogue.unreferenced(texts):
                text_path(self.folder, sha256).unlink(missing_ok=True)

    def import_csv(self, inspections: Iterable[RecordedInspection]) -> list[CsvImportResult]:
        """Import rows of a person's own CSV table of inspections, all or none; return one result for each row.

        Facts from the table take precedence over those that ship with the program.
        """
        from store.csv_import import import_rows

        rows = list(inspections)
        with self._file.transaction(f"import {len(rows)} rows of an inspection table") as change:
            return import_rows(change, rows)

    @property
    def record_date(self) -> date | None:
        """The day up to which the record of inspections in the store is complete; None before there is a store."""
        shipped = self._file.loaded.shipped
        return shipped.as_of if shipped else None

    def recorded_facts(self) -> dict[str, SourceFacts]:
        """Return the facts of the record of inspections in the store, by the id of the inspection."""
        rows = self._file.catalogue.inspections.items()
        return {identifier: row.record_facts for identifier, row in rows if row.record_facts is not None}

    def replace_record(self, record: Record) -> None:
        """Replace the record of inspections by a newer one; documents, corrections, pins and verdicts stay.

        Earlier changes can no longer be undone.

        Raises:
            RecordRefusedError: it is not newer; nothing was changed.
        """
        from store.shipped_data import replace_record

        with self._file.transaction("replace the record", undoable=False) as change:
            replace_record(change, record)

    def attach(self, sha256: str, inspection: str | None) -> Inspection | None:
        """Assign a document to an inspection, and return the inspection; None assigns the document to no inspection.

        Raises:
            NotFoundError: there is no such document or inspection.
        """
        with self._file.transaction("assign") as change:
            document = change.catalogue.find_document(sha256)
            document_import.assign(change, document, inspection)
            title = change.catalogue.documents[document].document.shown_title
            target = inspection_label(change.catalogue.reconciled(inspection)) if inspection else "no inspection"
            change.label = f"assign {title or document[:12]} to {target}"
        return self.inspection(inspection) if inspection else None

    def remove(self, identifier: str) -> str:
        """Remove a document or an inspection; return a description of what was removed.

        If a removed document was the only source of its inspection, the inspection is removed too.

        Raises:
            NotFoundError: there is no such document or inspection.
            ReinspectError: the inspection is in the record that ships with the program.
        """
        with self._file.transaction(f"remove {identifier}") as change:
            if identifier in change.catalogue.inspections:
                document_import.remove_inspection(change, identifier)
                return identifier
            removed = document_import.remove_document(change, change.catalogue.find_document(identifier))
            change.label = f"remove {removed}"
            return removed

    def correct(self, identifier: str, correction: Correction) -> Inspection:
        """Store a person's correction of one field, which overrides all sources; return the corrected inspection.

        An empty value withdraws an earlier correction.

        Raises:
            NotFoundError: there is no such inspection.
            CorrectionError: the field or its value is not valid.
        """
        with self._file.transaction("correct") as change:
            inspection = change.catalogue.reconciled(identifier)
            change.label = f"correct {correction.field} of {inspection_label(inspection)}"
            row = change.catalogue.inspections[identifier]
            corrections = merge_corrections(row.corrections, checked_correction(correction, inspection))
            change.put_inspection(identifier, msgspec.structs.replace(row, corrections=corrections))
        return self.inspection(identifier)

    def undo(self, expected: str = "") -> str:
        """Undo the last change, or the whole import that it belongs to; return a sentence that says what was undone.

        Raises:
            ReinspectError: there is no change to undo, or its label (`next_undo`) is not the `expected` one.
        """
        with self._file.transaction("undo", undoable=False) as change:
            label = undo_label(change.catalogue.latest_changes())
            if expected and label != expected:
                raise ReinspectError(f"another change was made meanwhile ({label or 'an undo'}); nothing was undone")
            if not label:
                raise ReinspectError(f"{self.folder}: there is no change to undo")
            change.undo_latest()
        return f"undone: {label}"

    def next_undo(self) -> tuple[str, int]:
        """Return a label of the change that `undo` would undo ("" if none), and how many documents it affects."""
        rows = self._file.catalogue.latest_changes()
        return undo_label(rows), len({sha256 for row in rows for sha256 in row.documents})

    def reread(self) -> list[ImportResult]:
        """Read the stored pages of all documents again, with the present version of the reader.

        Returns one result for each document whose facts or inspection changed, then one for each whose pages are lost.
        """
        with self._file.transaction("reread") as change:
            return document_import.reread_documents(change, self.folder)

    def check(self, repair: bool = False) -> list[Fault]:
        """Return every fault of this store; with `repair`, repair those that can be repaired."""
        from store.integrity import check

        faults = check(self.folder, repair=repair, wait=self._wait)
        self._index = None
        self.refresh()
        return faults

    def backup(self, file: Path) -> None:
        """Write the whole store, without its caches, to one file."""
        from store.backup import backup

        backup(self.folder, file)

    def restore(self, file: Path) -> None:
        """Replace the contents of this store with a backup."""
        from store.backup import restore

        restore(self.folder, file, wait=self._wait)
        self._index = None
        self.refresh()

    def _create_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable_error(self.folder, error) from error

    def _upgrade(self, record: Record, digests: Sequence[Digest]) -> None:
        """Replace the shipped record and digests in the store, if these are newer."""
        readings: list[Reading] = []
        with self._file.transaction("upgrade", undoable=False, create=self.revision == 0) as change:
            if is_newer_record(record, change.catalogue.shipped):
                upgrade_record(change, record)
            elif lacks_record_file(record, change.catalogue.shipped):
                note_record_file(change)
            if needs_digests(digests, record, change.catalogue.shipped):
                readings = upgrade_digests(change, digests, record.as_of)
                replace_page_texts(self.folder, {reading.document.sha256: reading.pages for reading in readings})
        self._save_passages(readings)

    def _save_passages(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            sha256 = reading.document.sha256
            save_passages(self.folder, sha256, read_page_texts(self.folder, sha256).token, reading.passages)
