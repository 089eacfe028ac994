"""Cost of the app in a browser: twenty visitors in a real Chromium, one that does not read, one that leaves.

    python -m benchmarks.speed.browser_visitors [--store DIR] [--visitors 20] [--picture FILE]

PSS is the memory that the system charges to a process (shared pages are divided among the processes that share them);
USS is the memory that it alone has. The first visitor's times are printed apart: later visitors find the server's
files in the page cache. Needs Linux, chromium and the package playwright.
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

_SMALL_BUFFER = 4096


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="default: a store of one invented report")
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--picture", type=Path, help="save a picture of the first visitor's page here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store = options.store or small_store(Path(folder))
        server = stack.enter_context(served(store, "--visitors", str(options.visitors)))
        browser = stack.enter_context(chromium())
        pages, waits = [], []
        for _ in range(options.visitors):
            watched = Watched(browser.new_page())
            started = time.monotonic()
            watched.page.goto(server.address)
            watched.until("record as of")
            waits.append(time.monotonic() - started)
            pages.append(watched)
        print_row("first frame, first visitor", f"{waits[0]:.2f} s")
        print_row(f"first frame, median of {len(waits)}", f"{statistics.median(waits):.2f} s")
        print_row("first frame, slowest", f"{max(waits):.2f} s")
        pages[0].page.wait_for_timeout(3000)
        print_memory(server)
        refused = Watched(browser.new_page())
        refused.page.goto(server.address)
        refused.page.wait_for_selector("#ended", state="visible")
        print_row("message to one visitor more", refused.page.inner_text("#reason"))
        print_row("first search, with all visitors there", f"{first_search(pages[0]):.2f} s")
        print_row("memory of that visit after it, PSS", f"{max(memory(pid)[0] for pid in server.visits):.0f} MB")
        if options.picture:
            pages[0].page.screenshot(path=str(options.picture))
        print_leaving(server, pages.pop())
        print_not_reading(server, pages[1])
        visits = server.visits
        os.kill(server.process.pid, signal.SIGKILL)
        print_row("server killed: the last visit ended after", f"{gone_after(visits):.1f} s")


def print_row(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<52}{figure}")


def small_store(folder: Path) -> Path:
    """Make a store of the shipped record and one invented report."""
    store, report = folder / "store", make_pdf(ilacs_2023(), folder / "report.pdf")
    program = [sys.executable, "-c", "from tui.cli.main import main; main()", "--store", str(store), "add", str(report)]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
    return store


def print_memory(server: Served) -> None:
    """Print the memory of the visitors' processes and of the server."""
    visits = server.visits
    charged, own = zip(*map(memory, visits), strict=True)
    print_row(f"memory of a visit, PSS, median of {len(visits)}", f"{statistics.median(charged):.0f} MB")
    print_row("memory of a visit, PSS, most", f"{max(charged):.0f} MB")
    print_row("memory of a visit, USS, median", f"{statistics.median(own):.0f} MB")
    print_row("memory of all visits together, PSS", f"{sum(charged):.0f} MB")
    print_row("memory of the server, PSS", f"{memory(server.process.pid)[0]:.0f} MB")


def memory(pid: int) -> tuple[float, float]:
    """Return PSS and USS of a process, in MB."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rolled, re.MULTILINE)}
    return sizes["Pss"] / 1024, (sizes["Private_Clean"] + sizes["Private_Dirty"]) / 1024


def first_search(watched: Watched) -> float:
    """Return the seconds from the last key of a visitor's first search to the answer in the browser."""
    watched.forget()
    watched.press("/")
    watched.until("To the list")
    watched.forget()
    watched.page.keyboard.type("notes of visits")
    return watched.until("sentence")


def print_leaving(server: Served, watched: Watched) -> None:
    """Close a visitor's window and print how long its process lives on."""
    before = set(server.visits)
    watched.page.close()
    started = time.monotonic()
    while len(ended := before - set(server.visits)) == 0:
        time.sleep(0.01)
    print_row("window closed: its process ended after", f"{time.monotonic() - started:.2f} s ({len(ended)} process)")


def print_not_reading(server: Served, other: Watched) -> None:
    """Let a visitor stop reading in the middle of a paint: others get answers, and its connection is closed."""
    before = set(server.visits)
    with connect(server, other) as stuck:
        while not (mine := set(server.visits) - before):
            other.page.wait_for_timeout(20)
        other.page.wait_for_timeout(2000)
        for _ in range(400):
            stuck.sendall(websocket_frame(b'["resize", {"width": 500, "height": 199}]'))
            stuck.sendall(websocket_frame(b'["resize", {"width": 499, "height": 200}]'))
        started = time.monotonic()
        print_row("first search, while another visitor does not read", f"{first_search(other):.2f} s")
        print_row("memory of the server meanwhile, PSS", f"{memory(server.process.pid)[0]:.0f} MB")
        gone_after(list(mine))
        print_row("the visitor that does not read is cut off after", f"{time.monotonic() - started:.0f} s")


def connect(server: Served, visitor: Watched) -> socket.socket:
    """Open a connection to the app by hand, with the visitor's cookie, from which nobody reads."""
    place = server.home.removeprefix("http://").strip("/")
    host, _, port = place.partition(":")
    [cookie] = visitor.page.context.cookies()
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_BUFFER)
    connection.connect((host, int(port)))
    connection.sendall(
        f"GET /ws?width=200&height=60 HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\n"
        f"Cookie: {cookie['name']}={cookie['value']}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n".encode()
    )
    return connection


def websocket_frame(words: bytes) -> bytes:
    """Return a short text, framed and masked as a browser does."""
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[number % 4] for number, byte in enumerate(words))
    return bytes([0x81, 0x80 | len(words)]) + mask + masked


if __name__ == "__main__":
    main()
