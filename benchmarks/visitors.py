"""What the app in a browser costs: twenty visitors in a real Chromium, one that does not read, one that leaves.

    python -m benchmarks.visitors [--store DIR] [--visitors 20] [--picture FILE]

Memory is what the system charges to a process (PSS: shared pages divided among those who share them) and what it alone
has (USS). Needs Linux, chromium and the package playwright.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.making.browser import Served, Watched, chromium, gone_after, served
from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023

_SMALL = 4096


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", type=Path, help="else a store of one invented report")
    options.add_argument("--visitors", type=int, default=20)
    options.add_argument("--picture", type=Path, help="where to put a picture of the first visitor's page")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_still:
        store = asked.store or small_store(Path(folder))
        server = open_still.enter_context(served(store, "--visitors", str(asked.visitors)))
        browser = open_still.enter_context(chromium())
        pages, waits = [], []
        for _ in range(asked.visitors):
            watched = Watched(browser.new_page())
            begun = time.monotonic()
            watched.page.goto(server.address)
            watched.until("record as of")
            waits.append(time.monotonic() - begun)
            pages.append(watched)
        say("first frame, first visitor", f"{waits[0]:.2f} s")
        say(f"first frame, median of {len(waits)}", f"{statistics.median(waits):.2f} s")
        say("first frame, slowest", f"{max(waits):.2f} s")
        pages[0].page.wait_for_timeout(3000)
        tell_memory(server)
        one_too_many = Watched(browser.new_page())
        one_too_many.page.goto(server.address)
        one_too_many.page.wait_for_selector("#ended", state="visible")
        say("one visitor more is told", one_too_many.page.inner_text("#reason"))
        say("a search, with all of them there", f"{search(pages[0]):.2f} s")
        say("memory of that visit after it, PSS", f"{max(memory(pid)[0] for pid in server.visits):.0f} MB")
        if asked.picture:
            pages[0].page.screenshot(path=str(asked.picture))
        leaving(server, pages.pop())
        unread(server, pages[1])
        visits = server.visits
        os.kill(server.process.pid, signal.SIGKILL)
        say("server killed: the last visit ended after", f"{gone_after(visits):.1f} s")


def say(what: str, found: str) -> None:
    """One row."""
    print(f"{what:<52}{found}")


def small_store(folder: Path) -> Path:
    """A store of the shipped record and one invented report."""
    store, report = folder / "store", make_pdf(ilacs_2023(), folder / "report.pdf")
    program = [sys.executable, "-c", "from tui.cli.main import main; main()", "--store", str(store), "add", str(report)]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
    return store


def tell_memory(server: Served) -> None:
    """What each visitor's process has, after all have come in, and what the server has."""
    visits = server.visits
    charged, own = zip(*map(memory, visits), strict=True)
    say(f"memory of a visit, PSS, median of {len(visits)}", f"{statistics.median(charged):.0f} MB")
    say("memory of a visit, PSS, most", f"{max(charged):.0f} MB")
    say("memory of a visit, its own (USS), median", f"{statistics.median(own):.0f} MB")
    say("memory of all visits together (PSS)", f"{sum(charged):.0f} MB")
    say("memory of the server (PSS)", f"{memory(server.process.pid)[0]:.0f} MB")


def memory(pid: int) -> tuple[float, float]:
    """PSS and USS of a process, in MB."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rolled, re.MULTILINE)}
    return found["Pss"] / 1024, (found["Private_Clean"] + found["Private_Dirty"]) / 1024


def search(watched: Watched) -> float:
    """Seconds from the first key of a visitor's first search to the answer in the browser."""
    watched.forget()
    watched.press("/")
    watched.until("To the list")
    watched.forget()
    watched.page.keyboard.type("notes of visits")
    return watched.until("sentence")


def leaving(server: Served, watched: Watched) -> None:
    """A visitor closes the window."""
    before = set(server.visits)
    watched.page.close()
    begun = time.monotonic()
    while len(left := before - set(server.visits)) == 0:
        time.sleep(0.01)
    say("window closed: its process ended after", f"{time.monotonic() - begun:.2f} s ({len(left)} process)")


def unread(server: Served, other: Watched) -> None:
    """A visitor stops reading in the midst of a paint: others are answered, and the line is let go."""
    before = set(server.visits)
    with line(server, other) as stuck:
        while not (mine := set(server.visits) - before):
            other.page.wait_for_timeout(20)
        other.page.wait_for_timeout(2000)
        for _ in range(400):
            stuck.sendall(frame(b'["resize", {"width": 500, "height": 199}]'))
            stuck.sendall(frame(b'["resize", {"width": 499, "height": 200}]'))
        begun = time.monotonic()
        say("a search, beside a visitor that does not read", f"{search(other):.2f} s")
        charged = memory(server.process.pid)[0]
        say("memory of the server meanwhile (PSS)", f"{charged:.0f} MB")
        gone_after(list(mine))
        say("a visitor that does not read is let go after", f"{time.monotonic() - begun:.0f} s")


def line(server: Served, visitor: Watched) -> socket.socket:
    """A line to the app with the visitor's cookie, opened by hand, so that nobody reads it."""
    place = server.home.removeprefix("http://").strip("/")
    host, _, port = place.partition(":")
    [cookie] = visitor.page.context.cookies()
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
    stuck.connect((host, int(port)))
    stuck.sendall(
        f"GET /ws?width=200&height=60 HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\n"
        f"Cookie: {cookie['name']}={cookie['value']}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n".encode()
    )
    return stuck


def frame(words: bytes) -> bytes:
    """A short text, framed and masked as a browser's are."""
    mask = os.urandom(4)
    return bytes([0x81, 0x80 | len(words)]) + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(words))


if __name__ == "__main__":
    main()
