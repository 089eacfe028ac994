"""Time to open a store and to change it, compared with TinyDB's own storage: at 1,000 and 10,000 inspections.

    python -m benchmarks --only store

TinyDB's file has the same rows. It checks none of them, keeps no previous revision, and may be broken by a process
killed while it writes (`pytest tests/faults`): the difference is the price of these promises. The floor of opening is
to parse the same bytes; the floor of a change is to write them and wait for the disk. Every opening makes a new store
object and reads the file again; the shipped data (authorities, frameworks) is loaded before.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import orjson
from tinydb import TinyDB, where

from benchmarks.figures import Row, Works, clear_caches, in_new_process, time_in_turns, timing_row
from benchmarks.invented_record import invented_record
from reinspect.model import Correction
from reinspect.record import Record
from store import Store
from store.storage import CATALOGUE, decode_catalogue

SIZES = (1_000, 10_000)
_PART, _TINYDB = "store", "TinyDB, its own storage"
_PARSE, _WRITE = "orjson alone", "write and fsync"


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of the store; no reports are needed."""
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="reinspect-store-") as name:
            folder, tinydb, record = Path(name) / "store", Path(name) / "tinydb.json", invented_record(size)
            copy_to_tinydb(Store.open(folder, record=record), tinydb)
            yield from _opening(folder, tinydb, record)
            yield _changing(folder, tinydb, record)
            yield _memory(folder, tinydb, record)


def copy_to_tinydb(store: Store, path: Path) -> TinyDB:
    """Copy the store's inspections to a TinyDB file and return it, open."""
    catalogue = store.folder / CATALOGUE
    inspections = decode_catalogue(catalogue.read_bytes(), catalogue).tables["inspections"]
    database = TinyDB(path)
    database.table("inspections").insert_multiple({"id": key, **row} for key, row in inspections.items())
    return database


def open_ours(folder: Path, record: Record) -> int:
    """Open the store and reconcile every inspection; return their number."""
    return len(Store.open(folder, record=record).inspections())


def open_tinydb(path: Path) -> int:
    """Open the TinyDB file and read every row; return their number."""
    return len(TinyDB(path).table("inspections").all())


def _opening(folder: Path, tinydb: Path, record: Record) -> Iterator[Row]:
    size, slug = f"{len(record.inspections):,} inspections", record.inspections[0].authority
    data = (folder / CATALOGUE).read_bytes()
    works: Works = {
        # Opening alone decodes no row if the inspections were put together before.
        "ours": lambda: Store.open(folder, record=record).recorded_facts(),
        _TINYDB: lambda: open_tinydb(tinydb),
        _PARSE: lambda: orjson.loads(data),
    }
    timings = time_in_turns(works, before=clear_caches)
    yield timing_row(_PART, f"open, {size}", timings, peer=_TINYDB, floor=_PARSE)
    works = {
        "ours": lambda: Store.open(folder, record=record).inspections(slug),
        _TINYDB: lambda: TinyDB(tinydb).table("inspections").search(where("authority") == slug),
    }
    timings = time_in_turns(works, before=clear_caches)
    yield timing_row(_PART, f"open, one authority, {size}", timings, peer=_TINYDB)


def _changing(folder: Path, tinydb: Path, record: Record) -> Row:
    store, database, number = Store.open(folder, record=record), TinyDB(tinydb), count()
    identifier, data = record.inspections[0].id, (folder / CATALOGUE).read_bytes()

    def change() -> None:
        store.correct(identifier, Correction(field="lead_inspector", value=f"Inspector {next(number)}"))

    def change_tinydb() -> None:
        database.table("inspections").update({"lead_inspector": f"{next(number)}"}, where("id") == identifier)

    def write() -> None:
        with (folder.parent / "floor").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    timings = time_in_turns({"ours": change, _TINYDB: change_tinydb, _WRITE: write})
    size = f"{len(record.inspections):,} inspections"
    return timing_row(_PART, f"change one field, {size}", timings, peer=_TINYDB, floor=_WRITE)


def _memory(folder: Path, tinydb: Path, record: Record) -> Row:
    return Row(
        part=_PART,
        what=f"memory with every inspection reconciled, {len(record.inspections):,} inspections",
        unit="MB",
        ours=in_new_process(open_ours, folder, record).peak,
        peer=_TINYDB,
        theirs=in_new_process(open_tinydb, tinydb).peak,
        floor="a new process",
        least=in_new_process(len, "").peak,
    )
