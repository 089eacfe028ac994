"""The web server: access needs the token, the server's own page and its own name; and windows of the app."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import WSMsgType, web
from click.testing import CliRunner

from tui.cli.main import main
from tui.web import server
from tui.web.connections import Connections
from tui.web.gate import Gate
from tui.web.server import PortError, Server, serve

# A replacement for the app with its protocol: echoes input in capitals, reports its size, delivers a file.
ECHO = """
import json, os, sys
from textual_serve._binary_encode import dump
out, heard = sys.stdout.buffer, sys.stdin.buffer
text = "\\u201cquoted\\u201d, and a caf\\u00e9\\n" * 9000
def say(kind, payload):
    out.write(kind + len(payload).to_bytes(4, "big") + payload)
    out.flush()
out.write(b"__GANGLION__\\n")
say(b"D", f"{os.environ['COLUMNS']}x{os.environ['ROWS']}".encode())
while head := heard.read(5):
    payload = heard.read(int.from_bytes(head[1:], "big"))
    told = json.loads(payload) if head[:1] == b"M" else {"type": payload.decode()}
    if told["type"] == "die":
        sys.exit(1)
    elif told["type"] == "quit":
        if "deaf" in sys.argv:
            continue
        say(b"M", b'{"type": "exit"}')
        break
    elif told["type"] == "export":
        start = {"type": "deliver_file_start", "key": "k1", "path": "a/caf\\u00e9; \\"b\\".txt"}
        form = {"open_method": "browser", "mime_type": "text/html", "encoding": "utf-8"}
        say(b"M", json.dumps(start | form).encode())
    elif told["type"] == "deliver_chunk_request":
        chunk, text = text[:told["size"]], text[told["size"]:]
        say(b"P", dump(("deliver_chunk", told["key"], chunk)))
    else:
        say(b"D", payload.decode().upper().encode() if head[:1] == b"D" else payload)
