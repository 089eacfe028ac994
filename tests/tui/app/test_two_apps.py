"""Another process changes the store while the app shows it: keys act on what the person sees, or on nothing."""

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
    """Another process with the same store, which has four pins."""
    for name in NAMES:
        store.basket.add(Pin(kind="row", text=name, citation="Camden"))
    return Store.open(store.folder, record=record)


def pinned(store: Store) -> list[str]:
    store.refresh()
    return [pin.text for pin in store.pins()]


async def test_the_pin_under_the_cursor_is_removed_even_if_its_number_has_changed(
    app: ReinspectApp, other: Store
) -> None:
    async with person_at(app) as person:
        await person.presses("6", "down")
        other.basket.remove(1)
        await person.presses("backspace")
        assert pinned(other) == ["third", "fourth"]


async def test_a_note_is_written_to_its_pin_even_if_the_number_has_changed(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "down", "i")
        other.basket.remove(1)
        await person.presses(*"mine", "enter")
        other.refresh()
        assert {pin.text: pin.note for pin in other.pins()} == {"second": "mine", "third": "", "fourth": ""}


async def test_a_pin_moves_one_place_for_each_key_however_fast(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6")
        await person.presses_in_a_run("J", "J")
        assert pinned(other) == ["second", "third", "first", "fourth"]
        await person.presses_in_a_run("K", "delete")
        assert pinned(other) == ["second", "third", "fourth"]


async def test_a_pin_that_was_removed_meanwhile_is_reported(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6")
        other.basket.remove(1)
        await person.presses("delete")
        assert pinned(other) == ["second", "third", "fourth"]
        assert "no longer in the basket" in told(app)


async def test_undo_asks_before_it_removes_documents_of_another_process(app: ReinspectApp, other: Store) -> None:
    async with person_at(app) as person:
        await person.presses("6", "delete")
        other.refresh()
        other.add([reading(("Grades below\nSome words.",), "barnet", BARNET)])
        held = len(other.stored_documents())
        await person.presses("u")
        other.refresh()
        assert len(other.stored_documents()) == held
        assert "Undo: add" in person.sees


async def test_undo_undoes_only_the_change_it_asked_about(app: ReinspectApp, other: Store) -> None:
    other.add([reading(("Grades below\nSome words.",), "barnet", BARNET)])
    async with person_at(app) as person:
        await person.presses("u")
        other.basket.add(Pin(kind="row", text="fifth", citation="Camden"))
        await person.presses("down", "enter")
        assert pinned(other)[-1] == "fifth"
        assert "another change was made meanwhile" in told(app)
