"""A store that several processes use at once, or that is moved away, or whose file times are wrong."""

from __future__ import annotations

import asyncio
import os
import random
import time
from functools import partial
from pathlib import Path

import pytest

from reinspect.errors import ReinspectError
from store import Store
from store.storage import CATALOGUE
from tests.faults.stores import SEED, fault_in, fork, open_small, run_command, state
from tests.faults.tries import Tries
from tests.making.readings import facts, reading
from tests.making.report_folder import make_reports

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
DOCUMENTS = 20


@pytest.mark.parametrize("writers", [2, 5])
def test_processes_that_write_at_once_overwrite_no_change(writers: int, tmp_path: Path, tries: Tries) -> None:
    for number in tries.rounds(1, 10):
        folder = tmp_path / f"{number}"
        open_small(folder)
        children = [fork(partial(add_documents, folder, f"{writer}")) for writer in range(writers)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        wanted = {f"{writer}-{count}" for writer in range(writers) for count in range(DOCUMENTS)}
        fault = "a writer failed" if any(codes) else fault_in(folder, wanted)
        if fault is None and open_small(folder).revision != 1 + DOCUMENTS * writers:
            fault = "a change was overwritten"
        tries.record(fault)
    assert not tries.broken


def add_documents(folder: Path, name: str) -> None:
    """Add twenty documents, one at a time."""
    opened = open_small(folder, wait=120)
    for number in range(DOCUMENTS):
        opened.add([reading(f"{name}-{number}", facts("sif"))])


def test_an_open_app_shows_what_add_brings(tmp_path: Path, tries: Tries) -> None:
    reports = sorted(make_reports(tmp_path / "reports", 5).iterdir())
    for number in tries.rounds(1, 5):
        tries.record(asyncio.run(add_while_the_app_is_open(tmp_path / str(number), reports[number])))
    assert not tries.broken


async def add_while_the_app_is_open(folder: Path, report: Path) -> str | None:
    """Open the app, run `reinspect add` in another process, and return what is wrong, or None."""
    from tui.app.app import ReinspectApp
    from tui.app.pane import Pane

    store = Store.open(folder)
    app = ReinspectApp(lambda: store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        done = await asyncio.to_thread(run_command, folder, "add", str(report))
        until = time.monotonic() + 20
        while store.revision < 2 and time.monotonic() < until:
            await asyncio.sleep(0.1)
        await app.workers.wait_for_complete()
        shown = bool(app.screen.query(Pane)) and store.revision == 2
    if done.returncode:
        return done.stderr
    return fault_in(folder, {report.stem}, shipped=True) if shown else "the app did not notice"


def test_a_change_is_seen_though_file_times_go_back_or_stand_still(tmp_path: Path, tries: Tries) -> None:
    chance, folder = random.Random(SEED), tmp_path / "store"
    writer, reader = open_small(folder), open_small(folder)
    wanted = set[str]()
    for number in tries.rounds(15, 60):
        writer.add([reading(f"document {number}", facts("sif"))])
        wanted.add(f"document {number}")
        stamp = chance.choice([0, 1, 946684800, 4070908800, int(time.time()) - 86400 * number])  # 4070908800: 2099
        for path in (*folder.rglob("*"), folder):
            os.utime(path, (stamp, stamp))
        seen = reader.refresh() and state(reader, texts=False) == state(writer, texts=False)
        tries.record(None if seen else "a change was not seen")
        writer, reader = reader, writer
    tries.record(fault_in(folder, wanted))
    assert not tries.broken


def test_a_store_moved_away_during_a_write_is_not_begun_again(tmp_path: Path, tries: Tries) -> None:
    chance = random.Random(SEED)
    for number in tries.rounds(10, 60):
        folder, moved = tmp_path / f"{number}", tmp_path / f"{number}-moved"
        open_small(folder)
        reader, writer = os.pipe()
        child = fork(partial(write_until_it_fails, folder, writer))
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            pipe.readline()
            time.sleep(chance.uniform(0, 0.05))
            folder.rename(moved)
            *acknowledged, last = pipe.read().decode().split("\n")
        os.waitpid(child, 0)
        fault = None if last.startswith("explained") else f"not explained: {last}"
        if (folder / CATALOGUE).exists():
            fault = "a new store was begun"
        tries.record(fault or fault_in(moved, {title for title in acknowledged if title}))
    assert not tries.broken


def write_until_it_fails(folder: Path, writer: int) -> None:
    """Add documents; write their titles to the pipe, and at the end the error."""
    opened = open_small(folder)
    os.write(writer, b"\n")
    try:
        for number in range(10_000):
            opened.add([reading(f"{number}", facts("sif"))])
            os.write(writer, b"%d\n" % number)
    except ReinspectError as error:
        os.write(writer, f"explained: {error}".encode())
    except BaseException as error:
        os.write(writer, repr(error).encode())
