"""A process that runs out of memory anywhere in a write: the old or the new state is left, and work goes on."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from reinspect.model import Correction
from store import check
from tests.faults.stores import SEED, open_small, state
from tests.faults.test_power_cuts import REPORT, WRITES
from tests.faults.tries import Tries
from tests.making.memory import running_out


@pytest.mark.parametrize("write", WRITES)
def test_running_out_of_memory_leaves_the_old_or_the_new_state(write: str, tmp_path: Path, tries: Tries) -> None:
    chance, base = random.Random(f"{SEED} {write}"), tmp_path / "base"
    open_small(base).add([REPORT])
    old = state(open_small(base))
    whole = shutil.copytree(base, tmp_path / "whole")
    with running_out() as calls:
        WRITES[write](open_small(whole))
    new = state(open_small(whole))
    for _ in tries.rounds(40, 2000):
        folder = tmp_path / "store"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        store = open_small(folder)
        with suppress(MemoryError), running_out(chance.randint(1, calls.count)):
            WRITES[write](store)
        fault = None
        if state(open_small(folder)) not in {old, new}:
            fault = "neither the old nor the new state"
        elif [found for found in check(folder) if found.severity != "left over"]:
            fault = "something is wrong or lost"
        else:
            store.correct("camden-2022-04-25-ilacs", Correction(field="lead_inspector", value="A. Person"))
            if state(store) != state(open_small(folder)):
                fault = "memory differs from the disk"
        tries.record(fault)
    assert not tries.broken
