"""Replace a file in one step, so that a crash leaves either the old or the new contents and never a mix.

The steps: write a temporary file in the same folder, flush it to the disk, keep the old file under another name if
asked to, rename the temporary file to the name of the old one, flush the folder.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, Literal, cast

from reinspect.errors import ReinspectError

_TEMPORARY_FILES = ".*.tmp"
_OWNER_ALONE, _EVERYONE = 0o600, 0o666
_LONGEST_STEM = 180
_PAUSES = (0.01, 0.04, 0.15, 0.3)
_STREAM_FOLDERS = {Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")}
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
        StoreUnwritableError: the file is a link, which a replacement would turn into a file of its own.
        OSError: a step failed. The old file is still in place, unless only the last step (flushing the folder) failed.
    """
    for file in filter(None, (path, previous)):
        refuse_link(file)
    temporary = _temporary_path(path)
    try:
        _write_new(temporary, data)
        if previous is not None and path.exists():
            link_or_copy(path, previous)
        _rename_over(temporary, path)
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
        with open_private(temporary) as file:
            file.write(data)
        _rename_over(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_outside(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that a person named, such as an export; an existing file is replaced in one step.

    A replaced file keeps its permissions; a new file has the usual ones or, if `private`, only its owner can read it.
    A link is followed. A device or a named pipe takes the data and stays.

    Raises:
        OSError: the file cannot be written; an existing file is unchanged.
    """
    if is_device(path):
        # Not at its real path: that of a pipe behind /dev/stdout is not the path of a file.
        _write_into_device(path, data)
        return
    target = Path(os.path.realpath(path))
    replaced = target.stat() if target.exists() else None
    # In a folder that others write to too, nobody can guess this name and plant a link there.
    temporary = _temporary_path(target, os.urandom(8).hex())
    try:
        _write_new(temporary, data, os.O_EXCL, _OWNER_ALONE if private or replaced else _EVERYONE)
        if replaced:
            _give_permissions(temporary, replaced)
        _rename_over(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        sync_folder(target.parent)


def is_device(path: Path) -> bool:
    """Return True for a device, a pipe, and the name of an open stream such as /dev/stdout: they are never replaced."""
    if path.parent in _STREAM_FOLDERS:
        # A stream may lead into a file: `> log.txt`, `>> log.txt`.
        return path.exists() and not path.is_dir()
    return path.exists() and not path.is_file() and not path.is_dir()


def open_private(path: Path, mode: Literal["wb", "ab"] = "wb") -> BinaryIO:
    """Open a file for writing that only its owner can read, whatever the usual permissions of new files are."""
    how = os.O_TRUNC if mode == "wb" else os.O_APPEND
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_BINARY", 0), _OWNER_ALONE)
    return cast("BinaryIO", os.fdopen(descriptor, mode))


def describe_refusal(error: OSError) -> str:
    """Return the reason why the system refused to write, in words."""
    if error.errno == errno.ENXIO:
        return "nothing reads from this pipe"
    return error.strerror or str(error)


def refuse_link(path: Path) -> None:
    """Refuse to write to a file of the store that is a link.

    Raises:
        StoreUnwritableError: the file is a link.
    """
    if path.is_symlink():
        raise StoreUnwritableError(
            f"{path} is a link to {path.readlink()}; reinspect does not write through links, and nothing was changed. "
            "Put the file itself in this folder, or name the folder that has it with --store"
        )


def make_folders(root: Path, folder: Path) -> None:
    """Create `folder` and its missing parent folders below `root`, but never `root` itself.

    Raises:
        OSError: a folder cannot be created, or `root` does not exist.
    """
    if folder.is_dir():
        return
    # A missing root means that the store was moved away; creating it would start an empty store in its old place.
    below_root = [path for path in (folder, *folder.parents) if path.is_relative_to(root) and path != root]
    for path in reversed(below_root):
        path.mkdir(mode=0o700, exist_ok=True)


def link_or_copy(path: Path, second: Path) -> None:
    """Make a hard link at `second` to the file at `path`, or a copy on disks without hard links."""
    temporary = _temporary_path(second)
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108
    try:
        os.link(path, temporary)
    except OSError:
        import shutil

        shutil.copy2(path, temporary)
    _rename_over(temporary, second)


def _rename_over(file: Path, target: Path) -> None:
    """Rename a file to `target` in one step, in place of the file that is there.

    Windows refuses while another program has that file open, such as one that reads the catalogue at this moment.
    There it is tried again for half a second.
    """
    for pause in _PAUSES if os.name == "nt" else ():
        with suppress(PermissionError):
            os.replace(file, target)  # noqa: PTH105
            return
        time.sleep(pause)
    os.replace(file, target)  # noqa: PTH105  (tests replace this module's `os` to make it fail)


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


def leftover_files(folder: Path, subfolders: Sequence[str] = ()) -> Iterator[Path]:
    """Find temporary files that interrupted writes left in `folder`, and at any depth in these subfolders of it.

    Unless the caller holds the store's lock, another process may still be using such a file.
    """
    yield from folder.glob(_TEMPORARY_FILES)
    for subfolder in subfolders:
        for place, _, names in os.walk(folder / subfolder):
            yield from (Path(place, name) for name in names if fnmatchcase(name, _TEMPORARY_FILES))


def delete_leftovers(folder: Path, subfolders: Sequence[str] = ()) -> None:
    """Delete what `leftover_files` finds."""
    for file in leftover_files(folder, subfolders):
        with suppress(OSError):
            file.unlink()


def _temporary_path(path: Path, mark: str = "") -> Path:
    # A name may have 255 bytes; this one is longer than that of its file.
    # The cut may be within a letter.
    stem = os.fsencode(path.name)[:_LONGEST_STEM].decode("utf-8", "ignore")
    return path.with_name(f".{stem}.{mark or f'{os.getpid()}-{threading.get_ident()}'}.tmp")


def _write_into_device(path: Path, data: bytes) -> None:
    """Write data into a device or a pipe.

    Raises:
        OSError: it takes no data; for example, nobody reads from the pipe.
    """
    # Without O_NONBLOCK, opening a pipe that nobody reads from would never return. A file behind a stream keeps what
    # was written to it before.
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as device:
        device.write(data)


def _give_permissions(file: Path, replaced: os.stat_result) -> None:
    """Give a file the owner and the permissions of the file that it is about to replace."""
    if hasattr(os, "chown"):
        # Only root may give a file to somebody else.
        with suppress(OSError):
            os.chown(file, replaced.st_uid, replaced.st_gid)
    file.chmod(stat.S_IMODE(replaced.st_mode))


def _write_new(path: Path, data: bytes, flags: int = os.O_TRUNC, mode: int = _OWNER_ALONE) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags | getattr(os, "O_BINARY", 0), mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
