"""Replace a file in one step, so that a crash leaves either the old or the new contents and never a mix.

The steps: write a temporary file in the same folder, flush it to the disk, keep the old file under another name if
asked to, rename the temporary file to the name of the old one, flush the folder.
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

_TEMPORARY_FILES = ".*.tmp"
_FOLDER_FLUSH_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM}


class StoreUnwritableError(ReinspectError):
    """A write to the store failed; the store is unchanged."""


def unwritable_error(folder: Path, error: OSError) -> StoreUnwritableError:
    """Return the error to raise when the store in `folder` cannot be written."""
    path = error.filename or folder
    return StoreUnwritableError(
        f"{path}: cannot be written ({error.strerror or error}); the store in {folder} is as it was before. "
        "Check the disk and its permissions, then try again"
    )


def unreadable_error(path: Path, error: OSError) -> ReinspectError:
    """Return the error to raise when a file of the store cannot be read."""
    return ReinspectError(
        f"{error.filename or path}: cannot be read ({error.strerror or error}); nothing was changed. "
        "Check its permissions, then try again"
    )


def atomic_write(path: Path, data: bytes, previous: Path | None = None) -> None:
    """Replace the file at `path` in one step; keep the old file at the path `previous`, if that is given.

    Raises:
        OSError: a step failed. The old file is still in place, unless only the last step (flushing the folder) failed.
    """
    temporary = _temporary_path(path)
    try:
        _write_new(temporary, data)
        if previous is not None and path.exists():
            link_or_copy(path, previous)
        os.replace(temporary, path)  # noqa: PTH105  (tests replace this module's `os` to make it fail)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    sync_folder(path.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Replace the file at `path` without flushing to the disk. For data that can be made again, such as caches.

    Raises:
        OSError: the write failed; the old file is untouched.
    """
    temporary = _temporary_path(path)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def make_folders(root: Path, folder: Path) -> None:
    """Create `folder` and its missing parent folders below `root`, but never `root` itself.

    Raises:
        OSError: a folder cannot be created, or `root` does not exist.
    """
    # A missing root means that the store was moved away; creating it would start an empty store in its old place.
    below_root = [path for path in (folder, *folder.parents) if path.is_relative_to(root) and path != root]
    for path in reversed(below_root):
        path.mkdir(exist_ok=True)


def link_or_copy(path: Path, second: Path) -> None:
    """Make a hard link at `second` to the file at `path`, or a copy on disks without hard links."""
    temporary = _temporary_path(second)
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108
    try:
        os.link(path, temporary)
    except OSError:
        shutil.copy2(path, temporary)
    os.replace(temporary, second)  # noqa: PTH105


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of file names to the disk, on systems that can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _FOLDER_FLUSH_UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)


def leftover_files(folder: Path) -> Iterator[Path]:
    """Find temporary files that interrupted writes left in `folder`.

    Unless the caller holds the store's lock, another process may still be using such a file.
    """
    return folder.glob(_TEMPORARY_FILES)


def _temporary_path(path: Path) -> Path:
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
