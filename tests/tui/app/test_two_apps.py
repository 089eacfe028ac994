"""Somebody else writes to the store while the app shows it: a key does what it says to what is seen, or nothing."""

from __future__ import annotations

import pytest

from reinspect.model import Pin
from reinspect.record import Record
from store import Store
from tests.making.events import BARNET, reading
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp

NAMES = ("first", "second", "third", "fourth")


@pytest.fixture
def other(store: Store, record: Record) -> Store:
    """Another process with the same store, in which four rows are pinned."""
    for name in NAMES:
        store.basket.add(Pin(kind="row", text=name, citation="Camden"))
    return Store.open(store.folder, record=record)


def pinned(store: Store) -> list[str]:
    store.refresh()
    return [pin.text for pin in store.pins()]


async def test_what_is_under_the_cursor_is_taken_out_wherever_it_stands_by_now(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "down")
        other.basket.remove(1)
        await person.presses("d")
        assert pinned(other) == ["third", "fourth"]


async def test_a_note_goes_to_the_pin_it_was_written_for(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "down", "i")
        other.basket.remove(1)
        await person.presses(*"mine", "enter")
        other.refresh()
        assert {pin.text: pin.note for pin in other.pins()} == {"second": "mine", "third": "", "fourth": ""}


async def test_a_pin_goes_as_many_places_as_its_key_is_pressed_however_fast(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6")
        await person.presses_in_a_run("J", "J")
        assert pinned(other) == ["second", "third", "first", "fourth"]
        await person.presses_in_a_run("K", "d")
        assert pinned(other) == ["second", "third", "fourth"]


async def test_what_is_out_already_is_said_to_be(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6")
        other.basket.remove(1)
        await person.presses("d")
        assert pinned(other) == ["second", "third", "fourth"]
        assert "no more" in told(app)


async def test_undo_asks_before_it_takes_back_what_another_added(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "d")
        other.refresh()
        other.add([reading(("Grades below\nSome words.",), "barnet", BARNET)])
        held = len(other.stored_documents())
        await person.presses("u")
        other.refresh()
        assert len(other.stored_documents()) == held
        assert "Take back" in person.sees


async def test_undo_takes_back_what_it_asked_about_and_nothing_that_came_after(app: ReinspectApp, other: Store) -> None:
    other.add([reading(("Grades below\nSome words.",), "barnet", BARNET)])
    async with person_at(app) as person:
        await person.presses("u")
        other.basket.add(Pin(kind="row", text="fifth", citation="Camden"))
        await person.presses("down", "enter")
        assert pinned(other)[-1] == "fifth"
        assert "another change was made meanwhile" in told(app)
