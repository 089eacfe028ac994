"""Helpers for the tests of a broken store: its state in words, a check after a fault, commands and forked writers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reinspect.errors import ReinspectError
from store import Store, check
from tests.making.readings import SMALL_RECORD

SEED = 20261121
PROGRAM = [sys.executable, "-c", "from tui.cli.main import main; main()"]


def titles(store: Store) -> set[str]:
    """Return the titles of all stored documents."""
    return {stored.document.title for stored in store.stored_documents()}


def state(store: Store, *, texts: bool = True) -> str:
    """Return everything that the store shows: inspections, documents and, with `texts`, pages and passages."""
    documents = store.stored_documents()
    words = [(store.pages(d.document.sha256), store.passages(d.document.sha256)) for d in documents] if texts else []
    return repr((store.inspections(), documents, words))


def open_small(folder: Path, wait: float = 10.0) -> Store:
    """Open the store with the small record of the tests."""
    return Store.open(folder, wait, record=SMALL_RECORD)


def fault_in(folder: Path, acknowledged: set[str], *, shipped: bool = False) -> str | None:
    """Return what is wrong with a store after a fault, or None.

    It is sound when it opens, has every document that a writer acknowledged, can read their pages, and `check` finds
    nothing that it cannot repair. With `shipped` it is opened with the shipped record instead of the small one.
    """
    try:
        opened = Store.open(folder) if shipped else open_small(folder)
        if lost := acknowledged - titles(opened):
            return f"acknowledged and lost: {len(lost)}"
        for stored in opened.stored_documents():
            opened.pages(stored.document.sha256)
        unmended = [finding for finding in check(folder, repair=True) if not finding.mended]
        left = check(folder)
    except ReinspectError as error:
        return str(error)
    if unmended:
        return f"cannot be repaired: {unmended[0].what}"
    return f"not repaired: {left[0].what}" if left else None


def run_command(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `reinspect --store STORE ...` and return its exit code and output."""
    command = [*PROGRAM, "--store", str(store), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def fork(act: Callable[[], None]) -> int:
    """Run `act` in a forked process and return its id; the process exits with 0 if `act` raised nothing."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return child


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path | None]:
    """Mount a disk of that size ("500k") at the folder; None if this user or system cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
