"""Read and write a file of named numpy arrays with checksums, to be memory-mapped.

Layout: magic, length of the header, checksum of the header, header as JSON, then the arrays, each starting at a
multiple of 64 bytes. Everything is in one file so that it can be replaced in one step.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from reinspect.errors import ReinspectError

Column = np.ndarray[Any, np.dtype[Any]]
_MAGIC = b"reinspect columns 1\n"
_PREAMBLE = len(_MAGIC) + 8
_ALIGN = 64


class IndexUnusableError(ReinspectError):
    """A saved index is missing, damaged, or from another version. Build the index again from the passages."""


class _ColumnEntry(msgspec.Struct, frozen=True):
    """The header entry of one array. `start` is the number of bytes between the header and the array."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    checksum: int


class _FileHeader(msgspec.Struct, frozen=True):
    facts: dict[str, Any]
    columns: tuple[_ColumnEntry, ...]


def _raw_bytes(column: Column) -> memoryview:
    return column.reshape(-1).view(np.uint8).data


def _align(size: int) -> int:
    """Round a number of bytes up to the next multiple of 64."""
    return -(-size // _ALIGN) * _ALIGN


def write_columns(path: Path, facts: dict[str, Any], columns: Mapping[str, Column]) -> None:
    """Write arrays and a dict of facts to a file, which is replaced in one step.

    Raises:
        OSError: the file cannot be written; the previous file is unchanged.
    """
    contiguous = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    entries, start = [], 0
    for name, column in contiguous.items():
        checksum = zlib.crc32(_raw_bytes(column))
        entries.append(_ColumnEntry(name, column.dtype.str, column.shape, start, checksum))
        start += _align(column.nbytes)
    header = msgspec.json.encode(_FileHeader(facts, tuple(entries)))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little") + header)
            file.write(bytes(_align(_PREAMBLE + len(header)) - _PREAMBLE - len(header)))
            for column in contiguous.values():
                file.write(_raw_bytes(column))
                file.write(bytes(_align(column.nbytes) - column.nbytes))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_columns(path: Path) -> tuple[dict[str, Any], dict[str, Column]]:
    """Return the facts and the arrays in a file. The arrays are read-only and memory-mapped.

    Raises:
        IndexUnusableError: the file is missing or damaged.
    """
    try:
        with path.open("rb") as file:
            # Windows cannot replace a file while it is mapped, so there it is read into memory.
            if sys.platform == "win32":
                raw: bytes | mmap.mmap = file.read()
            else:
                raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as fault:
        raise IndexUnusableError(f"{path}: the index cannot be opened: {fault}") from fault
    try:
        return _parse(raw)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, MemoryError) as fault:
        raise IndexUnusableError(f"{path}: the index is damaged: {fault}") from fault


def _parse(raw: bytes | mmap.mmap) -> tuple[dict[str, Any], dict[str, Column]]:
    """Return the facts and the arrays in the bytes of a file.

    Raises:
        ValueError: the bytes are damaged; other errors are possible too.
    """
    if raw[: len(_MAGIC)] != _MAGIC:
        raise ValueError("it is not an index")
    length = int.from_bytes(raw[len(_MAGIC) : len(_MAGIC) + 4], "little")
    encoded = raw[_PREAMBLE : _PREAMBLE + length]
    if zlib.crc32(encoded) != int.from_bytes(raw[len(_MAGIC) + 4 : _PREAMBLE], "little"):
        raise ValueError("its header does not match its checksum")
    header = msgspec.json.decode(encoded, type=_FileHeader)
    base = _align(_PREAMBLE + length)
    columns = {}
    for entry in header.columns:
        count = int(np.prod(entry.shape, dtype=np.int64))
        column = np.frombuffer(raw, dtype=entry.dtype, count=count, offset=base + entry.start)
        if zlib.crc32(_raw_bytes(column)) != entry.checksum:
            raise ValueError(f"column {entry.name!r} does not match its checksum")
        columns[entry.name] = column.reshape(entry.shape)
    return header.facts, columns


def ranges(starts: Column, counts: Column) -> Column:
    """Return the numbers of several ranges, one after the other: starts [5, 9], counts [2, 1] -> [5, 6, 9]."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(int(counts.sum()))
