"""The server's end of one visit: a process of the app, kept in step with a browser that may be slow, rude or gone."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_WIDEST, _TALLEST = 500, 200
_FAREWELL = 3.0


class Visitor(AppService):
    """A process of the app. What textual-serve lacks: no shell between, no process left behind, no dead line left open.

    A browser that does not read stops the process at its next word, and no other one; it is let go when it does not
    answer the server's ping.
    """

    def __init__(self, command: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        self._argv = command
        self._websocket = websocket
        super().__init__(
            command[0],
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._hang_up,
            download_manager=downloads,
        )

    async def _hang_up(self) -> None:
        await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, env=self._build_environment(width=width, height=height)
        )
        # Cries of distress go to our own stderr. The base class would gather them, and print them where the address is.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._process, self._stdin = process, process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the app says, until it ends; then the line is closed too."""
        try:
            await super().run()
        finally:
            await self._hang_up()

    async def converse(self, width: int, height: int) -> None:
        """Run the app until it ends or the browser is gone."""
        await self.start(*_within(width, height))
        try:
            await self._listen()
        finally:
            await self._part()

    async def _listen(self) -> None:
        """Pass on what the browser says. What it should not say is passed over."""
        async for message in self._websocket:
            match _said(message.data) if message.type is WSMsgType.TEXT else None:
                case ["stdin", str(keys)]:
                    await self.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await self.set_terminal_size(*_within(width, height))
                case ["ping", str(sent)]:
                    await self._websocket.send_json(["pong", sent])
                case ["focus"]:
                    await self.focus()
                case ["blur"]:
                    await self.blur()

    async def _part(self) -> None:
        """Ask the app to end, and see that it does: it may be busy, or stuck with words that nobody takes."""
        process = self._process
        assert process is not None
        stopping, ending = asyncio.create_task(self.stop()), asyncio.create_task(process.wait())
        await asyncio.wait({ending}, timeout=_FAREWELL)
        if process.returncode is None:
            process.kill()
        await asyncio.gather(stopping, ending)


def _said(words: str) -> object:
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def _within(width: int, height: int) -> tuple[int, int]:
    """A size that a screen may have; painting one of a million columns would take all memory."""
    return max(20, min(width, _WIDEST)), max(5, min(height, _TALLEST))
