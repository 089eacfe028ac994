"""The basket as the store keeps it: between runs, beside other processes, and taken back at a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reinspect.errors import NotFoundError
from reinspect.model import Evidence, Pin
from store import Store
from store.checksum import add_checksum, verify_checksum
from store.storage import CATALOGUE
from tests.making.readings import SMALL_RECORD


def pin(text: str, note: str = "") -> Pin:
    place = Evidence(document="a" * 64, page=3, start=0, end=9, paragraph=12)
    return Pin(kind="quote", text=text, citation="Camden, p. 3, para 12", note=note, evidence=place)


@pytest.fixture
def filled(small_store: Store) -> Store:
    """A store with three quotes in its basket."""
    for text in ("first", "second", "third"):
        small_store.basket.add(pin(text))
    return small_store


def again(opened: Store) -> Store:
    return Store.open(opened.folder, record=SMALL_RECORD)


def texts(opened: Store) -> list[str]:
    return [held.text for held in opened.pins()]


def test_what_is_pinned_is_there_at_the_next_start(filled: Store) -> None:
    assert filled.basket.add(pin("fourth", "for the board")) == 4
    assert again(filled).pins() == (pin("first"), pin("second"), pin("third"), pin("fourth", "for the board"))


def test_pinning_the_same_again_changes_nothing(filled: Store) -> None:
    revision = filled.revision
    assert filled.basket.add(pin("second")) == 2
    assert filled.revision == revision


def test_the_words_of_a_digest_are_kept_as_no_quote_and_stand_without_marks(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    digest = next(held for held in store.stored_documents() if held.document.kind == "digest")
    place = Evidence(document=digest.document.sha256, page=1, start=0, end=9)
    store.basket.add(Pin(kind="quote", text="Ours", citation="a digest", evidence=place))
    assert [(held.kind, held.in_marks) for held in store.pins()] == [("digest", "Ours")]


def test_an_open_app_sees_what_a_command_pinned(filled: Store) -> None:
    beside = again(filled)
    filled.basket.add(pin("fourth"))
    assert beside.refresh()
    assert beside.basket.add(pin("fifth")) == 5


def test_a_pin_leaves_all_inspections_as_they_were_settled(filled: Store) -> None:
    before = filled.inspections()
    filled.basket.add(pin("fourth"))
    assert all(now is then for now, then in zip(filled.inspections(), before, strict=True))


def test_a_change_that_is_refused_leaves_what_is_shown_as_it_was(filled: Store) -> None:
    with pytest.raises(NotFoundError):
        filled.basket.remove(1, 9)
    assert texts(filled) == texts(again(filled)) == ["first", "second", "third"]


def test_the_order_is_a_persons_own(filled: Store) -> None:
    assert filled.basket.move(3, 1).text == "third"
    assert texts(again(filled)) == ["third", "first", "second"]


def test_the_basket_keeps_its_order_beyond_nine(small_store: Store) -> None:
    wanted = [f"quote {number}" for number in range(1, 13)]
    for text in wanted:
        small_store.basket.add(pin(text))
    assert texts(again(small_store)) == wanted


def test_a_note_is_written_and_taken_away(filled: Store) -> None:
    assert filled.basket.note(2, "ask Ada").note == "ask Ada"
    assert again(filled).pins()[1].note == "ask Ada"
    assert filled.basket.note(2, "").note == ""


def test_several_are_taken_out_and_brought_back_by_undo(filled: Store) -> None:
    assert [taken.text for taken in filled.basket.remove(1, 3)] == ["first", "third"]
    assert texts(filled) == ["second"]
    assert filled.undo() == "undone: remove 2 pins from the basket"
    assert texts(again(filled)) == ["first", "second", "third"]


def test_every_change_to_the_basket_is_taken_back_in_turn(filled: Store) -> None:
    filled.basket.move(1, 3)
    filled.basket.note(1, "mine")
    filled.basket.add(pin("fourth"))
    assert filled.undo() == 'undone: pin "fourth"'
    filled.undo()
    filled.undo()
    assert filled.pins() == (pin("first"), pin("second"), pin("third"))


def test_a_place_that_is_not_there_changes_nothing(filled: Store) -> None:
    revision = filled.revision
    with pytest.raises(NotFoundError, match="no number 4"):
        filled.basket.remove(1, 4)
    with pytest.raises(NotFoundError, match="no number 9"):
        filled.basket.move(1, 9)
    assert (again(filled).revision, texts(filled)) == (revision, ["first", "second", "third"])


def test_a_backup_brings_the_basket_back(filled: Store, tmp_path: Path) -> None:
    filled.backup(tmp_path / "backup.zip")
    filled.basket.remove(1, 2, 3)
    filled.restore(tmp_path / "backup.zip")
    assert texts(filled) == ["first", "second", "third"]


def test_a_store_from_before_there_was_a_basket_opens_with_an_empty_one(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    tables = json.loads(b"{" + verify_checksum(path.read_bytes()))["tables"]
    tables.pop("basket", None)
    path.write_bytes(add_checksum(json.dumps({"schema": 1, "generation": 1, "tables": tables}).encode()[1:]))
    opened = again(small_store)
    assert opened.pins() == ()
    opened.basket.add(pin("first"))
    assert texts(again(small_store)) == ["first"]
    assert (small_store.folder / "catalogue.v1.bak").exists()
