"""The record that ships with the program: authorities, their inspections since 2009, and facts known to be missing.

`data/` holds the record as CSV files, with the source of each fact in PROVENANCE.md. `data/build.py` makes
`record.json` from them, which is the only file that is read here.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

import reinspect
from reinspect.errors import ReinspectError
from reinspect.model import Authority, SourceFacts

RECORD_FILE = "record.json"
RECORD_FORMAT = 1
"""The format of a record file; this version cannot read a file in another format."""
_Decoded = TypeVar("_Decoded")


class RecordedInspection(msgspec.Struct, frozen=True, kw_only=True, rename={"facts": "account"}):
    """One inspection of the shipped record. `authority` is a slug."""

    id: str
    authority: str
    facts: SourceFacts


class Gap(msgspec.Struct, frozen=True, kw_only=True, rename={"partial_date": "dated"}):
    """A fact that is known to be missing from the record, such as an annual rating that was never found.

    `missing` describes the fact in words, and `partial_date` is its date ("2010-12").
    """

    authority: str
    framework: str
    partial_date: str
    missing: str


class Record(msgspec.Struct, frozen=True, kw_only=True, rename={"format_version": "form"}):
    """The record of inspections that ships with the program. `as_of` is the latest publication date in it."""

    as_of: date
    format_version: int = RECORD_FORMAT
    authorities: tuple[Authority, ...]
    inspections: tuple[RecordedInspection, ...]
    gaps: tuple[Gap, ...] = ()


class _AuthoritiesOnly(msgspec.Struct, frozen=True):
    """The record without its inspections, which is faster to decode."""

    authorities: tuple[Authority, ...]


def data_folder() -> Path:
    """Return the folder of the data files that ship with the program."""
    package = Path(reinspect.__file__).parent
    # Inside the installed package, or `data/` of the repository.
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


@cache
def record() -> Record:
    """Load the shipped record, with its inspections sorted by authority and date.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    return _decode_record(Record)


def record_file_checksum() -> str:
    """Return the sha256 of the file of the shipped record.

    Raises:
        ReinspectError: the file cannot be read.
    """
    path = data_folder() / RECORD_FILE
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def recorded_authorities() -> tuple[Authority, ...]:
    """Load only the authorities of the shipped record.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    return _decode_record(_AuthoritiesOnly).authorities


def encode_record(record: Record) -> bytes:
    """Return the bytes of the file of a record: no field at its default, one inspection a line for readable changes."""
    parts = _without_defaults(record)
    lines = ["{" + f'"as_of":{_json(parts["as_of"])}']
    lines += [f'"form":{parts["form"]}'] if "form" in parts else []
    for part in ("authorities", "inspections", "gaps"):
        lines.append(f'"{part}":[\n' + ",\n".join(map(_json, parts.get(part, []))) + "\n]")
    return (",\n".join(lines) + "}\n").encode()


def _without_defaults(value: Any) -> Any:
    """Return a value as plain data, without the fields that say no more than their default."""
    if isinstance(value, msgspec.Struct):
        fields = ((field, getattr(value, field.name)) for field in msgspec.structs.fields(value))
        return {field.encode_name: _without_defaults(each) for field, each in fields if each != _default(field)}
    return [_without_defaults(each) for each in value] if isinstance(value, tuple) else value


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default_factory() if callable(field.default_factory) else field.default


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _decode_record(struct: type[_Decoded]) -> _Decoded:
    path = data_folder() / RECORD_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=struct)
    except (OSError, msgspec.DecodeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ReinspectError:
    return ReinspectError(f"{path}: the shipped record cannot be read ({error}); install reinspect again")
