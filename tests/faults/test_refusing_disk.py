"""A disk that is full or read-only: every refusal is explained, and nothing half-written is left.

The disk is a small tmpfs, which only root can mount; elsewhere these tests are skipped.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from reinspect.errors import ReinspectError
from store.atomic_write import StoreUnwritableError
from store.storage import CATALOGUE
from tests.faults.stores import fault_in, open_small, run_command, small_disk, state, titles
from tests.faults.tries import Tries
from tests.making.readings import facts, reading
from tests.making.report_folder import make_reports

CANNOT_MOUNT = "needs a small disk, which this user cannot mount"
INSPECTION = "camden-2022-04-25-ilacs"
READING_COMMANDS = [
    ("list",),
    ("search", "visits"),
    ("check",),
    ("list", "camden"),
    ("show", "camden:2017"),
    ("timeline", "camden"),
    ("phrases",),
    ("compare", "camden:2017", "camden:2022"),
]
WRITING_COMMANDS = [("undo",), ("edit", INSPECTION, "topics", "x"), ("reread",), ("check", "--repair")]


def test_a_disk_that_fills_up_during_add_loses_nothing(tmp_path: Path, tries: Tries) -> None:
    for number in tries.rounds(2, 40):
        with small_disk(tmp_path / "disk", f"{400 + 37 * number}k") as disk:
            if disk is None:
                pytest.skip(CANNOT_MOUNT)
            tries.record(fill_and_make_room(disk), "added until the disk was full")
            tries.record(use_a_full_disk(disk, tmp_path), "index, backup and export on a full disk")
    assert not tries.broken


def fill_and_make_room(disk: Path) -> str | None:
    """Add documents until the disk is full, make room, and add one more; return what is wrong, or None."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    folder, acknowledged, refused = disk / "store", set[str](), 0
    opened = open_small(folder)
    for number in range(400):
        title = f"large {number}"
        try:
            opened.add([reading(title, facts("sif"), pages=(f"{title} " * 400, "end"))])
            acknowledged.add(title)
        except StoreUnwritableError as error:
            refused += 1
            if "No space" not in str(error):
                return str(error)
            if state(opened) != state(open_small(folder)):
                return "memory differs from the disk"
            if refused > 3:
                break
    if titles(opened) != acknowledged:
        return "acknowledged and lost"
    ballast.unlink()
    opened.add([reading("after", facts("sif"))])
    return fault_in(folder, acknowledged | {"after"})


def use_a_full_disk(disk: Path, place: Path) -> str | None:
    """Fill the disk to the last byte, then index, back up and export to it; return what is wrong, or None."""
    folder, before = disk / "store", state(open_small(disk / "store"))
    with suppress(OSError), (disk / "ballast").open("wb") as ballast:
        while True:
            ballast.write(bytes(4096))
            ballast.flush()
    opened = open_small(folder)
    opened.index()
    try:
        opened.backup(disk / "backup.zip")
        return "a backup without room for it"
    except ReinspectError:
        pass
    if (disk / "backup.zip").exists():
        return "half a backup was left"
    done = run_command(place / "shipped", "timeline", "camden", "-o", str(disk / "camden.html"))
    if done.returncode != 2 or "No space" not in done.stderr:
        return f"export: exit {done.returncode} {done.stderr}"
    if (disk / "camden.html").exists():
        return "half an export was left"
    return None if state(open_small(folder)) == before else "the store changed"


def test_on_a_read_only_disk_reading_works_and_writing_explains_why_not(tmp_path: Path, tries: Tries) -> None:
    first, _, letter = sorted(make_reports(tmp_path / "reports", 3).iterdir())
    with small_disk(tmp_path / "disk", "64m") as disk:
        if disk is None:
            pytest.skip(CANNOT_MOUNT)
        store = disk / "store"
        run_command(store, "add", str(first))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = (store / CATALOGUE).read_bytes()
        for number in tries.rounds(3, len(READING_COMMANDS)):
            done = run_command(store, *READING_COMMANDS[number])
            fault = f"{READING_COMMANDS[number]}: {done.returncode} {done.stderr}"
            tries.record(None if done.returncode == 0 else fault, "read")
        tries.record(refusal_fault(run_command(store, "add", str(letter))), "refused to write")
        for number in tries.rounds(1, len(WRITING_COMMANDS)):
            tries.record(refusal_fault(run_command(store, *WRITING_COMMANDS[number])), "refused to write")
        tries.record(refusal_fault(run_command(disk / "none", "list")), "refused a first run")
        tries.record(None if (store / CATALOGUE).read_bytes() == before else "the catalogue changed")
    assert not tries.broken


def refusal_fault(done: subprocess.CompletedProcess[str]) -> str | None:
    """Return what is wrong with a command's refusal to write to a read-only disk, or None."""
    explained = done.returncode == 1 and "Read-only" in done.stderr and "Traceback" not in done.stderr
    return None if explained else f"{done.args[3:]}: {done.returncode} {done.stderr}"
