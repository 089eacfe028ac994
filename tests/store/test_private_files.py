"""A store is for its owner alone, its links are not replaced, and pipes in its place are refused."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reinspect.errors import ReinspectError, StoreLockedError
from reinspect.model import Correction
from store import Store, check
from store.atomic_write import StoreUnwritableError
from store.lock import file_lock, write_lock
from store.storage import CATALOGUE
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading

EVENT = "camden-2022-04-25-ilacs"
REPORT = reading("report", ILACS_2022)
FIELD = Correction(field="topics", value="front door")


@pytest.fixture
def open_umask() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_folder_of_a_store_is_for_its_owner_alone(folder: Path, open_umask: object) -> None:
    Store.open(folder, record=SMALL_RECORD)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_every_file_and_folder_of_a_store_is_for_its_owner_alone(small_store: Store, open_umask: object) -> None:
    small_store.add([REPORT, reading("other", facts("sif"))])
    small_store.index()
    small_store.remove(REPORT.document.sha256)
    found = {path.relative_to(small_store.folder): path.stat().st_mode for path in small_store.folder.rglob("*")}
    assert {Path("catalogue.lock"), Path("caches/phrases/columns.json")} <= found.keys()
    assert {path: mode for path, mode in found.items() if stat.S_IMODE(mode) & 0o077} == {}


def test_a_lock_file_of_an_earlier_version_becomes_private(small_store: Store) -> None:
    lock = small_store.folder / "catalogue.lock"
    lock.chmod(0o644)
    small_store.correct(EVENT, FIELD)
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_a_lock_file_is_private_though_another_process_deletes_it_first(tmp_path: Path, open_umask: object) -> None:
    path = tmp_path / "catalogue.lock"
    lock = file_lock(path, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    with lock:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_catalogue_that_is_a_link_is_read_but_not_replaced(small_store: Store, tmp_path: Path) -> None:
    path, real = small_store.folder / CATALOGUE, tmp_path / "elsewhere.json"
    path.rename(real)
    path.symlink_to(real)
    before = real.read_bytes()
    opened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert opened.inspections()
    with pytest.raises(StoreUnwritableError, match="is a link"):
        opened.correct(EVENT, FIELD)
    assert path.is_symlink()
    assert real.read_bytes() == before


@pytest.mark.leaves_damage
def test_a_catalogue_that_links_to_nothing_does_not_start_an_empty_store(small_store: Store, tmp_path: Path) -> None:
    path = small_store.folder / CATALOGUE
    path.unlink()
    path.symlink_to(tmp_path / "unplugged" / CATALOGUE)
    with pytest.raises(StoreUnwritableError, match="is a link"):
        Store.open(small_store.folder, record=SMALL_RECORD)
    assert path.is_symlink()


@pytest.mark.leaves_damage
@pytest.mark.parametrize("name", [CATALOGUE, f"{CATALOGUE}.bak"])
def test_a_pipe_in_place_of_a_catalogue_is_named_and_nothing_waits_for_it(small_store: Store, name: str) -> None:
    small_store.correct(EVENT, FIELD)
    path = small_store.folder / name
    path.unlink()
    os.mkfifo(path)
    if name == CATALOGUE:
        for act in (lambda: Store.open(small_store.folder, record=SMALL_RECORD), lambda: check(small_store.folder)):
            with pytest.raises(ReinspectError, match="a device or a pipe"):
                act()
    else:
        assert [fault.where for fault in check(small_store.folder)] == [name]


class LookedAgainError(Exception):
    """Raised in place of a pause."""


def test_a_writer_that_waits_looks_several_times_a_second(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()

    def pause(seconds: float) -> None:
        raise LookedAgainError(seconds)

    monkeypatch.setattr("time.sleep", pause)
    with write_lock(folder, 1), pytest.raises(LookedAgainError) as caught, write_lock(folder, 60):
        pass
    assert caught.value.args[0] <= 0.1


# A disk without locks


def without_flock(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        # The system looks at the operation before it asks the disk.
        is_known = operation & (fcntl.LOCK_EX | fcntl.LOCK_SH | fcntl.LOCK_UN)
        raise OSError(number if is_known else errno.EINVAL, "refused")

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK])
def test_a_disk_without_locks_and_an_old_lock_file_can_be_written(
    small_store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    assert (small_store.folder / "catalogue.lock").exists()
    without_flock(monkeypatch, number)
    small_store.correct(EVENT, FIELD)
    small_store.add([REPORT])
    assert small_store.check() == []


def test_on_a_disk_without_locks_two_writers_still_take_turns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    without_flock(monkeypatch, errno.ENOSYS)
    with write_lock(folder, 1), pytest.raises(StoreLockedError), write_lock(folder, 0.1):
        pass
    with write_lock(folder, 1):
        pass


def test_on_a_disk_without_locks_the_file_in_their_place_is_private(
    folder: Path, monkeypatch: pytest.MonkeyPatch, open_umask: object
) -> None:
    folder.mkdir()
    without_flock(monkeypatch, errno.ENOSYS)
    with write_lock(folder, 1):
        assert stat.S_IMODE((folder / "catalogue.lock.soft").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "catalogue.holder").stat().st_mode) == 0o600
    assert not (folder / "catalogue.lock.soft").exists()


def test_another_error_of_a_lock_is_not_taken_for_a_disk_without_locks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    with (
        write_lock(folder, 1),
        pytest.raises(StoreLockedError, match=r"process \d+ on .* for 0 seconds"),
        write_lock(folder, 0),
    ):
        pass
    assert not (folder / "catalogue.lock.soft").exists()


def test_a_holder_that_is_not_known_is_another_process(folder: Path) -> None:
    folder.mkdir()
    with write_lock(folder, 1):
        for damage in (lambda file: file.write_text("damaged"), lambda file: file.unlink()):
            damage(folder / "catalogue.holder")
            with pytest.raises(StoreLockedError, match="another process has been writing"), write_lock(folder, 0):
                pass


def test_on_a_disk_without_locks_a_killed_writer_does_not_lock_the_store_for_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    killed = (
        "import errno, fcntl, os, pathlib, sys\n"
        "def refuse(descriptor, operation): raise OSError(errno.ENOSYS, 'none')\n"
        "fcntl.flock = refuse\n"
        "from store.lock import file_lock, write_lock\n"
        "lock = write_lock(pathlib.Path(sys.argv[1]), 1)\n"
        "lock.__enter__()\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(folder)], check=False).returncode == 9
    without_flock(monkeypatch, errno.ENOSYS)
    with write_lock(folder, 5):
        pass
