"""The app without a screen begins at the last place, asks for each line, and ends at the end of the input."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from store import Store
from tui.linear.run import run_linear


class Typing(StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def nothing_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_it_begins_where_the_person_left_off(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("authority barnet\ngroup region:London\nquit\ntimeline\n"))
    run_linear(store.folder)
    assert capsys.readouterr().out.count("Timeline: ") == 2
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    run_linear(store.folder)
    printed, said = capsys.readouterr()
    assert printed.startswith("Timeline: Barnet")
    assert "Group region:London" in printed
    assert said == "Type help for the list of commands.\n"


def test_at_a_terminal_every_line_is_asked_for_with_the_part_reached(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Typing("\nmore 1\nbasket\nquit\n"))
    run_linear(store.folder)
    printed, said = capsys.readouterr()
    assert said.startswith("Type help for the list of commands.\nPart 1 of ")
    assert ". Press Enter for the next. What next? " in said
    assert said.count("What next? ") == 4
    assert printed.count("Timeline: Camden") == 2
    assert said.endswith("What next? ")


def test_a_pipe_gets_all_of_an_answer_and_is_asked_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("compare\n"))
    run_linear(store.folder)
    printed, said = capsys.readouterr()
    assert "Camden: ILACS 2022 and ILACS 2025" in printed
    assert printed.count("Open Government Licence") == 2
    assert "What next?" not in said
