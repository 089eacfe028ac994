"""`b` shows the briefing on the selected authority, and writes it to a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.export import ExportDialog


async def test_b_shows_the_briefing_and_enter_writes_it(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        await person.presses("b")
        await person.waits()
        assert isinstance(app.screen, ExportDialog)
        assert person.sees_in_line("Briefing: Camden")
        await person.presses("enter")
    assert (tmp_path / "camden-briefing.txt").read_text("utf-8").startswith("Briefing: Camden")


async def test_the_briefing_is_a_word_file_if_that_is_chosen(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        await person.presses("b", "down", "down", "down")
        assert person.sees_in_line("Briefing: Camden")
        await person.presses("enter")
    assert (tmp_path / "camden-briefing.docx").read_bytes().startswith(b"PK")
