"""A file of the store is written in one step: no writer gets in the way of another, and each error keeps its cause."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import atomic_write
from store.atomic_write import (
    StoreUnwritableError,
    delete_leftovers,
    describe_refusal,
    is_device,
    leftover_files,
    link_or_copy,
    make_folders,
    open_private,
    replace_file,
    sync_folder,
    unreadable_error,
    unwritable_error,
    write_outside,
)
from tests.making.faults import FaultyOs, failing


class Disk(FaultyOs):
    """`os` on which some functions do something else."""

    def __init__(self, **functions: Callable[..., Any]) -> None:
        super().__init__()
        self._functions = functions

    def __getattr__(self, name: str) -> Any:
        return self._functions.get(name) or super().__getattr__(name)


def refusing(number: int) -> Callable[..., Any]:
    return lambda *arguments: failing(number)("", arguments)


def write_store_file(path: Path, data: bytes) -> None:
    atomic_write.atomic_write(path, data)


WRITERS = [write_store_file, replace_file, write_outside]


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_cannot_be_created_is_refused_with_its_own_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    monkeypatch.setattr(atomic_write, "os", FaultyOs(1, failing(errno.ENOSPC)))
    with pytest.raises(OSError, match=r".") as caught:
        write(tmp_path / "file", b"words")
    assert caught.value.errno == errno.ENOSPC
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    (tmp_path / "file").write_bytes(b"before")
    monkeypatch.setattr(atomic_write, "os", Disk(replace=refusing(errno.EIO)))
    with pytest.raises(OSError, match=r".") as caught:
        write(tmp_path / "file", b"after")
    assert caught.value.errno == errno.EIO
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"before"}


@pytest.mark.parametrize("write", WRITERS)
def test_two_writers_of_a_file_do_not_share_their_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    file = tmp_path / "file"

    def rename_after_another_writer(source: Path, target: Path) -> None:
        monkeypatch.setattr(atomic_write, "os", os)
        other = threading.Thread(target=write, args=(file, b"of the other"))
        other.start()
        other.join()
        assert file.read_bytes() == b"of the other"
        Path(source).replace(target)

    monkeypatch.setattr(atomic_write, "os", Disk(replace=rename_after_another_writer))
    write(file, b"of the first")
    assert file.read_bytes() == b"of the first"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("write", WRITERS)
def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    monkeypatch.setattr(atomic_write, "os", Disk(write=lambda descriptor, data: os.write(descriptor, data[:3])))
    write(tmp_path / "file", b"some words")
    assert (tmp_path / "file").read_bytes() == b"some words"


# Errors


def test_an_error_names_the_file_or_else_the_folder(tmp_path: Path) -> None:
    named, unnamed = OSError(errno.EACCES, "Permission denied", "a/file.txt"), OSError(errno.ENOSPC, "No space left")
    assert str(unwritable_error(tmp_path, named)).startswith("a/file.txt: cannot be written (Permission denied)")
    assert str(unwritable_error(tmp_path, unnamed)).startswith(f"{tmp_path}: cannot be written (No space left)")
    assert str(unreadable_error(tmp_path, named)).startswith("a/file.txt: cannot be read (Permission denied)")
    assert str(unreadable_error(tmp_path, unnamed)).startswith(f"{tmp_path}: cannot be read (No space left)")


def test_a_refusal_is_described_in_words(tmp_path: Path) -> None:
    assert describe_refusal(OSError(errno.ENXIO, "No such device")) == "nothing reads from this pipe"
    assert describe_refusal(OSError(errno.EACCES, "Permission denied")) == "Permission denied"
    assert describe_refusal(OSError("the disk is gone")) == "the disk is gone"


def test_a_link_in_place_of_the_previous_file_is_refused_too(tmp_path: Path) -> None:
    file, before = tmp_path / "file", tmp_path / "file.bak"
    file.write_bytes(b"before")
    before.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnwritableError, match="is a link"):
        atomic_write.atomic_write(file, b"after", before)
    assert file.read_bytes() == b"before"


# Folders


@pytest.mark.skipif(os.name == "nt", reason="folders are not flushed on this system")
def test_a_folder_that_cannot_be_flushed_is_an_error_only_if_the_disk_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM):
        monkeypatch.setattr(atomic_write, "os", Disk(fsync=refusing(number)))
        sync_folder(tmp_path)
    closed: list[int] = []
    monkeypatch.setattr(atomic_write, "os", Disk(fsync=refusing(errno.EIO), close=closed.append))
    with pytest.raises(OSError, match=r".") as caught:
        sync_folder(tmp_path)
    assert caught.value.errno == errno.EIO
    for descriptor in closed:
        os.close(descriptor)
    assert len(closed) == 1


def test_an_export_is_written_where_the_folder_cannot_be_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write, "sync_folder", refusing(errno.EIO))
    write_outside(tmp_path / "export.csv", b"words")
    assert (tmp_path / "export.csv").read_bytes() == b"words"


@pytest.mark.parametrize("may_give", [True, False])
def test_an_export_in_place_of_a_file_is_given_to_its_owner_where_the_system_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_give: bool
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b"before")
    before, given = file.stat(), []

    def give(path: Path, *owner: int) -> None:
        given.append(owner)
        if not may_give:
            failing(errno.EPERM)("", (path, *owner))

    monkeypatch.setattr(atomic_write, "os", Disk(chown=give))
    write_outside(file, b"after")
    assert given == [(before.st_uid, before.st_gid)]
    assert file.read_bytes() == b"after"


def test_missing_folders_are_made_below_the_root_and_the_root_never(tmp_path: Path) -> None:
    make_folders(tmp_path, tmp_path / "a" / "b")
    make_folders(tmp_path, tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    with pytest.raises(FileNotFoundError):
        make_folders(tmp_path / "moved", tmp_path / "moved" / "a")
    assert not (tmp_path / "moved").exists()


def test_leftovers_are_found_in_the_folder_itself_and_at_any_depth_of_the_subfolders_alone(tmp_path: Path) -> None:
    names = (".a.1.tmp", "texts/ab/.b.2.tmp", "texts/.c.3.tmp", "other/.d.4.tmp", "texts/notes.tmp", "texts/.e.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {path.relative_to(tmp_path).as_posix() for path in leftover_files(tmp_path, ("texts", "missing"))}
    assert found == {*names[:3]}
    delete_leftovers(tmp_path, ("texts",))
    assert [*leftover_files(tmp_path, ("texts",))] == []
    assert all((tmp_path / name).exists() for name in names[3:])


# Devices, streams and private files


def test_only_what_is_neither_a_file_nor_a_folder_is_a_device(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert [is_device(tmp_path / name) for name in ("file", "missing", ".")] == [False, False, False]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system does not name open streams")
def test_the_file_behind_a_stream_keeps_what_was_written_before(tmp_path: Path) -> None:
    assert is_device(Path(os.devnull))
    assert not is_device(Path("/dev/fd"))
    assert not is_device(Path("/dev/fd/no-stream"))
    with (tmp_path / "log").open("ab") as log:
        log.write(b"before\n")
        log.flush()
        stream = Path(f"/dev/fd/{log.fileno()}")
        assert is_device(stream)
        write_outside(stream, b"after\n")
    assert (tmp_path / "log").read_bytes() == b"before\nafter\n"


def test_a_private_file_is_begun_anew_or_added_to(tmp_path: Path) -> None:
    for mode, expected in (("wb", b"one"), ("ab", b"oneone"), ("wb", b"one")):
        with open_private(tmp_path / "file", mode) as file:  # type: ignore[arg-type]
            file.write(b"one")
        assert (tmp_path / "file").read_bytes() == expected


def test_a_second_name_of_a_file_replaces_another_file_and_survives_an_interrupted_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, second = tmp_path / "file", tmp_path / "second"
    file.write_bytes(b"words")
    second.write_bytes(b"others")
    with monkeypatch.context() as patch:
        patch.setattr(atomic_write, "os", Disk(replace=refusing(errno.EIO)))
        with pytest.raises(OSError, match=r"."):
            link_or_copy(file, second)
    assert second.read_bytes() == b"others"
    link_or_copy(file, second)
    assert second.read_bytes() == b"words"
    assert second.stat().st_ino == file.stat().st_ino
    assert {path.name for path in tmp_path.iterdir()} == {"file", "second"}
