"""The lock that lets only one process at a time write to a store. Reading needs no lock.

The lock is one of the system's (`flock`), which ends with the process. A disk that has none, such as some network
folders, gets a file that names the process instead; the file of a process that has ended is replaced.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect.errors import StoreLockedError
from reinspect.regular_files import read_regular_file
from store.atomic_write import open_private, unwritable_error

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOCK_FILE, _HOLDER_FILE = "catalogue.lock", "catalogue.holder"
_SOFT_SUFFIX = ".soft"
_POLL_SECONDS = 0.02
_OWNER_ALONE = 0o600
_NO_FLOCK = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}


class _LockHolder(msgspec.Struct, frozen=True):
    pid: int
    host: str


@contextmanager
def write_lock(folder: Path, wait: float) -> Iterator[None]:
    """Hold the lock of the store in `folder`, so that no other process can write to it.

    The system releases the lock when the process ends, even if the process is killed.

    Raises:
        StoreLockedError: another process held the lock for more than `wait` seconds.
        StoreUnwritableError: the lock file cannot be created.
    """
    import socket

    from filelock import Timeout

    try:
        lock = file_lock(folder / _LOCK_FILE, wait)
        lock.acquire(poll_interval=_POLL_SECONDS)
    except Timeout:
        raise StoreLockedError(
            f"{folder}: {_describe_holder(folder)} has been writing to this store for {wait:g} seconds; try again later"
        ) from None
    except OSError as error:
        raise unwritable_error(folder, error) from error
    holder_file = folder / _HOLDER_FILE
    try:
        # Only for the message above, so a full disk must not make this fail.
        with suppress(OSError), open_private(holder_file) as file:
            file.write(msgspec.json.encode(_LockHolder(os.getpid(), socket.gethostname())))
        yield
    finally:
        with suppress(OSError):
            holder_file.unlink()
        lock.release()


def file_lock(path: Path, wait: float) -> BaseFileLock:
    """Return a lock on a lock file, which need not exist; acquiring the lock takes at most `wait` seconds.

    Raises:
        OSError: the lock file cannot be created.
    """
    from filelock import FileLock, SoftFileLock

    if _has_system_locks(path):
        return FileLock(path, timeout=wait, mode=_OWNER_ALONE)
    # Under another name: an old lock file, left from a time when this disk had locks, says nothing about its holder.
    return SoftFileLock(path.with_name(f"{path.name}{_SOFT_SUFFIX}"), timeout=wait, mode=_OWNER_ALONE)


def _has_system_locks(path: Path) -> bool:
    """Create the lock file if there is none, and return True if the disk offers the system's locks on it."""
    if os.name == "nt":
        return True
    import fcntl

    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, _OWNER_ALONE)
    try:
        with suppress(OSError):
            # Earlier versions let everybody read it.
            os.fchmod(descriptor, _OWNER_ALONE)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_FLOCK
    finally:
        os.close(descriptor)
    return True


def _describe_holder(folder: Path) -> str:
    try:
        holder = msgspec.json.decode(read_regular_file(folder / _HOLDER_FILE), type=_LockHolder)
    except (OSError, msgspec.DecodeError):
        return "another process"
    return f"process {holder.pid} on {holder.host}"
