"""One writer at a time, for the length of a transaction. Reading never needs the lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from reinspect.errors import StoreLockedError
from store.atomic_write import unwritable_error

_LOCK, _HOLDER = "catalogue.lock", "catalogue.holder"
_POLL = 0.02


class _Holder(msgspec.Struct, frozen=True):
    pid: int
    host: str


@contextmanager
def held(folder: Path, wait: float) -> Iterator[None]:
    """Hold the store's lock; the system lets go of it when the process ends, however it ends.

    Raises:
        StoreLockedError: another process held it for longer than `wait` seconds; says which, as far as is known.
        StoreUnwritableError: the folder refuses the lock file.
    """
    import socket

    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, timeout=wait)
    try:
        lock.acquire(poll_interval=_POLL)
    except Timeout:
        raise StoreLockedError(
            f"{folder}: {_holder(folder)} is writing to this store, and has been for {wait:g} seconds; try again later"
        ) from None
    except OSError as error:
        raise unwritable_error(folder, error) from error
    note = folder / _HOLDER
    try:
        # The note only serves the message above: a full disk must not keep anyone from the lock itself.
        with suppress(OSError):
            note.write_bytes(msgspec.json.encode(_Holder(os.getpid(), socket.gethostname())))
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        holder = msgspec.json.decode((folder / _HOLDER).read_bytes(), type=_Holder)
    except (OSError, msgspec.DecodeError):
        return "another process"
    return f"process {holder.pid} on {holder.host}"
