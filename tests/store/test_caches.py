"""Caches: made a portion at a time, made again when it is damaged or out of date, and never waited for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import store.caches
from reinspect import READER
from reinspect.model import Passage
from reinspect.phrases.index import column_file
from reinspect.phrases.index.index import Index
from store.caches import (
    SILENT,
    IndexWork,
    add_to_index,
    forget_oldest_phrases,
    index_path,
    is_intact_index,
    load_answer,
    load_or_make_index,
    load_passages,
    owner_of_passages,
    passages_path,
    phrases_path,
    replace_page_texts,
    save_answer,
    save_passages,
    steps_path,
)
from store.checksum import verify_checksum
from store.lock import write_lock
from tests.making.readings import sha_of

ONE, TWO, THREE = sorted(sha_of(name) for name in ("one", "two", "three"))
MORE_THAN_A_PORTION = [f"{number:064x}" for number in range(301)]


def passages_of(sha256: str) -> tuple[Passage, ...]:
    text = f"Visits take place on day {int(sha256, 16) % 1000}."
    return (Passage(document=sha256, page=1, start=0, end=len(text), text=text),)


def refuse(sha256: str) -> tuple[Passage, ...]:
    raise AssertionError(sha256)


def kept_documents(folder: Path) -> frozenset[str]:
    return Index.load(index_path(folder), READER).documents


def make_index(folder: Path, *documents: str) -> Index:
    return load_or_make_index(folder, documents, passages_of, SILENT)


def waits_for_locks(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object] = lambda: None) -> list[float]:
    """Note the seconds that each lock is waited for; `meanwhile` is done before it is got, as another process would."""
    waits = []

    @contextmanager
    def noted(folder: Path, wait: float) -> Iterator[None]:
        waits.append(wait)
        meanwhile()
        with write_lock(folder, wait):
            yield

    monkeypatch.setattr(store.caches, "write_lock", noted)
    return waits


# The phrase index


def test_more_documents_than_a_portion_are_all_kept(tmp_path: Path) -> None:
    assert make_index(tmp_path, *MORE_THAN_A_PORTION).documents == frozenset(MORE_THAN_A_PORTION)
    assert kept_documents(tmp_path) == frozenset(MORE_THAN_A_PORTION)


def test_an_interruption_loses_no_more_than_the_last_portion(tmp_path: Path) -> None:
    def interrupted(sha256: str) -> tuple[Passage, ...]:
        if sha256 == MORE_THAN_A_PORTION[-1]:
            raise KeyboardInterrupt
        return passages_of(sha256)

    with pytest.raises(KeyboardInterrupt):
        load_or_make_index(tmp_path, MORE_THAN_A_PORTION, interrupted, SILENT)
    assert kept_documents(tmp_path) == frozenset(MORE_THAN_A_PORTION[:-1])


def test_the_index_file_of_an_earlier_version_is_deleted(tmp_path: Path) -> None:
    former = index_path(tmp_path).with_name("phrases.index")
    former.parent.mkdir()
    former.write_bytes(b"former")
    make_index(tmp_path, ONE)
    assert not former.exists()
    assert kept_documents(tmp_path) == {ONE}


def test_only_what_is_missing_is_made_and_its_progress_is_reported(tmp_path: Path) -> None:
    make_index(tmp_path, ONE)
    asked, done = list[str](), list[tuple[int, int]]()

    def noted(sha256: str) -> tuple[Passage, ...]:
        asked.append(sha256)
        return passages_of(sha256)

    work = IndexWork(progress=lambda *numbers: done.append(numbers))
    load_or_make_index(tmp_path, [THREE, ONE, TWO], noted, work)
    assert (asked, done) == ([TWO, THREE], [(1, 2), (2, 2)])


def test_an_index_that_cannot_be_used_is_named_and_made_again_and_a_missing_one_is_not_named(tmp_path: Path) -> None:
    said: list[str] = []
    load_or_make_index(tmp_path, [ONE], passages_of, IndexWork(say=said.append))
    assert said == []
    (index_path(tmp_path) / "columns.json").write_bytes(b"damaged")
    load_or_make_index(tmp_path, [ONE], passages_of, IndexWork(say=said.append))
    assert len(said) == 1
    assert said[0].endswith("It is made again")
    assert kept_documents(tmp_path) == {ONE}


def test_adding_to_the_index_tells_whether_it_was_written(tmp_path: Path) -> None:
    assert add_to_index(tmp_path, {ONE: passages_of(ONE)}) is True
    with write_lock(tmp_path, 0):
        assert add_to_index(tmp_path, {TWO: passages_of(TWO)}) is False
    assert kept_documents(tmp_path) == {ONE}


def test_adding_what_the_index_has_writes_nothing(tmp_path: Path) -> None:
    make_index(tmp_path, ONE)
    before = (index_path(tmp_path) / "columns.json").read_bytes()
    assert add_to_index(tmp_path, {ONE: passages_of(ONE)})
    assert (index_path(tmp_path) / "columns.json").read_bytes() == before


def test_what_is_not_searched_leaves_the_index_and_while_another_process_writes_the_answer_alone(
    tmp_path: Path,
) -> None:
    make_index(tmp_path, ONE, TWO)
    with write_lock(tmp_path, 0):
        assert make_index(tmp_path, ONE, THREE).documents == {ONE, THREE}
        assert kept_documents(tmp_path) == {ONE, TWO}
    assert load_or_make_index(tmp_path, [ONE], refuse, SILENT).documents == {ONE}
    assert kept_documents(tmp_path) == {ONE}


def test_an_interruption_while_documents_leave_the_index_changes_nothing_and_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    make_index(tmp_path, ONE, TWO)
    before = sorted(index_path(tmp_path).iterdir())
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(column_file, "_write_list", stop)
        make_index(tmp_path, ONE)
    assert sorted(index_path(tmp_path).iterdir()) == before
    assert kept_documents(tmp_path) == {ONE, TWO}
    assert make_index(tmp_path, ONE).documents == kept_documents(tmp_path) == {ONE}


def test_files_that_a_killed_process_left_in_the_index_go_with_the_next_change(tmp_path: Path) -> None:
    make_index(tmp_path, ONE)
    left = index_path(tmp_path) / "tokens.0badcafe"
    left.write_bytes(b"half a column")
    make_index(tmp_path, ONE, TWO)
    assert not left.exists()
    assert kept_documents(tmp_path) == {ONE, TWO}


def test_an_index_that_another_process_deletes_before_the_lock_is_got_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(tmp_path, ONE, TWO)
    waits_for_locks(monkeypatch, lambda: shutil.rmtree(index_path(tmp_path), ignore_errors=True))
    assert make_index(tmp_path, ONE).documents == {ONE}


def test_the_checksums_of_a_copied_index_are_compared_once(tmp_path: Path) -> None:
    make_index(tmp_path, ONE)
    copy = tmp_path / "copy"
    shutil.copytree(index_path(tmp_path), index_path(copy))
    assert not column_file.is_unchanged(index_path(copy))
    load_or_make_index(copy, [ONE], refuse, SILENT)
    assert column_file.is_unchanged(index_path(copy))


def test_an_index_that_was_not_copied_is_not_written_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(tmp_path, ONE)
    waits = waits_for_locks(monkeypatch)
    load_or_make_index(tmp_path, [ONE], refuse, SILENT)
    assert waits == []


def test_a_question_hardly_waits_for_a_process_that_is_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_index(tmp_path, ONE, TWO)
    waits = waits_for_locks(monkeypatch)
    make_index(tmp_path, ONE, THREE)
    copy = tmp_path / "copy"
    shutil.copytree(index_path(tmp_path), index_path(copy))
    make_index(copy, ONE, THREE)
    assert len(waits) == 3
    assert max(waits) < 1


def test_a_byte_that_decays_on_the_disk_is_found_though_no_time_of_change_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_file, "_time_of_change", lambda status: (0, 0))
    make_index(tmp_path, ONE, TWO)
    assert is_intact_index(index_path(tmp_path)) is True
    path = next(index_path(tmp_path).glob("tokens.*"))
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)
    assert is_intact_index(index_path(tmp_path)) is False


# Recurring phrases


def keep_phrases(folder: Path, number: int) -> list[Path]:
    """Keep as many lists of recurring phrases, each later than the one before."""
    paths = [phrases_path(folder, f"key {place}") for place in range(number)]
    for place, path in enumerate(paths):
        save_answer(folder, path, b"phrases")
        os.utime(path, (place, place))
    return paths


def test_two_hundred_lists_of_phrases_are_kept_and_the_oldest_are_forgotten(tmp_path: Path) -> None:
    paths = keep_phrases(tmp_path, 203)
    forget_oldest_phrases(tmp_path)
    assert [path for path in paths if path.exists()] == paths[3:]
    forget_oldest_phrases(tmp_path)
    assert all(path.exists() for path in paths[3:])


def test_a_list_that_another_process_has_just_forgotten_is_no_reason_to_keep_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = keep_phrases(tmp_path, 202)
    unlink = Path.unlink

    def unlink_after_another(path: Path, missing_ok: bool = False) -> None:
        if path == first:
            unlink(path)
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_after_another)
    forget_oldest_phrases(tmp_path)
    assert not first.exists()
    assert not second.exists()


# Other answers


def test_a_kept_answer_is_returned_until_it_is_damaged(tmp_path: Path) -> None:
    path = steps_path(tmp_path, "camden-\ud800")
    save_answer(tmp_path, path, b"steps")
    assert load_answer(path) == b"steps"
    path.write_bytes(path.read_bytes() + b"x")
    assert load_answer(path) is None


def test_a_cache_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "caches").write_text("in the way")
    path = steps_path(tmp_path, "camden")
    save_answer(tmp_path, path, b"steps")
    save_passages(tmp_path, ONE, "token", passages_of(ONE))
    assert load_answer(path) is None
    assert load_passages(tmp_path, ONE, "token") is None


def test_passages_are_returned_for_the_same_document_pages_and_reader_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_passages(tmp_path, ONE, "token", passages_of(ONE))
    assert load_passages(tmp_path, ONE, "token") == passages_of(ONE)
    assert load_passages(tmp_path, ONE, "other pages") is None
    assert owner_of_passages(verify_checksum(passages_path(tmp_path, ONE).read_bytes())) == ONE
    passages_path(tmp_path, TWO).parent.mkdir(exist_ok=True)
    shutil.copy(passages_path(tmp_path, ONE), passages_path(tmp_path, TWO))
    assert load_passages(tmp_path, TWO, "token") is None
    monkeypatch.setattr(store.caches, "READER", "next")
    assert load_passages(tmp_path, ONE, "token") is None


def test_passages_that_name_no_document_have_no_owner() -> None:
    assert owner_of_passages(b'"pages":2}') is None
    assert owner_of_passages(b"no json") is None


def test_passages_with_half_a_character_are_not_cached(tmp_path: Path) -> None:
    half = Passage(document=ONE, page=1, start=0, end=1, text="\ud800")
    save_passages(tmp_path, ONE, "token", (half,))
    assert load_passages(tmp_path, ONE, "token") is None


def test_other_pages_of_a_document_make_the_index_and_the_phrases_be_forgotten_and_new_ones_do_not(
    tmp_path: Path,
) -> None:
    replace_page_texts(tmp_path, {ONE: ("Page.",)})
    make_index(tmp_path, ONE)
    (kept,) = keep_phrases(tmp_path, 1)
    replace_page_texts(tmp_path, {ONE: ("Page.",), TWO: ("Page.",)})
    assert index_path(tmp_path).exists()
    assert kept.exists()
    replace_page_texts(tmp_path, {ONE: ("Another page.",)})
    assert not index_path(tmp_path).exists()
    assert not kept.exists()
    replace_page_texts(tmp_path, {ONE: ("A third page.",)})
