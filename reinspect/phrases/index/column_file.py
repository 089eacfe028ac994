"""Keep named numpy arrays in a folder: one file for each, which can grow at its end, and a list of them all.

    write_columns(folder, facts, {"tokens": tokens})            # all files
    lengthen_columns(folder, facts, {"tokens": more_tokens}, {})    # what is there already stays as it is
    facts, columns = read_columns(folder)                       # read-only arrays, memory-mapped
    StoredColumns(folder).rows("tokens", 0, 9)                      # the first nine, read from the file

The list, `columns.json`, is replaced in one step. It names the file of each column, its length and its checksum, so
bytes that an interrupted writer left behind the listed length do not count. Writers must exclude each other; reading
needs no lock, because a listed byte is never written again. A column may be written in pieces, so that it need not fit
into memory.

Checksums are compared only if a file was changed after it was listed: the system's times of change tell. With
`verify=True` they are always compared.
"""

from __future__ import annotations

import mmap
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from reinspect.errors import ReinspectError

Column = np.ndarray[Any, np.dtype[Any]]
_LIST = "columns.json"
_MAGIC = b"reinspect columns 2 "
_OWNER_ALONE, _OWNERS_FOLDER = 0o600, 0o700
_CHECKSUM_DIGITS = 8
_NAME_BYTES = 4
# Rows that are read at a time.
PIECE = 1 << 20
# A writer may replace the list, and delete the files of the list before, while they are being opened.
_TRIES = 3


class IndexUnusableError(ReinspectError):
    """A saved index is missing, damaged, or from another version. Build the index again from the passages."""


class IndexMissingError(IndexUnusableError):
    """There is no saved index."""


class Pieces(msgspec.Struct, frozen=True, eq=False):
    """A column of numbers that is made while it is written, one array after the other."""

    dtype: np.dtype[Any]
    arrays: Iterable[Column]


class _ColumnEntry(msgspec.Struct, frozen=True):
    """One column: its file, type and shape, the checksum of its bytes, and when the file was last changed."""

    file: str
    dtype: str
    shape: tuple[int, ...]
    checksum: int
    changed: tuple[int, int]


class _ColumnList(msgspec.Struct, frozen=True):
    byte_order: str
    facts: dict[str, Any]
    columns: dict[str, _ColumnEntry]


def write_columns(folder: Path, facts: dict[str, Any], columns: Mapping[str, Column]) -> None:
    """Write arrays and a dict of facts to a folder, in place of what is there.

    Raises:
        OSError: a file cannot be written; what was there before is unchanged.
    """
    folder.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)
    _replace_entries(folder, facts, {}, columns)


def lengthen_columns(
    folder: Path,
    facts: dict[str, Any],
    additions: Mapping[str, Column],
    others: Mapping[str, Column | Pieces | None],
) -> None:
    """Write `additions` behind the columns of the same names; write the `others` anew, or drop them if None.

    Columns that are not named stay. The facts are replaced.

    Raises:
        IndexUnusableError: the columns in the folder are missing or damaged.
        OSError: a file cannot be written; what is listed is unchanged.
    """
    entries = {name: entry for name, entry in _read_list(folder).columns.items() if name not in others}
    entries |= {name: _lengthen(folder, entries[name], column) for name, column in additions.items() if len(column)}
    new = {name: column for name, column in others.items() if column is not None}
    _replace_entries(folder, facts, entries, new)


def _replace_entries(
    folder: Path, facts: dict[str, Any], entries: dict[str, _ColumnEntry], new: Mapping[str, Column | Pieces]
) -> None:
    """Write new columns, list them after `entries`, and delete all other files, also those of an interrupted writer.

    Raises:
        OSError: a file cannot be written; the new files are deleted.
    """
    before = _names(folder)
    try:
        entries |= {name: _write_new(folder, name, column) for name, column in new.items()}
        _write_list(folder, facts, entries)
    except BaseException:
        _delete(folder, _names(folder) - before)
        raise
    _delete(folder, before - {_LIST, *(entry.file for entry in entries.values())})


