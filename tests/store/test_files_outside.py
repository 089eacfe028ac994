"""Files that a person names, such as exports and backups: replaced in one step, and never anything but a file."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from store import Store
from store.atomic_write import write_outside
from store.backup import BackupError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="this system has neither modes nor named pipes")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o400])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "export.csv"
    file.write_text("before")
    file.chmod(mode)
    write_outside(file, b"after")
    assert (stat.S_IMODE(file.stat().st_mode), file.read_bytes()) == (mode, b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]


def test_a_new_file_has_the_usual_permissions_and_a_private_one_those_of_its_owner(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_outside(tmp_path / "export.csv", b"words")
    write_outside(tmp_path / "backup.zip", b"words", private=True)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["export.csv"] == modes["usual"]
    assert modes["backup.zip"] == 0o600


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    link.symlink_to(real)
    write_outside(link, b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_pipe_takes_the_data_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, data, got = tmp_path / "pipe", b"words" * 50_000, list[bytes]()
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    # Without a writer the reader would end before the data comes.
    writer = os.open(pipe, os.O_WRONLY)

    def read() -> None:
        with os.fdopen(reader, "rb") as opened:
            got.append(opened.read())

    reading = threading.Thread(target=read)
    reading.start()
    write_outside(pipe, data)
    os.close(writer)
    reading.join()
    assert got == [data]
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_refused_and_stays_a_pipe(small_store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="No such device"):
        write_outside(pipe, b"words")
    with pytest.raises(BackupError, match="nothing reads from this pipe"):
        small_store.backup(pipe)
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["x" * 250, "ü" * 120])
def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path: Path, name: str) -> None:
    write_outside(tmp_path / name, b"words")
    assert (tmp_path / name).read_bytes() == b"words"