"""
EXPORTED = ("“quoted”, and a café\n" * 9000).encode()


class Running:
    """A running server, and an HTTP session that stores cookies like a browser."""

    def __init__(self, gate: Gate, port: int, session: aiohttp.ClientSession) -> None:
        self.gate, self.port, self.session = gate, port, session
        self.home = f"http://127.0.0.1:{port}"

    async def come_in(self) -> None:
        async with self.session.get(self.gate.address) as page:
            assert page.status == 200

    def line(self, **headers: str) -> Any:
        """A web socket to an app, as the page opens it."""
        return self.session.ws_connect(f"{self.home}/ws?width=90&height=30", headers={"Origin": self.home, **headers})

    async def status(self, path: str, **headers: str) -> int:
        async with self.session.get(f"{self.home}{path}", headers=headers) as page:
            return page.status


@pytest.fixture
def command() -> list[str]:
    return [sys.executable, "-c", ECHO]


@pytest.fixture
async def running(command: list[str]) -> AsyncIterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        gate = Gate(port)
        runner = web.AppRunner(Server(command, gate, 2).application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            yield Running(gate, port, session)
        await runner.cleanup()


async def heard(line: aiohttp.ClientWebSocketResponse) -> str:
    """The next message of the app."""
    message = await line.receive(timeout=10)
    assert message.type in {WSMsgType.BINARY, WSMsgType.TEXT}, message
    return message.data.decode() if isinstance(message.data, bytes) else message.data


async def test_the_printed_address_gives_a_cookie_that_no_script_and_no_other_site_can_use(running: Running) -> None:
    async with running.session.get(running.gate.address, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert running.gate.address.partition("token=")[2] not in cookie
    assert await running.status("/") == 200


@pytest.mark.parametrize(
    "path", ["/", "/?token=", "/?token=guessed", "/?token=%F0%9F%94%91", "/page/page.js", "/nowhere"]
)
async def test_without_the_token_everything_is_refused(path: str, running: Running) -> None:
    assert await running.status(path) == 403


async def test_a_guessed_cookie_is_refused(running: Running) -> None:
    assert await running.status("/", Cookie=f"reinspect-{running.port}=guessed") == 403


async def test_a_wrong_token_is_refused_even_with_the_cookie(running: Running) -> None:
    await running.come_in()
    assert await running.status("/?token=guessed") == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}"])
async def test_another_name_for_this_machine_is_refused(host: str, running: Running) -> None:
    await running.come_in()
    host = host.format(port=running.port)
    assert await running.status("/", Host=host) == 403
    assert await running.status(running.gate.address.removeprefix(running.home), Host=host) == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", ""]
)
async def test_a_page_from_elsewhere_is_refused(origin: str, running: Running) -> None:
    await running.come_in()
    origin = origin.format(port=running.port)
    assert await running.status("/", Origin=origin) == 403
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await running.line(Origin=origin)


async def test_a_web_socket_without_an_origin_is_refused(running: Running) -> None:
    await running.come_in()
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await running.session.ws_connect(f"{running.home}/ws")


async def test_a_web_socket_without_the_cookie_is_refused(running: Running) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await running.line()


async def test_files_embedded_by_another_page_are_refused(running: Running) -> None:
    await running.come_in()
    assert await running.status("/page/page.js", **{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}) == 403
    assert (
        await running.status("/page/page.js", **{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}) == 200
    )


async def test_the_content_security_policy_allows_this_server_only(running: Running) -> None:
    await running.come_in()
    async with running.session.get(running.home) as page:
        policy = page.headers["Content-Security-Policy"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in policy
    assert f"connect-src 'self' ws://127.0.0.1:{running.port};" in policy
    assert "script-src 'self';" in policy


def test_the_page_loads_nothing_from_other_servers() -> None:
    folder = Path(server.__file__).parent
    files = [folder / "index.html", *(folder / "static").iterdir()]
    outside = [found for file in files for found in re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text("utf-8"))]
    assert set(outside) <= {"http://www.w3.org"}  # the XML namespace of SVG, which is never requested


async def test_every_file_of_the_page_exists(running: Running) -> None:
    await running.come_in()
    async with running.session.get(running.home) as page:
        named = re.findall(r'(?:href|src)="(/\w+/[^"]+)"', await page.text())
    assert len(named) == 5
    assert [await running.status(path) for path in named] == [200] * 5


async def test_keys_reach_the_app_and_its_output_comes_back(running: Running) -> None:
    await running.come_in()
    async with running.line() as line:
        assert await heard(line) == "90x30"
        await line.send_json(["stdin", "é"])
        assert await heard(line) == "É"
        await line.send_json(["ping", "17"])
        assert json.loads(await heard(line)) == ["pong", "17"]


async def test_the_size_of_the_screen_is_limited(running: Running) -> None:
    await running.come_in()
    async with running.line() as line:
        await heard(line)
        await line.send_json(["resize", {"width": 10**9, "height": -1}])
        assert json.loads(await heard(line)) == {"type": "resize", "width": 500, "height": 5}


async def test_invalid_messages_are_ignored(running: Running) -> None:
    await running.come_in()
    async with running.line() as line:
        await heard(line)
        for nonsense in ("", "{", "[" * 5000, "[]", '["stdin"]', '["stdin", 7]', '["resize", {"width": "9"}]', "null"):
            await line.send_str(nonsense)
        await line.send_bytes(b"\x00")
        await line.send_str(r'["stdin", "half a \ud800 character"]')
        assert await heard(line) == "HALF A ? CHARACTER"


async def test_a_message_that_is_too_long_closes_its_own_web_socket_only(running: Running) -> None:
    await running.come_in()
    async with running.line() as other, running.line() as line:
        await heard(other)
        await heard(line)
        await line.send_json(["stdin", "x" * 2_000_000])
        assert (await line.receive(timeout=10)).type in {WSMsgType.CLOSE, WSMsgType.CLOSED}
        await other.send_json(["stdin", "still here"])
        assert await heard(other) == "STILL HERE"


async def test_the_web_socket_closes_when_the_app_ends(running: Running) -> None:
    await running.come_in()
    async with running.line() as line:
        await heard(line)
        await line.send_json(["stdin", "die"])
        assert (await line.receive(timeout=10)).type is WSMsgType.CLOSE


async def test_a_window_over_the_limit_is_refused_until_another_is_closed(running: Running) -> None:
    await running.come_in()
    async with running.line() as first:
        async with running.line() as second:
            await heard(first)
            await heard(second)
            async with running.line() as third:
                refusal = await third.receive(timeout=10)
                assert (refusal.type, refusal.data) == (WSMsgType.CLOSE, 1013)
                assert refusal.extra == "2 windows are open, which is the limit. Close one and open this page again."
        for _ in range(200):
            async with running.line() as again:
                if (await again.receive(timeout=10)).type is WSMsgType.BINARY:
                    break
        else:
            pytest.fail("nobody was let in after one had left")


class TestDeaf:
    """An app that ignores the request to end."""

    @pytest.fixture
    def command(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        monkeypatch.setattr("tui.web.visitor._STOP_TIMEOUT", 0.05)
        return [sys.executable, "-c", ECHO, "deaf"]

    async def test_it_is_killed_when_the_window_is_closed(
        self, running: Running, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        processes = []
        begin = asyncio.create_subprocess_exec

        async def remembered(*arguments: Any, **options: Any) -> asyncio.subprocess.Process:
            processes.append(await begin(*arguments, **options))
            return processes[-1]

        monkeypatch.setattr(asyncio, "create_subprocess_exec", remembered)
        await running.come_in()
        async with running.line() as line:
            await heard(line)
        assert await asyncio.wait_for(processes[0].wait(), 10) != 0


async def test_an_export_is_downloaded_unchanged_and_only_once(running: Running) -> None:
    await running.come_in()
    async with running.line() as line:
        await heard(line)
        await line.send_json(["stdin", "export"])
        assert json.loads(await heard(line)) == ["deliver_file_start", "k1"]
        async with running.session.get(f"{running.home}/download/k1") as file:
            assert await file.read() == EXPORTED
            assert file.headers["Content-Type"] == "application/octet-stream"
            assert file.headers["Content-Disposition"] == ("attachment; filename*=UTF-8''caf%C3%A9%3B%20%22b%22.txt")
        assert await running.status("/download/k1") == 404


def test_an_error_about_a_used_port_names_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port}: .*; choose another with --port"):
            serve(tmp_path, port, 1, lambda address: None)


def test_the_address_is_printed_first_and_an_interrupt_ends_the_server(tmp_path: Path) -> None:
    program = [
        sys.executable,
        "-c",
        "from tui.cli.main import main; main()",
        "--store",
        str(tmp_path / "store"),
        "serve",
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline()
        server.send_signal(signal.SIGINT)
        rest, said = server.communicate(timeout=30)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n", address)
    assert (server.returncode, rest) == (0, "")
    assert said == "Open this address in a browser on this machine. Ctrl+C stops it.\n"


def test_without_textual_serve_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("tui.cli.main._check_packages", lambda: None)
    result = CliRunner().invoke(main, ["--store", str(tmp_path), "serve"])
    assert result.exit_code == 2
    assert "pip install '.[web]'" in result.stderr


# Connections of anybody on this machine


async def flooded(connections: Connections, sent: bytes, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Serve with these limits, open 40 connections that send something, and visit; return the status and stderr."""
    with server._listening(0) as listener:
        gate = Gate(listener.getsockname()[1])
        running = Server([sys.executable, "-c", ""], gate, 2)
        running.connections = connections
        ready = asyncio.Event()
        serving = asyncio.create_task(server._serve(running, listener, ready.set))
        await ready.wait()
        writers = []
        for _ in range(40):
            _, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
            writer.write(sent)
            writers.append(writer)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as session, session.get(gate.address) as page:
            status = page.status
        for writer in writers:
            writer.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    return status, capfd.readouterr().err


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: x", b"\0odd\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n"]
)
async def test_half_and_odd_requests_keep_nobody_out_and_fill_no_log(
    sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await flooded(Connections(most=5), sent, capfd) == (200, "")


async def test_without_a_descriptor_left_the_oldest_waiting_connection_makes_room() -> None:
    connections, loop = Connections(most=1000), asyncio.get_running_loop()
    waiting, protocol = socket.socketpair()
    transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, protocol)
    connections._waiting[transport] = None
    with server._listening(0) as listener:
        answers = iter([OSError(errno.EMFILE, "Too many open files")])

        async def refuse_once(_: socket.socket) -> tuple[socket.socket, Any]:
            if error := next(answers, None):
                raise error
            return await asyncio.Future()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "sock_accept", refuse_once)
            accepting = asyncio.create_task(connections.accept(listener, asyncio.Protocol))
            assert await loop.run_in_executor(None, waiting.recv, 1) == b""
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
    waiting.close()


async def test_a_connection_that_sends_no_request_is_closed_after_a_while() -> None:
    with server._listening(0) as listener:
        running = Server([sys.executable, "-c", ""], Gate(listener.getsockname()[1]), 2)
        running.connections = Connections(seconds=0.05)
        ready = asyncio.Event()
        serving = asyncio.create_task(server._serve(running, listener, ready.set))
        await ready.wait()
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
        writer.write(b"GET / HTTP/1.1\r\n")
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
