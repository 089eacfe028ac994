"""The server's side of one browser window: it passes data between the web socket and a process of the app.

This is the one module that uses private names of textual-serve (`AppService`), which has no public way to start the
process without a shell or to keep its stderr.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_MIN_WIDTH, _MAX_WIDTH = 20, 500
_MIN_HEIGHT, _MAX_HEIGHT = 5, 200
# Seconds that the app has to end by itself.
_STOP_TIMEOUT = 3.0


class Visitor(AppService):
    """A process of the app, connected to one browser window by a web socket.

    Unlike its base class, it starts the process without a shell, kills a process that does not end, and closes the web
    socket when the process ends.
    """

    def __init__(self, command: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        self._argv = command
        self._websocket = websocket
        super().__init__(
            command[0],
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._close_socket,
            download_manager=downloads,
        )

    async def _close_socket(self) -> None:
        await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, env=self._build_environment(width=width, height=height)
        )
        # The process inherits our stderr. The base class would collect its error messages and print them to stdout.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Pass the output of the app to the browser until the app ends, then close the web socket."""
        try:
            await super().run()
        finally:
            await self._close_socket()

    async def run_app(self, width: int, height: int) -> None:
        """Run the app until it ends or the window is closed; width and height are in characters."""
        # A browser that stops reading blocks only its own process; the connection is closed when the browser does not
        # answer the ping of the server.
        await self.start(*_limit_size(width, height))
        try:
            await self._listen()
        finally:
            await self._stop_process()

    async def _listen(self) -> None:
        """Pass the browser's messages (keys, window size, focus) to the app until the window is closed."""
        async for message in self._websocket:
            match _parse(message.data) if message.type is WSMsgType.TEXT else None:
                case ["stdin", str(keys)]:
                    await self.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await self.set_terminal_size(*_limit_size(width, height))
                case ["ping", str(sent)]:
                    await self._websocket.send_json(["pong", sent])
                case ["focus"]:
                    await self.focus()
                case ["blur"]:
                    await self.blur()

    async def _stop_process(self) -> None:
        """Ask the app to end, and kill its process if it does not."""
        # The app may be busy, or blocked by output that nobody reads.
        process = self._process
        assert process is not None
        stopping, ending = asyncio.create_task(self.stop()), asyncio.create_task(process.wait())
        await asyncio.wait({ending}, timeout=_STOP_TIMEOUT)
        if process.returncode is None:
            process.kill()
        await asyncio.gather(stopping, ending)


def _parse(message: str) -> object:
    """Return the JSON value of a message, or None if the message is not valid JSON."""
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _limit_size(width: int, height: int) -> tuple[int, int]:
    """Limit a window size, given in characters, to a range that the app can handle."""
    # A screen of a million columns would use all memory.
    return max(_MIN_WIDTH, min(width, _MAX_WIDTH)), max(_MIN_HEIGHT, min(height, _MAX_HEIGHT))
