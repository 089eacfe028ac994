"""Every kind of write, killed or refused before each change to the disk: the old or the new state is left."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import store.storage
from reinspect.errors import ReinspectError
from reinspect.model import Correction, Pin
from store import Store, check
from store.caches import passages_path
from store.storage import Tables
from tests.making.readings import ILACS_2022, SMALL_RECORD, VISIT_2018, facts, reading, record_of
from tests.making.touching import Fault, die, failing, outcome

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill")

NEXT = store.storage.SCHEMA + 1
EVENT = "camden-2022-04-25-ilacs"
REPORT = reading("report", ILACS_2022)
LETTER = reading("letter", facts("focused-visit", "2018-05-15", "2018-05-16"), "letter")
PUZZLE = reading("puzzle", facts("sif"))
NEXT_SCHEMA = store.storage.SCHEMA + 1
NEWER = record_of(VISIT_2018, ILACS_2022, as_of="2030-01-01")


def opened(folder: Path) -> Store:
    return Store.open(folder, record=SMALL_RECORD)


def state(shown: Store) -> str:
    """Return everything that a store shows, in one string."""
    documents = [
        (stored.document.title, stored.inspection, shown.pages(stored.document.sha256))
        for stored in shown.stored_documents()
    ]
    return repr((documents, shown.inspections(), shown.pins()))


def add(folder: Path) -> None:
    opened(folder).add([PUZZLE, reading("second", facts("sif"))])


def correct(folder: Path) -> None:
    opened(folder).correct(EVENT, Correction(field="judgement.help", value="good"))


def pin(folder: Path) -> None:
    opened(folder).basket.add(Pin(kind="quote", text="Plans are late.", citation="p. 3"))


def attach(folder: Path) -> None:
    opened(folder).attach(LETTER.document.sha256, EVENT)


def remove(folder: Path) -> None:
    opened(folder).remove(REPORT.document.sha256)


def undo(folder: Path) -> None:
    opened(folder).undo()


def reread(folder: Path) -> None:
    opened(folder).reread()


def upgrade_to_a_newer_record(folder: Path) -> None:
    Store.open(folder, record=NEWER)


def restore_a_backup(folder: Path) -> None:
    opened(folder).restore(folder.parent / "backup.zip")


def repair(folder: Path) -> None:
    opened(folder).check(repair=True)


def index(folder: Path) -> None:
    opened(folder).index()


def make_passages_again(folder: Path) -> None:
    opened(folder).passages(REPORT.document.sha256)


def migrate(folder: Path) -> None:
    def to_the_next(tables: Tables) -> Tables:
        return tables

    store.storage.MIGRATIONS[NEXT_SCHEMA - 1] = to_the_next
    store.storage.SCHEMA = NEXT_SCHEMA
    opened(folder).correct(EVENT, Correction(field="lead_inspector", value="A. Person"))


def plant_an_orphan(folder: Path) -> None:
    orphan = folder / "texts" / "00" / f"{'0' * 64}.txt"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"orphan")


def lose_passages(folder: Path) -> None:
    passages_path(folder, REPORT.document.sha256).unlink()


PREPARED = {repair: plant_an_orphan, make_passages_again: lose_passages}
"""Writes that need a fault in the store to have work to do, and the function that plants it."""
WRITES = [add, correct, pin, attach, remove, undo, reread, upgrade_to_a_newer_record, restore_a_backup, index, migrate]
every_write = pytest.mark.parametrize("write", [*WRITES, *PREPARED], ids=lambda write: write.__name__)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a report, a letter, and a backup made before the letter was added."""
    folder = tmp_path_factory.mktemp("base") / "store"
    made = opened(folder)
    made.add([REPORT])
    made.backup(folder.parent / "backup.zip")
    made.add([LETTER])
    return folder


@pytest.fixture
def schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process open what `migrate` writes."""
    monkeypatch.setattr(store.storage, "SCHEMA", NEXT_SCHEMA)
    monkeypatch.setitem(store.storage.MIGRATIONS, NEXT_SCHEMA - 1, lambda tables: tables)


class Copies:
    """Copies of the base store, one for each change to the disk that `write` makes, and its states before and after."""

    def __init__(self, base: Path, folder: Path, write: Callable[[Path], None]) -> None:
        self._base, self._folder, self._write = base, folder, write
        shutil.copy(base.parent / "backup.zip", folder)
        whole = self.copy("whole")
        self.changes = outcome(whole, lambda: str(write(whole))).changes
        self.old, self.new = state(opened(self.copy("old"))), state(opened(whole))

    def copy(self, name: str) -> Path:
        folder = shutil.copytree(self._base, self._folder / name)
        PREPARED.get(self._write, lambda _: None)(folder)
        return folder


@every_write
def test_a_process_killed_before_any_disk_change_leaves_the_old_or_the_new_state(
    base: Path, tmp_path: Path, schema: None, write: Callable[[Path], None]
) -> None:
    copies = Copies(base, tmp_path, write)
    assert copies.changes
    for at in range(1, copies.changes + 1):
        folder = copies.copy(str(at))
        assert outcome(folder, lambda folder=folder: str(write(folder)), at, die).code == 9  # type: ignore[misc]
        assert state(opened(folder)) in {copies.old, copies.new}, f"killed before change {at}"
        assert [fault for fault in check(folder, repair=True) if not fault.mended] == []
        assert check(folder) == []
        assert list(folder.rglob(".*")) == []
        opened(folder).correct(EVENT, Correction(field="topics", value="front door"))


@every_write
def test_a_disk_that_refuses_any_change_causes_a_clear_error_and_an_intact_store(
    base: Path, tmp_path: Path, schema: None, write: Callable[[Path], None]
) -> None:
    copies = Copies(base, tmp_path, write)
    for at in range(1, copies.changes + 1):
        folder = copies.copy(str(at))
        found = outcome(folder, explained(write, folder), at, failing(ERRORS[at % 3]))
        assert found.code == 0
        assert found.said in {"done", "explained"}, f"refused change {at}: {found.said}"
        assert state(opened(folder)) in {copies.old, copies.new}, f"refused change {at}"
        assert [fault for fault in check(folder, repair=True) if not fault.mended] == []


def explained(write: Callable[[Path], None], folder: Path) -> Callable[[], str]:
    def act() -> str:
        try:
            write(folder)
        except ReinspectError:
            return "explained"
        return "done"

    return act


def test_an_open_store_equals_the_disk_after_a_refused_change(base: Path, tmp_path: Path) -> None:
    def change_and_compare(folder: Path) -> Callable[[], str]:
        changed = opened(folder)

        def act() -> str:
            try:
                changed.add([PUZZLE])
            except ReinspectError:
                return str(state(changed) == state(opened(folder)))
            return "done"

        return act

    counted = shutil.copytree(base, tmp_path / "counted")
    changes = outcome(counted, change_and_compare(counted)).changes
    faults: list[Fault] = [failing(errno.ENOSPC), failing(errno.EIO)]
    for at in range(1, changes + 1):
        for number, fault in enumerate(faults):
            folder = shutil.copytree(base, tmp_path / f"{at}-{number}")
            assert outcome(folder, change_and_compare(folder), at, fault).said in {"True", "done"}
