"""The power goes during or after a write: what was acknowledged is there, and what was not is whole or absent."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reinspect.model import Correction
from reinspect.reading.documents import read_pages
from store import Store, check
from tests.faults.stores import SEED, open_small, state
from tests.faults.tries import Tries
from tests.making.power_cut import recording
from tests.making.readings import ILACS_2022, reading, sha_of

REPORT = reading("report", ILACS_2022)
# Read from its pages, so that passages made again after a cut are the same.
SECOND = read_pages(("a page " * 500, "end"), sha256=sha_of("second"), title="second", file="second.txt")
WRITES: dict[str, Callable[[Store], object]] = {
    "add": lambda store: store.add([SECOND]),
    "correct": lambda store: store.correct("camden-2022-04-25-ilacs", Correction(field="topics", value="front door")),
    "remove": lambda store: store.remove(REPORT.document.sha256),
    "undo": lambda store: store.undo(),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_power_cut_leaves_the_old_or_the_new_state(write: str, tmp_path: Path, tries: Tries) -> None:
    chance, folder = random.Random(f"{SEED} {write}"), tmp_path / "store"
    store = open_small(folder)
    store.add([REPORT])
    old = state(open_small(folder))
    with recording(folder) as disk:
        WRITES[write](store)
    new = state(open_small(folder))
    assert new != old
    for _ in tries.rounds(1, 20):
        for at in range(len(disk.events) + 1):
            cut = tmp_path / "cut"
            shutil.rmtree(cut, ignore_errors=True)
            disk.after_cut(at, chance, cut)
            allowed = {new} if at == len(disk.events) else {old, new}
            tries.record(fault_after_cut(cut, allowed), "after the write" if len(allowed) == 1 else "during the write")
    assert not tries.broken


def fault_after_cut(folder: Path, allowed: set[str]) -> str | None:
    """Return what is wrong with a store after a power cut, or None."""
    if state(open_small(folder)) not in allowed:
        return "neither the old nor the new state"
    left = [fault for fault in check(folder, repair=True) if not fault.mended]
    return f"cannot be repaired: {left[0].what}" if left else None


@pytest.mark.parametrize("missing", ["fsync of files", "fsync of folders"])
def test_a_store_that_did_not_flush_would_be_found_out(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulated disk is strict enough to see a forgotten flush."""
    folder, chance = tmp_path / "store", random.Random(SEED)
    store = open_small(folder)
    with recording(folder) as disk:
        store.add([REPORT])
    is_folder = missing == "fsync of folders"
    disk.events = [event for event in disk.events if event[0] != "flush" or isinstance(event[1], Path) != is_folder]
    new, faults = state(open_small(folder)), []
    for number in range(20):
        disk.after_cut(len(disk.events), chance, tmp_path / str(number))
        try:
            faults.append(fault_after_cut(tmp_path / str(number), {new}))
        except Exception as error:
            faults.append(str(error))
    assert any(faults)
