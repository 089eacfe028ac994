"""The lock that lets only one process at a time write to a store. Reading needs no lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from reinspect.errors import StoreLockedError
from store.atomic_write import unwritable_error

_LOCK_FILE, _HOLDER_FILE = "catalogue.lock", "catalogue.holder"
_POLL_SECONDS = 0.02


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

    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK_FILE, timeout=wait)
    try:
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
        with suppress(OSError):
            holder_file.write_bytes(msgspec.json.encode(_LockHolder(os.getpid(), socket.gethostname())))
        yield
    finally:
        with suppress(OSError):
            holder_file.unlink(missing_ok=True)
        lock.release()


def _describe_holder(folder: Path) -> str:
    try:
        holder = msgspec.json.decode((folder / _HOLDER_FILE).read_bytes(), type=_LockHolder)
    except (OSError, msgspec.DecodeError):
        return "another process"
    return f"process {holder.pid} on {holder.host}"
