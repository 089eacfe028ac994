"""A key typed right after the one that leaves a search box is a command and does not go into the box."""

from __future__ import annotations

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from reinspect.phrases.query import LONGEST_QUERY
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.search_box import SearchBox


async def _presses_at_once(person: Person, *keys: str) -> None:
    """Send all keys before the app has handled the first one, as a terminal does when somebody types fast."""
    for key in keys:
        person.app.post_message(Key(key, key if len(key) == 1 else None))
    await person.waits()


@pytest.mark.parametrize("leaving", ["enter", "down", "escape"])
async def test_a_sort_key_right_after_a_name_is_not_typed_into_it(app: ReinspectApp, leaving: str) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await _presses_at_once(person, *"barnet", leaving, "o")
        assert app.screen.query_one("#filter", Input).value == "barnet"
        assert person.sees_in_line("1 of 158 authorities by longest since inspected")


async def test_a_widen_key_right_after_a_search_is_not_typed_into_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "slash")
        await _presses_at_once(person, *"oversight", "enter", "w")
        assert app.screen.query_one("#query", Input).value == "oversight"
        assert person.sees_in_line("of every authority")


async def test_a_step_key_right_after_a_search_in_the_reader_is_not_typed_into_it(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "slash")
        await _presses_at_once(person, *"records", "enter", "j")
        box = app.screen.query_one(SearchBox)
        assert box.value == "records"
        assert not box.display
        assert person.sees_in_line("none of 1 found")
        await person.presses("n")
        assert person.sees_in_line("1 of 1 found")


async def test_a_long_text_that_is_pasted_is_cut_and_the_answer_says_so(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "slash")
        app.screen.query_one("#query", Input).post_message(Paste("oversight\nof managers " * 600))
        await person.waits()
        assert len(app.screen.query_one("#query", Input).value) == LONGEST_QUERY + 1
        assert app.screen.query_one("#query", Input).value.startswith("oversight of managers oversight")
        assert person.sees_in_line("Only the first 24 words are searched for.")


async def test_a_full_box_takes_a_letter_again_once_one_is_deleted(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "slash")
        box = app.screen.query_one("#query", Input)
        box.post_message(Paste("o" * 2 * LONGEST_QUERY))
        await person.presses("x", "backspace", "x")
        assert box.value == "o" * LONGEST_QUERY + "x"
        assert person.sees_in_line("Only the first 1,000 characters are searched for.")


@pytest.mark.parametrize(("pane", "box"), [("4", "#query"), ("5", "#filter")])
async def test_a_slash_can_be_typed_into_a_box(app: ReinspectApp, pane: str, box: str) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses(pane)
        await _presses_at_once(person, "slash", "a", "n", "d")
        await person.presses("slash", "o", "r")
        assert app.screen.query_one(box, Input).value == "and/or"


@pytest.mark.parametrize("opening", ["a", "f", "A", "e"])
async def test_letters_typed_right_after_the_key_of_a_dialog_go_into_its_box(app: ReinspectApp, opening: str) -> None:
    async with person_at(app, 120, 40) as person:
        await _presses_at_once(person, opening, *"norq")
        assert app.screen.query_one(Input).value == "norq"
        await person.presses("x")
        assert app.screen.query_one(Input).value == "norqx"
