"""What it costs to open a store and to change it, beside TinyDB with its own storage: at the record, 1,000 and 10,000.

The stock file holds the very same rows. It checks none of them, keeps no former generation, and a process that is
killed while it writes may leave it broken (`benchmarks.store_faults`): it is the price of those promises that is seen
here. The floor of opening is to parse the same bytes; that of a change, to write them and have them on the disk.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import orjson
from tinydb import TinyDB, where

from benchmarks.figures import Row, Works, apart, in_turn, timed
from benchmarks.load import invented_record
from reinspect.model import Correction
from reinspect.record import Record
from store import Store
from store.storage import CATALOGUE, decode_catalogue

SIZES = (1_000, 10_000)
_STOCK = "TinyDB, its own storage"
_PARSED, _WRITTEN = "orjson alone", "write and fsync"


def rows(folder: Path) -> Iterator[Row]:  # noqa: ARG001
    """The rows of the store; no reports are needed."""
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="reinspect-store-") as name:
            yield from _at_size(Path(name), size, invented_record(size))


def stock_copy(store: Store, path: Path) -> TinyDB:
    """The store's rows of inspections in a file of TinyDB's own."""
    catalogue = store.folder / CATALOGUE
    held = decode_catalogue(catalogue.read_bytes(), catalogue).tables["inspections"]
    database = TinyDB(path)
    database.table("inspections").insert_multiple({"id": key, **row} for key, row in held.items())
    return database


def opened(folder: Path, record: Record) -> int:
    """The store, open and every inspection of it settled; how many there are."""
    return len(Store.open(folder, record=record).inspections())


def opened_stock(path: Path) -> int:
    """The stock file, open and every row read; how many there are."""
    return len(TinyDB(path).table("inspections").all())


def _at_size(place: Path, size: int, record: Record) -> Iterator[Row]:
    folder, plain = place / "store", place / "plain.json"
    store = Store.open(folder, record=record)
    stock = stock_copy(store, plain)
    data = (folder / CATALOGUE).read_bytes()
    identifier, slug = record.inspections[0].id, record.inspections[0].authority
    turn = count()

    def change() -> None:
        store.correct(identifier, Correction(field="lead_inspector", value=f"Inspector {next(turn)}"))

    def change_stock() -> None:
        stock.table("inspections").update({"lead_inspector": f"{next(turn)}"}, where("id") == identifier)

    def floor() -> None:
        with (place / "floor").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    part, at = "store", f"{size:,} inspections"
    works: Works = {
        "ours": lambda: Store.open(folder, record=record),
        _STOCK: lambda: opened_stock(plain),
        _PARSED: lambda: orjson.loads(data),
    }
    yield timed(part, f"open, {at}", in_turn(works), peer=_STOCK, floor=_PARSED)
    works = {
        "ours": lambda: Store.open(folder, record=record).inspections(slug),
        _STOCK: lambda: TinyDB(plain).table("inspections").search(where("authority") == slug),
    }
    yield timed(part, f"open, one authority, {at}", in_turn(works), peer=_STOCK)
    works = {"ours": change, _STOCK: change_stock, _WRITTEN: floor}
    yield timed(part, f"change one field, {at}", in_turn(works), peer=_STOCK, floor=_WRITTEN)
    yield Row(
        part=part,
        what=f"memory with all settled, {at}",
        unit="MB",
        ours=apart(opened, folder, record).peak,
        peer=_STOCK,
        theirs=apart(opened_stock, plain).peak,
        floor="the process before",
        least=apart(len, "").peak,
    )
