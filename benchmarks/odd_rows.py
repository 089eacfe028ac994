"""A catalogue whose seal holds and whose rows are nonsense in one place, as a faulty program would write it."""

from __future__ import annotations

import random
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.fault_table import Faults
from reinspect.answers import Library
from reinspect.errors import ReinspectError
from reinspect.model import Pin
from store import Store, check
from store.storage import CATALOGUE, decode_catalogue, encode_catalogue
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading

_LONG, _HUGE = "x" * 5000, 10**15
ODD: tuple[Any, ...] = (
    *(None, "", 0, -1, 1.5, True, [], {}, [None], {"a": 1}, _HUGE, _LONG),
    *("2020-13-45", "9999-12-31", "0001-01-01", "../../etc/passwd", "\x1b[31m", "\u202e"),
)


def odd_rows(place: Path, tries: range, chance: random.Random) -> Iterator[Faults]:
    """Each try changes one value. It is survived when `check` names it, or every question is answered in words."""
    faults, folder = Faults(name="one odd value in a sealed catalogue"), place / "store"
    store = Store.open(place / "sound", record=SMALL_RECORD)
    store.add([reading("report", ILACS_2022), reading("other", facts("sif"))])
    store.basket.add(Pin(kind="row", text="a row", citation="Camden"))
    path = store.folder / CATALOGUE
    sound = decode_catalogue(path.read_bytes(), path)
    for _ in tries:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(store.folder, folder)
        tables = msgspec.json.decode(msgspec.json.encode(sound.tables))
        parent, key = chance.choice([*_values(tables)])
        parent[key] = chance.choice(ODD)
        (folder / CATALOGUE).write_bytes(encode_catalogue(sound.revision, tables))
        try:
            named = bool(check(folder))
            faults.tell(None if named else _asked(folder), "named by `check`" if named else "answered")
        except Exception as error:
            faults.tell(_where(error))
    yield faults


def _values(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree of JSON: what it is in, and its key there."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        if isinstance(value, dict | list):
            yield from _values(value)


def _asked(folder: Path) -> str | None:
    """What went wrong with one of the panes' questions, or None: what the library can say in words is no fault."""
    try:
        store = Store.open(folder, record=SMALL_RECORD)
    except ReinspectError:
        return None
    library, camden = Library(store), Scope(authorities=("camden",))
    questions: tuple[Callable[[], object], ...] = (
        lambda: library.timeline("camden").sheet(),
        lambda: library.compare(*(each.id for each in store.inspections("camden")[-2:])),
        lambda: library.follow("camden"),
        lambda: library.recurring(camden),
        lambda: library.search("records"),
        lambda: library.basket().sheet(),
        store.undo,
    )
    for question in questions:
        try:
            question()
        except ReinspectError:
            continue
        except Exception as error:
            return _where(error)
    return None


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}"
