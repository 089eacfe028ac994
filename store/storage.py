"""The format of the catalogue file, `catalogue.json`: TinyDB tables with a checksum and a revision number.

The file is replaced as a whole. The one from before the last change is kept as `catalogue.json.bak`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import orjson

from reinspect.errors import StoreCorruptError
from reinspect.regular_files import read_regular_file
from store.atomic_write import unreadable_error
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, require_checksum

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
        require_checksum(data)
        with paused_garbage_collection():
            revision = msgspec.convert(orjson.loads(data), type=Revision)
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
