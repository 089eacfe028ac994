"""The stored basket: it is kept between runs, shared with other processes, and every change can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reinspect.digests import shipped
from reinspect.errors import NotFoundError
from reinspect.model import Evidence, Pin
from store import Store
from store.checksum import add_checksum, verify_checksum
from store.storage import CATALOGUE
from tests.making.readings import SMALL_RECORD


def pin(text: str, note: str = "") -> Pin:
    evidence = Evidence(document="a" * 64, page=3, start=0, end=9, paragraph=12)
    return Pin(kind="quote", text=text, citation="Camden, p. 3, para 12", note=note, evidence=evidence)


@pytest.fixture
def filled(small_store: Store) -> Store:
    """A store with three quotes in its basket."""
    for text in ("first", "second", "third"):
        small_store.basket.add(pin(text))
    return small_store


def reopen(opened: Store) -> Store:
    return Store.open(opened.folder, record=SMALL_RECORD)


def texts(opened: Store) -> list[str]:
    return [pinned.text for pinned in opened.pins()]


def test_pins_are_kept_between_runs(filled: Store) -> None:
    assert filled.basket.add(pin("fourth", "for the board")) == 4
    assert reopen(filled).pins() == (pin("first"), pin("second"), pin("third"), pin("fourth", "for the board"))


def test_adding_the_same_pin_again_changes_nothing(filled: Store) -> None:
    revision = filled.revision
    assert filled.basket.add(pin("second")) == 2
    assert filled.revision == revision


def test_text_from_a_digest_is_not_stored_as_a_quote_and_has_no_quotation_marks(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", record=SMALL_RECORD, digests=shipped())
    digest = next(stored for stored in store.stored_documents() if stored.document.kind == "digest")
    evidence = Evidence(document=digest.document.sha256, page=1, start=0, end=9)
    store.basket.add(Pin(kind="quote", text="Ours", citation="a digest", evidence=evidence))
    assert [(pinned.kind, pinned.in_marks) for pinned in store.pins()] == [("digest", "Ours")]


def test_an_open_app_sees_a_pin_that_a_command_added(filled: Store) -> None:
    app = reopen(filled)
    filled.basket.add(pin("fourth"))
    assert app.refresh()
    assert app.basket.add(pin("fifth")) == 5


def test_adding_a_pin_does_not_change_any_inspection(filled: Store) -> None:
    before = filled.inspections()
    filled.basket.add(pin("fourth"))
    assert all(after is earlier for after, earlier in zip(filled.inspections(), before, strict=True))


def test_a_failed_change_leaves_the_basket_as_it_was(filled: Store) -> None:
    with pytest.raises(NotFoundError):
        filled.basket.remove(1, 9)
    assert texts(filled) == texts(reopen(filled)) == ["first", "second", "third"]


def test_a_pin_can_be_moved_to_another_position(filled: Store) -> None:
    assert filled.basket.move(3, 1).text == "third"
    assert texts(reopen(filled)) == ["third", "first", "second"]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (1, ["first", "third", "second"]),
        (-1, ["second", "first", "third"]),
        (9, ["first", "third", "second"]),
        (-9, ["second", "first", "third"]),
    ],
)
def test_a_pin_can_be_shifted_and_stops_at_either_end(filled: Store, by: int, order: list[str]) -> None:
    filled.basket.shift(pin("second"), by)
    assert texts(reopen(filled)) == order
    assert filled.undo() == "undone: move a pin in the basket"
    assert texts(reopen(filled)) == ["first", "second", "third"]


def test_a_pin_can_be_named_by_itself(filled: Store) -> None:
    assert filled.basket.note(pin("third"), "ask Ada") == pin("third", "ask Ada")
    assert filled.basket.remove(pin("second")) == (pin("second"),)
    assert reopen(filled).pins() == (pin("first"), pin("third", "ask Ada"))
    assert filled.undo() == "undone: remove 1 pin from the basket"
    assert filled.undo() == "undone: change a note in the basket"


def test_a_move_says_where_from_and_where_to_when_it_is_undone(filled: Store) -> None:
    filled.basket.move(3, 1)
    assert filled.undo() == "undone: move pin 3 to 1 in the basket"


def test_a_pin_that_is_not_in_the_basket_is_refused(filled: Store) -> None:
    for change in (
        lambda: filled.basket.remove(pin("fourth")),
        lambda: filled.basket.note(pin("fourth"), "x"),
        lambda: filled.basket.shift(pin("fourth"), 1),
    ):
        with pytest.raises(NotFoundError):
            change()
    assert texts(filled) == ["first", "second", "third"]


def test_more_than_nine_pins_keep_their_order(small_store: Store) -> None:
    quotes = [f"quote {number}" for number in range(1, 13)]
    for text in quotes:
        small_store.basket.add(pin(text))
    assert texts(reopen(small_store)) == quotes


def test_a_note_can_be_written_and_deleted(filled: Store) -> None:
    assert filled.basket.note(2, "ask Ada").note == "ask Ada"
    assert reopen(filled).pins()[1].note == "ask Ada"
    assert filled.basket.note(2, "").note == ""


def test_undo_brings_back_several_removed_pins(filled: Store) -> None:
    assert [removed.text for removed in filled.basket.remove(1, 3)] == ["first", "third"]
    assert texts(filled) == ["second"]
    assert filled.undo() == "undone: remove 2 pins from the basket"
    assert texts(reopen(filled)) == ["first", "second", "third"]


def test_changes_to_the_basket_are_undone_one_after_another(filled: Store) -> None:
    filled.basket.move(1, 3)
    filled.basket.note(1, "mine")
    filled.basket.add(pin("fourth"))
    assert filled.undo() == 'undone: pin "fourth"'
    filled.undo()
    filled.undo()
    assert filled.pins() == (pin("first"), pin("second"), pin("third"))


def test_a_position_that_does_not_exist_is_refused(filled: Store) -> None:
    revision = filled.revision
    with pytest.raises(NotFoundError, match="no number 4"):
        filled.basket.remove(1, 4)
    with pytest.raises(NotFoundError, match="no number 9"):
        filled.basket.move(1, 9)
    assert (reopen(filled).revision, texts(filled)) == (revision, ["first", "second", "third"])


def test_restoring_a_backup_restores_the_basket(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "backup.zip")
    filled.basket.remove(1, 2, 3)
    filled.restore(tmp_path / "backup.zip")
    assert texts(filled) == ["first", "second", "third"]


def test_a_store_of_schema_1_opens_with_an_empty_basket(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    tables = json.loads(b"{" + verify_checksum(path.read_bytes()))["tables"]
    tables.pop("basket", None)
    path.write_bytes(add_checksum(json.dumps({"schema": 1, "generation": 1, "tables": tables}).encode()[1:]))
    opened = reopen(small_store)
    assert opened.pins() == ()
    opened.basket.add(pin("first"))
    assert texts(reopen(small_store)) == ["first"]
    assert (small_store.folder / "catalogue.v1.bak").exists()
