"""The process that reads files for `reinspect.reading.worker_pool`, which describes it.

It imports only what reading needs, because several of these processes start with every import.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import time
from pathlib import Path
from typing import BinaryIO

import msgspec

from reinspect.model import Reading
from reinspect.reading import make_unreadable_reading, read_file
from reinspect.reading.sanitise import safe_line

READY = b"ready"
"""The first message of a worker."""
OUT_OF_MEMORY = 77
"""The exit code of a worker that needed too much memory."""

_LENGTH = struct.Struct(">I")


def serve_worker(memory: int) -> None:
    """Run a worker process: read each file that the parent process requests, until the pipe closes.

    `memory` is the memory limit of the process in bytes.
    """
    requests, replies = _take_pipes()
    _set_limit("RLIMIT_AS", memory)
    send_frame(replies, READY)
    while (request := receive_frame(requests)) is not None:
        raw_path, seconds = msgspec.msgpack.decode(request, type=tuple[bytes, float])
        # The parent's timer ends first; this limit ends a worker whose parent was killed.
        _set_limit("RLIMIT_CPU", int(time.process_time() + seconds) + 2)
        try:
            send_frame(replies, msgspec.msgpack.encode(_read(Path(os.fsdecode(raw_path)))))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _read(path: Path) -> Reading:
    try:
        return read_file(path)
    except MemoryError:
        raise
    except Exception as error:  # a bug in the reader must not end the batch either
        return make_unreadable_reading(path, safe_line(f"the reader failed on this file, please report it: {error!r}"))


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the parent process, and redirect standard input and output to the null device."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the pipes.
    null_device = os.open(os.devnull, os.O_RDWR)
    os.dup2(null_device, 0)
    os.dup2(null_device, 1)
    return requests, replies


def _set_limit(name: str, value: int) -> None:
    """Set a resource limit of this process, such as "RLIMIT_AS", if the system supports it."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            kind = getattr(resource, name)
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def send_frame(pipe: BinaryIO, frame: bytes) -> None:
    """Send a message through a pipe."""
    pipe.write(_LENGTH.pack(len(frame)) + frame)
    pipe.flush()


def receive_frame(pipe: BinaryIO) -> bytes | None:
    """Return the next message from a pipe, or None if the pipe is closed."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = pipe.read(length)
    return frame if len(frame) == length else None
