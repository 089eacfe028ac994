"""A pseudo-terminal that runs the program, and the attacks that text from elsewhere must not make on it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LIMIT = 60
ATTACKS = (
    "\x1b]52;c;ZXZpbA==\x07",  # writes the clipboard
    "\x1b]0;owned\x1b\\",  # writes the title
    "\x1b[31;44m",  # colours what follows
    "\x1b[7;77r",  # sets a scrolling region
    "\x1bP1$r\x1b\\",  # asks the terminal to answer, as if typed
    "\x9b2J",  # C1: clears the screen
    "\x9d52;c;ZXZpbA==\x9c",  # C1: the clipboard again
    "\u202egnp.exe",  # turns words round
    "\u2066hidden\u2069",
    "sp\u200blit\ufeff",  # zero width
    "\x08\x08\x7f\x0b",
)
"""Escape sequences in the forms that were found to pass through Textual and rich."""
HOSTILE = f"zebra {' '.join(ATTACKS)} crosses"
_LEAKS = (
    *(attack.encode() for attack in ATTACKS),
    b"\x1b]52",
    b"\x1b]0;",
    b"\x1b]2;",
    b"\xc2\x9b",
    b"\xc2\x9d",
    b"\x00",
    b"\x07",
    *(character.encode() for character in "\u202a\u202e\u2066\u2069\u200b\ufeff"),
)

_POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")  # Textual's own sequence for the shape of the pointer


def leaks(received: bytes) -> list[bytes]:
    """Return the attacks that are in the bytes that a terminal received."""
    output = _POINTER.sub(b"", received)
    return [leak for leak in _LEAKS if leak in output]


class Terminal:
    """A terminal in which a forked process runs a function."""

    def __init__(self, act: Callable[[], int | None], width: int = 80, height: int = 24) -> None:
        self.process, self.there = pty.fork()
        if self.process == 0:
            signal.alarm(LIMIT)
            os.environ.update(TERM="xterm-256color", COLUMNS=str(width), LINES=str(height), TEXTUAL_ANIMATIONS="none")
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            _connect_streams()
            code: int | str | None = 1
            try:
                code = act()
            except SystemExit as error:
                code = error.code
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code if isinstance(code, int) else int(code is not None))
        self.received = b""

    def presses(self, keys: str) -> None:
        """Send keys as a terminal does."""
        os.write(self.there, keys.encode())

    def pastes(self, text: str) -> None:
        """Paste text as a terminal does that uses bracketed paste."""
        self.presses(f"\x1b[200~{text}\x1b[201~")

    def leaves(self, then: str) -> None:
        """Press Esc and wait for these words; a key sent at once would be read as one with Esc."""
        self.presses("\x1b")
        self.waits_for(then)

    def waits_for(self, words: str, seconds: float = 30.0) -> None:
        """Wait until the process has printed these words, from now on."""
        begun, deadline = len(self.received), time.monotonic() + seconds
        while words.encode() not in self.received[begun:]:
            if not select.select([self.there], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{words!r} never came; the last was {self.received[-400:]!r}")
            try:
                self.received += os.read(self.there, 65536)
            except OSError:
                raise AssertionError(f"it ended before {words!r}: {self.received[-2000:]!r}") from None

    def settles(self, quiet: float = 0.5) -> None:
        """Wait until nothing has been printed for `quiet` seconds."""
        while select.select([self.there], [], [], quiet)[0]:
            self.received += os.read(self.there, 65536)

    def computed(self) -> float:
        """Return the seconds of CPU time that all threads of the process have used so far (Linux)."""
        tasks = Path(f"/proc/{self.process}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def ends(self) -> int:
        """Read everything that is still printed, and return the exit code."""
        try:
            while chunk := os.read(self.there, 65536):
                self.received += chunk
        except OSError:  # Linux reports a closed other end by an error.
            pass
        os.close(self.there)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def command(arguments: Sequence[str]) -> Terminal:
    """Run a command in a terminal to its end, and return the terminal."""
    from tui.cli.main import main

    terminal = Terminal(lambda: main(list(arguments)))
    terminal.ends()
    return terminal


def _connect_streams() -> None:
    """Connect the standard streams to the terminal; those of the test runner are not one."""
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", closefd=False)  # type: ignore[misc]  # noqa: SIM115
