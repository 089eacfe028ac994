"""Transactions: how every change to the store is made, and how it is undone.

A transaction takes the store's lock, reads the catalogue again if another process has written it, lets the caller
change rows, writes all changed rows as one new revision, and releases the lock:

    with file.transaction("remove report.pdf") as change:
        change.put_document(sha256, None)

Nothing is written if the block raises an error or changes nothing. The lock is not held between transactions, so a
command works while an app is open on the same store; the app sees the change when it calls `refresh`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Pin, ThemeCorrection, Verdict
from reinspect.regular_files import read_regular_file
from store import caches, page_texts
from store.atomic_write import delete_leftovers, unwritable_error
from store.catalogue import (
    SHIPPED_ROW,
    Catalogue,
    ChangeRow,
    DocumentRow,
    InspectionRow,
    pins_by_position,
    pins_in_order,
)
from store.loaded_revision import LoadedRevision
from store.lock import write_lock
from store.storage import CATALOGUE, paused_garbage_collection, read_head

if TYPE_CHECKING:
    from tinydb import TinyDB

    from store.tables import DurableStorage

_UNDOABLE_CHANGES = 200


class Change:
    """A change in progress: the catalogue being changed, and the former rows, from which the change can be undone."""

    def __init__(self, catalogue: Catalogue, label: str, run: str = "") -> None:
        self.catalogue = catalogue
        self.label = label
        self.run = run
        self.kept_on_undo: set[str] = set()
        """Documents (sha256) whose new rows stay when the change is undone, because no person asked for them."""
        self._documents: dict[str, DocumentRow | None] = {}
        self._inspections: dict[str, InspectionRow | None] = {}
        self._basket: dict[str, Pin | None] = {}
        self._verdicts: dict[str, Verdict | None] = {}
        self._themes: dict[str, ThemeCorrection | None] = {}
        self._other_before = catalogue.shipped, set(catalogue.changes)

    @property
    def is_empty(self) -> bool:
        """True if nothing was changed."""
        other = self.catalogue.shipped, set(self.catalogue.changes)
        rows = self._documents, self._inspections, self._basket, self._verdicts, self._themes
        return not any(rows) and other == self._other_before

    def put_document(self, sha256: str, row: DocumentRow | None) -> None:
        """Set the row of a document, or delete the document if `row` is None."""
        self._documents.setdefault(sha256, self.catalogue.documents.get(sha256))
        self.catalogue.put_document(sha256, row)

    def put_inspection(self, identifier: str, row: InspectionRow | None) -> None:
        """Set the row of an inspection, or delete the inspection if `row` is None."""
        self._inspections.setdefault(identifier, self.catalogue.inspections.get(identifier))
        self.catalogue.put_inspection(identifier, row)

    def put_basket(self, pins: Sequence[Pin]) -> None:
        """Replace all pins in the basket."""
        for position, (before, after) in enumerate(zip_longest(self.catalogue.basket, pins), 1):
            if before != after:
                self._basket.setdefault(str(position), before)
        self.catalogue.basket = tuple(pins)

    def put_verdict(self, key: str, verdict: Verdict | None) -> None:
        """Set the verdict stored under `key`; None deletes the verdict."""
        before = self.catalogue.verdicts.pop(key, None)
        # An equal verdict is not a change.
        if before != verdict:
            self._verdicts.setdefault(key, before)
        if verdict is not None:
            self.catalogue.verdicts[key] = verdict

    def put_theme(self, key: str, correction: ThemeCorrection | None) -> None:
        """Set the correction of a theme stored under `key`; None deletes the correction."""
        before = self.catalogue.themes.pop(key, None)
        if before != correction:
            self._themes.setdefault(key, before)
        if correction is not None:
            self.catalogue.themes[key] = correction

    def make_undoable(self) -> None:
        """Save the former rows in the catalogue, so that this change can be undone later."""
        documents = {sha256: row for sha256, row in self._documents.items() if sha256 not in self.kept_on_undo}
        if not any((documents, self._inspections, self._basket, self._verdicts, self._themes)):
            return
        changes = self.catalogue.changes
        row = ChangeRow(
            label=self.label,
            run=self.run,
            documents=documents,
            inspections=self._inspections,
            basket=self._basket,
            verdicts=self._verdicts,
            themes=self._themes,
        )
        changes[str(max(map(int, changes), default=0) + 1)] = row
        while len(changes) > _UNDOABLE_CHANGES:
            changes.pop(min(changes, key=int))

    def undo_latest(self) -> None:
        """Take back the latest change, or all changes of the latest run (such as one import)."""
        changes, latest = self.catalogue.changes, self.catalogue.latest_changes()
        for row in latest:
            changes.pop(max(changes, key=int))
            for sha256, document in row.documents.items():
                self.put_document(sha256, document)
            for identifier, inspection in row.inspections.items():
                self.put_inspection(identifier, inspection)
            self.put_basket(pins_in_order(pins_by_position(self.catalogue.basket) | row.basket))
            for key, verdict in row.verdicts.items():
                self.put_verdict(key, verdict)
            for key, correction in row.themes.items():
                self.put_theme(key, correction)

    def write_to(self, database: TinyDB) -> None:
        """Write the changed rows to a TinyDB database."""
        from store.tables import replace_rows

        catalogue = self.catalogue
        replace_rows(database, "documents", {key: catalogue.documents.get(key) for key in self._documents})
        replace_rows(database, "inspections", {key: catalogue.inspections.get(key) for key in self._inspections})
        pins = pins_by_position(catalogue.basket)
        replace_rows(database, "basket", {position: pins.get(position) for position in self._basket})
        replace_rows(database, "verdicts", {key: catalogue.verdicts.get(key) for key in self._verdicts})
        replace_rows(database, "themes", {key: catalogue.themes.get(key) for key in self._themes})
        replace_rows(database, "about", {SHIPPED_ROW: catalogue.shipped})
        stored = {str(row.doc_id) for row in database.table("changes")}
        added_or_dropped = stored ^ catalogue.changes.keys()
        replace_rows(database, "changes", {key: catalogue.changes.get(key) for key in added_or_dropped})


class CatalogueFile:
    """The catalogue of one open store: holds one revision in memory, and writes the next one in a transaction."""

    def __init__(self, folder: Path, wait: float) -> None:
        self.folder = folder
        self.path = folder / CATALOGUE
        self.loaded = LoadedRevision(folder, b"", 0, Catalogue({}, {}))
        self._wait = wait
        self._keeps_tables = False
        self._former: DurableStorage | None = None

    @property
    def revision(self) -> int:
        """Number of the revision in memory; 0 for a new store."""
        return self.loaded.revision

    @property
    def catalogue(self) -> Catalogue:
        """The rows of the revision in memory; do not change them."""
        return self.loaded.catalogue

    def load(self) -> None:
        """Read the catalogue from the disk; the catalogue of a new store is empty.

        Raises:
            StoreCorruptError: the file is damaged, in a newer format, or gone although it was read before.
        """
        with suppress(OSError):
            if loaded := LoadedRevision.read(self.folder, read_regular_file(self.path)):
                self.loaded = loaded
                return
        from store.tables import DurableStorage, open_tables, read_catalogue

        storage = DurableStorage(self.path)
        catalogue = read_catalogue(open_tables(storage), self.path)
        if storage.revision == 0 and self.revision:
            raise self._gone_error()
        self._show(storage, catalogue)

    def refresh(self) -> bool:
        """Read the catalogue again if another process has changed it; return True if it was read."""
        if read_head(self.path) == self.loaded.head:
            return False
        self.load()
        return True

    @contextmanager
    def many_changes(self) -> Iterator[None]:
        """Keep the tables in memory while a `with` block makes many changes, so that they are decoded once.

        Each change still reads the file and compares its checksum.
        """
        self._keeps_tables = True
        try:
            yield
        finally:
            self._keeps_tables, self._former = False, None

    @contextmanager
    def transaction(
        self, label: str, run: str = "", *, undoable: bool = True, create: bool = False
    ) -> Iterator[Change]:
        """Hold the store's lock while a `with` block makes changes, then write all changes as one revision.

        `label` describes the change to a person. Changes with the same `run` (any string) are undone together. With
        `create`, the catalogue file may be missing.

        Raises:
            StoreLockedError: another process held the lock for too long.
            StoreUnwritableError: the disk refused a write; nothing was changed.
            StoreCorruptError: the catalogue is damaged or gone.
        """
        if not create and not self.path.exists():
            raise self._gone_error()
        from store.tables import DurableStorage, open_tables

        # The many rows of a large store are not garbage.
        with write_lock(self.folder, self._wait), paused_garbage_collection():
            former, self._former = self._former, None
            storage = DurableStorage(self.path, deferred=True, former=former)
            database = open_tables(storage)
            change = Change(self._current_catalogue(storage, database), label, run)
            if not create and storage.revision == 0:
                raise self._gone_error()
            try:
                # Another process that is writing a cache makes it again if its temporary file goes.
                delete_leftovers(self.folder, (page_texts.FOLDER, caches.FOLDER))
                yield change
                _commit(change, storage, database, undoable=undoable)
            except OSError as error:
                self._refresh_after_failure()
                raise unwritable_error(self.folder, error) from error
            self._show(storage, change.catalogue)
            self._former = storage if self._keeps_tables else None

    def _current_catalogue(self, storage: DurableStorage, database: TinyDB) -> Catalogue:
        """Return a new catalogue with the same rows as the file."""
        from store.tables import read_catalogue

        storage.read()
        # Copying an unchanged catalogue is much faster than validating every row.
        unchanged = storage.head == self.loaded.head and self.revision > 0
        return self.catalogue.copy() if unchanged else read_catalogue(database, self.path)

    def _show(self, storage: DurableStorage, catalogue: Catalogue) -> None:
        self.loaded = LoadedRevision(self.folder, storage.head, storage.revision, catalogue)

    def _refresh_after_failure(self) -> None:
        # The error being handled is the one to report; if the disk cannot be read either, the next read will say so.
        with suppress(ReinspectError, OSError):
            self.refresh()

    def _gone_error(self) -> StoreCorruptError:
        return StoreCorruptError(
            f"{self.path}: the catalogue is gone; put the store's folder back, or start reinspect again"
        )


@contextmanager
def change_locked_store(folder: Path, label: str) -> Iterator[Change]:
    """Run a transaction that cannot be undone.

    The caller must already hold the store's lock.
    """
    from store.tables import DurableStorage, open_tables, read_catalogue

    path = folder / CATALOGUE
    storage = DurableStorage(path, deferred=True)
    database = open_tables(storage)
    change = Change(read_catalogue(database, path), label)
    yield change
    _commit(change, storage, database, undoable=False)


def _commit(change: Change, storage: DurableStorage, database: TinyDB, *, undoable: bool) -> None:
    if change.is_empty:
        return
    if undoable:
        change.make_undoable()
    change.write_to(database)
    storage.flush()
