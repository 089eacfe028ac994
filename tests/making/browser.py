"""A running `reinspect serve` and pages of a real Chromium that record the text they are sent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

CHROMIUM = shutil.which("chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
PATIENCE = 30.0


class Served:
    """A running `reinspect serve`: the address that it printed, and its processes."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.home = address.partition("?")[0]

    @property
    def visits(self) -> list[int]:
        """The ids of the processes of its visitors."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        return [int(pid) for children in tasks.glob("*/children") for pid in _words(children)]


class Watched:
    """A page, and all text that it was sent, without terminal escape sequences."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outside: list[str] = []
        self.closed = False
        self._sent = ""
        page.on("websocket", self._listen)

    def _listen(self, line: WebSocket) -> None:
        line.on("framereceived", self._keep)
        line.on("close", lambda _: setattr(self, "closed", True))

    def _keep(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            self._sent += _ESCAPES.sub("", frame.decode("utf-8", "replace"))

    def forget(self) -> None:
        """Drop the text received so far."""
        self._sent = ""

    def until(self, words: str) -> float:
        """Wait until these words were sent and return the seconds it took; AssertionError if they never are."""
        begun = time.monotonic()
        while words not in self._sent:
            assert time.monotonic() - begun < PATIENCE, f"{words!r} did not come, but {self._sent[-2000:]!r}"
            self.page.wait_for_timeout(20)
        return time.monotonic() - begun

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@contextmanager
def served(store: Path, *options: str) -> Iterator[Served]:
    """Serve a store until the block ends."""
    program = [sys.executable, "-c", "from tui.cli.main import main; main()", "--store", str(store), "serve", *options]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield Served(process, process.stdout.readline().strip())
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a Chromium without a window until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def is_running(pid: int) -> bool:
    """Return True if a process exists and is not a zombie."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def gone_after(pids: list[int]) -> float:
    """Wait until all these processes have ended and return the seconds it took."""
    begun = time.monotonic()
    while any(is_running(pid) for pid in pids):
        assert time.monotonic() - begun < PATIENCE, f"still running: {[pid for pid in pids if is_running(pid)]}"
        os.sched_yield()
    return time.monotonic() - begun


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []
