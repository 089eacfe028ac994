"""A limit on the time of one attempt to download a file, however slowly the server sends.

A time limit on each read is not enough: a server that sends one byte of its headers every few seconds keeps it for
ever. So the connection is closed when the time is over, and the read that waits on it fails.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any


class Deadline:
    """Closes the connections of an attempt after some seconds.

    As a context manager it limits everything in its block. `trace` is called by httpx at each step of a request;
    `passed` is True once the time is over.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def trace(self, name: str, info: dict[str, Any]) -> None:
        """Note the connection when httpx has made one."""
        stream = info.get("return_value")
        if name.startswith("connection.") and stream is not None and hasattr(stream, "get_extra_info"):
            connected = stream.get_extra_info("socket")
            if isinstance(connected, socket.socket):
                with self._lock:
                    self._sockets.append(connected)
                    if self.passed:
                        _shut(connected)

    def _end(self) -> None:
        with self._lock:
            self.passed = True
            for connected in self._sockets:
                _shut(connected)


def _shut(connected: socket.socket) -> None:
    # The method of an encrypted socket would take its encryption away while another thread reads from it.
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
