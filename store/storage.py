"""The catalogue's file: TinyDB tables, sealed with a digest, numbered by generation, and never half written.

TinyDB's own storage overwrites the file in place and writes it again for every operation. This one reads a file only
if its seal holds, collects the operations of a transaction, and writes them once (design.md 3).
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
from store.atomic_write import atomic_write, keep_as, unreadable_error
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, verify_checksum

Tables = dict[str, dict[str, dict[str, Any]]]

CATALOGUE = "catalogue.json"
SCHEMA = 3
MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {
    1: lambda tables: {**tables, "basket": {}},
    2: lambda tables: {**tables, "verdicts": {}},
}
"""How to bring tables from the schema of the key to the next one.

1 knew no basket, and no person's own table of inspections, which it would have dropped when it wrote the row.
2 knew no verdicts.
"""


class NewerStoreError(StoreCorruptError):
    """The file is sound, and of a schema that this program does not know: most likely a newer one wrote it."""


class Revision(msgspec.Struct, kw_only=True, rename={"revision": "generation"}):
    """One state of the catalogue: how many changes made it, the schema of its file, its tables."""

    revision: int
    schema: int
    tables: Tables


def previous(path: Path) -> Path:
    """Where the generation before the present one is kept."""
    return path.with_name(f"{path.name}.bak")


def head(path: Path) -> bytes:
    """The first bytes of the file, which hold its digest: they differ between any two generations.

    Unlike the file's times they do not depend on a clock. Empty where there is no file.

    Raises:
        ReinspectError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(HEAD_LENGTH)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise unreadable_error(path, error) from error


def decode_catalogue(data: bytes, path: Path) -> Revision:
    """The generation in the bytes of a file, brought to the present schema.

    Raises:
        StoreCorruptError: the bytes are damaged; names the file and says what to do.
        NewerStoreError: they are of a newer schema; says which.
    """
    try:
        rest = verify_checksum(data)
        with uncollected():
            found = msgspec.convert(orjson.loads(b"{" + rest), type=Revision)
    except (ChecksumError, orjson.JSONDecodeError, msgspec.ValidationError) as error:
        raise StoreCorruptError(f"{path}: the store's catalogue is damaged: {error}. {remedy(path)}") from error
    if found.schema > SCHEMA:
        raise NewerStoreError(
            f"{path}: the store was written by a newer reinspect (schema {found.schema}; this one knows {SCHEMA}). "
            "Nothing was changed; update reinspect to open it"
        )
    if found.schema < min(MIGRATIONS, default=SCHEMA):
        raise NewerStoreError(
            f"{path}: the store is of schema {found.schema}, from which no way leads to this one's, {SCHEMA}. "
            "Nothing was changed; a reinspect of the time when it was written opens it"
        )
    for schema in range(found.schema, SCHEMA):
        found.tables = MIGRATIONS[schema](found.tables)
    return found


def encode_catalogue(revision: int, tables: Tables) -> bytes:
    """The bytes of a catalogue file: one JSON object, its digest first.

    Raises:
        TypeError: a row holds what JSON cannot.
    """
    return add_checksum(orjson.dumps({"schema": SCHEMA, "generation": revision, "tables": tables})[1:])


def remedy(path: Path) -> str:
    """What a person can do about a damaged catalogue."""
    if previous(path).exists():
        return "Nothing was changed; `reinspect check --repair` goes back to the generation before it"
    return "Nothing was changed; `reinspect restore FILE` brings back a backup"


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, what is just being loaded (454 -> 173 ms at 10,000)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class DurableStorage(Storage):
    """TinyDB's view of one catalogue file, for one thread.

    With `deferred`, writes stay in memory until `flush`: several table operations become one generation.
    """

    def __init__(self, path: Path, *, deferred: bool = False) -> None:
        self.path = path
        self.head = b""
        self.revision = 0
        self._schema = SCHEMA
        self._deferred = deferred
        self._loaded = False
        self._changed = False
        self._tables: Tables | None = None

    def read(self) -> Tables | None:
        """All tables, or None where there is no file yet.

        Raises:
            StoreCorruptError: see `decode_catalogue`.
            ReinspectError: the file cannot be read.
        """
        if not self._loaded:
            self._load()
        return self._tables

    def write(self, tables: Tables) -> None:
        """Take over these tables, and put them on the disk unless that is deferred."""
        self._tables, self._loaded, self._changed = tables, True, True
        if not self._deferred:
            self.flush()

    def flush(self) -> None:
        """Make the tables the next generation on the disk, if any was changed.

        Raises:
            OSError: a write failed; this object forgets what it held, and will read again what the disk holds.
        """
        if not self._changed or self._tables is None:
            return
        try:
            data = encode_catalogue(self.revision + 1, self._tables)
            if self._schema < SCHEMA:
                keep_as(self.path, self.path.with_name(f"catalogue.v{self._schema}.bak"))
            atomic_write(self.path, data, previous(self.path))
        except BaseException:
            self._tables, self._loaded, self._changed = None, False, False
            raise
        self.revision, self.head, self._schema, self._changed = self.revision + 1, data[:HEAD_LENGTH], SCHEMA, False

    def _load(self) -> None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            if previous(self.path).exists():
                raise StoreCorruptError(f"{self.path}: the store's catalogue is gone. {remedy(self.path)}") from None
            self._loaded = True
            return
        except OSError as error:
            raise unreadable_error(self.path, error) from error
        found = decode_catalogue(data, self.path)
        self.head, self.revision, self._schema = data[:HEAD_LENGTH], found.revision, found.schema
        self._tables, self._loaded = found.tables, True
