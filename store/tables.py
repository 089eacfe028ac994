"""The rows of the catalogue as TinyDB tables: how a change reads them from the file, and writes them back.

TinyDB's own storage overwrites the file in place and writes it again after every operation, so a crash can destroy
the file. The storage here accepts a file only if its checksum matches, collects all operations of a transaction in
memory, and writes them in one step.

A command that changes nothing does without TinyDB: it decodes the whole file at once (`store.catalogue.decode_rows`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from reinspect.errors import StoreCorruptError
from reinspect.regular_files import read_regular_file
from store import storage
from store.atomic_write import atomic_write, link_or_copy, refuse_link, unreadable_error
from store.catalogue import Catalogue, CatalogueRows
from store.checksum import HEAD_LENGTH, ChecksumError, require_checksum
from store.storage import Tables, decode_catalogue, encode_catalogue, paused_garbage_collection, previous, remedy

_Row = TypeVar("_Row")


class DurableStorage(Storage):
    """A TinyDB storage for one catalogue file, to be used from one thread.

    With `deferred`, writes stay in memory until `flush`, so that several table operations become one change of the
    file. `former` is a storage whose tables this one takes over, instead of decoding them again, if the file is still
    the one that `former` read or wrote last. `former` must not be used any more.
    """

    def __init__(self, path: Path, *, deferred: bool = False, former: DurableStorage | None = None) -> None:
        self.path = path
        self.head = b""
        self.revision = 0
        self._schema = storage.SCHEMA
        self._deferred = deferred
        self._loaded = False
        self._changed = False
        self._tables: Tables | None = None
        self._former = former

    def read(self) -> Tables | None:
        """Return all tables, or None if there is no file yet.

        Raises:
            StoreCorruptError: the file is damaged, lost, or in a newer format.
            ReinspectError: the file cannot be read, or is a link that leads nowhere.
        """
        if not self._loaded:
            self._load()
        return self._tables

    def write(self, tables: Tables) -> None:
        """Replace all tables in memory and, unless writes are deferred, on the disk."""
        self._tables, self._loaded, self._changed = tables, True, True
        if not self._deferred:
            self.flush()

    def flush(self) -> None:
        """Write the tables to the disk as the next revision, if they have changed.

        Raises:
            OSError: a write failed; the unwritten changes are dropped.
        """
        if not self._changed or self._tables is None:
            return
        try:
            data = encode_catalogue(self.revision + 1, self._tables)
            # A file in an older format is kept.
            if self._schema < storage.SCHEMA:
                link_or_copy(self.path, self.path.with_name(f"catalogue.v{self._schema}.bak"))
            atomic_write(self.path, data, previous(self.path))
        except BaseException:
            self._tables, self._loaded, self._changed = None, False, False
            raise
        self.revision, self.head, self._schema, self._changed = (
            self.revision + 1,
            data[:HEAD_LENGTH],
            storage.SCHEMA,
            False,
        )

    def _load(self) -> None:
        try:
            data = read_regular_file(self.path)
        except FileNotFoundError:
            refuse_link(self.path)
            if previous(self.path).exists():
                raise StoreCorruptError(f"{self.path}: the store's catalogue is gone. {remedy(self.path)}") from None
            self._loaded = True
            return
        except OSError as error:
            raise unreadable_error(self.path, error) from error
        former, self._former = self._former, None
        if former is not None and former._holds(data):
            self.head, self.revision, self._tables = former.head, former.revision, former._tables
            self._loaded = True
            return
        decoded = decode_catalogue(data, self.path)
        self.head, self.revision, self._schema = data[:HEAD_LENGTH], decoded.revision, decoded.schema
        self._tables, self._loaded = decoded.tables, True

    def _holds(self, data: bytes) -> bool:
        """Return True if the contents of a catalogue file are intact, and are what this storage read or wrote last."""
        if self._changed or self._tables is None or self._schema != storage.SCHEMA or data[:HEAD_LENGTH] != self.head:
            return False
        try:
            require_checksum(data)
        except ChecksumError:
            return False
        return True


class CatalogueTable(Table):
    """A TinyDB table whose keys are strings (a sha256 or an id) instead of running numbers."""

    document_id_class = str  # type: ignore[assignment]


def open_tables(opened: DurableStorage) -> TinyDB:
    """Return a TinyDB database on an opened storage, with strings as keys."""
    database = TinyDB(storage=lambda: opened)
    database.table_class = CatalogueTable
    return database


def replace_rows(database: TinyDB, name: str, rows: Mapping[str, msgspec.Struct | None]) -> None:
    """Set rows of a TinyDB table by key; a row of None is deleted."""
    table = database.table(name)
    table.remove(doc_ids=list(rows))  # type: ignore[arg-type]
    table.insert_multiple(_tinydb_row(key, row) for key, row in rows.items() if row is not None)


def read_catalogue(database: TinyDB, path: Path) -> Catalogue:
    """Read all rows of a TinyDB database and check their types.

    Raises:
        StoreCorruptError: the file is damaged, or a row is invalid; the message names `path` and the row.
    """
    with paused_garbage_collection():
        tables = {
            field.name: _read_rows(database, field.name, get_args(field.type)[1], path)
            for field in msgspec.structs.fields(CatalogueRows)
        }
        return CatalogueRows(**tables).catalogue()


def _read_rows(database: TinyDB, table: str, row_type: type[_Row], path: Path) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for stored in database.table(table):
        try:
            rows[str(stored.doc_id)] = msgspec.convert(dict(stored), row_type)
        except msgspec.ValidationError as error:
            raise StoreCorruptError(
                f"{path}: invalid row {stored.doc_id} in table {table}: {error}. "
                "Nothing was changed; run `reinspect check` for details"
            ) from error
    return rows


def _tinydb_row(key: str, row: msgspec.Struct) -> Document:
    builtin: dict[str, Any] = msgspec.to_builtins(row)
    return Document(builtin, doc_id=key)  # type: ignore[arg-type]
