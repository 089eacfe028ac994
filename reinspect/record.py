"""The record that ships with the program: authorities, their inspections since 2009, and what is known to be missing.

`data/` says where each fact comes from (PROVENANCE.md) and holds the CSVs; `data/build.py` makes `record.json` of them,
the one file that is read here.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

import reinspect
from reinspect.errors import ReinspectError
from reinspect.model import Authority, SourceFacts

RECORD_FILE = "record.json"
_Decoded = TypeVar("_Decoded")


class RecordedInspection(msgspec.Struct, frozen=True, kw_only=True, rename={"facts": "account"}):
    """One inspection of the record: its id, its authority's slug, and what the record says of it."""

    id: str
    authority: str
    facts: SourceFacts


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something known to be missing or doubtful: of which authority and framework, and at which coarse ISO date."""

    authority: str
    framework: str
    dated: str
    missing: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The whole record. `as_of` is the day of the latest publication it knows of; later ones it cannot know."""

    as_of: date
    authorities: tuple[Authority, ...]
    inspections: tuple[RecordedInspection, ...]
    gaps: tuple[Gap, ...] = ()


class _Names(msgspec.Struct, frozen=True):
    """The part of the record that reading may consult: it skips the inspections."""

    authorities: tuple[Authority, ...]


def data_folder() -> Path:
    """The folder of shipped facts: inside the installed package, or `data/` of the repository."""
    package = Path(reinspect.__file__).parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"


@cache
def record() -> Record:
    """The shipped record, inspections in the order of authority and date.

    Raises:
        ReinspectError: its file is missing or damaged.
    """
    return _decoded(Record)


def recorded_authorities() -> tuple[Authority, ...]:
    """The authorities of the record alone (see `record`); `reinspect.authorities` finds one by name."""
    return _decoded(_Names).authorities


def _decoded(form: type[_Decoded]) -> _Decoded:
    path = data_folder() / RECORD_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=form)
    except (OSError, msgspec.DecodeError) as error:
        raise ReinspectError(f"{path}: the shipped record cannot be read ({error}); install reinspect again") from error
