"""The help dialog: wrapped descriptions."""

from __future__ import annotations

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.keys import KeysDialog
from tui.app.main_screen import MainScreen


async def test_a_long_description_continues_below_its_own_words(app: ReinspectApp) -> None:
    async with person_at(app, 60, 40) as person:
        await person.presses("4", "question_mark", "pagedown")
        assert person.sees_in_line("│            F  filter by authority, strand, kind")
        assert person.sees_in_line("│               of text and years")


async def test_descriptions_are_wrapped_to_the_room_beside_the_scroll_bar(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("6", "question_mark")
        lines = [line for line in person.sees.split("\n") if "│" in line]
        continued = [line for line in lines if "cursor.)" in line and "not now" not in line]
        assert continued
        assert all(line.split("│")[-3].startswith(" " * 15) for line in continued)


async def test_f1_opens_the_help_and_closes_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 60) as person:
        await person.presses("f1")
        assert isinstance(app.screen, KeysDialog)
        await person.presses("f1")
        assert isinstance(app.screen, MainScreen)


async def test_a_list_in_the_help_of_a_tab_has_an_item_a_line_and_no_markdown(app: ReinspectApp) -> None:
    async with person_at(app, 120, 60) as person:
        await person.presses("3", "question_mark")
        assert person.sees_in_line("│ - ↻ raised again: ")
        assert person.sees_in_line("│ - ✓ reported better: ")
        assert "**" not in person.sees
