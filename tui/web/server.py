"""The web server of the app in a browser, for one person on one machine.

The page contains the terminal of textual-serve. Every browser window is connected by a web socket to a process of the
app, so the number of windows is limited. The server listens on 127.0.0.1 only, and `Gate` checks every request.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

import textual_serve
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler
from textual_serve.download_manager import DownloadManager

from reinspect.errors import ReinspectError, unexpected
from tui.streams import say
from tui.web.connections import Connections, raise_descriptor_limit
from tui.web.gate import LOOPBACK, Gate
from tui.web.visitor import Visitor

_PAGE = Path(__file__).parent
_TERMINAL = Path(textual_serve.__file__).parent / "static"
# The process of a window searches modules in the same folders as this one.
_START = "import sys; sys.path[:] = sys.argv[2:]; from tui.web.visit import visit; visit(sys.argv[1])"
_HEARTBEAT = 15.0
_MOST_REPORTS = 20
_LONGEST_MESSAGE = 1 << 20
_REFUSED = (
    "reinspect: refused: {objection}.\n"
    "Open the whole address that `reinspect serve` printed, with its token, in a browser on the same machine.\n"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The terminal creates style elements; scripts and all else come from files of this server.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class PortError(ReinspectError):
    """The server cannot listen on the port."""


class Server:
    """A web server that shows the app in browser windows."""

    def __init__(self, command: Sequence[str], gate: Gate, max_windows: int) -> None:
        """Set up a server for at most `max_windows` windows at a time; `command` starts the app process of a window."""
        self._command = command
        self._gate = gate
        self._max_windows = max_windows
        self._downloads = DownloadManager()
        self._sockets: set[web.WebSocketResponse] = set()
        self._reported: set[str] = set()
        self.connections = Connections()
        self._template = Template((_PAGE / "index.html").read_text("utf-8"))

    def application(self) -> web.Application:
        """Return the aiohttp application that answers the requests."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/ws", self._connect),
                web.get("/download/{key}", self._download),
                web.static("/page", _PAGE / "static"),
                web.static("/terminal", _TERMINAL),
            ]
        )
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self._close_sockets)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse a request without the right token or cookie; give the cookie to a browser with the token."""
        objection = self._gate.objection(request, conversing=request.path == "/ws")
        if objection is None and request.path == "/" and "token" in request.query:
            if self._gate.has_token(request):
                self.connections.admit(request.transport)
                response = web.Response(status=303, headers={"Location": "/"})
                self._gate.admit(response)
                return response
            objection = "the token is wrong"
        if objection is None and not self._gate.has_cookie(request):
            objection = "the token is missing"
        if objection is not None:
            return web.Response(status=403, text=_REFUSED.format(objection=objection))
        self.connections.admit(request.transport)
        try:
            return await handler(request)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as error:
            self.report(unexpected(error))
            raise web.HTTPInternalServerError(
                text="A fault of reinspect; the terminal of the server names it.\n"
            ) from None

    def report(self, message: str) -> None:
        """Print a fault on stderr, once: a visitor can cause the same one many times."""
        if message not in self._reported and len(self._reported) < _MOST_REPORTS:
            self._reported.add(message)
            say(f"reinspect: {message}")

    async def _index(self, request: web.Request) -> web.Response:
        page = self._template.substitute(socket=f"ws://{request.host}/ws")
        return web.Response(text=page, content_type="text/html")

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for one browser window, until the app ends or the window is closed."""
        websocket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LONGEST_MESSAGE)
        await websocket.prepare(request)
        if len(self._sockets) >= self._max_windows:
            reason = f"{self._max_windows} windows are open, which is the limit. Close one and open this page again."
            await websocket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=reason.encode())
            return websocket
        self._sockets.add(websocket)
        try:
            await Visitor(self._command, websocket, self._downloads).run_app(
                _parse_number(request.query.get("width"), 80), _parse_number(request.query.get("height"), 24)
            )
        except OSError as error:
            # No descriptor or no process is left for another window.
            self.report(f"a window could not be opened: {error.strerror or error}")
            reason = "This machine has no room for another window. Close one and open this page again."
            await websocket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=reason.encode())
        finally:
            self._sockets.discard(websocket)
        return websocket

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Send a file that the app has exported; a file can be downloaded once."""
        try:
            metadata = await self._downloads.get_download_metadata(request.match_info["key"])
        except KeyError:
            raise web.HTTPNotFound(text="There is no such download, or it was downloaded already.\n") from None
        # The browser must save it and never show it: text of a report must not become a page of this server.
        response = web.StreamResponse(
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(metadata.file_name, safe='')}",
            }
        )
        await response.prepare(request)
        async for chunk in self._downloads.download(request.match_info["key"]):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def _close_sockets(self, _: web.Application) -> None:
        for websocket in list(self._sockets):
            await websocket.close(code=WSCloseCode.GOING_AWAY, message=b"The server was stopped.")


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)


def serve(store_folder: Path, port: int, max_windows: int, tell: Callable[[str], None]) -> None:
    """Run the web server for the app on a store, until the process is interrupted or terminated.

    `port` 0 means any free port, and no more than `max_windows` windows are open at a time. When the server is ready,
    `tell` is called with the web address to open.

    Raises:
        PortError: another program listens on the port, or this user may not use the port.
    """
    command = [sys.executable, "-c", _START, str(store_folder.absolute()), *sys.path]
    raise_descriptor_limit()
    with _listening(port) as listener:
        gate = Gate(listener.getsockname()[1])
        asyncio.run(_serve(Server(command, gate, max_windows), listener, lambda: tell(gate.address)))


async def _serve(server: Server, listener: socket.socket, ready: Callable[[], None]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there asyncio.run ends at an interrupt by itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, ended.set)
    settings: dict[str, Any] = {} if os.environ.get("REINSPECT_DEBUG") else _silence(loop, server)
    runner = web.AppRunner(
        server.application(), access_log=None, handle_signals=False, shutdown_timeout=5.0, **settings
    )
    await runner.setup()
    assert runner.server is not None
    accepting = asyncio.create_task(server.connections.accept(listener, runner.server))
    try:
        ready()
        await ended.wait()
    finally:
        accepting.cancel()
        await runner.cleanup()


def _silence(loop: asyncio.AbstractEventLoop, server: Server) -> dict[str, Any]:
    """Keep tracebacks off stderr, and return the settings of aiohttp that do so.

    aiohttp and asyncio print one for each odd request and each connection that breaks, and anybody on this machine can
    cause as many of those as they like.
    """
    loop.set_exception_handler(lambda _, context: server.report(str(context.get("exception") or context["message"])))
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    logger = logging.Logger("reinspect.web")
    logger.addHandler(logging.NullHandler())
    return {"logger": logger}


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    try:
        listener = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise PortError(f"port {port}: {error.strerror or error}; choose another with --port") from error
    with listener:
        yield listener


def _parse_number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
