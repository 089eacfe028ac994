"""Read a file that must be a regular one: a pipe in its place may never begin, and a device may never end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

NOT_A_FILE = "a device or a pipe, not a file"


class NotAFileError(OSError):
    """A path of a device, a pipe or a socket."""


def read_regular_file(path: Path, size: int = -1) -> bytes:
    """Return the bytes of a file, or its first `size` bytes.

    Raises:
        NotAFileError: it is a device, a pipe or a socket.
        OSError: the file cannot be opened, or is a folder.
    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno in {errno.ENXIO, errno.EOPNOTSUPP}:  # a socket
            raise NotAFileError(errno.EINVAL, NOT_A_FILE, str(path)) from None
        raise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise NotAFileError(errno.EINVAL, NOT_A_FILE, str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(size)
    finally:
        os.close(descriptor)
