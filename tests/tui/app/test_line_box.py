"""The text field of each dialog takes so much and no more, and says when it left something out."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.export import ExportDialog


@pytest.mark.parametrize(
    ("opening", "most"),
    [("a", 100), ("f", 2000), ("A", 4096), ("e", 4096), ("p 6 i", 1000), ("E end enter", 1000)],
)
async def test_a_long_text_that_is_pasted_is_cut_and_the_dialog_says_so(
    app: ReinspectApp, opening: str, most: int
) -> None:
    async with person_at(app) as person:
        await person.presses(*opening.split())
        box = app.screen.query_one(Input)
        box.post_message(Paste("[b]a word \U0001f600\n" * 3000))
        await person.waits()
        assert len(box.value) == most
        assert box.value.startswith("[b]a word \U0001f600 [b]a word")
        assert person.sees_in_line(f"The end was cut: {most:,} characters fit here.")
        await person.presses("backspace")
        assert not person.sees_in_line("The end was cut")
        assert len(box.value) == most - 1


async def test_a_full_box_says_so_when_a_letter_is_typed_and_takes_one_in_place_of_those_selected(
    app: ReinspectApp,
) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        box = app.screen.query_one(Input)
        box.post_message(Paste("o" * 100))
        await person.waits()
        assert not person.sees_in_line("The end was cut")
        await person.presses("x")
        assert person.sees_in_line("The end was cut")
        assert box.value == "o" * 100
        box.select_all()
        await person.presses("x")
        assert box.value == "x"
        assert not person.sees_in_line("The end was cut")


@pytest.mark.parametrize("width", [40, 50, 60, 80])
async def test_the_preview_of_an_export_breaks_no_row_and_no_key(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("e")
        assert isinstance(app.screen, ExportDialog)
        preview = app.screen.query_one("#previewed")
        assert preview.size.width <= width
        for _ in range(8):
            lines = str(preview.content).split("\n")  # type: ignore[attr-defined]
            assert max(map(len, lines)) <= preview.size.width
            assert preview.size.height == len(lines)
            await person.presses("down")
        assert person.sees_in_line("PgUp PgDn preview")


async def test_the_preview_follows_the_width_of_the_window(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("e")
        await person.resizes(44, 40)
        preview = app.screen.query_one("#previewed")
        assert max(map(len, str(preview.content).split("\n"))) <= preview.size.width  # type: ignore[attr-defined]
