"""Moving through the app: history, authorities, comparison groups and keys."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from store import Store
from store.location import SettingsError
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp, _check_keymap
from tui.app.history import History
from tui.app.keys_reference import taken_key
from tui.last_session import LastSession, load_last_session, save_last_session, session_file
from tui.selection import Location, Selection
from tui.settings import Settings, settings

# Back and forward


async def test_back_and_forward_through_panes_and_authorities(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "a")
        await person.types("barnet")
        await person.presses("enter", "5")
        await person.presses("H", "H")
        assert person.sees_in_line("Camden", "record as of")
        assert person.sees_in_line("A ILACS inspection 25-29 April 2022")
        await person.presses("alt+right")
        assert person.sees_in_line("Barnet", "record as of")
        await person.presses("alt+left", "alt+left", "alt+left")
        assert told(app) == "There is nothing before this."


def test_moving_the_cursor_adds_nothing_to_the_history() -> None:
    history = History()
    history.visit(Location(pane="Timeline", selection=Selection(authority="camden")))
    history.visit(
        Location(pane="Timeline", selection=Selection(authority="camden", inspection="camden-2017-09-11-sif"))
    )
    assert not history.can_step(-1)
    assert history.current.selection.inspection == "camden-2017-09-11-sif"


async def test_the_app_starts_where_the_last_session_ended(app: ReinspectApp, store: Store, tmp_path: Path) -> None:
    async with person_at(app) as person:
        await person.presses("2", "left_square_bracket")
        session = app.session
    settings = tmp_path / "new"
    save_last_session(settings, store.folder, session)
    async with person_at(ReinspectApp(lambda: store, session=load_last_session(settings, store.folder))) as person:
        assert person.sees_in_line("A SIF inspection")


@pytest.mark.parametrize("written", ["{broken", f'{{"theme": {"[" * 100_000}', "[]", "\0"], ids=range(4))
def test_a_session_file_that_cannot_be_read_is_ignored(tmp_path: Path, written: str) -> None:
    for file in (tmp_path / "left-off.json", session_file(tmp_path, tmp_path / "store")):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written)
    assert load_last_session(tmp_path, tmp_path / "store") == LastSession()


def test_each_store_has_its_own_location_but_all_share_the_theme(
    tmp_path: Path,
) -> None:
    barnet = Location(pane="Compare", selection=Selection(authority="barnet", cohort="region:London"))
    save_last_session(tmp_path, tmp_path / "ours", LastSession(location=barnet, theme="nord"))
    assert load_last_session(tmp_path, tmp_path / "theirs") == LastSession(theme="nord")
    save_last_session(tmp_path, tmp_path / "theirs", LastSession(theme="gruvbox"))
    assert load_last_session(tmp_path, tmp_path / "ours") == LastSession(location=barnet, theme="gruvbox")


def test_a_legacy_session_file_keeps_only_the_theme(tmp_path: Path) -> None:
    (tmp_path / "left-off.json").write_text('{"place": {"pane": "Basket"}, "theme": "nord"}')
    assert load_last_session(tmp_path, tmp_path / "store") == LastSession(theme="nord")


# To another authority


async def test_an_unknown_name_lists_the_most_similar_authorities(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("xyz")
        assert person.sees_in_line('No authority is called "xyz". The most similar names:')
        assert person.sees_in_line("Bexley")
        await person.types("zzzz")
        assert person.sees_in_line('No authority is called "xyzzzzz". Try fewer letters.')
        await person.presses("enter", *["backspace"] * 7)
        assert not person.sees_in_line("No authority is called")
        await person.types("barn")
        await person.presses("enter")
        assert person.sees_in_line("Barnet", "record as of")


# Comparison groups


async def test_f_compares_the_timeline_with_a_group(app: ReinspectApp) -> None:
    async with person_at(app, 80, 50) as person:
        await person.presses("f")
        await person.types("region:Lond")
        await person.presses("enter")
        assert person.sees_in_line("Not accepted:", "there is no")
        await person.types("on")
        await person.presses("enter")
        assert person.sees_in_line("Camden", "with London (33)")
        assert person.sees_in_line("Compared with authorities of London")
        assert person.sees_in_line("Latest graded inspection of each, 2019; Camden is from 2025")
        assert person.sees_in_line("the group", "Camden", "better same lower")
        assert re.search(r"Overall +● 1 +· \d+ +● G +0 +1 +0 ", person.sees)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("camden since:2017", "Camden is the only authority"),
        ("region:London since:2050", "no inspection of this group is stored"),
        ("camden,barnet since:2021", "no inspection of this group is stored"),
    ],
)
async def test_f_refuses_a_group_with_nothing_to_compare_with(app: ReinspectApp, typed: str, why: str) -> None:
    async with person_at(app) as person:
        await person.presses("f")
        await person.types(typed)
        await person.presses("enter")
        assert person.sees_in_line("Not accepted:", why)
        await person.presses("escape")
        assert not person.sees_in_line("Camden", f"with {typed}")


async def test_authorities_are_filtered_by_a_typed_group(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("5", "slash")
        await person.types("neighbours:camden")
        assert person.sees_in_line("10 of 158 authorities (statistical neighbours of Camden)")
        assert not person.sees_in_line("Camden ", "◆ O")


async def test_w_searches_the_authority_then_the_group_then_all(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("f")
        await person.types("barnet")
        await person.presses("enter", "4", "w", "w")
        assert person.sees_in_line("There is no text to search.")
        assert person.sees_in_line("A adds reports from files")
        await person.presses("w", "slash")
        await person.types("steady")
        assert person.sees_in_line("1 sentence", "of every authority")


async def test_compare_shows_the_grades_of_the_group_for_b(app: ReinspectApp) -> None:
    async with person_at(app, 80, 50) as person:
        await person.presses("f")
        await person.types("region:London")
        await person.presses("enter", "2")
        assert person.sees_in_line("Camden", "with London (33)")
        assert person.sees_in_line("Compared with authorities of London")
        assert person.sees_in_line("Latest graded inspection of each, 2019; B is from 2025")
        assert re.search(r"Overall +● 1 +· \d+ +● G +0 +1 +0 ", person.sees)
        await person.presses("x")
        assert re.search(r"Overall +● 1 +· \d+ +◆ O +0 +0 +1 ", person.sees)


async def test_a_pane_that_does_not_use_the_group_says_so(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("3", "f")
        await person.types("region:London")
        await person.presses("enter")
        assert (
            told(app) == "Timeline, Compare, Phrases and Authorities compare with the group; Recommendations does not."
        )
        assert person.sees_in_line("Camden", "group not used in this tab")
        await person.resizes(40, 24)
        assert person.sees_in_line("Camden", "no group here")
        await person.resizes(80, 24)
        for pane in "1245":
            await person.presses(pane)
            assert person.sees_in_line("Camden", "with London (33)")


async def test_compare_shows_the_grade_changes_of_the_group(app: ReinspectApp) -> None:
    async with person_at(app, 80, 50) as person:
        await person.presses("f")
        await person.types("region:London")
        await person.presses("enter", "2", "O")
        await person.types("barnet")
        await person.presses("enter", "x")
        assert person.sees_in_line("B Barnet, ILACS inspection 13-17 May 2019")
        assert person.sees_in_line("Changes in the group's grades from each inspection to the next")
        assert person.sees_in_line("Overall: 1 improved, 1 declined")


async def test_an_exported_comparison_includes_the_group(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("f")
        await person.types("region:London")
        await person.presses("enter", "2", "e", "enter")
    assert "Camden compared with the group" in (tmp_path / "camden-compare.txt").read_text(encoding="utf-8")


async def test_a_group_that_has_become_empty_names_the_key_to_change_it(store: Store) -> None:
    session = LastSession(
        location=Location(selection=Selection(authority="camden", cohort="grade:adoption=inadequate"))
    )
    async with person_at(ReinspectApp(lambda: store, session=session), 80, 50) as person:
        assert person.sees_in_line("The group cannot be used: no authority is in every part")
        assert person.sees_in_line("f chooses another group, or none.")


async def test_the_higher_of_two_authorities_is_called_by_its_name(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "O")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("Leaders", "Camden is higher")
        assert person.sees_in_line("Help and protection", "Barnet is higher")
        await person.resizes(60, 24)
        assert person.sees_in_line("Help and protection", "A is higher")


async def test_capital_o_compares_with_another_authority(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "O")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("A Barnet, ILACS inspection 13-17 May 2019")
        assert person.sees_in_line("B Camden, ILACS inspection 3-7 March 2025")
        await person.presses("left_curly_bracket")
        assert person.sees_in_line("B Camden, ILACS inspection 25-29 April 2022")


# Authorities with few or no inspections


async def test_an_authority_that_ended_names_its_successor(app: ReinspectApp) -> None:
    async with person_at(app, 120, 24) as person:
        await person.presses("a")
        await person.types("poole")
        await person.presses("enter")
        assert person.sees_in_line("No inspection of Poole is stored.")
        assert person.sees_in_line("passed to Bournemouth, Christchurch and Poole.")
        await person.presses("2", "O")
        assert told(app) == "A comparison needs a graded inspection: A adds a report, a chooses another authority."


async def test_a_single_inspection_can_be_compared_with_another_authority(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter", "2")
        assert person.sees_in_line("O compares it with the latest of another authority.")
        await person.presses("O")
        await person.types("camden")
        await person.presses("enter")
        assert person.sees_in_line("A Camden, ILACS inspection 3-7 March 2025")
        assert person.sees_in_line("B Barnet, ILACS inspection 13-17 May 2019")


async def test_without_improvements_to_follow_the_pane_says_what_to_do(app: ReinspectApp) -> None:
    async with person_at(app, 120, 24) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter", "3")
        assert person.sees_in_line("No Barnet reports added yet that ask for anything")
        assert person.sees_in_line("A adds")


# Recommendations


async def test_an_improvement_is_followed_into_the_later_report(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("3")
        assert person.sees_in_line("Apr 2022 ILACS (1)")
        await person.presses("G")
        assert person.sees_in_line("1. The oversight of records")
        assert person.sees_in_line("ILACS inspection 3-7 March 2025:")
        assert person.sees_in_line("undecided: read these") or person.sees_in_line("of 10 such cases")


async def test_a_persons_verdict_overrides_the_computed_one(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("3", "v", "down", "enter")
        assert told(app).startswith("Your verdict is saved: ")
        assert person.sees_in_line("corrected by a person")
        await person.presses("u")
        assert not person.sees_in_line("by a person")


# Keys


async def test_a_key_that_can_do_nothing_says_why(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("left", "left", "left", "c")
        assert told(app) == "No earlier inspection is stored to compare it with."
        await person.presses("question_mark", "pagedown")
        assert person.sees_in_line("compare with the graded inspection before", "(not now:")


async def test_the_palette_offers_the_actions_of_the_pane(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2")
        offered = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Swap A and B", "Export this tab to a file", "Show Basket", "Choose an authority"} <= offered
        assert {"Maximize", "Screenshot"}.isdisjoint(offered)


async def test_the_palette_says_where_the_settings_are_kept(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("ctrl+p")
        await person.types("settings where")
        await person.presses("enter")
        assert "config.toml" in told(app)
        assert "`reinspect config` shows all of them" in told(app)


async def test_the_settings_give_an_action_another_key(store: Store) -> None:
    app = ReinspectApp(lambda: store, Settings(keymap={"take.copy": "z"}))
    async with person_at(app) as person:
        await person.presses("z")
        assert told(app).startswith("Copied 1 line")


def test_an_error_in_the_settings_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert settings(file) == Settings()
    file.write_text('theme = "textual-light"\nwidth = 90\n[keymap]\n"take.copy" = "z"\n')
    assert settings(file) == Settings(theme="textual-light", width=90, keymap={"take.copy": "z"})
    file.write_text('group = "region:London"\n')
    assert settings(file) == Settings(group="region:London")
    file.write_text('cohort = "region:London"\n')
    assert settings(file) == Settings(group="region:London")
    file.write_text("width = 10\n")
    with pytest.raises(SettingsError, match=r"config.toml: the settings cannot be read: Expected `int` >= 60"):
        settings(file)


@pytest.mark.parametrize(
    ("action", "key", "owner"),
    [("take.copy", "c", "timeline.compare"), ("compare.swap", "p", "take.pin"), ("export.back", "down", "export.next")],
)
def test_a_key_that_another_action_of_the_same_tab_has_is_refused(action: str, key: str, owner: str) -> None:
    taken = taken_key({action: f"ctrl+y,{key}"})
    assert taken is not None
    assert taken.startswith(f'"{action}" cannot have the key "{key}", which "{owner}')
    with pytest.raises(SettingsError, match=r"config.toml: keymap: .* choose another key"):
        _check_keymap(Settings(keymap={action: key}), Path("config.toml"))


@pytest.mark.parametrize(("key", "name"), [("?", "question_mark"), ("/", "slash")])
def test_a_key_that_another_action_has_is_refused_by_its_sign_too(key: str, name: str) -> None:
    taken = taken_key({"take.copy": key})
    assert taken is not None
    assert f'cannot have the key "{name}"' in taken


def test_a_key_of_another_tab_and_a_swap_of_two_keys_are_taken() -> None:
    assert taken_key({"take.copy": "ctrl+y", "timeline.compare": "x"}) is None
    assert taken_key({"take.copy": "p", "take.pin": "y"}) is None


@pytest.mark.parametrize("page", ["keys.md", "settings.md"])
def test_the_keymap_that_the_pages_show_is_accepted(page: str) -> None:
    text = (Path(__file__).parents[3] / "docs" / page).read_text("utf-8")
    (shown,) = re.findall(r'^"(take.copy)" = "(.+)"$', text, re.MULTILINE)
    assert taken_key(dict([shown])) is None


def test_the_page_of_keys_is_up_to_date() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "tui.app.keys_reference"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    kept = Path(__file__).parents[3] / "docs" / "keys.md"
    assert kept.read_text("utf-8") == made, "python -m tui.app.keys_reference > docs/keys.md"


# Windows


@pytest.mark.parametrize("width", [60, 79, 80, 120])
async def test_every_tab_is_in_view_at_any_width(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width) as person:
        assert person.sees_in_line("Compare", "3", "Rec", "Phrases", "Aut", "Basket")


async def test_letters_typed_into_a_dialog_are_not_commands(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("f")
        await person.types("qpy")
        assert app.screen.query_one(Input).value == "qpy"
        await person.presses("escape")
        assert person.sees_in_line("Camden", "record as of")


# Fast typing


async def test_a_key_pressed_before_the_store_is_open_keeps_its_pane(app: ReinspectApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await Person(pilot).waits()
        assert isinstance(app.screen.focused, Input)
        assert app.screen.query_one("PhrasesPane").display


async def test_a_click_on_a_title_brings_up_its_pane(app: ReinspectApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(pilot)
        await person.waits()
        await pilot.click("TabsLine", offset=(15, 0))
        await person.waits()
        assert person.sees_in_line("A ILACS inspection 25-29 April 2022")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
async def test_every_pane_fits_the_width_and_keeps_its_cursor(app: ReinspectApp, width: int) -> None:
    async with person_at(app, 100, 24) as person:
        await person.presses("5", "j", "2", "tab", "j")
        cited = next(each for each in app.screen.query("LineList") if each.has_focus)
        before = cited.place
        await person.resizes(width, 24)
        assert cited.place == before
        assert all(len(line) == width for line in person.sees.split("\n"))
        assert person.sees_in_line("? Help", "q Quit")
