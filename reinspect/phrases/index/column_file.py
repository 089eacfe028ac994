"""A file of named numpy columns that can be memory-mapped, with a checksum each.

One file, so that it is replaced in one step: magic, length of the header, checksum of the header, header as JSON,
then the columns, each at a multiple of 64 bytes.
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
    """A saved index is missing, damaged, or of another reader or version: build it again from the passages."""


class _Place(msgspec.Struct, frozen=True):
    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    checksum: int


class _Header(msgspec.Struct, frozen=True):
    facts: dict[str, Any]
    columns: tuple[_Place, ...]


def _bytes(column: Column) -> memoryview:
    return column.reshape(-1).view(np.uint8).data


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def write_columns(path: Path, facts: dict[str, Any], columns: Mapping[str, Column]) -> None:
    """Write `columns` and the `facts` about them to `path`, replacing it in one step. Raises OSError."""
    solid = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    places, start = [], 0
    for name, column in solid.items():
        places.append(_Place(name, column.dtype.str, column.shape, start, zlib.crc32(_bytes(column))))
        start += _aligned(column.nbytes)
    header = msgspec.json.encode(_Header(facts, tuple(places)))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little") + header)
            file.write(bytes(_aligned(_PREAMBLE + len(header)) - _PREAMBLE - len(header)))
            for column in solid.values():
                file.write(_bytes(column))
                file.write(bytes(_aligned(column.nbytes) - column.nbytes))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_columns(path: Path) -> tuple[dict[str, Any], dict[str, Column]]:
    """The facts and columns of a file, read-only and mapped. Raises IndexUnusableError when anything is amiss."""
    try:
        with path.open("rb") as file:
            # Windows will not replace a file that is mapped, so there it is read.
            if sys.platform == "win32":
                raw: bytes | mmap.mmap = file.read()
            else:
                raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as fault:
        raise IndexUnusableError(f"{path}: the index cannot be opened: {fault}") from fault
    try:
        return _columns(raw)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, MemoryError) as fault:
        raise IndexUnusableError(f"{path}: the index is damaged: {fault}") from fault


def _columns(raw: bytes | mmap.mmap) -> tuple[dict[str, Any], dict[str, Column]]:
    if raw[: len(_MAGIC)] != _MAGIC:
        raise ValueError("it is not an index")
    length = int.from_bytes(raw[len(_MAGIC) : len(_MAGIC) + 4], "little")
    encoded = raw[_PREAMBLE : _PREAMBLE + length]
    if zlib.crc32(encoded) != int.from_bytes(raw[len(_MAGIC) + 4 : _PREAMBLE], "little"):
        raise ValueError("its header does not match its checksum")
    header = msgspec.json.decode(encoded, type=_Header)
    base = _aligned(_PREAMBLE + length)
    columns = {}
    for place in header.columns:
        count = int(np.prod(place.shape, dtype=np.int64))
        column = np.frombuffer(raw, dtype=place.dtype, count=count, offset=base + place.start)
        if zlib.crc32(_bytes(column)) != place.checksum:
            raise ValueError(f"column {place.name!r} does not match its checksum")
        columns[place.name] = column.reshape(place.shape)
    return header.facts, columns


def ranges(starts: Column, counts: Column) -> Column:
    """The whole numbers of several ranges, one after the other: from each start as many as its count."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(int(counts.sum()))
