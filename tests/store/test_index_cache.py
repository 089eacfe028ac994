"""The phrase index in the store: made with the import, right after an interruption, and never older than the store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from reinspect import READER
from reinspect.model import Passage
from reinspect.phrases.index.index import Index
from reinspect.phrases.search.searcher import Searcher
from store import Store
from store.caches import index_path
from store.file_import import import_files
from store.lock import write_lock
from store.page_texts import text_path
from tests.making.readings import SMALL_RECORD, VISIT_2018, reading
from tests.making.report_folder import make_reports


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sorted(make_reports(tmp_path_factory.mktemp("reports") / "reports", 5).iterdir())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", record=SMALL_RECORD)


def opened(store: Store) -> Store:
    return Store.open(store.folder, record=SMALL_RECORD)


def answers(store: Store) -> list[object]:
    searcher = Searcher(store.index())
    found = (searcher.search(query, limit=100) for query in ("manager", "chldren and families", "plan"))
    return [(result.total, sorted(hit.sentence for hit in result.hits)) for result in found]


def refuse(*_: object) -> tuple[Passage, ...]:
    raise AssertionError


def test_an_import_leaves_an_index_that_the_first_search_need_not_make(
    store: Store, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (3, 1, 1):
        list(import_files(store, reports[:number], jobs=1))
        reports = reports[number:]
    fresh = opened(store)
    rebuilt = Index.build((sha256, fresh.passages(sha256)) for sha256 in sorted(fresh.searchable()))
    monkeypatch.setattr(Store, "passages", refuse)
    assert fresh.index().documents == fresh.searchable() == rebuilt.documents
    found = answers(fresh)
    monkeypatch.setattr(fresh, "_index", (fresh.searchable(), rebuilt))
    assert found == answers(fresh)
    assert any(total for total, _ in found)  # type: ignore[misc]


def test_an_import_that_is_interrupted_leaves_an_index_that_is_made_whole(
    store: Store, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    list(import_files(store, reports[:2], jobs=1))
    with monkeypatch.context() as patch:
        patch.setattr(Index, "append_to", stop)
        with pytest.raises(KeyboardInterrupt):
            list(import_files(store, reports[2:], jobs=1))
    fresh = opened(store)
    assert len(Index.load(index_path(store.folder), READER).documents) < len(fresh.searchable())
    assert fresh.index().documents == fresh.searchable()
    assert Index.load(index_path(store.folder), READER).documents == fresh.searchable()


def test_what_is_removed_or_undone_is_not_found(store: Store, reports: list[Path]) -> None:
    list(import_files(store, reports[:2], jobs=1))
    before = answers(opened(store))
    list(import_files(store, reports[2:], jobs=1))
    store.undo()
    assert answers(opened(store)) == answers(store) == before


def test_without_the_lock_the_index_is_right_but_not_kept(store: Store, reports: list[Path]) -> None:
    list(import_files(store, reports, jobs=1))
    expected = answers(store)
    shutil.rmtree(index_path(store.folder))
    with write_lock(store.folder, 0):
        assert answers(opened(store)) == expected
    assert not index_path(store.folder).exists()
    assert answers(opened(store)) == expected
    assert index_path(store.folder).exists()


def test_the_store_can_be_written_while_the_index_is_made(
    store: Store, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    list(import_files(store, reports, jobs=1))
    shutil.rmtree(index_path(store.folder))
    fresh, passages = opened(store), Store.passages

    def write_meanwhile(own: Store, sha256: str) -> tuple[Passage, ...]:
        with write_lock(own.folder, 0):
            return passages(own, sha256)

    monkeypatch.setattr(Store, "passages", write_meanwhile)
    assert fresh.index().documents == fresh.searchable()


def test_a_document_that_is_read_anew_is_found_by_its_new_words_alone(store: Store) -> None:
    former, now = (
        reading("letter", VISIT_2018, "letter", (f"A {word} on the wall.",)) for word in ("barometer", "clock")
    )
    store.add([replace(former, document=replace(former.document, reader="0.1"))])
    store.index()
    store.add([now])
    for each in (store, opened(store)):
        searcher = Searcher(each.index())
        assert searcher.search("barometer").total == 0
        assert searcher.search("clock").total == 1


@pytest.mark.leaves_damage
def test_an_import_does_not_fail_for_another_document_that_is_damaged(store: Store, reports: list[Path]) -> None:
    ((damaged,),) = import_files(store, reports[:1], jobs=1)
    text_path(store.folder, damaged.sha256).write_text("damaged")
    shutil.rmtree(store.folder / "caches")
    ((added,),) = import_files(store, reports[1:2], jobs=1)
    assert added.outcome == "added"


def test_a_copied_store_is_searched_without_making_the_index_again(
    store: Store, reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(import_files(store, reports, jobs=1))
    shutil.copytree(store.folder, tmp_path / "copy")
    monkeypatch.setattr(Store, "passages", refuse)
    copied = Store.open(tmp_path / "copy", record=SMALL_RECORD)
    assert answers(copied) == answers(store)
