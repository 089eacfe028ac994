"""The second click of a double click does nothing to what the first one has opened."""

from __future__ import annotations

from textual.events import MouseDown, MouseUp

from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.app.reader_screen import ReaderScreen
from tui.app.widgets.line_list import LineList
from tui.app.widgets.table import Table


async def clicks(person: Person, x: int, y: int, at: float) -> None:
    """Click a cell of the screen at a moment, as a terminal reports it."""
    for kind in (MouseDown, MouseUp):
        event = kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        event.time = at
        person.app.post_message(event)
    await person.waits()


def cursors(app: ReinspectApp) -> tuple[int, int, int | None]:
    """Return where the cursors of the Timeline are."""
    chart, details = app.screen.query_one("#history", Table), app.screen.query_one("#details", LineList)
    return chart.row, chart.column, details.place


def place_of(person: Person, words: str) -> tuple[int, int]:
    """Return the column and row of some words on the screen."""
    for row, line in enumerate(person.sees.split("\n")):
        if words in line:
            return line.index(words), row
    raise AssertionError(f"{words} is not on the screen")


async def test_a_double_click_on_an_authority_does_not_click_the_timeline_that_it_opens(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5")
        x, y = place_of(person, "▸ Camden")
        await clicks(person, x, y, at=100.0)
        assert person.sees_in_line("Grades, 2017 to 2025")
        before = cursors(app)
        await clicks(person, x, y, at=100.2)
        assert cursors(app) == before
        await clicks(person, x, y, at=101.0)
        assert cursors(app) != before


async def test_a_click_at_another_place_counts_however_fast_it_is(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        x, y = place_of(person, "4 Phrases")
        await clicks(person, x, y, at=100.0)
        assert person.sees_in_line("/ searches")
        x, y = place_of(person, "1 Timeline")
        await clicks(person, x, y, at=100.3)
        assert person.sees_in_line("Grades, 2017 to 2025")


async def test_two_clicks_on_one_line_choose_it_and_open_its_page(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        x, y = place_of(person, "◆ O")
        await clicks(person, x, y, at=100.0)
        await clicks(person, x, y, at=100.2)
        assert isinstance(app.screen, ReaderScreen)
        await clicks(person, x, y, at=100.4)
        assert isinstance(app.screen, ReaderScreen)
