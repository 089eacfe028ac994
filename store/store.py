"""The store: inspections, the documents they rest on, and every change to them, in one folder.

Reading needs no lock and sees one generation at a time. Every change is a transaction: lock, read again what the disk
holds, apply, write, let go. So a command works beside an open app, which sees the change when it calls `refresh`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect import READER, basket
from reinspect.errors import NotFoundError, ReinspectError, StoreCorruptError, StoreLockedError
from reinspect.model import (
    Correction,
    Inspection,
    Passage,
    Pin,
    Reading,
    StepId,
    StoredDocument,
    Verdict,
)
from reinspect.reconciling import checked_correction, merge_corrections
from store import change_labels, document_import
from store.atomic_write import StoreUnwritableError, leftovers, unwritable_error
from store.caches import index_of, keep_passages, passages_of, read_again
from store.catalogue import Catalogue, Change, DocumentRow, open_tables, read_catalogue
from store.document_import import ImportResult
from store.lock import held
from store.page_texts import read_page_texts, write_page_texts
from store.shipped_data import differ, is_newer, upgrade_digests, upgrade_record
from store.storage import CATALOGUE, DurableStorage, head

if TYPE_CHECKING:
    from reinspect.digests import Digest
    from reinspect.phrases.index.index import Index
    from reinspect.record import Record, RecordedInspection
    from store.csv_import import CsvImportResult
    from store.integrity import Fault

_SHORTEST_PREFIX = 6


class Store:
    """A store that is open. Its methods may be called from any thread; each returns settled facts of one generation.

    Any method that changes the store raises StoreLockedError when another process holds it for too long, and
    StoreUnwritableError when the disk refuses; then nothing was changed. Any method may raise StoreCorruptError.
    """

    def __init__(self, folder: Path, wait: float = 10.0) -> None:
        self.folder = folder
        self._path = folder / CATALOGUE
        self._wait = wait
        self._index: tuple[frozenset[str], Index] | None = None
        self._indexing = threading.Lock()
        self._head, self._revision, self._catalogue = b"", 0, Catalogue({}, {})

    @classmethod
    def open(
        cls, folder: Path, wait: float = 10.0, record: Record | None = None, digests: Sequence[Digest] = ()
    ) -> Store:
        """The store in this folder, made from the shipped record and digests if there is none yet, brought up to newer
        ones.

        `wait` is how long, in seconds, a change may wait for another process. `record` stands in for the shipped one,
        and then `digests` for the shipped ones.

        Raises:
            StoreCorruptError: the catalogue is damaged, gone, or of a newer program. It is left as it is.
            StoreUnwritableError: there is no store yet and none can be made here.
        """
        store = cls(folder, wait)
        if record is None:
            from reinspect import digests as digest_files
            from reinspect.record import record as shipped_record

            record, digests = shipped_record(), digest_files.shipped()
        store._load()
        about = store._catalogue.about
        if store._revision == 0:
            store._begin(record, digests)
        elif is_newer(record, about) or differ(digests, record, about):
            # A store that cannot be written now can still be read; the next opening brings it up to date.
            with suppress(StoreLockedError, StoreUnwritableError):
                store._bring_up_to(record, digests)
        return store

    @property
    def revision(self) -> int:
        """How many changes made what this object shows."""
        return self._revision

    def refresh(self) -> bool:
        """Take over what another process changed; True if it did."""
        if head(self._path) == self._head:
            return False
        self._load()
        return True

    def inspections(self, authority: str | None = None) -> list[Inspection]:
        """The inspections held, of one authority (its slug) or of all, by authority and date."""
        return self._catalogue.of_authority(authority)

    def inspection(self, identifier: str) -> Inspection:
        """The inspection of that id. Raises NotFoundError."""
        return self._catalogue.settled(identifier)

    def stored_documents(self) -> list[StoredDocument]:
        """Every document held, attached or not, by the file it came from."""
        catalogue = self._catalogue
        rows = sorted(catalogue.documents.values(), key=lambda row: (row.document.source, row.document.sha256))
        return [_held(row, catalogue) for row in rows]

    def document(self, identifier: str) -> StoredDocument:
        """The document whose sha256 is, or alone begins with, the identifier. Raises NotFoundError."""
        catalogue = self._catalogue
        return _held(catalogue.documents[_sha256(catalogue, identifier)], catalogue)

    def pages(self, sha256: str) -> tuple[str, ...]:
        """The pages of a document, verified. Raises NotFoundError."""
        self._row(sha256)
        return read_page_texts(self.folder, sha256).pages

    def passages(self, sha256: str) -> tuple[Passage, ...]:
        """The passages of a document, made again from its pages where none are kept. Raises NotFoundError."""
        return passages_of(self.folder, self._row(sha256).document, read_page_texts(self.folder, sha256))

    def primary_texts(self) -> dict[str, str]:
        """The one document (sha256) whose words stand for each inspection, by its id; those without are left out."""
        catalogue = self._catalogue
        ids = catalogue.inspections.keys() & {row.inspection for row in catalogue.documents.values()}
        texts = {identifier: catalogue.settled(identifier).primary_text for identifier in sorted(ids)}
        return {identifier: sha256 for identifier, sha256 in texts.items() if sha256 is not None}

    def searchable(self) -> frozenset[str]:
        """The documents (sha256) whose words a search may find: one reading text an inspection, coverage, and what is
        not attached. Copies of a reading text are not among them.
        """
        rows = self._catalogue.documents
        loose = (key for key, row in rows.items() if row.inspection is None or row.document.kind == "coverage")
        return frozenset(self.primary_texts().values()).union(loose)

    def index(self) -> Index:
        """The index of the searchable documents' phrases, kept between runs."""
        with self._indexing:
            wanted = self.searchable()
            if self._index is None or self._index[0] != wanted:
                before = self._index[1] if self._index else None
                self._index = wanted, index_of(self.folder, wanted, self.passages, before)
            return self._index[1]

    def add(self, readings: Iterable[Reading], run: str = "") -> list[ImportResult]:
        """Put documents into the store, all of them or none, and say of each what became of it, in the order given.

        What is held already is not added again; but a newer reader's reading takes the place of the former one, and
        lost pages are put right. Batches of one `run` (any
        words that tell this import from others) are taken back together by `undo`.
        """
        readings = list(readings)
        with self._change("add", run) as change:
            wanted = {sha256: reading for reading in readings if self._needs(change.catalogue, sha256 := _of(reading))}
            additions = document_import.import_readings(change, readings, renewed=frozenset(wanted))
            refused = {addition.sha256 for addition in additions if addition.outcome == "failed"}
            kept = {sha256: reading for sha256, reading in wanted.items() if sha256 not in refused}
            write_page_texts(self.folder, {sha256: reading.pages for sha256, reading in kept.items()})
        for sha256, reading in kept.items():
            keep_passages(self.folder, sha256, read_page_texts(self.folder, sha256).token, reading.passages)
        return additions

    def import_csv(self, inspections: Iterable[RecordedInspection]) -> list[CsvImportResult]:
        """Put the rows of a person's own table of inspections into the store, all of them or none.

        Says of each what became of it, in the order given. What a row says of a known inspection stands beside the
        shipped record and above it.
        """
        from store.csv_import import import_rows

        rows = list(inspections)
        with self._change(f"take in {len(rows)} rows of a table of inspections") as change:
            return import_rows(change, rows)

    def needs(self, sha256: str) -> bool:
        """Whether adding this document would tell the store anything: it is not held, was read by another reader, or
        its pages were lost. What is not needed need not even be read.
        """
        return self._needs(self._catalogue, sha256)

    def attach(self, sha256: str, inspection: str | None) -> Inspection | None:
        """Attach a document to the inspection that a person chose; None leaves it unattached.

        The inspection may be a new one that the document names as a candidate. Raises NotFoundError.
        """
        with self._change("attach") as change:
            document = _sha256(change.catalogue, sha256)
            document_import.assign(change, document, inspection)
            title = change.catalogue.documents[document].document.title
            chosen = (
                change_labels.inspection_label(change.catalogue.settled(inspection)) if inspection else "no inspection"
            )
            change.words = f"attach {title or document[:12]} to {chosen}"
        return self.inspection(inspection) if inspection else None

    def remove(self, identifier: str) -> str:
        """Take out a document, or an inspection that only documents made known; says what was taken out.

        An inspection that only the document made known goes with it. Raises NotFoundError; ReinspectError for an
        inspection of the shipped record.
        """
        with self._change(f"remove {identifier}") as change:
            if identifier in change.catalogue.inspections:
                change.words = document_import.remove_inspection(change, identifier)
            else:
                change.words = document_import.remove_document(change, _sha256(change.catalogue, identifier))
            return change.words

    def correct(self, identifier: str, correction: Correction) -> Inspection:
        """Keep a person's word on a field, over all others; an empty value withdraws it. Returns the inspection.

        Raises NotFoundError; CorrectionError when the field or its value is not understood.
        """
        with self._change("correct") as change:
            inspection = change.catalogue.settled(identifier)
            change.words = f"correct {correction.field} of {change_labels.inspection_label(inspection)}"
            understood_word = checked_correction(correction, inspection)
            row = change.catalogue.inspections[identifier]
            corrections = merge_corrections(row.corrections, understood_word)
            change.put_inspection(identifier, msgspec.structs.replace(row, corrections=corrections))
        return self.inspection(identifier)

    def pins(self) -> tuple[Pin, ...]:
        """What is in the basket, in its order; the place of the first is 1."""
        return self._catalogue.basket

    def pin(self, pin: Pin) -> int:
        """Put a quote, a row or a phrase into the basket; its place there. What is there already stays where it is."""
        with self._change(f"pin {change_labels.excerpt(pin)}") as change:
            pins, place = basket.add_pin(change.catalogue.basket, self.named(pin))
            change.put_basket(pins)
        return place

    def named(self, pin: Pin) -> Pin:
        """The pin, called what it is: the words of a digest are no quote of an inspector."""
        row = self._catalogue.documents.get(pin.evidence.document) if pin.evidence else None
        is_digest = pin.kind == "quote" and row is not None and row.document.kind == "digest"
        return msgspec.structs.replace(pin, kind="digest") if is_digest else pin

    def unpin(self, *meant: int | Pin) -> tuple[Pin, ...]:
        """Take these pins, or what is at these places, out of the basket; returns it. Raises NotFoundError."""
        with self._change(f"take {len(meant)} out of the basket") as change:
            pins = change.catalogue.basket
            places = [_place(pins, each) for each in meant]
            taken = tuple(basket.pin_at(pins, place) for place in places)
            change.put_basket(basket.remove_pins(pins, places))
        return taken

    def move(self, place: int, to: int) -> Pin:
        """Put what is at one place of the basket at another one; returns it. Raises NotFoundError."""
        with self._change(f"move {place} to {to} in the basket") as change:
            change.put_basket(basket.move_pin(change.catalogue.basket, place, to))
            return change.catalogue.basket[to - 1]

    def shift(self, pin: Pin, by: int) -> None:
        """Move a pin down by so many places (up, if negative), as far as there are any. Raises NotFoundError."""
        with self._change("move a pin in the basket") as change:
            pins = change.catalogue.basket
            place = basket.place_of(pins, pin)
            change.put_basket(basket.move_pin(pins, place, min(max(place + by, 1), len(pins))))

    def note(self, meant: int | Pin, note: str) -> Pin:
        """Write a note beside a pin, or what is at a place; an empty one takes it away. Raises NotFoundError."""
        with self._change("note in the basket") as change:
            place = _place(change.catalogue.basket, meant)
            change.put_basket(basket.set_note(change.catalogue.basket, place, note))
            return change.catalogue.basket[place - 1]

    def verdicts(self) -> tuple[Verdict, ...]:
        """What people said of the links of follow-throughs, one verdict at most on each."""
        return tuple(self._catalogue.verdicts.values())

    def judge(self, verdict: Verdict) -> None:
        """Keep a person's word on a link, in place of an earlier one. Raises NotFoundError: no such inspection."""
        link = verdict.step
        with self._change(verdict.review) as change:
            change.words = f"{verdict.review}, {change_labels.step_label(change.catalogue, link)}"
            change.put_verdict(link.key, verdict)

    def withdraw(self, link: StepId) -> None:
        """Take back what was said of a link: what is worked out holds again."""
        with self._change("withdraw a verdict") as change:
            with suppress(NotFoundError):
                change.words = f"withdraw the verdict on {change_labels.step_label(change.catalogue, link)}"
            change.put_verdict(link.key, None)

    def undo(self, expected: str = "") -> str:
        """Take back the last change, or all of the last run of changes; says what was taken back.

        Raises ReinspectError when there is none; or when another came after the `expected` one (see `next_undo`).
        """
        with self._change("undo", noted=False) as change:
            latest = change_labels.undo_label(change.catalogue.latest_changes())
            if expected and latest != expected:
                raise ReinspectError(f"something else was changed meanwhile: {latest or 'by undo'}. Nothing was undone")
            if not latest:
                raise ReinspectError(f"{self.folder}: there is no change to take back")
            change.take_back()
        return f"taken back: {latest}"

    def next_undo(self) -> tuple[str, int]:
        """What `undo` would take back, in words, and how many documents that would take out or change; "" for none."""
        rows = self._catalogue.latest_changes()
        return change_labels.undo_label(rows), len({sha256 for row in rows for sha256 in row.documents})

    def reread(self) -> list[ImportResult]:
        """Read all kept pages again with the present reader, and let what is unattached look for its inspection again.

        Returns what became of each document whose account changed, and of each whose pages are lost.
        """
        with self._change("reread") as change:
            again, lost = [], []
            for sha256, row in change.catalogue.documents.items():
                try:
                    if row.document.kind != "digest":
                        again.append(read_again(row.document, read_page_texts(self.folder, sha256).pages))
                except StoreCorruptError as error:
                    lost.append(document_import.failed(row.document.source, sha256, str(error)))
            return document_import.reimport_readings(change, again) + lost

    def check(self, repair: bool = False) -> list[Fault]:
        """Every fault of this store (see `store.integrity.check`)."""
        from store.integrity import check

        faults = check(self.folder, repair=repair, wait=self._wait)
        self.refresh()
        return faults

    def backup(self, file: Path) -> None:
        """Write the whole store, less its caches, to one file (see `store.backup`)."""
        from store.backup import backup

        backup(self.folder, file)

    def restore(self, file: Path) -> None:
        """Put a backup in place of what the store holds (see `store.backup`)."""
        from store.backup import restore

        restore(self.folder, file, wait=self._wait)
        self.refresh()

    def _needs(self, catalogue: Catalogue, sha256: str) -> bool:
        row = catalogue.documents.get(sha256)
        if row is None or row.document.reader != READER:
            return True
        try:
            read_page_texts(self.folder, sha256)
        except StoreCorruptError:
            return True
        return False

    def _row(self, sha256: str) -> DocumentRow:
        return self._catalogue.documents[_sha256(self._catalogue, sha256)]

    def _begin(self, record: Record, digests: Sequence[Digest]) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable_error(self.folder, error) from error
        self._bring_up_to(record, digests)

    def _bring_up_to(self, record: Record, digests: Sequence[Digest]) -> None:
        taken: list[Reading] = []
        with self._change("bring up to what ships", noted=False, first=self._revision == 0) as change:
            if is_newer(record, change.catalogue.about):
                upgrade_record(change, record)
            if differ(digests, record, change.catalogue.about):
                taken = upgrade_digests(change, digests)
                write_page_texts(self.folder, {_of(reading): reading.pages for reading in taken})
        for reading in taken:
            keep_passages(self.folder, _of(reading), read_page_texts(self.folder, _of(reading)).token, reading.passages)

    def _load(self) -> None:
        storage = DurableStorage(self._path)
        catalogue = read_catalogue(open_tables(storage), self._path)
        if storage.revision == 0 and self._revision:
            raise self._gone()
        self._head, self._revision, self._catalogue = storage.head, storage.revision, catalogue

    @contextmanager
    def _change(self, words: str, run: str = "", *, noted: bool = True, first: bool = False) -> Iterator[Change]:
        """One transaction. What the block sets is written when it ends, and forgotten when it raises."""
        if not first and not self._path.exists():
            raise self._gone()
        with held(self.folder, self._wait):
            storage = DurableStorage(self._path, deferred=True)
            database = open_tables(storage)
            storage.read()
            # To read every row again takes longer than all the rest, and a key that is pressed waits for it.
            as_known = storage.head == self._head and self._revision > 0
            catalogue = self._catalogue.copied() if as_known else read_catalogue(database, self._path)
            change = Change(catalogue, words, run)
            if not first and storage.revision == 0:
                raise self._gone()
            try:
                for file in leftovers(self.folder):
                    file.unlink(missing_ok=True)
                yield change
                if change.made:
                    if noted:
                        change.note()
                    change.store(database)
                    storage.flush()
            except OSError as error:
                self._show_what_the_disk_holds()
                raise unwritable_error(self.folder, error) from error
            self._head, self._revision, self._catalogue = storage.head, storage.revision, change.catalogue

    def _gone(self) -> StoreCorruptError:
        return StoreCorruptError(f"{self._path}: the store was here and is gone; put its folder back, or start again")

    def _show_what_the_disk_holds(self) -> None:
        # The failure at hand is the one to report; a disk that cannot be read either will say so when next asked.
        with suppress(ReinspectError, OSError):
            self.refresh()


def _of(reading: Reading) -> str:
    return reading.document.sha256


def _place(pins: basket.Basket, meant: int | Pin) -> int:
    """A place in the basket: that of a pin is where it stands now, whoever moved it meanwhile."""
    return meant if isinstance(meant, int) else basket.place_of(pins, meant)


def _held(row: DocumentRow, catalogue: Catalogue) -> StoredDocument:
    attached = catalogue.inspections.get(row.inspection) if row.inspection else None
    authority = attached.authority if attached else row.authority
    return StoredDocument(
        document=row.document,
        inspection=row.inspection,
        authority=authority,
        facts=row.facts,
        candidates=row.candidates,
        reason=row.reason,
    )


def _sha256(catalogue: Catalogue, identifier: str) -> str:
    if identifier in catalogue.documents:
        return identifier
    long_enough = len(identifier) >= _SHORTEST_PREFIX
    found = [sha256 for sha256 in catalogue.documents if long_enough and sha256.startswith(identifier)]
    if len(found) != 1:
        fault = "more than one document begins with" if found else "there is no document or inspection"
        raise NotFoundError(f'{fault} "{identifier}" in the store')
    return found[0]
