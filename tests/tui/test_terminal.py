"""The real program in a real (pseudo) terminal: what bytes it sends there."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reinspect.reading import read_file
from store import Store

pty = pytest.importorskip("pty", reason="no pseudo terminals on this system")

_START = "import sys; from pathlib import Path; from tui.app import run; sys.exit(run(Path(sys.argv[1])))"
# What report text would do to a terminal: write its clipboard, its title, its colours, turn its words round.
ATTACKS = ("\x1b]52;c;ZXZpbA==\x07", "\x1b]0;owned\x07", "\x1b[31;44m", "\x9b2J", "\u202e", "\x1bP1$r\x1b\\")


class Terminal:
    """A terminal of 80 by 24 with the app in it."""

    def __init__(self, store: Path) -> None:
        self._pid, self._there = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", TEXTUAL_ANIMATIONS="none")
            os.execv(sys.executable, [sys.executable, "-c", _START, str(store)])
        self.received = b""

    def presses(self, keys: str) -> None:
        os.write(self._there, keys.encode())

    def waits_for(self, words: str, seconds: float = 30.0) -> None:
        """Until these words were sent since the last time."""
        begun, deadline = len(self.received), time.monotonic() + seconds
        while words.encode() not in self.received[begun:]:
            if not select.select([self._there], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} never came; the last was {self.received[-400:]!r}")
            self.received += os.read(self._there, 65536)

    def ends(self) -> int:
        """Everything that is still sent, and the exit code."""
        try:
            while chunk := os.read(self._there, 65536):
                self.received += chunk
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(self._there)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Path]:
    """A store that was given a document full of control sequences, in its text and in its name."""
    file = tmp_path / f"zebra{ATTACKS[1]}.txt"
    file.write_text("\n".join(f"The zebra {attack} crosses the road." for attack in ATTACKS), encoding="utf-8")
    folder = tmp_path / "store"
    additions = Store.open(folder).add([read_file(file)])
    assert additions[0].outcome == "unattached"
    yield folder


def test_no_control_byte_of_a_report_reaches_the_terminal(hostile: Path) -> None:
    terminal = Terminal(hostile)
    terminal.waits_for("record as of")
    terminal.presses("4")
    terminal.waits_for("Widen")
    terminal.presses("w")
    terminal.waits_for("every authority")
    terminal.presses("/zebra")
    terminal.waits_for("6 sentences")
    terminal.presses("\r")
    terminal.waits_for("Authority")
    terminal.presses("\r")
    terminal.waits_for("page 1")
    terminal.presses("q")
    terminal.ends()
    assert b"crosses the road" in terminal.received
    for attack in ATTACKS:
        assert attack.encode() not in terminal.received


def test_the_program_ends_with_q_and_says_so_with_its_exit_code(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "store")
    terminal.waits_for("record as of")
    terminal.presses("q")
    assert terminal.ends() == 0
