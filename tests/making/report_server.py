"""A real web server on 127.0.0.1 that publishes reports, and fails as a test asks it to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

ETAG = '"first"'


class Asked(NamedTuple):
    """One request that the server received."""

    path: str
    headers: Message


class ReportServer(ThreadingHTTPServer):
    """A server whose answers a test sets for each path: bytes to send properly, or a fault to call.

    The answers of a path are used one after the other; the last one is used again.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[bytes | Fault]] = {}
        self.asked: list[Asked] = []
        self.etag = ETAG
        self.released = threading.Event()

    def pause(self, seconds: float) -> None:
        """Return at once, for a client that would wait."""

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"

    def publish(self, path: str, *answers: bytes | Fault) -> str:
        """Set the answers of a path and return its address."""
        self.answers[path] = list(answers)
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    server: ReportServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, self.headers))
        answers = self.server.answers.get(self.path, [status(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, bytes):
            self.send_report(answer)
        else:
            answer(self)

    def send_report(self, report: bytes) -> None:
        """Send a report properly: 304 if the client has it, and from the middle if it asks for a range."""
        etag, wanted = self.server.etag, self.headers.get("Range")
        if self.headers.get("If-None-Match") == etag:
            self.send_head(304, {"ETag": etag})
        elif wanted and self.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            sent_range = f"bytes {start}-{len(report) - 1}/{len(report)}"
            self.send_head(206, {"ETag": etag, "Content-Range": sent_range, "Content-Length": str(len(report) - start)})
            self.wfile.write(report[start:])
        else:
            self.send_head(200, {"ETag": etag, "Content-Type": "application/pdf", "Content-Length": str(len(report))})
            self.wfile.write(report)

    def send_head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing."""


Fault = Callable[[_Handler], None]


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Return an answer with this status; underscores in the name of a header become hyphens."""

    def answer(handler: _Handler) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send_head(code, {"Content-Length": str(len(body)), **named})
        handler.wfile.write(body)

    return answer


def cut_off(report: bytes, after: int) -> Fault:
    """Return an answer that sends the beginning of a report and then closes the connection."""

    def answer(handler: _Handler) -> None:
        handler.send_head(200, {"ETag": handler.server.etag, "Content-Length": str(len(report))})
        handler.wfile.write(report[:after])
        handler.close_connection = True

    return answer


def silent(handler: _Handler) -> None:
    """Receive the request and never answer."""
    handler.server.released.wait(20)


def halting(report: bytes, after: int) -> Fault:
    """Return an answer that sends the beginning of a report, and then nothing on an open connection."""

    def answer(handler: _Handler) -> None:
        handler.send_head(200, {"ETag": handler.server.etag, "Content-Length": str(len(report))})
        handler.wfile.write(report[:after])
        handler.server.released.wait(20)

    return answer


def endless(handler: _Handler) -> None:
    """Send a report that never ends."""
    handler.send_head(200, {"Transfer-Encoding": "chunked"})
    block = b"%PDF-1.7\n".ljust(65536, b"x")
    try:
        while not handler.server.released.is_set():
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(block), block))
    except OSError:
        handler.close_connection = True


def raw(answer: bytes) -> Fault:
    """Return an answer of exactly these bytes, after which the connection is closed."""

    def send(handler: _Handler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    return send


def dripping(begin: bytes, drip: bytes, every: float = 0.02) -> Fault:
    """Return an answer that begins, and then repeats a few bytes until the client leaves or the test ends."""

    def send(handler: _Handler) -> None:
        handler.close_connection = True
        with suppress(OSError):
            handler.wfile.write(begin)
            while not handler.server.released.wait(every):
                handler.wfile.write(drip)

    return send


@contextmanager
def serving() -> Iterator[ReportServer]:
    """Run a server until the block ends."""
    server = ReportServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
