"""Transactions: all rows of a change are written together, or none; later ones build on those of other processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinspect.errors import StoreCorruptError
from reinspect.model import Pin
from store import Store
from store.catalogue import Catalogue, ChangeRow
from store.transaction import CatalogueFile, Change

FIRST = Pin(kind="row", text="first", citation="Camden")
SECOND = Pin(kind="row", text="second", citation="Camden")


@pytest.fixture
def file(small_store: Store) -> CatalogueFile:
    opened = CatalogueFile(small_store.folder, wait=1.0)
    opened.load()
    return opened


def add_pin(file: CatalogueFile, pin: Pin) -> None:
    with file.transaction("add a pin") as change:
        change.put_basket([*change.catalogue.basket, pin])


def test_a_change_becomes_the_next_revision(file: CatalogueFile) -> None:
    add_pin(file, FIRST)
    assert (file.revision, file.catalogue.basket) == (2, (FIRST,))


def test_nothing_is_written_if_the_block_raises(file: CatalogueFile) -> None:
    before = file.path.read_bytes()
    with pytest.raises(ZeroDivisionError), file.transaction("fail") as change:
        change.put_basket([FIRST])
        raise ZeroDivisionError
    assert (file.path.read_bytes(), file.catalogue.basket) == (before, ())


def test_nothing_is_written_if_the_block_sets_nothing(file: CatalogueFile) -> None:
    before = file.path.read_bytes()
    with file.transaction("change nothing"):
        pass
    assert file.path.read_bytes() == before


def test_a_change_builds_on_the_changes_of_other_processes(file: CatalogueFile, small_store: Store) -> None:
    small_store.basket.add(FIRST)
    add_pin(file, SECOND)
    assert file.catalogue.basket == (FIRST, SECOND)


def test_a_change_that_is_not_undoable_is_written_without_an_undo_entry(file: CatalogueFile) -> None:
    with file.transaction("upgrade", undoable=False) as change:
        change.put_basket([FIRST])
    assert (file.catalogue.basket, file.catalogue.changes) == ((FIRST,), {})


def test_rows_kept_on_undo_are_left_out_of_the_undo_entry(file: CatalogueFile, small_store: Store) -> None:
    identifier = small_store.inspections()[0].id
    with file.transaction("change two kinds of rows") as change:
        change.put_document("a" * 64, None)
        change.put_inspection(identifier, None)
        change.kept_on_undo.add("a" * 64)
    (row,) = file.catalogue.latest_changes()
    assert (list(row.documents), list(row.inspections)) == ([], [identifier])


def test_changes_beyond_the_limit_can_no_longer_be_undone(file: CatalogueFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.transaction._UNDOABLE_CHANGES", 2)
    for pin in (FIRST, SECOND, FIRST):
        add_pin(file, pin)
    assert list(file.catalogue.changes) == ["2", "3"]


@pytest.mark.parametrize(("before", "first"), [(198, 1), (199, 1), (200, 2)])
def test_two_hundred_changes_can_be_undone(before: int, first: int) -> None:
    catalogue = Catalogue({}, {})
    catalogue.changes = {str(number): ChangeRow(label="earlier") for number in range(1, before + 1)}
    change = Change(catalogue, "the latest")
    change.put_basket([FIRST])
    change.make_undoable()
    assert list(catalogue.changes) == [str(number) for number in range(first, before + 2)]
    assert catalogue.latest_changes() == [ChangeRow(label="the latest", basket={"1": None})]


def test_a_change_that_keeps_all_its_rows_on_undo_leaves_nothing_to_undo(file: CatalogueFile) -> None:
    with file.transaction("read again") as change:
        change.put_document("a" * 64, None)
        change.kept_on_undo.add("a" * 64)
    assert file.catalogue.changes == {}


def test_a_file_is_read_again_only_if_another_process_changed_it(file: CatalogueFile, small_store: Store) -> None:
    assert file.refresh() is False
    small_store.basket.add(FIRST)
    assert file.refresh() is True
    assert (file.revision, file.catalogue.basket) == (2, (FIRST,))
    assert file.refresh() is False


def test_a_change_is_seen_by_its_own_transaction_alone_until_it_is_written(file: CatalogueFile) -> None:
    with file.transaction("add a pin") as change:
        change.put_basket([FIRST])
        assert (file.catalogue.basket, change.catalogue.basket) == ((), (FIRST,))
    assert file.catalogue.basket == (FIRST,)


def test_a_shorter_basket_is_written_without_its_last_pins(file: CatalogueFile, small_store: Store) -> None:
    add_pin(file, FIRST)
    add_pin(file, SECOND)
    with file.transaction("remove a pin") as change:
        change.put_basket([SECOND])
    small_store.refresh()
    assert small_store.pins() == (SECOND,)
    assert file.catalogue.latest_changes()[0].basket == {"1": FIRST, "2": SECOND}


def test_a_missing_catalogue_is_only_created_if_asked_to(tmp_path: Path) -> None:
    file = CatalogueFile(tmp_path, wait=1.0)
    with pytest.raises(StoreCorruptError, match="gone"), file.transaction("add a pin"):
        pass
    with file.transaction("first run", create=True) as change:
        change.put_basket([FIRST])
    assert file.revision == 1
