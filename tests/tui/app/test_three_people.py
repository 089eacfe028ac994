"""The tasks of three people at the keyboard, each with the number of keys that it may take at most."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.authorities import authorities
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import BARNET, graded
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp

MOVED = (("kent", date(2016, 9, 12), "inadequate"), ("kent", date(2023, 2, 20), "good"))


@pytest.fixture
def wider_record(record: Record) -> Record:
    """The record with Kent, which moved from inadequate to good, and with the inspections of Camden's neighbours."""
    moved = tuple(
        RecordedInspection(
            id=f"{slug}-{day}",
            authority=slug,
            facts=graded("sif" if day.year < 2018 else "ilacs-2023", day, day, overall=grade, leaders=grade),
        )
        for slug, day, grade in MOVED
    )
    camden = authorities().by_slug("camden")
    assert camden is not None
    beside = tuple(
        RecordedInspection(id=f"{each.slug}-2019-05-13-ilacs", authority=each.slug, facts=BARNET)
        for each in authorities().neighbours(camden)
    )
    return Record(
        as_of=record.as_of, authorities=record.authorities, inspections=(*record.inspections, *moved, *beside)
    )


@pytest.fixture
def store(store: Store, wider_record: Record) -> Store:
    """The store, upgraded to that record."""
    return Store.open(store.folder, record=wider_record)


class CountedKeys:
    """A person whose keys are counted."""

    def __init__(self, person: Person) -> None:
        self.person, self.count = person, 0

    async def presses(self, *keys: str) -> None:
        """Press keys, and count them."""
        await self.person.presses(*keys)
        self.count += len(keys)


async def test_a_newcomer_sees_a_council_beside_its_neighbours_in_eight_keys(store: Store) -> None:
    async with person_at(ReinspectApp(lambda: store, welcomes=True), 120, 40) as person:
        keys = CountedKeys(person)
        await keys.presses("a", *"camd", "enter")
        assert person.sees_in_line("Overall", "↘ 1 down")
        await keys.presses("f", "enter")
        assert person.sees_in_line("Where Camden stands")
        assert person.sees_in_line("the group", "better same lower")
        assert keys.count <= 8


async def test_an_officer_has_what_comes_up_again_a_quote_and_the_paper_in_nine_keys(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        keys = CountedKeys(person)
        await keys.presses("3")
        assert person.sees_in_line("2 recommendations", "0 raised again, 0 better in 2025")
        await keys.presses("tab", "down", "enter")
        assert person.sees_in_line("page ", " of ")
        await keys.presses("p", "escape", "b")
        assert person.sees_in_line("Briefing: Camden")
        assert keys.count <= 9


async def test_a_journalist_has_the_movers_as_a_markdown_table_in_six_keys(store: Store) -> None:
    app = ReinspectApp(lambda: store)
    async with person_at(app, 120, 40) as person:
        keys = CountedKeys(person)
        await keys.presses("5", "m", "o")
        assert person.sees_in_line("Kent", "■ Sep 2016", "● Feb 2023", "6y 5m")
        await keys.presses("Y", "down", "enter")
        assert "| Kent | inadequate, September 2016 | good, February 2023 | 6 years 5 months |" in app.clipboard
        assert keys.count <= 6
