"""A screen closes once: what still arrives at it, and what repeats the key that closed it, does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.dialogs.export import ExportDialog
from tui.app.main_screen import MainScreen
from tui.app.reader_screen import ReaderScreen

# The tab and the key that open each dialog; in the welcome and the reader, keys below open more.
DIALOGS = [
    ("1", "a"),
    ("1", "f"),
    ("1", "E"),
    ("1", "Y"),
    ("1", "A"),
    ("1", "f2"),
    ("1", "question_mark"),
    ("1", "ctrl+p"),
    ("2", "O"),
    ("3", "v"),
    ("4", "f"),
    ("1", "e"),
]


async def presses_in_one_burst(person: Person, *keys: str) -> None:
    """Press keys so fast that the app has all of them before it acts on the first."""
    for event in [Key(key, None) for key in keys]:
        person.app.post_message(event)
    await person.waits()


@pytest.mark.parametrize("keys", [("enter", "enter"), ("escape", "escape"), ("enter", "escape"), ("escape", "enter")])
async def test_two_keys_in_one_burst_close_a_dialog_and_open_nothing_below(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 100, 30) as person:
        for tab, key in DIALOGS:
            await person.presses(tab, key)
            assert isinstance(app.screen, ModalScreen), key
            await presses_in_one_burst(person, *keys)
            assert app.is_running
            assert not isinstance(app.screen, ReaderScreen), key
            while not isinstance(app.screen, MainScreen):
                await person.presses("escape")


async def test_an_answer_that_arrives_at_a_closed_dialog_closes_nothing_else(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("1", "E")
        dialog = app.screen
        assert isinstance(dialog, ChoiceDialog)
        options = dialog.query_one(OptionList)
        clicked = OptionList.OptionSelected(options, options.options[0], 0)
        dialog.dismiss(None)
        dialog.dismiss(None)
        dialog.on_option_list_option_selected(clicked)
        await person.waits()
        assert isinstance(app.screen, MainScreen)


async def test_a_dialog_below_another_one_stays_until_it_is_in_front(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("question_mark")
        below = app.screen
        await person.presses("f2")
        below.dismiss(None)
        await person.waits()
        assert len(app.screen_stack) == 3
        await person.presses("escape", "escape")
        assert isinstance(app.screen, MainScreen)


async def test_a_second_escape_in_one_burst_closes_the_reader_alone(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("enter", "question_mark")
        await presses_in_one_burst(person, "escape", "escape")
        assert isinstance(app.screen, ReaderScreen)
        await presses_in_one_burst(person, "escape", "escape")
        assert isinstance(app.screen, MainScreen)


@pytest.mark.parametrize("key", ["E", "f2", "question_mark", "enter"])
async def test_q_twice_in_one_burst_closes_what_is_in_front_and_does_not_quit(app: ReinspectApp, key: str) -> None:
    async with person_at(app) as person:
        await person.presses(key)
        await presses_in_one_burst(person, "q", "q")
        assert isinstance(app.screen, MainScreen)
        assert app.is_running


async def test_two_letters_q_in_one_burst_are_typed_into_a_text_field(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        for _ in range(2):
            app.post_message(Key("q", "q"))
        await person.waits()
        assert app.screen.query_one("#typed", Input).value == "qq"


async def test_the_same_key_twice_in_one_burst_opens_one_dialog(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await presses_in_one_burst(person, "f", "f")
        assert len(app.screen_stack) == 2


async def test_a_file_is_replaced_only_after_the_question_was_seen(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("1", "e")
        file = tmp_path / app.screen.query_one("#path", Input).value
        file.write_text("mine")
        await presses_in_one_burst(person, "enter", "enter")
        assert isinstance(app.screen, ExportDialog)
        assert file.read_text() == "mine"
        await person.presses("enter")
        assert isinstance(app.screen, MainScreen)
        assert file.read_text() != "mine"


async def test_a_key_that_was_pressed_before_a_dialog_closed_counts_for_the_dialog_alone(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("f")
        earlier = [Key(key, None) for key in ("enter", "q", "escape")]
        await person.presses("escape")
        for key in earlier:
            app.post_message(key)
        await person.waits()
        assert isinstance(app.screen, MainScreen)
        assert app.is_running


async def test_enter_works_again_once_a_dialog_has_closed(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("f", "escape", "enter")
        assert isinstance(app.screen, ReaderScreen)
