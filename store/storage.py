"""The catalogue file, `catalogue.json`: TinyDB tables with a checksum and a revision number, replaced as a whole.

TinyDB's own storage overwrites the file in place and writes it again after every operation, so a crash can destroy
the file. This storage accepts a file only if its checksum matches, collects all operations of a transaction in memory,
and writes them in one step. The file from before the last change is kept as `catalogue.json.bak`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import orjson
from tinydb.storages import Storage

from reinspect.errors import StoreCorruptError
from reinspect.regular_files import read_regular_file
from store.atomic_write import atomic_write, link_or_copy, refuse_link, unreadable_error
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, verify_checksum

Tables = dict[str, dict[str, dict[str, Any]]]

CATALOGUE = "catalogue.json"
SCHEMA = 3
MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {
    1: lambda tables: {**tables, "basket": {}},
    2: lambda tables: {**tables, "verdicts": {}},
}
"""For each older schema, the function that changes its tables to the next schema.

Schema 1 had no basket, and no facts from a person's own table of inspections. Schema 2 had no verdicts.
"""


class NewerStoreError(StoreCorruptError):
    """A store file is intact but has a format that only another version of the program can read."""


class Revision(msgspec.Struct, kw_only=True, rename={"revision": "generation"}):
    """The contents of a catalogue file after one change.

    `revision` counts the changes made so far. `schema` is the number of the file format.
    """

    revision: int
    schema: int
    tables: Tables


def previous(path: Path) -> Path:
    """Return the path of the previous revision of a catalogue: `catalogue.json` -> `catalogue.json.bak`."""
    return path.with_name(f"{path.name}.bak")


def read_head(path: Path) -> bytes:
    """Read the beginning of a catalogue file, up to its checksum; return b"" if there is no file.

    The result differs between any two revisions, so it shows whether another process has written to the file.

    Raises:
        ReinspectError: the file cannot be read.
    """
    # Unlike file times, the checksum does not depend on a clock.
    try:
        return read_regular_file(path, HEAD_LENGTH)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise unreadable_error(path, error) from error


def decode_catalogue(data: bytes, path: Path) -> Revision:
    """Decode the contents of a catalogue file, and convert tables in an older format.

    Raises:
        StoreCorruptError: the data is damaged; the message names `path` and what to do.
        NewerStoreError: this version of the program does not know the format.
    """
    try:
        rest = verify_checksum(data)
        with paused_garbage_collection():
            revision = msgspec.convert(orjson.loads(b"{" + rest), type=Revision)
    except (ChecksumError, orjson.JSONDecodeError, msgspec.ValidationError) as error:
        raise StoreCorruptError(f"{path}: the store's catalogue is damaged: {error}. {remedy(path)}") from error
    if revision.schema > SCHEMA:
        raise NewerStoreError(
            f"{path}: the store was written by a newer reinspect (schema {revision.schema}; this version reads up to "
            f"{SCHEMA}). Nothing was changed; update reinspect to open it"
        )
    if revision.schema < min(MIGRATIONS):
        raise NewerStoreError(
            f"{path}: the store has schema {revision.schema}, which this version cannot read (it reads schema "
            f"{min(MIGRATIONS)} to {SCHEMA}). Nothing was changed; open it with the version of "
            "reinspect that wrote it"
        )
    for schema in range(revision.schema, SCHEMA):
        revision.tables = MIGRATIONS[schema](revision.tables)
    return revision


def encode_catalogue(revision: int, tables: Tables) -> bytes:
    """Encode tables as the contents of a catalogue file: one JSON object that begins with its checksum.

    Raises:
        TypeError: a row contains a value that JSON cannot represent.
    """
    return add_checksum(orjson.dumps({"schema": SCHEMA, "generation": revision, "tables": tables})[1:])


def remedy(path: Path) -> str:
    """Return a sentence that tells a person how to recover from a damaged catalogue file."""
    if previous(path).exists():
        return "Nothing was changed; `reinspect check --repair` goes back to the previous revision"
    return "Nothing was changed; `reinspect restore FILE` brings back a backup"


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Pause Python's garbage collector, so that creating many objects is faster."""
    # 10,000 records load in 173 instead of 454 ms.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
        self._schema = SCHEMA
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
            if self._schema < SCHEMA:
                link_or_copy(self.path, self.path.with_name(f"catalogue.v{self._schema}.bak"))
            atomic_write(self.path, data, previous(self.path))
        except BaseException:
            self._tables, self._loaded, self._changed = None, False, False
            raise
        self.revision, self.head, self._schema, self._changed = self.revision + 1, data[:HEAD_LENGTH], SCHEMA, False

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
        if self._changed or self._tables is None or self._schema != SCHEMA or data[:HEAD_LENGTH] != self.head:
            return False
        try:
            verify_checksum(data)
        except ChecksumError:
            return False
        return True
