"""The movers: who went from one grade to another, when, and how long it took."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from reinspect.answers import Library
from reinspect.authorities import authorities
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import graded
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.last_session import LastSession
from tui.selection import Location, Selection

GRADES = {
    ("barnet", date(2017, 4, 24)): "inadequate",
    ("barnet", date(2019, 5, 13)): "good",
    ("kent", date(2016, 9, 12)): "inadequate",
    ("kent", date(2018, 12, 3)): "requires improvement",
    ("kent", date(2023, 2, 20)): "good",
    ("camden", date(2022, 4, 25)): "good",
}


@pytest.fixture
def record() -> Record:
    """A record in which Barnet moved directly and Kent by way of another grade."""
    inspections = []
    for (slug, day), grade in GRADES.items():
        framework = "sif" if day.year < 2018 else "ilacs-2018" if day.year < 2023 else "ilacs-2023"
        facts = graded(framework, day, day.replace(day=day.day + 4), overall=grade, leaders=grade)
        inspections.append(RecordedInspection(id=f"{slug}-{day}", authority=slug, facts=facts))
    return Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=tuple(inspections))


@pytest.fixture
def store(tmp_path: Path, record: Record) -> Store:
    return Store.open(tmp_path / "store", record=record)


async def test_m_shows_who_moved_with_the_way_and_the_time(app: ReinspectApp) -> None:
    async with person_at(app, 160, 30) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("2 moves (1 direct) · Inadequate → good or better")
        assert person.sees_in_line("Barnet", "■ Apr 2017 ━", "● May 2019", "2y 1m", "none (direct)")
        assert person.sees_in_line("Kent", "■ Sep 2016", "▲ Dec 2018", "● Feb 2023", "6y 5m", "requires improvement")
        await person.presses("m")
        assert person.sees_in_line("158 authorities by name (5 of them ended)")


async def test_esc_goes_back_to_all_authorities_and_removes_a_filter(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        for key in ("m", "t"):
            await person.presses("5", key)
            assert not person.sees_in_line("158 authorities")
            await person.presses("escape")
            assert person.sees_in_line("158 authorities by name (5 of them ended)")
        await person.presses("slash")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("1 of 158 authorities")
        await person.presses("escape")
        assert person.sees_in_line("158 authorities by name (5 of them ended)")
        await person.presses("escape")
        assert person.sees_in_line("158 authorities by name (5 of them ended)")


async def test_a_group_that_was_typed_stays_from_the_list_to_the_themes_and_back(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("region:London")
        await person.presses("enter", "t")
        assert app.screen.query_one("#filter", Input).value == "region:London"
        await person.presses("t")
        assert person.sees_in_line("authorities of London")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
async def test_how_long_it_took_is_seen_in_every_window(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 24) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("Barnet", "2y 1m")
        assert person.sees_in_line("Kent", "6y 5m")


async def test_the_whole_way_is_seen_from_sixty_columns_on(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("Kent", "6y 5m", "■ Sep 2016 → ▲ → ● Feb 2023")


async def test_forty_columns_show_the_grades_and_the_month_of_the_last(app: ReinspectApp) -> None:
    async with person_at(app, 40, 24) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("Kent", "6y 5m", "■▲● Feb 2023")
        assert person.sees_in_line("Authority", "From, and to")


async def test_a_typed_move_shows_the_movers_and_dates_limit_them(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("moved:overall=inadequate>good since:2020")
        assert person.sees_in_line("1 move (0 direct) · Inadequate → good or better since 2020")
        assert not person.sees_in_line("Barnet", "(direct)")


async def test_a_move_that_is_not_understood_says_what_is_missing(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("moved:overall=inadequate>goood")
        assert person.sees_in_line('there is no grade "goood"')


async def test_movers_are_sorted_by_the_time_taken(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "o")
        rows = [line for line in person.sees.split("\n") if "● " in line]
        assert "quickest first" in person.sees
        assert "Barnet" in rows[-2]
        assert "Kent" in rows[-1]


async def test_movers_are_copied_as_a_markdown_table(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "Y", "down", "enter")
        assert "| Authority | From | To | Time taken | By way of |" in app.clipboard
        assert "| Barnet | inadequate, April 2017 | good, May 2019 | 2 years 1 month | directly |" in app.clipboard


async def test_the_copy_and_the_export_follow_the_order_on_screen_and_name_it(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "o", "o", "Y", "enter")
        assert app.clipboard.index("Kent") < app.clipboard.index("Barnet")
        assert "latest first. Record of inspections as of 20 August 2026" in " ".join(app.clipboard.split())
        await person.presses("e", "enter")
        [file] = tmp_path.glob("*.txt")
        exported = file.read_text(encoding="utf-8")
        assert exported.index("Kent") < exported.index("Barnet")


async def test_a_mover_is_pinned_in_words(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "y")
        assert app.clipboard.startswith("Barnet: inadequate, April 2017, to good, May 2019: 2 years 1 month, directly")
        sources = app.clipboard.rpartition("(")[2].split("; ")
        assert ["2017" in sources[0], "2019" in sources[-1]] == [True, True]


async def test_enter_shows_the_timeline_of_a_mover(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "down", "enter")
        assert person.sees_in_line("Kent", "South East")
        assert person.sees_in_line("Overall", "■ I", "▲ R", "● G")


@pytest.mark.parametrize(("width", "end"), [(60, "● May 2019"), (80, "● May 2019")])
async def test_a_narrow_window_keeps_both_dates_as_long_as_they_fit(app: ReinspectApp, width: int, end: str) -> None:
    async with person_at(app, width, 24) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("Barnet", "■ Apr 2017", end)


async def test_the_group_limits_the_movers_and_the_title_names_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "f")
        await person.types("region:London")
        await person.presses("enter")
        assert person.sees_in_line("1 move (1 direct) · Inadequate → good or better · London (33)")
        assert not person.sees_in_line("Kent", "requires improvement")


async def test_a_typed_name_limits_the_movers(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "slash")
        await person.types("kent")
        assert person.sees_in_line("1 move (0 direct)", "names with kent")
        assert not person.sees_in_line("Barnet", "(direct)")


async def test_m_leaves_the_movers_that_a_typed_move_shows(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("moved:overall=inadequate>good")
        await person.presses("enter", "m")
        assert person.sees_in_line("158 authorities by name (5 of them ended)")


def test_the_library_answers_the_same_question(store: Store) -> None:
    answer = Library(store).movers(since="2018", cohort="region:London")
    assert [mover.authority.name for mover in answer.movers] == ["Barnet"]
    [record] = answer.records()
    assert record["months"] == 25
    assert record["via"] == []


@pytest.mark.parametrize("width", [80, 120])
async def test_a_group_in_which_nobody_moved_says_so_and_what_to_press(store: Store, width: int) -> None:
    selection = Selection(authority="middlesbrough", cohort="neighbours:middlesbrough")
    app = ReinspectApp(lambda: store, session=LastSession(location=Location(selection=selection)))
    async with person_at(app, width, 30) as person:
        await person.presses("5", "m")
        seen = " ".join(person.sees.split())
        assert "None of the 10 authorities in this group (statistical neighbours of Middlesbrough) went from" in seen
        assert "f chooses another group or none, m lists the group." in seen
        assert "similar to" not in seen
        assert "no authority is in every part" not in seen
        assert "..." not in person.sees
        await person.presses("m")
        assert person.sees_in_line("of 158 authorities (statistical neighbours of Middlesbrough)")


async def test_a_name_that_no_mover_has_says_so(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "m", "slash")
        await person.types("zzz")
        assert person.sees_in_line('No mover is called "zzz". / changes the name, m lists all authorities.')
        assert not person.sees_in_line("From, and to")


async def test_a_typed_move_that_nobody_made_says_so(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("moved:overall=inadequate>good since:2030")
        assert person.sees_in_line("Nobody made this move: moved:overall=inadequate>good since:2030.")
        assert not person.sees_in_line("similar to")
