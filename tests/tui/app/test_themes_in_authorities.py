"""The themes in Authorities: what inspections ask to improve, each item one key away, and who solved it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from reinspect.authorities import authorities
from reinspect.model import Evidence, Improvement
from reinspect.record import Record
from store import Store
from tests.making.events import BARNET, reading
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.last_session import LastSession
from tui.selection import Location, Selection


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the shipped record and digests; those of Camden list what is to improve."""
    return Store.open(tmp_path / "store")


def followed(person: Person) -> int:
    """Return the number of improvements that are followed to say who solved a theme."""
    found = re.search(r"(\d+) improvements? followed", person.sees)
    assert found is not None
    return int(found[1])


async def test_t_shows_the_themes_and_t_again_the_authorities(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("themes in 5 inspections, most asked first", "own: Camden, 5")
        assert person.sees_in_line("Supervision and management", "60 %", "3 of 5")
        assert person.sees_in_line("r who solved it")
        await person.presses("t")
        assert person.sees_in_line("authorities by name")


async def test_every_item_of_a_theme_is_one_key_away_and_opens_its_page(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("Camden: asked in 3 of 5 inspections")
        await person.presses("enter")
        assert person.app.focused is not None
        assert person.app.focused.id == "theme-lines"
        await person.presses("enter")
        assert type(person.app.screen).__name__ == "ReaderScreen"


async def test_notes_of_a_digest_are_marked_and_counted_apart_from_reports(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert person.sees_in_line("0 of 7 reports added, 6 digests")
        for _ in range(6):
            if person.sees_in_line("digest, p. "):
                break
            await person.presses("left")
        assert person.sees_in_line("digest, p. "), "in the timeline"
        await person.presses("3")
        assert person.sees_in_line("digest, p. "), "in the recommendations"
        await person.presses("5", "t")
        assert person.sees_in_line("digest, p. "), "in the themes"


async def test_w_shows_how_long_it_takes_and_who_solved_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "slash")
        await person.types("allegations")
        await person.presses("enter", "r")
        assert person.sees_in_line("╭─ Who solved it ─")
        assert person.sees_in_line("││ Allegations")
        assert person.sees_in_line("Too few to say how long")
        assert person.sees_in_line("Asked and followed into a later text: 0")
        assert person.sees_in_line("other authorities. Firmly reported better:")
        await person.presses("r")
        assert person.sees_in_line("Camden: asked in 1 of 5 inspections")


async def test_who_solved_it_is_asked_again_after_the_store_has_changed(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "enter", "down", "E", "up", "enter", "r")
        before = followed(person)
        await person.presses("u")
        assert person.sees_in_line("╭─ Who solved it ─")
        assert person.sees_in_line("││ Supervision and management")
        assert followed(person) == before + 1


async def test_an_authority_without_reports_is_not_called_never_asked(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter", "5", "t")
        assert person.sees_in_line("Barnet: no report that lists what")
        assert "never asked" not in person.sees


async def test_never_asked_names_the_inspections_that_count(app: ReinspectApp, store: Store) -> None:
    place = Evidence(document="", page=1, start=0, end=20)
    asked = Improvement(index=1, text="the supervision of social workers", evidence=place)
    facts = replace(BARNET, improvements=(asked,))
    store.add([reading(("The supervision of social workers varies.",), "barnet", facts)])
    async with person_at(app, 120, 36) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter", "5", "t", "G")
        assert person.sees_in_line("Barnet: never the main subject")


async def test_c_says_what_an_improvement_is_about_and_u_undoes_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "E")
        assert person.sees_in_line("Go to an improvement first")
        await person.presses("enter", "E")
        assert person.sees_in_line("This improvement is about")
        await person.presses("up", "enter")
        assert person.sees_in_line("It is about Strategy discussions now. u undoes it.")
        assert person.sees_in_line("Supervision and management", "40 %", "2 of 5")
        await person.presses("u")
        assert person.sees_in_line("Supervision and management", "60 %", "3 of 5")


async def test_another_theme_shows_its_items_again(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "r", "down")
        assert not person.sees_in_line("╭─ Who solved it ─")
        assert person.sees_in_line("asked in 1 of 5 inspections")


async def test_the_filter_finds_themes_by_name_and_takes_a_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "slash")
        await person.types("superv")
        assert person.sees_in_line("1 of 12 themes in 5 inspections")
        await person.presses("enter", "t", "t", "slash")
        await person.types("since:2022")
        assert person.sees_in_line("themes in 3 inspections of", "since 2022")
        await person.types("z")
        assert person.sees_in_line("is not a year (2023), a month (2023-05) or a day")
        await person.presses_in_a_run(*["backspace"] * len("since:2022z"))
        assert person.sees_in_line("12 themes in 5 inspections")


async def test_themes_are_sorted_by_name_too(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "o")
        assert person.sees_in_line("by name")
        rows = [line for line in person.sees.split("\n") if " 20 %" in line]
        assert "Advocacy" in rows[0]


async def test_movers_take_the_place_of_themes(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "m")
        assert not person.sees_in_line("themes in")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 24), (40, 20)])
async def test_a_small_window_shows_the_table_above_the_items(app: ReinspectApp, width: int, height: int) -> None:
    async with person_at(app, width, height) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("Supervision", "60 %" if width > 40 else "3")
        assert person.sees_in_line("Camden: asked in 3 of 5")


async def test_what_is_shown_can_be_copied_with_its_source(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "y")
        assert app.clipboard.startswith("Supervision and management oversight: asked in 3 of 5 inspections (60 %)")
        await person.presses("enter", "y")
        assert "(Camden, " in app.clipboard
        await person.presses("Y", "enter")
        assert "What inspections ask to improve: all authorities" in app.clipboard


async def test_a_store_without_lists_says_what_to_do(tmp_path: Path) -> None:
    record = Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=())
    empty = ReinspectApp(lambda: Store.open(tmp_path / "empty", record=record))
    async with person_at(empty, 100, 30) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("No stored inspection lists what to improve.")


async def test_a_group_without_texts_says_that_it_is_the_group_that_has_none(store: Store) -> None:
    selection = Selection(authority="camden", cohort="neighbours:middlesbrough")
    app = ReinspectApp(lambda: store, session=LastSession(location=Location(selection=selection)))
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "t")
        seen = " ".join(person.sees.replace("│", " ").split())
        assert "No stored inspection of this group" in seen
        assert "f chooses another group" in seen
        await person.presses("r")
        assert "No stored inspection of this group lists what to improve." in told(app)
        await person.presses("t", "d")
        assert person.sees_in_line("No text of one side is stored, so nothing can be compared.")


async def test_the_themes_are_copied_in_the_order_on_screen(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t", "o", "Y", "down", "enter")
        rows = [line for line in app.clipboard.split("\n") if line.startswith("| ")]
        names = [row.split("|")[1].strip() for row in rows if "%" in row]
        assert len(names) > 3
        assert names == sorted(names)


async def test_years_with_too_few_inspections_for_bars_say_so(app: ReinspectApp) -> None:
    async with person_at(app, 120, 36) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("Supervision and management", "60 %", "3 of 5")
        assert "·····" not in person.sees
        assert person.sees_in_line("By year: 2017 1 of 1")
        assert "(a bar needs 5" in person.sees
