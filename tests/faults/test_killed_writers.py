"""A process killed (SIGKILL) while it writes to the store: nothing acknowledged is lost, and a repeat completes it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from reinspect.model import Reading
from store import Store
from tests.faults.stores import PROGRAM, SEED, fault_in, open_small, run_command, state, titles
from tests.faults.tries import ALL, Tries
from tests.making.readings import facts, reading
from tests.making.report_folder import make_reports

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill")
FILES = 50 if ALL else 12
BATCH, BATCHES = 10, 5


def test_a_kill_during_a_write_loses_no_acknowledged_document(tmp_path: Path, tries: Tries) -> None:
    chance, folder, acknowledged = random.Random(SEED), tmp_path / "store", set[str]()
    window = seconds_of_a_write(Store.open(folder))
    for number in tries.rounds(8, 200):
        acknowledged |= kill_a_writer(folder, f"{number}", chance.uniform(0, 1.3 * window))
        cut_short = any(folder.glob(".*.tmp")) or any(folder.glob("texts/*/.*.tmp"))
        tries.record(fault_in(folder, acknowledged, shipped=True), "left a half-written file" if cut_short else "")
    assert not tries.broken


def seconds_of_a_write(store: Store) -> float:
    """Return the mean seconds that adding one document takes."""
    started = time.perf_counter()
    for number in range(5):
        store.add([reading(f"warm {number}", facts("sif"))])
    return (time.perf_counter() - started) / 5


def kill_a_writer(folder: Path, name: str, delay: float) -> set[str]:
    """Fork a process that adds documents, kill it `delay` seconds after it began, and return what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with suppress(BaseException):
            opened = Store.open(folder, wait=30)
            for count in range(1000):
                os.write(writer, b"\n")
                title = f"{name}-{count}"
                opened.add([reading(title, facts("sif"))])
                os.write(writer, title.encode())
        os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        pipe.readline()
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        lines = pipe.read().decode().split("\n")
    os.waitpid(child, 0)
    return {title for title in lines if title}


def test_add_killed_at_any_moment_and_run_again_gives_the_same_store(tmp_path: Path, tries: Tries) -> None:
    chance, folder, whole = random.Random(SEED), make_reports(tmp_path / "reports", FILES), tmp_path / "whole"
    started = time.perf_counter()
    run_command(whole, "add", str(folder))
    lasts, expected = time.perf_counter() - started, state(Store.open(whole))
    for number in tries.rounds(2, 30):
        store = tmp_path / f"store-{number}"
        # Half of the kills come late, when the batch is written.
        delay = chance.uniform(0, lasts) if number % 2 else chance.uniform(0.75 * lasts, 1.05 * lasts)
        workers = kill_command(store, delay, "add", str(folder))
        before = len(Store.open(store).stored_documents())
        run_command(store, "add", str(folder))
        fault = None if all_ended(workers) else "a reading process lived on"
        fault = fault or fault_in(store, set(), shipped=True)
        if fault is None and state(Store.open(store)) != expected:
            fault = "another state than without the kill"
        tries.record(fault, "killed after the write" if before == FILES else "killed before the write")
        shutil.rmtree(store)
    assert not tries.broken


def kill_command(store: Path, delay: float, *arguments: str) -> list[int]:
    """Start a command and kill it after `delay` seconds; return the ids of the processes it had started."""
    command = [*PROGRAM, "--store", str(store), *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(delay)
        children = child_processes(process.pid)
        process.kill()
    return children


def child_processes(pid: int) -> list[int]:
    """Return the ids of a process's children; none where there is no /proc."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return []


def all_ended(processes: list[int], within: float = 25.0) -> bool:
    """Wait until all these processes have ended; return False if one has not after `within` seconds."""
    until = time.monotonic() + within
    while any(command_line(pid) for pid in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def command_line(pid: int) -> bytes:
    """Return the command line of a process; empty if it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_an_import_killed_between_batches_resumes_where_it_stopped(tmp_path: Path, tries: Tries) -> None:
    chance, wanted = random.Random(SEED), [reading(f"document {number}", facts("sif")) for number in range(50)]
    for number in tries.rounds(3, 30):
        folder, stop = tmp_path / str(number), chance.randrange(BATCHES)
        cut = BATCH * stop + chance.randrange(BATCH)
        child = os.fork()
        if child == 0:
            add_in_batches(folder, wanted[:cut])
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        outcomes = add_in_batches(folder, wanted)
        opened = open_small(folder)
        complete = len(opened.stored_documents()) == 50 and len(outcomes) == 50
        resumed = outcomes.count("already held") >= BATCH * stop
        tries.record(fault_in(folder, titles(opened)) or (None if complete and resumed else "not resumed"))
    assert not tries.broken


def add_in_batches(folder: Path, readings: list[Reading]) -> list[str]:
    """Add documents ten at a time in one import; return the outcome of each."""
    opened = open_small(folder)
    batches = (readings[start : start + BATCH] for start in range(0, len(readings), BATCH))
    return [result.outcome for batch in batches for result in opened.add(batch, run="one")]
