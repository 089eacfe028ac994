"""The help dialog: wrapped descriptions."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.keys import KeysDialog
from tui.app.main_screen import MainScreen
from tui.app.widgets.line_list import MOST_WIDTH


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


async def test_each_key_of_a_pair_has_a_line_of_its_own(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        await person.presses("p", "6", "question_mark")
        assert person.sees_in_line("J shift+↓  move the pin down")
        assert person.sees_in_line("K shift+↑  move the pin up")


async def test_q_closes_the_help_and_the_glossary_above_it(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        await person.presses("f1", "f2", "q")
        assert isinstance(app.screen, KeysDialog)
        await person.presses("q")
        assert isinstance(app.screen, MainScreen)


async def test_the_footer_of_the_basket_names_the_keys_for_pins(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("6")
        footer = person.sees.split("\n")[-1]
        assert "i Note  J K Move  del Remove  y Copy  e Export  ? Help  q Quit" in footer


async def test_a_pane_that_compares_with_no_group_does_not_name_its_key(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("3")
        assert "f Group" not in person.sees.split("\n")[-1]


async def test_no_line_of_the_help_is_wider_than_prose_may_be(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("question_mark")
        about = str(app.screen.query_one("#about-pane", Static).content)
        assert "a row for each strand" in about
        assert max(map(len, about.split("\n"))) <= MOST_WIDTH


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("key", ["question_mark", "f2"])
async def test_a_sign_of_the_legend_stays_with_its_word(app: ReinspectApp, width: int, key: str) -> None:
    async with person_at(app, width, 60) as person:
        await person.presses(key)
        assert person.sees_in_line("■ Inadequate")
        assert person.sees_in_line("∅ not judged")
        assert person.sees_in_line("┊ visit")
