"""Changes to the tables: many operations are one revision, and a refused write leaves the former one."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tinydb import TinyDB

import store.atomic_write
import store.storage
import store.tables
from reinspect.errors import StoreCorruptError
from store import Store
from store.atomic_write import StoreUnwritableError
from store.storage import CATALOGUE, decode_catalogue, read_head
from store.tables import DurableStorage
from tests.making.faults import FaultyOs, failing
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading

NEW = reading("report", ILACS_2022)
LETTER = reading("letter", facts("focused-visit", "2024-01-09", "2024-01-10"), "letter")


def titles(opened: Store) -> list[str]:
    return [stored.document.title for stored in opened.stored_documents()]


def test_deferred_operations_become_one_revision(tmp_path: Path) -> None:
    storage = DurableStorage(tmp_path / CATALOGUE, deferred=True)
    database = TinyDB(storage=lambda: storage)
    database.table("one").insert_multiple([{"value": number} for number in range(10)])
    database.table("two").insert({"value": 0})
    assert not storage.path.exists()
    storage.flush()
    assert decode_catalogue(storage.path.read_bytes(), storage.path).revision == 1


def test_a_flush_without_a_change_writes_nothing(tmp_path: Path) -> None:
    storage = DurableStorage(tmp_path / CATALOGUE, deferred=True)
    assert storage.read() is None
    storage.flush()
    assert not storage.path.exists()
    storage.write({"documents": {}})
    storage.flush()
    before = storage.path.stat().st_ino
    storage.flush()
    assert (storage.path.stat().st_ino, storage.revision) == (before, 1)
    assert storage.head == read_head(storage.path)
    reader = DurableStorage(storage.path, deferred=True)
    reader.read()
    reader.flush()
    assert (storage.path.stat().st_ino, reader.revision) == (before, 1)


# Many changes in a row


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The catalogues that were decoded so far."""
    paths: list[Path] = []

    def decode(data: bytes, path: Path) -> store.storage.Revision:
        paths.append(path)
        return decode_catalogue(data, path)

    monkeypatch.setattr(store.tables, "decode_catalogue", decode)
    return paths


def test_many_changes_in_a_row_decode_the_catalogue_once(small_store: Store, decoded: list[Path]) -> None:
    with small_store.many_changes():
        small_store.add([NEW])
        small_store.add([LETTER])
    assert len(decoded) == 1
    opened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert titles(opened) == titles(small_store)
    assert {NEW.document.title, LETTER.document.title} <= set(titles(opened))
    small_store.undo()
    assert len(decoded) == 2


def test_a_change_of_another_process_between_many_changes_stays(small_store: Store) -> None:
    other = Store.open(small_store.folder, record=SMALL_RECORD)
    with small_store.many_changes():
        small_store.add([NEW])
        other.add([LETTER])
        small_store.remove(NEW.document.sha256)
    opened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert LETTER.document.title in titles(opened)
    assert NEW.document.title not in titles(opened)


@pytest.mark.leaves_damage
def test_damage_between_many_changes_is_noticed(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    with small_store.many_changes():
        small_store.add([NEW])
        damaged = path.read_bytes()[:-1] + b" "
        path.write_bytes(damaged)
        with pytest.raises(StoreCorruptError):
            small_store.add([LETTER])
    assert path.read_bytes() == damaged


def test_of_many_changes_one_that_fails_leaves_nothing(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_store.many_changes():
        small_store.add([NEW])
        with monkeypatch.context() as patch, pytest.raises(StoreUnwritableError):
            patch.setattr(store.tables, "atomic_write", lambda *_: failing(errno.ENOSPC)("write", ()))
            small_store.remove(NEW.document.sha256)
        small_store.add([LETTER])
    assert {NEW.document.title, LETTER.document.title} <= set(
        titles(Store.open(small_store.folder, record=SMALL_RECORD))
    )


def test_a_storage_shows_one_revision_though_another_process_writes_the_next(tmp_path: Path) -> None:
    writer, early = (DurableStorage(tmp_path / CATALOGUE) for _ in range(2))
    assert early.read() is None
    writer.write({"words": {"a": {"value": 1}}})
    assert early.read() is None
    reader = DurableStorage(tmp_path / CATALOGUE)
    assert reader.read() == {"words": {"a": {"value": 1}}}
    writer.write({"words": {}})
    assert reader.read() == {"words": {"a": {"value": 1}}}
    assert DurableStorage(tmp_path / CATALOGUE).read() == {"words": {}}


def test_a_refused_write_is_dropped_from_memory_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = DurableStorage(tmp_path / CATALOGUE)
    storage.write({"words": {"a": {"value": 1}}})
    with monkeypatch.context() as patch:
        patch.setattr(store.atomic_write, "os", FaultyOs(1, failing(errno.ENOSPC)))
        with pytest.raises(OSError, match="No space"):
            storage.write({"words": {}})
    assert storage.read() == {"words": {"a": {"value": 1}}}
    storage.flush()
    assert storage.revision == 1


def test_without_deferring_every_operation_is_written_at_once(tmp_path: Path) -> None:
    with TinyDB(tmp_path / CATALOGUE, storage=DurableStorage) as database:
        database.insert({"value": 1})
        database.insert({"value": 2})
    with TinyDB(tmp_path / CATALOGUE, storage=DurableStorage) as database:
        assert [row["value"] for row in database] == [1, 2]
