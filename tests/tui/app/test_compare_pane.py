"""The Compare pane: n and N step through the passages on the same subject, in whichever list the cursor is."""

from __future__ import annotations

import pytest

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.panes.compare import ComparePane
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.line_list import LineList


@pytest.mark.parametrize("name", ["side-a", "side-b", "pairs", "details"])
async def test_n_steps_to_the_next_passages_in_each_list_of_a_wide_window(app: ReinspectApp, name: str) -> None:
    async with person_at(app, 200, 60) as person:
        await person.presses("2")
        pairs = app.screen.query_one(ComparePane).query_one("#pairs", LineList)
        app.screen.set_focus(app.screen.query_one(ComparePane).query_one(f"#{name}", LineList))
        assert pairs.place == 0
        await person.presses("n")
        assert pairs.place == 1
        await person.presses("N")
        assert pairs.place == 0
        assert "n Next" in app.screen.query_one(KeysLine).render().plain


async def test_n_goes_to_the_passages_of_a_narrow_window(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("2", "n")
        details = app.screen.query_one(ComparePane).query_one("#details", LineList)
        assert app.screen.focused is details
        place = details.place
        await person.presses("n")
        assert (details.place or 0) > (place or 0)
