"""The line of progress on a terminal never stands before or behind a result."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from store import Store
from tests.making.readings import SMALL_RECORD
from tui.cli.progress import import_with_progress, read_with_progress


class Terminal(StringIO):
    """A terminal with the streams of output and of errors on one screen."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """Return the rest of each line once it was cleared."""
        return [line.rpartition("\x1b[K")[2] for line in self.getvalue().split("\n")]


def terminal_in(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal for what the test prints; a fixture cannot, as pytest sets the streams again after it."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    names = [tmp_path / f"note-{number}.txt" for number in range(3)]
    for name in names:
        name.write_text(f"A plain note, called {name.name}.", "utf-8")
    return names


def test_results_of_an_import_have_lines_of_their_own(
    monkeypatch: pytest.MonkeyPatch, files: list[Path], tmp_path: Path
) -> None:
    terminal = terminal_in(monkeypatch)
    store = Store.open(tmp_path / "store", record=SMALL_RECORD)
    for result in import_with_progress(store, files, 1):
        terminal.write(f"{result.file}\n")
    assert terminal.lines == [*map(str, files), ""]
    assert "reading: 1 of 3 files" in terminal.getvalue()


def test_pages_that_are_read_have_lines_of_their_own(monkeypatch: pytest.MonkeyPatch, files: list[Path]) -> None:
    terminal = terminal_in(monkeypatch)
    for reading in read_with_progress(files, 1):
        terminal.write(f"{reading.file}\n")
    assert terminal.lines == [*map(str, files), ""]
    assert "reading: 1 of 3 files" in terminal.getvalue()
