"""Windows does some things otherwise when a file is written; the platform is faked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from filelock import SoftFileLock

from store import atomic_write, lock
from store.atomic_write import open_private, replace_file, sync_folder, write_outside


class Windows:
    """`os` of a Windows on which another program has a file open during the first renamings."""

    name = "nt"

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals

    def __getattr__(self, name: str) -> Any:
        if name == "O_NONBLOCK":
            raise AttributeError(name)
        return getattr(os, name)

    def replace(self, file: Path, target: Path) -> None:
        if self.refusals:
            self.refusals -= 1
            raise PermissionError(13, "The process cannot access the file", str(target))
        file.replace(target)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(atomic_write.time, "sleep", waited.append)
    return waited


def test_a_file_that_is_open_for_a_moment_is_replaced_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    file = tmp_path / "index.bin"
    file.write_bytes(b"before")
    monkeypatch.setattr(atomic_write, "os", Windows(refusals=3))
    replace_file(file, b"after")
    assert file.read_bytes() == b"after"
    assert len(pauses) == 3


def test_a_file_that_stays_open_is_named_and_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b"before")
    monkeypatch.setattr(atomic_write, "os", Windows(refusals=99))
    with pytest.raises(PermissionError):
        write_outside(file, b"after")
    assert file.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]
    assert sum(pauses) == pytest.approx(0.5)


def test_elsewhere_a_refusal_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    refusing = Windows(refusals=1)
    refusing.name = "posix"
    monkeypatch.setattr(atomic_write, "os", refusing)
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "a.json", b"after")
    assert pauses == []


@pytest.mark.skipif(os.name == "nt", reason="this system has another null device")
def test_the_null_device_takes_data_where_nothing_can_be_opened_without_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without = Windows(refusals=0)
    without.set_blocking = None  # type: ignore[attr-defined]
    monkeypatch.setattr(atomic_write, "os", without)
    write_outside(Path(os.devnull), b"words")


def test_no_line_end_is_translated_where_the_system_would_do_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = Windows(refusals=0)
    system.O_BINARY = 1 << 29  # type: ignore[attr-defined]
    opened: list[bool] = []

    def open_file(path: Path, flags: int, mode: int = 0o777) -> int:
        opened.append(bool(flags & 1 << 29))
        return os.open(path, flags & ~(1 << 29), mode)

    system.open = open_file  # type: ignore[attr-defined]
    monkeypatch.setattr(atomic_write, "os", system)
    for write in (replace_file, write_outside, atomic_write.atomic_write):
        write(tmp_path / "file", b"one\ntwo\n")  # type: ignore[operator]
        assert (tmp_path / "file").read_bytes() == b"one\ntwo\n"
    with open_private(tmp_path / "file"):
        pass
    assert opened == [True] * 4


def test_a_folder_is_not_flushed_where_it_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_write, "os", Windows(refusals=0))
    sync_folder(tmp_path / "missing")


def test_a_system_without_flock_has_locks_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "os", Windows(refusals=0))
    assert not isinstance(lock.file_lock(tmp_path / "a.lock", 1), SoftFileLock)
    assert [*tmp_path.iterdir()] == []


def test_a_long_name_is_never_cut_within_a_letter(tmp_path: Path) -> None:
    name = "a" + "é" * 120 + ".csv"
    cut = atomic_write._temporary_path(tmp_path / name).name
    assert cut.encode("utf-8").decode("utf-8") == cut
