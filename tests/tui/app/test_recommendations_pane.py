"""The Recommendations pane: its title counts what the latest inspection says, and its keys filter and follow."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import SourceFacts, Window
from store import Store
from tests.making.events import reading
from tests.making.person import person_at
from tui.app.app import ReinspectApp


def add_visit(store: Store, day: date) -> None:
    """Add a letter on a focused visit to Camden."""
    facts = SourceFacts(framework="focused-visit", windows=(Window(day, day),))
    store.add([reading(("Dear director,\nDelay remains in a few teams.",), "camden", facts, kind="letter")])


async def test_the_title_names_the_year_if_one_inspection_looked_at_all(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("2 recommendations ·", "raised again, 0 better in 2025")


async def test_the_title_names_no_year_if_several_inspections_looked(app: ReinspectApp, store: Store) -> None:
    add_visit(store, date(2026, 2, 3))
    async with person_at(app, 140, 40) as person:
        await person.presses("3")
        # The recommendation of 2025 was looked at in 2026, the earlier ones in 2025.
        assert person.sees_in_line("3 recommendations ·", "raised again, 0 better when last inspected")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_the_title_is_whole_in_every_window(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("2 recommendations · ")
        assert "…" not in next(line for line in person.sees.split("\n") if "2 recommendations" in line)


async def test_the_title_counts_what_is_reported_better(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("0 better in 2025")
        await person.presses("v", "down", "enter")
        assert person.sees_in_line("0 raised again, 1 better in 2025")


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_lower_border_says_whether_other_inspectorates_are_followed(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("w one kind of text")
        await person.presses("w")
        assert person.sees_in_line("w all kinds of text")


async def test_a_filter_that_leaves_nothing_says_so_in_plain_words(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3", "F", "F")
        assert person.sees_in_line("No recommendation was reported better when")
        assert person.sees_in_line("last inspected. F shows others.")


async def test_a_heading_with_one_recommendation_counts_it_in_the_singular(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3", "up")
        assert person.sees_in_line("1 recommendation ")
        assert not person.sees_in_line("1 recommendations")
