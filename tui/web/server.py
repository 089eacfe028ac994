"""The app in a browser, for one person on one machine: `textual-serve`'s terminal behind a gate of our own.

It listens on the loopback alone. Every visitor has a process of their own, so there may be only so many.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Template
from urllib.parse import quote

import textual_serve
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler
from textual_serve.download_manager import DownloadManager

from reinspect.errors import ReinspectError
from tui.web.gate import LOOPBACK, Gate
from tui.web.visitor import Visitor

_PAGE = Path(__file__).parent
_TERMINAL = Path(textual_serve.__file__).parent / "static"
# The visitor's process finds modules exactly where this one does.
_START = "import sys; sys.path[:] = sys.argv[2:]; from tui.web.visit import visit; visit(sys.argv[1])"
_HEARTBEAT = 15.0
_LONGEST_MESSAGE = 1 << 20
_REFUSED = (
    "reinspect: refused: {objection}.\n"
    "Open the whole address that `reinspect serve` printed, token and all, in a browser on the same machine.\n"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The terminal makes style elements of its own; everything else is from files of this server.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class PortError(ReinspectError):
    """The port cannot be listened on."""


class Server:
    """The server of one store: its gate, its visitors and their downloads."""

    def __init__(self, command: Sequence[str], gate: Gate, most: int) -> None:
        self._command = command
        self._gate = gate
        self._most = most
        self._downloads = DownloadManager()
        self._lines: set[web.WebSocketResponse] = set()
        self._template = Template((_PAGE / "index.html").read_text("utf-8"))

    def application(self) -> web.Application:
        """What answers requests."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/ws", self._converse),
                web.get("/download/{key}", self._download),
                web.static("/page", _PAGE / "static"),
                web.static("/terminal", _TERMINAL),
            ]
        )
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self._say_goodbye)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        objection = self._gate.objection(request, conversing=request.path == "/ws")
        if objection is None and request.path == "/" and "token" in request.query:
            if self._gate.opens(request):
                response = web.Response(status=303, headers={"Location": "/"})
                self._gate.admit(response)
                return response
            objection = "this is not the token"
        if objection is None and not self._gate.knows(request):
            objection = "the token is missing"
        if objection is not None:
            return web.Response(status=403, text=_REFUSED.format(objection=objection))
        return await handler(request)

    async def _index(self, request: web.Request) -> web.Response:
        page = self._template.substitute(socket=f"ws://{request.host}/ws")
        return web.Response(text=page, content_type="text/html")

    async def _converse(self, request: web.Request) -> web.WebSocketResponse:
        """One visit, from the first word to the last."""
        line = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LONGEST_MESSAGE)
        await line.prepare(request)
        if len(self._lines) >= self._most:
            reason = f"{self._most} windows are open, as many as may be. Close one, and come in again."
            await line.close(code=WSCloseCode.TRY_AGAIN_LATER, message=reason.encode())
            return line
        self._lines.add(line)
        try:
            await Visitor(self._command, line, self._downloads).converse(
                _number(request.query.get("width"), 80), _number(request.query.get("height"), 24)
            )
        finally:
            self._lines.discard(line)
        return line

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that the app delivers, once."""
        try:
            told = await self._downloads.get_download_metadata(request.match_info["key"])
        except KeyError:
            raise web.HTTPNotFound(text="There is no such download, or it was had already.\n") from None
        # Always saved and never shown: what a report says must not become a page of this server.
        response = web.StreamResponse(
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(told.file_name, safe='')}",
            }
        )
        await response.prepare(request)
        async for chunk in self._downloads.download(request.match_info["key"]):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _say_goodbye(self, _: web.Application) -> None:
        for line in list(self._lines):
            await line.close(code=WSCloseCode.GOING_AWAY, message=b"The server was ended.")


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)


def serve(store_folder: Path, port: int, most: int, tell: Callable[[str], None]) -> None:
    """Serve the app on a store until the process is interrupted or told to end.

    `port` 0 is any free one, `most` how many visitors there may be at a time. `tell` is given the address to open, once
    it can be opened.

    Raises:
        PortError: another program listens on the port, or it is not ours to take.
    """
    command = [sys.executable, "-c", _START, str(store_folder.absolute()), *sys.path]
    with _listening(port) as listener:
        gate = Gate(listener.getsockname()[1])
        asyncio.run(_serve(Server(command, gate, most), listener, lambda: tell(gate.address)))


async def _serve(serving: Server, listener: socket.socket, ready: Callable[[], None]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Where the system has no such handlers, asyncio.run ends at an interrupt by itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, ended.set)
    runner = web.AppRunner(serving.application(), access_log=None, handle_signals=False, shutdown_timeout=5.0)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        ready()
        await ended.wait()
    finally:
        await runner.cleanup()


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise PortError(f"port {port}: {error.strerror or error}; name another with --port") from error
    with listener:
        yield listener


def _number(typed: str | None, usual: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 else usual
