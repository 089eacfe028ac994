"""Writing a file so that after a crash, a full disk or a power cut there is the old file or the new, never a mixture.

Temporary file in the same folder, write, flush to the disk, keep the previous one, rename over, flush the folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reinspect.errors import ReinspectError

_LEFTOVERS = ".*.tmp"
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM}


class StoreUnwritableError(ReinspectError):
    """The store's folder or disk refused a write; what was there before is still there."""


def unwritable_error(folder: Path, error: OSError) -> StoreUnwritableError:
    """The error to show for a refused write."""
    where = error.filename or folder
    return StoreUnwritableError(
        f"{where}: cannot be written ({error.strerror or error}); the store in {folder} keeps what it held"
    )


def unreadable_error(path: Path, error: OSError) -> ReinspectError:
    """The error to show for a file of the store that the system will not let us read."""
    return ReinspectError(f"{error.filename or path}: cannot be read ({error.strerror or error}); nothing was changed")


def atomic_write(path: Path, data: bytes, previous: Path | None = None) -> None:
    """Replace the file by `data`, and keep what it was as `previous` if that is given.

    Raises:
        OSError: before the rename the old file stands untouched; if only the last flush failed, the new one does.
    """
    temporary = _temporary(path)
    try:
        _write_new(temporary, data)
        if previous is not None and path.exists():
            keep_as(path, previous)
        os.replace(temporary, path)  # noqa: PTH105  (one module's os is what the tests make fail)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    sync_folder(path.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Replace the file at once but without waiting for the disk: for what can be made again.

    Raises:
        OSError: nothing was replaced.
    """
    temporary = _temporary(path)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def make_folders(root: Path, folder: Path) -> None:
    """Make a folder and those between it and `root`, but never `root`: a store that was moved away is not begun again.

    Raises:
        OSError: a folder was refused, or there is no `root`.
    """
    for missing in reversed([each for each in (folder, *folder.parents) if each.is_relative_to(root) and each != root]):
        missing.mkdir(exist_ok=True)


def keep_as(path: Path, kept: Path) -> None:
    """A second name for the file's present contents; a copy where the disk knows no hard links."""
    temporary = _temporary(kept)
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108
    try:
        os.link(path, temporary)
    except OSError:
        shutil.copy2(path, temporary)
    os.replace(temporary, kept)  # noqa: PTH105


def sync_folder(folder: Path) -> None:
    """Flush the folder's list of names to the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def leftovers(folder: Path) -> Iterator[Path]:
    """Temporary files of writes that were cut short; nobody's, while the lock is held."""
    return folder.glob(_LEFTOVERS)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
