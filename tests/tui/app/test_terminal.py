"""The real program in a pseudo terminal and in tmux: its output bytes and its exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="no pseudo terminals on this system")

from reinspect.reading import read_file
from store import Store
from tests.making.reports import ilacs_2023
from tests.making.terminal import ATTACKS, Terminal, leaks
from tui.app.app import run

PATIENCE = 30.0


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A store with a report that has control sequences in its text and in its file name."""
    pages = ilacs_2023()
    pages[1].extend(f"{number}. The zebra {attack} crosses the road." for number, attack in enumerate(ATTACKS, 6))
    file = tmp_path / f"report{ATTACKS[0]}.txt"
    file.write_text("\f".join("\n".join(page) for page in pages), encoding="utf-8")
    folder = tmp_path / "store"
    (addition,) = Store.open(folder).add([read_file(file)])
    assert addition.inspection == "camden-2024-03-04-ilacs"
    return folder


def test_no_control_byte_of_a_report_reaches_the_terminal(hostile: Path) -> None:
    terminal = Terminal(lambda: run(hostile))
    terminal.waits_for("record as of")
    terminal.presses("4")
    terminal.waits_for("Recurring phrases (")
    terminal.presses("/zebra")
    terminal.waits_for("crosses the road")
    terminal.presses("\x11")
    assert terminal.ends() == 0
    assert leaks(terminal.received) == []


def test_the_tests_detect_an_attack_that_reaches_the_terminal() -> None:
    """The check of the other tests finds an attack that is there, so they can fail."""

    def attack() -> int:
        os.write(1, "".join(ATTACKS).encode())
        return 0

    terminal = Terminal(attack)
    terminal.ends()
    assert all(each.encode() in leaks(terminal.received) for each in ATTACKS)


def test_q_ends_the_program_with_exit_code_0(tmp_path: Path) -> None:
    terminal = Terminal(lambda: run(tmp_path / "store"))
    terminal.waits_for("See an example")
    # A q that comes before the welcome has closed counts for the welcome, so the screen below it must be painted first.
    terminal.settles()
    terminal.presses("q")  # closes the welcome
    terminal.waits_for("Open")
    terminal.presses("q")
    assert terminal.ends() == 0


class Tmux:
    """A tmux server with one window; a shell runs the program there and prints its exit code."""

    def __init__(self, socket: Path, command: str) -> None:
        self._tmux = ["tmux", "-S", str(socket), "-f", os.devnull]
        self("new-session", "-d", "-x", "80", "-y", "24", f"{command}; echo ended with $?; sleep {PATIENCE}")
        # Many people set this in their tmux settings: applications may set the clipboard.
        self("set-option", "-s", "set-clipboard", "on")

    def __call__(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], capture_output=True, check=True, encoding="utf-8").stdout

    @property
    def screen(self) -> str:
        return self("capture-pane", "-p")

    def waits_for(self, *words: str) -> None:
        """Wait until a line of the screen has all these words."""
        until = time.monotonic() + PATIENCE
        while not any(all(word in line for word in words) for line in self.screen.split("\n")):
            assert time.monotonic() < until, f"{words} never came; the screen is:\n{self.screen}"


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    program = f"{sys.executable} -c 'from tui.cli.main import main; main()' --store {tmp_path / 'store'}"
    # The path of a socket must be short.
    socket = Path(f"/tmp/reinspect-{os.getpid()}.tmux")
    running = Tmux(socket, f"env -u COLUMNS -u LINES XDG_CONFIG_HOME={tmp_path / 'config'} {program}")
    yield running
    subprocess.run(["tmux", "-S", str(socket), "kill-server"], capture_output=True, check=False)
    socket.unlink(missing_ok=True)


def test_reading_copying_and_quitting_work_in_tmux(tmux: Tmux) -> None:
    tmux.waits_for("1 Timeline", "5 Authorities")
    tmux.waits_for("record as of")
    tmux("send-keys", "5")
    tmux.waits_for("authorities by name")
    tmux("send-keys", "/")
    tmux.waits_for("To the list")
    tmux("send-keys", "camden", "Enter")
    tmux.waits_for("1 of", "authorities")
    tmux("send-keys", "y")
    tmux.waits_for("Copied 1 line")
    assert tmux("show-buffer").startswith("Camden: overall ")
    tmux("resize-window", "-x", "60", "-y", "20")
    tmux.waits_for("6Basket")
    assert max(map(len, tmux.screen.split("\n"))) <= 60
    tmux("send-keys", "q")
    tmux.waits_for("ended with 0")
