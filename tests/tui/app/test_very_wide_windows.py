"""Very wide windows: the space is filled with the words behind a grade, a group by name, and an authority's history."""

from __future__ import annotations

import pytest

from store import Store
from tests.making.events import SIF, reading
from tests.making.person import person_at
from tui.app.app import ReinspectApp


def panel_of(sees: str, title: str) -> str:
    """Return the text of the panel with this title, as far down as the screen goes."""
    lines = sees.split("\n")
    top = next(row for row, line in enumerate(lines) if title in line)
    left = lines[top].rindex("╭", 0, lines[top].index(title))
    right = lines[top].index("╮", left)
    return "\n".join(line[left:right] for line in lines[top:])


async def test_the_timeline_shows_what_the_report_says_on_the_strand_under_the_cursor(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("down", "down")
        words = panel_of(person.sees, "2025 report · Help and protection (4)")
        assert "- Managers see the records of every child.  p. 1, para 2" in words
        await person.presses("left")
        words = panel_of(person.sees, "2022 report · Help and protection (3)")
        assert "- Delay is common.  p. 1, para 3" in words


async def test_a_visit_shows_its_letter_and_an_inspection_without_a_text_nothing(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("left", "left")
        assert "- Managers look at records more often now." in panel_of(person.sees, "2018 letter")
        await person.presses("left")
        assert "letter (" not in person.sees
        assert "report (" not in person.sees
        assert person.sees_in_line("1 report not added yet (D downloads, A adds files)")
        assert person.sees_in_line("SIF inspection  11 September - 5 October 2017")


async def test_enter_on_a_paragraph_opens_its_page_and_p_pins_it(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("down", "down", "tab", "tab", "down", "p")
        assert [pin.text for pin in app._opened.store.pins()] == ["Managers see the records of every child."]
        await person.presses("enter")
        assert person.sees_in_line("report: Camden, ILACS inspection 3-7 March 2025", "page 1 of 2")


async def test_the_authorities_of_a_group_are_named_with_their_grade_on_the_strand(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("f")
        await person.types("barnet")
        await person.presses("enter", "down")
        stands = panel_of(person.sees, "Where Camden stands")
        assert "group  Camden better same lower" in stands
        assert "In care and leavers" in stands
        assert "Leaders, by name" in stands
        assert "● G  Barnet  May 2019" in stands


@pytest.mark.parametrize(("pane", "title"), [("1", "2025 report"), ("5", "Camden · London")])
async def test_a_window_of_usual_width_is_not_crowded(app: ReinspectApp, pane: str, title: str) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses(pane)
        assert title not in person.sees
        await person.resizes(200, 50)
        assert title in person.sees
        await person.resizes(120, 40)
        assert title not in person.sees


async def test_authorities_show_the_history_of_the_one_under_the_cursor(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("5")
        history = panel_of(person.sees, "Camden · London")
        assert "Mar 2025  ILACS  ● G  ◆ O  ▲ R  ◆ O  ● G       1" in history
        assert "since 2022       ↘ 1  →    ↘ 1      " in history
        assert "Sep 2017  SIF    ● G  ● G  ▲ R  ● G  ● G       no report" in history
        assert "To improve, Mar 2025 (1)" in history
        assert "- delay for children in pre-proceedings  (Principle 1)  p. 2, para 4" in history
        await person.presses("slash")
        await person.types("barnet")
        await person.presses("enter")
        assert "May 2019  ILACS  ● G  ● G  ● G  ● G  no report" in panel_of(person.sees, "Barnet · London")


async def test_movers_and_themes_take_the_whole_width(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("5", "t")
        assert "Camden · London" not in person.sees
        await person.presses("m")
        assert "Camden · London" not in person.sees
        await person.presses("m")
        assert "Camden · London" in person.sees


async def test_the_history_is_newer_when_a_report_was_added(app: ReinspectApp, store: Store) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("5")
        assert "no report" in panel_of(person.sees, "Camden · London")
        store.add([reading(("Grades below\nManagers saw few records.",), "camden", SIF)])
        await person.app.screen.refresh_from_store()  # type: ignore[attr-defined]
        await person.waits()
        assert "no report" not in panel_of(person.sees, "Camden · London")


async def test_the_basket_shows_each_pin_between_the_paragraphs_around_it(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("down", "down", "p", "tab", "tab", "down", "p", "6", "down")
        context = panel_of(person.sees, "In its place")
        assert context.index("Managers see the records of every child.  p. 1, para 2") > context.index("Grades below")
        assert "Oversight by managers is steady.  p. 2, para 3" in context
        await person.resizes(120, 40)
        assert "In its place" not in person.sees


async def test_a_pinned_row_of_no_page_says_so(app: ReinspectApp) -> None:
    async with person_at(app, 200, 50) as person:
        await person.presses("2", "p", "6")
        assert person.sees_in_line("No single page prints this: it is a row that was put together here.")
