"""The frame of a panel: its title stays off the line, with corners and without."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.panel import set_frame
from tui.app.widgets.table import Table


async def test_a_title_has_a_space_on_both_sides_in_a_frame_and_on_a_line_alone(app: ReinspectApp) -> None:
    async with person_at(app, 80, 30) as person:
        framed = next(line for line in person.sees.split("\n") if "Grades" in line)
        assert framed.startswith("╭─ Grades,")
        await person.resizes(60, 30)
        alone = next(line for line in person.sees.split("\n") if "Grades" in line)
        assert alone.startswith("─ Grades,")
        assert alone.index(" ─", 3) > alone.index("Grades")
        await person.resizes(80, 30)
        assert next(line for line in person.sees.split("\n") if "Grades" in line) == framed


@pytest.mark.parametrize(("width", "title"), [(30, "twelve improvements"), (22, "12 improvements"), (14, "12")])
async def test_the_longest_title_that_fits_is_shown(width: int, title: str) -> None:
    class Framed(App[None]):
        CSS = ".panel { border: round blue; }"

        def compose(self) -> ComposeResult:
            yield Table()

        def on_mount(self) -> None:
            set_frame(self.query_one(Table), "twelve improvements", shorter=["12 improvements", "12"])

    app = Framed()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        assert str(app.query_one(Table)._border_title) == title
