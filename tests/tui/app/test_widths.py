"""Tables in windows of different widths: a wider window never shows less."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace
from textual.content import Content

from reinspect.authorities import authorities
from reinspect.model import Window
from store import Store
from tests.making.events import VISIT, reading
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.masthead import Masthead

WIDTHS = (60, 80, 100, 120, 140, 160, 200)


@pytest.fixture
def store(store: Store) -> Store:
    """Camden with five more visits, so that not all of its years fit into a narrow window."""
    for year in (2014, 2016, 2019, 2021, 2024):
        days = (Window(date(year, 6, 1), date(year, 6, 2)),)
        page = f"Dear director,\nManagers looked at records in {year}."
        store.add([reading((page,), "camden", replace(VISIT, windows=days), kind="letter")])
    return store


def years_in_view(person: Person) -> int:
    """The number of years in the heading of the table."""
    return len(re.findall(r"(?<!\S)(?:20|')\d\d(?!\S)", person.sees.split("\n")[3]))


@pytest.mark.parametrize("pane", ["1", "3"])
async def test_a_wider_window_never_shows_fewer_years(app: ReinspectApp, pane: str) -> None:
    async with person_at(app, WIDTHS[0], 30) as person:
        await person.presses(pane)
        seen = {WIDTHS[0]: years_in_view(person)}
        for width in WIDTHS[1:]:
            await person.resizes(width, 30)
            seen[width] = years_in_view(person)
        assert list(seen.values()) == sorted(seen.values())
        assert seen[60] < seen[200]


@pytest.mark.parametrize("pane", ["1", "3"])
async def test_hidden_columns_return_when_there_is_room(app: ReinspectApp, pane: str) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses(pane, "end")
        before = years_in_view(person)
        await person.resizes(60, 30)
        assert years_in_view(person) < before
        await person.resizes(120, 30)
        assert years_in_view(person) == before


async def test_a_line_joins_the_grades_of_a_strand_and_is_longer_in_a_wider_window(app: ReinspectApp) -> None:
    async with person_at(app, 100, 30) as person:
        before = person.sees.count("─ ┊") + person.sees.count("──")
        assert person.sees_in_line("Leaders ", "◆ O")
        await person.resizes(200, 30)
        assert person.sees.count("──") > before


async def test_forty_columns_show_every_tab_the_legend_and_the_name(app: ReinspectApp) -> None:
    async with person_at(app, 40, 24) as person:
        tabs = person.sees.split("\n")[1]
        assert [number for number in "123456" if number in tabs] == list("123456")
        assert "1 Timeline" in tabs
        assert person.sees_in_line("◆ O", "● G", "┊ visit")
        await person.presses("3")
        assert "3 Recommendations" in person.sees.split("\n")[1]


async def test_a_long_name_is_cut_and_leaves_out_the_group(app: ReinspectApp) -> None:
    async with person_at(app, 40, 24) as person:
        await person.presses("a")
        await person.types("bournemouth, christ")
        await person.presses("enter", "f")
        await person.types("camden")
        await person.presses("enter")
        assert person.sees.split("\n")[0].strip() == "Bournemouth, Christchurch and Poole"
        masthead = app.screen.query_one(Masthead)
        masthead.show(replace(authorities().all()[0], name="A council of " + "many words " * 5), None, "region:London")
        assert masthead.render().cell_length == masthead.size.width
        assert masthead.render().plain.endswith("…")


async def test_what_may_be_typed_for_a_group_is_not_broken_within_an_example(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("f")
        assert not any(line.rstrip(" │").endswith("  a") for line in person.sees.split("\n"))


async def test_a_list_that_begins_with_long_words_is_shown_from_its_first_line(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        lines = LineList()
        await app.screen.mount(lines)
        prose = ListLine(Content("first " + "word " * 500), heading=True)
        lines.fill([prose, ListLine(Content("second")), ListLine(Content("third"))])
        await person.waits()
        assert person.sees_in_line("first word")
        await person.resizes(90, 24)
        assert person.sees_in_line("first word")
        while lines.place == 1:
            assert not person.sees_in_line("third")
            lines.action_move(1)
            await person.waits()
        assert person.sees_in_line("third")
