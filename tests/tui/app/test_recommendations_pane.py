"""The Recommendations pane: its title counts what the latest inspection says, and its keys filter and follow."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.model import Evidence, Improvement, SourceFacts, Window
from store import Store
from tests.making.events import SIF, reading
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.panes.recommendations import RecommendationsPane
from tui.app.reader_screen import ReaderScreen


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


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
async def test_each_sign_in_the_table_is_explained_below_it(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("? undecided")
        assert not person.sees_in_line("! your verdict")
        await person.presses("v", "down", "enter")
        assert person.sees_in_line("✓ reported better")
        assert person.sees_in_line("! your verdict")


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


@pytest.fixture
def asked_in_2017(store: Store) -> Improvement:
    """A recommendation of Camden's report of 2017, with its place, that a report of 2025 may speak of."""
    place = Evidence(document="", page=2, start=0, end=18, paragraph=4)
    asked = Improvement(index=1, text="the oversight of records by managers", evidence=place)
    pages = ("Grades below\nOversight is loose.", "Managers oversee it.\nRecords are late.")
    store.add([reading(pages, "camden", replace(SIF, improvements=(asked,)))])
    return asked


async def test_the_words_of_a_recommendation_keep_their_own_place_beside_that_of_the_later_text(
    app: ReinspectApp, store: Store, asked_in_2017: Improvement
) -> None:
    async with person_at(app, 160, 40) as person:
        await person.presses("3", "y")
        asked = "Camden, SIF inspection 11 September - 5 October 2017, p. 2, para 4"
        later = "Camden, ILACS inspection 3-7 March 2025, p. "
        assert app.clipboard.startswith(f"Asked in Oct 2017 SIF: {asked_in_2017.text}; ")
        assert f"({asked}; {later}" in app.clipboard
        await person.presses("p")
        [pin] = store.pins()
        assert pin.citation.startswith(f"{asked}; {later}")
        assert pin.evidence is not None
        assert (pin.evidence.page, pin.evidence.paragraph) == (2, 4)


async def test_tab_and_enter_open_the_page_that_asks(app: ReinspectApp, asked_in_2017: Improvement) -> None:
    async with person_at(app, 160, 40) as person:
        await person.presses("3", "tab", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("Camden", "2017")


async def test_words_without_a_place_are_cited_from_the_inspection_that_asks(app: ReinspectApp) -> None:
    async with person_at(app, 120, 60) as person:
        # The cursor of the chart is on 2025; its list has what 2022 asked for.
        await person.presses("1", "tab", *["down"] * 3, "y")
        assert app.clipboard == "the oversight of records (Camden, ILACS inspection 25-29 April 2022)"


async def test_the_cursor_stays_on_its_recommendation_in_another_order(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3", "v", "down", "enter")
        pane = app.screen.query_one(RecommendationsPane)
        before = pane.row()
        for _ in range(3):
            await person.presses("o")
            assert pane.row() == before
        await person.presses("F", "F")
        assert pane.row() == before
