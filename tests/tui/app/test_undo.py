"""Messages about pinning and undoing are correct, and disappear when they are outdated."""

from __future__ import annotations

from msgspec.structs import replace

from store import Store
from tests.making.events import BARNET, reading
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp


async def test_pinning_again_says_the_number_of_the_pin(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("p", "p")
        assert told(app).startswith("Already number 1 in the basket: ")
    assert len(Store.open(store.folder).pins()) == 1


async def test_a_change_that_was_kept_can_be_undone_later(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("u", "enter")
        assert told(app) == (
            "Not undone: add 3 documents. Press u again to undo it; earlier changes can be undone after."
        )
        await person.presses("u")
        assert person.sees_in_line("Undo: add 3 documents?")
    assert len(store.stored_documents()) == 3


async def test_u_does_not_ask_about_documents_that_were_only_read_again(app: ReinspectApp, store: Store) -> None:
    added = reading(("Grades below\nSome words.",), "barnet", BARNET)
    store.add([replace(added, document=replace(added.document, reader="0.9"))])
    async with person_at(app) as person:
        await person.presses("p")
        store.add([added])
        await person.presses("u")
        assert told(app).startswith("Undone: pin")
    assert len(store.stored_documents()) == 4


async def test_a_notice_disappears_with_the_next_action_of_a_pane(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("p", "down", "p", "6", "delete", "u")
        assert person.sees_in_line("Undone:")
        await person.presses("J")
        assert not person.sees_in_line("Undone:")
