"""What is said of what a person took, kept and took back: only what is so, and as long as it is so."""

from __future__ import annotations

from msgspec.structs import replace

from store import Store
from tests.making.events import BARNET, reading
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp


async def test_p_on_what_is_pinned_says_where_it_is_already(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("p", "p")
        assert told(app).startswith("Number 1 of the basket already: ")
    assert len(Store.open(store.folder).pins()) == 1


async def test_what_is_kept_is_what_u_asks_about_again_and_the_person_is_told(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("u", "enter")
        assert told(app) == (
            "Kept: add 3 documents. u asks about it again; earlier changes can be taken back after it."
        )
        await person.presses("u")
        assert person.sees_in_line("Take back: add 3 documents?")
    assert len(store.stored_documents()) == 3


async def test_u_asks_about_nothing_that_an_import_did_not_add(app: ReinspectApp, store: Store) -> None:
    added = reading(("Grades below\nSome words.",), "barnet", BARNET)
    store.add([replace(added, document=replace(added.document, reader="0.9"))])
    async with person_at(app) as person:
        await person.presses("p")
        store.add([added])
        await person.presses("u")
        assert told(app).startswith("Undone: pin")
    assert len(store.stored_documents()) == 4


async def test_what_was_said_goes_with_the_next_thing_that_a_pane_does(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("p", "down", "p", "6", "d", "u")
        assert person.sees_in_line("Undone:")
        await person.presses("J")
        assert not person.sees_in_line("Undone:")
