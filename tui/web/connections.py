"""Accept connections without running out of descriptors, however many are opened.

Anybody on this machine can connect and send nothing, or half a request. Such a connection is closed after some seconds,
and earlier if there are too many: the oldest goes first. A connection whose request had the cookie or the token is
admitted, and is not counted here any more.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress

_NO_ROOM = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_SECONDS = 10.0
_MOST, _FEWEST = 64, 4
_WANTED_DESCRIPTORS = 4096
# Seconds until the next try to accept a connection if nothing can be closed to make room.
_PAUSE = 0.5


class Connections:
    """The connections that have not sent an accepted request yet, at most `most` of them."""

    def __init__(self, most: int | None = None, seconds: float = _SECONDS) -> None:
        self._most = most or _affordable()
        self._seconds = seconds
        self._waiting: dict[asyncio.BaseTransport, None] = {}

    def admit(self, transport: asyncio.BaseTransport | None) -> None:
        """Leave a connection alone from now on, because its request was accepted."""
        if transport is not None:
            self._waiting.pop(transport, None)

    async def accept(self, listener: socket.socket, protocol: Callable[[], asyncio.BaseProtocol]) -> None:
        """Accept connections for ever; each gets a protocol of its own."""
        loop = asyncio.get_running_loop()
        listener.settimeout(0)
        while True:
            try:
                connected, _ = await loop.sock_accept(listener)
            except OSError as error:
                made_room = error.errno in _NO_ROOM and self._close_oldest()
                await asyncio.sleep(0 if made_room else _PAUSE)
                continue
            self._forget_closed()
            while len(self._waiting) >= self._most and self._close_oldest():
                pass
            try:
                transport, _ = await loop.connect_accepted_socket(protocol, connected)
            except OSError:
                connected.close()
                continue
            self._waiting[transport] = None
            loop.call_later(self._seconds, self._close, transport)

    def _close_oldest(self) -> bool:
        """Close the connection that has waited longest; return False if there is none."""
        oldest = next(iter(self._waiting), None)
        if oldest is None:
            return False
        self._close(oldest)
        return True

    def _close(self, transport: asyncio.BaseTransport) -> None:
        if transport in self._waiting:
            del self._waiting[transport]
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()

    def _forget_closed(self) -> None:
        self._waiting = {transport: None for transport in self._waiting if not transport.is_closing()}


def raise_descriptor_limit() -> None:
    """Let this process open as many files as its user may, up to some thousands."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _WANTED_DESCRIPTORS)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _affordable() -> int:
    """Return how many waiting connections leave enough descriptors for the windows of the app."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY:
            return max(_FEWEST, min(_MOST, soft // 4))
    return _MOST
