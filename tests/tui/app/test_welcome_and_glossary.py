"""The welcome of the first run, the glossary, and the menu of formats for copying."""

from __future__ import annotations

import pytest

from store import Store
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.app.dialogs.authority import AuthorityPicker
from tui.app.dialogs.cohort import CohortDialog
from tui.app.dialogs.glossary import GlossaryDialog
from tui.app.dialogs.welcome import WelcomeDialog
from tui.app.main_screen import MainScreen
from tui.app.widgets.keys_line import KeysLine


@pytest.fixture
def newcomer(store: Store, monkeypatch: pytest.MonkeyPatch) -> ReinspectApp:
    """The app on its first run."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    return ReinspectApp(lambda: store, welcomes=True)


async def test_the_first_run_says_what_this_is_and_offers_three_doors(newcomer: ReinspectApp) -> None:
    async with person_at(newcomer) as person:
        assert isinstance(newcomer.screen, WelcomeDialog)
        assert person.sees_in_line("Compares Ofsted's inspections")
        assert person.sees_in_line("Choose your council")
        assert person.sees_in_line("Add reports and letters")
        assert person.sees_in_line("See an example: Camden's grades")
        assert person.sees_in_line("◆ Outstanding", "■ Inadequate")


@pytest.mark.parametrize("keys", [("a",), ("enter",)])
async def test_the_first_door_leads_to_the_list_of_councils(newcomer: ReinspectApp, keys: tuple[str, ...]) -> None:
    async with person_at(newcomer) as person:
        await person.presses(*keys)
        assert isinstance(newcomer.screen, AuthorityPicker)


@pytest.mark.parametrize("width", [40, 60, 80])
async def test_the_welcome_fits_a_small_window_and_breaks_no_sign_from_its_word(
    newcomer: ReinspectApp, width: int
) -> None:
    async with person_at(newcomer, width, 24) as person:
        assert person.sees_in_line("■ Inadequate")
        assert person.sees_in_line("∅ not judged")
        assert person.sees_in_line("explains every")
        assert newcomer.screen.max_scroll_y == 0


async def test_the_second_door_leads_to_adding_files(newcomer: ReinspectApp) -> None:
    async with person_at(newcomer) as person:
        await person.presses("down", "enter")
        assert person.sees_in_line("Add documents")


async def test_capital_t_shows_the_camden_example(newcomer: ReinspectApp) -> None:
    async with person_at(newcomer) as person:
        await person.presses("T")
        assert isinstance(newcomer.screen, MainScreen)
        assert newcomer.session.location.selection.authority == "camden"


async def test_capital_t_shows_the_camden_example_at_any_time_and_in_every_tab(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter")
        await person.presses("6", "T")
        assert person.sees_in_line("Camden", "record as of")
        assert person.sees_in_line("Grades, 2017 to 2025")
        await person.presses("H")
        assert person.sees_in_line("Barnet", "record as of")


async def test_q_closes_the_welcome_and_does_not_quit(newcomer: ReinspectApp) -> None:
    async with person_at(newcomer) as person:
        await person.presses("q")
        assert isinstance(newcomer.screen, MainScreen)
        assert newcomer.is_running


async def test_another_key_closes_the_welcome_and_does_what_it_always_does(newcomer: ReinspectApp) -> None:
    async with person_at(newcomer) as person:
        await person.presses("5")
        await person.waits()
        assert isinstance(newcomer.screen, MainScreen)
        assert person.sees_in_line("authorities by name")


async def test_a_later_run_does_not_welcome(app: ReinspectApp) -> None:
    async with person_at(app):
        assert isinstance(app.screen, MainScreen)


async def test_f2_explains_the_words_and_every_caveat(app: ReinspectApp) -> None:
    async with person_at(app, 120, 60) as person:
        await person.presses("f2")
        assert isinstance(app.screen, GlossaryDialog)
        assert person.sees_in_line("SIF  Single inspection framework")
        assert person.sees_in_line("Strand  A subject that is graded")
        await person.presses("G")
        assert person.sees_in_line("K13  ")
        await person.presses("escape")
        assert isinstance(app.screen, MainScreen)


async def test_the_help_leads_to_the_glossary(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("question_mark", "f2")
        assert isinstance(app.screen, GlossaryDialog)


@pytest.mark.parametrize(("downs", "sign", "words"), [(1, "| ", "as Markdown"), (2, "<!DOCTYPE html>", "as HTML")])
async def test_capital_y_copies_a_table_in_the_format_that_is_chosen(
    app: ReinspectApp, downs: int, sign: str, words: str
) -> None:
    async with person_at(app) as person:
        await person.presses("2", "Y", *["down"] * downs, "enter")
        assert sign in app.clipboard
        assert words in told(app)


async def test_a_click_on_a_key_of_the_last_line_presses_it(app: ReinspectApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        person = Person(pilot)
        await person.waits()
        last = person.sees.split("\n")[-1]
        await pilot.click(KeysLine, offset=(last.index("f Group"), 0))
        await person.waits()
        assert isinstance(app.screen, CohortDialog)