def read_columns(folder: Path, *, verify: bool = False) -> tuple[dict[str, Any], dict[str, Column]]:
    """Return the facts and the arrays in a folder. The arrays are read-only and memory-mapped.

    Raises:
        IndexUnusableError: the files are missing, damaged, or from a machine with another order of bytes.
    """
    for tries_left in reversed(range(_TRIES)):
        listed = _read_list(folder)
        try:
            return listed.facts, {name: _read(folder, entry, verify) for name, entry in listed.columns.items()}
        except FileNotFoundError as fault:
            if not tries_left:
                raise _damaged(folder, fault) from fault
        except (OSError, ValueError, TypeError, OverflowError, MemoryError) as fault:
            raise _damaged(folder, fault) from fault
    raise AssertionError


class StoredColumns:
    """Reads parts of columns, without mapping them into memory and without comparing checksums.

    What is listed when this is made can be read until its files are deleted. Reading raises IndexUnusableError if a
    column is missing or too short, and OSError if its file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = _read_list(folder).columns

    def rows(self, name: str, first: int, last: int) -> Column:
        """Return the rows of a column from `first` to `last` (exclusive)."""
        entry = self._entries.get(name)
        if entry is None:
            raise IndexUnusableError(f"{self._folder}: the phrase index lacks a part: {name}")
        width = np.dtype(entry.dtype).itemsize * int(np.prod(entry.shape[1:], dtype=np.int64))
        with (self._folder / entry.file).open("rb") as file:
            file.seek(first * width)
            raw = file.read((last - first) * width)
        if len(raw) < (last - first) * width:
            raise _damaged(self._folder, ValueError(f"{entry.file} is too short"))
        return np.frombuffer(raw, entry.dtype).reshape(-1, *entry.shape[1:])

    def pieces(self, name: str, first: int, last: int) -> Iterator[Column]:
        """Yield the rows of a column from `first` to `last` (exclusive), at most `PIECE` at a time."""
        for start in range(first, last, PIECE):
            yield self.rows(name, start, min(last, start + PIECE))


def is_unchanged(folder: Path) -> bool:
    """Return whether no file was changed after it was listed, so that reading compares no checksums.

    Raises:
        IndexUnusableError: the list is missing or damaged.
        OSError: a file is missing.
    """
    columns = _read_list(folder).columns.values()
    return all(_time_of_change((folder / entry.file).stat()) == entry.changed for entry in columns)


def note_changes(folder: Path) -> None:
    """Compare all checksums and list the present times of change, for example in a copied folder.

    Raises:
        IndexUnusableError: the files are missing or damaged.
        OSError: the list cannot be written; it is unchanged.
    """
    listed = _read_list(folder)
    changed = {name: _time_of_change((folder / entry.file).stat()) for name, entry in listed.columns.items()}
    read_columns(folder, verify=True)
    columns = {name: msgspec.structs.replace(listed.columns[name], changed=at) for name, at in changed.items()}
    _write_list(folder, listed.facts, columns)


def _damaged(folder: Path, fault: Exception) -> IndexUnusableError:
    return IndexUnusableError(f"{folder}: the phrase index is damaged: {fault}")


def _raw_bytes(column: Column) -> memoryview:
    return np.ascontiguousarray(column).reshape(-1).view(np.uint8).data


def _checksum(raw: bytes | mmap.mmap | memoryview, of_before: int = 0) -> int:
    """Return the checksum of bytes, behind others with the checksum `of_before`."""
    return zlib.crc32(raw, of_before)


def _time_of_change(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_ctime_ns


# The list


def _write_list(folder: Path, facts: dict[str, Any], columns: dict[str, _ColumnEntry]) -> None:
    encoded = msgspec.json.encode(_ColumnList(sys.byteorder, facts, columns))
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{_LIST}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + f"{zlib.crc32(encoded):0{_CHECKSUM_DIGITS}x}\n".encode() + encoded)
        Path(temporary).replace(folder / _LIST)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read_list(folder: Path) -> _ColumnList:
    """Read the list of columns.

    Raises:
        IndexUnusableError: the list is missing or damaged, or lists numbers with another order of bytes.
    """
    try:
        head, _, encoded = (folder / _LIST).read_bytes().partition(b"\n")
    except FileNotFoundError as fault:
        raise IndexMissingError(f"{folder}: there is no phrase index") from fault
    except OSError as fault:
        raise IndexUnusableError(f"{folder}: the phrase index cannot be opened: {fault}") from fault
    try:
        if head != _MAGIC + f"{zlib.crc32(encoded):0{_CHECKSUM_DIGITS}x}".encode():
            raise ValueError("its list of columns does not match its checksum")
        listed = msgspec.json.decode(encoded, type=_ColumnList)
    except (msgspec.MsgspecError, ValueError) as fault:
        raise _damaged(folder, fault) from fault
    if listed.byte_order != sys.byteorder:
        raise IndexUnusableError(f"{folder}: the phrase index is of a machine with another order of bytes")
    return listed


# The files


def _write_new(folder: Path, name: str, column: Column | Pieces) -> _ColumnEntry:
    path = folder / f"{name}.{os.urandom(_NAME_BYTES).hex()}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OWNER_ALONE)
    rows, checksum = 0, _checksum(b"")
    with os.fdopen(descriptor, "wb") as file:
        for array in column.arrays if isinstance(column, Pieces) else (column,):
            raw = _raw_bytes(array.astype(column.dtype, copy=False))
            file.write(raw)
            rows, checksum = rows + len(array), _checksum(raw, checksum)
    shape = (rows,) if isinstance(column, Pieces) else column.shape
    return _ColumnEntry(path.name, column.dtype.str, shape, checksum, _time_of_change(path.stat()))


def _lengthen(folder: Path, entry: _ColumnEntry, column: Column) -> _ColumnEntry:
    """Write more rows behind those that are listed, in place of what an interrupted writer may have left there."""
    path, raw = folder / entry.file, _raw_bytes(column.astype(entry.dtype, copy=False))
    with path.open("r+b") as file:
        file.truncate(_size(entry))
        file.seek(_size(entry))
        file.write(raw)
    shape = (entry.shape[0] + len(column), *entry.shape[1:])
    return _ColumnEntry(entry.file, entry.dtype, shape, _checksum(raw, entry.checksum), _time_of_change(path.stat()))


def _read(folder: Path, entry: _ColumnEntry, verify: bool) -> Column:
    """Return the array of one file.

    Raises:
        OSError: the file cannot be opened.
        ValueError: the file is damaged; other errors are possible too.
    """
    size = _size(entry)
    with (folder / entry.file).open("rb") as file:
        changed = _time_of_change(os.fstat(file.fileno()))
        if not size:
            return np.zeros(entry.shape, entry.dtype)
        # Windows cannot delete a file while it is mapped, so there it is read into memory.
        if sys.platform == "win32":
            raw: bytes | mmap.mmap = file.read(size)
        else:
            raw = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
    column = np.frombuffer(raw, dtype=entry.dtype).reshape(entry.shape)
    if (verify or changed != entry.changed) and _checksum(raw) != entry.checksum:
        raise ValueError(f"{entry.file} does not match its checksum")
    return column


def _size(entry: _ColumnEntry) -> int:
    return int(np.prod(entry.shape, dtype=np.int64)) * np.dtype(entry.dtype).itemsize


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _delete(folder: Path, names: set[str]) -> None:
    for name in names:
        with suppress(OSError):
            (folder / name).unlink()


def ranges(starts: Column, counts: Column) -> Column:
    """Return the numbers of several ranges, one after the other: starts [5, 9], counts [2, 1] -> [5, 6, 9]."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(int(counts.sum()))
