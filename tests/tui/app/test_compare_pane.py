"""The Compare pane: n and N step through the passages on the same subject, in whichever list the cursor is."""

from __future__ import annotations

import pytest

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.panes.compare import ComparePane
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.line_list import LineList


@pytest.mark.parametrize("name", ["care", "side-a", "side-b", "pairs", "details"])
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


async def test_at_40_columns_the_change_stands_beside_the_grade_of_b(app: ReinspectApp) -> None:
    async with person_at(app, 40, 24) as person:
        await person.presses("2", "left_square_bracket", "left_curly_bracket")
        assert person.sees_in_line("Help and protection", "▲ R", "● G ↗ 1")
        assert person.sees_in_line("In care and care l…", "● G", "● G (j) →")


async def test_at_60_columns_the_change_is_a_sign_beside_a_long_name(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("2", "left_square_bracket", "left_curly_bracket")
        assert person.sees_in_line("A 2017", "B 2022", "Change", "See")
        assert person.sees_in_line("In care and care leavers", "● G (j)", "→", "K3")


async def test_at_40_columns_a_sign_says_which_of_two_authorities_is_higher(app: ReinspectApp) -> None:
    async with person_at(app, 40, 24) as person:
        await person.presses("2", "O")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("Overall", "● G A=B")
        assert person.sees_in_line("Leaders", "◆ O A<B")
        assert person.sees_in_line("Help and prot", "▲ R A>B")


async def test_the_same_grade_of_two_authorities_is_said_in_a_narrow_window(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("2", "O")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("Overall", "● G", "same grade")


@pytest.mark.parametrize("width", [111, 120, 161, 200])
async def test_the_passages_that_follow_begin_in_the_same_row_on_both_sides(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 50) as person:
        await person.presses("2")
        for number in (1, 2, 3):
            assert person.sees_in_line(f"│ {number} · ", f"││ {number} · ")
        await person.presses("n")
        assert not person.sees_in_line("│ 1 · ")
        assert person.sees_in_line("│ 2 · ", "││ 2 · ")


async def test_a_following_passage_of_a_panel_can_be_reached(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("2")
        side = app.screen.query_one("#side-b", LineList)
        app.screen.set_focus(side)
        await person.presses("down")
        line = side.under_cursor
        assert line is not None
        assert line.content.plain.startswith("2 · ")
        assert line.quote in line.content.plain


async def test_a_very_wide_window_has_the_caveats_beside_the_grades(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("2")
        assert person.sees_in_line("A ILACS", "Read with care, and what was asked")
        assert person.sees_in_line("Said in one report alone")
        await person.resizes(120, 50)
        assert person.sees_in_line("Read with care, and said in one report alone")
