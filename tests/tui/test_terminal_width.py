"""Text that is piped is as wide as the terminal in which the command was typed."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from typing import IO

import pytest

from tui import streams

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[IO[str]]:
    """A terminal of 72 columns; the three streams of the program are pipes."""
    import fcntl
    import termios

    monkeypatch.delenv("COLUMNS", raising=False)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(streams.sys, name, io.StringIO())
    other_end, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 72, 0, 0))
    with os.fdopen(end, "r") as opened:
        yield opened
    os.close(other_end)


def test_without_any_terminal_the_width_is_fixed(terminal: IO[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert streams.terminal_width() == 100


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_any_stream_that_is_a_terminal_has_the_width(
    terminal: IO[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(streams.sys, name, terminal)
    assert streams.terminal_width() == 72
    monkeypatch.setenv("COLUMNS", "66")
    assert streams.terminal_width() == 66


def test_a_terminal_that_does_not_know_its_width_is_taken_for_a_usual_one(
    terminal: IO[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> os.terminal_size:
        raise OSError(25, "not a screen")

    monkeypatch.setattr(streams.sys, "stdin", terminal)
    monkeypatch.setattr(streams.os, "get_terminal_size", refuse)
    assert streams.terminal_width() == 80


def test_a_closed_stream_is_passed_over(terminal: IO[str], monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(streams.sys, "stdout", closed)
    monkeypatch.setattr(streams.sys, "stderr", None)
    monkeypatch.setattr(streams.sys, "stdin", terminal)
    assert streams.terminal_width() == 72
