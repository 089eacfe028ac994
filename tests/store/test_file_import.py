"""Importing files: only what the store needs is read, and it is stored in batches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reinspect.model import Reading
from store import Store, file_import
from store.file_import import import_files
from store.page_texts import text_path
from tests.making.readings import facts, reading


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(file_import, "time", clock)
    return clock


def sizes(clock: Clock, files: int, *, read: float, store: float) -> list[int]:
    """Return the batch sizes for a number of files, given the seconds to read a file and to store a batch."""

    def readings() -> Iterator[Reading]:
        for number in range(files):
            clock.now += read
            yield reading(f"{number}", facts("sif"))

    batches = []
    for batch in file_import.in_batches(readings()):
        clock.now += store
        batches.append(len(batch))
    return batches


def test_a_batch_has_fifty_files(clock: Clock) -> None:
    assert sizes(clock, 120, read=0.01, store=0.0) == [50, 50, 20]


def test_slow_files_are_stored_every_two_seconds(clock: Clock) -> None:
    assert sizes(clock, 10, read=0.5, store=0.0) == [4, 4, 2]


def test_batches_grow_if_storing_is_slow(clock: Clock) -> None:
    assert sizes(clock, 500, read=0.03125, store=0.5) == [50, 160, 160, 130]


def test_a_batch_has_at_most_300_files(clock: Clock) -> None:
    assert sizes(clock, 700, read=0.03125, store=60.0) == [50, 300, 300, 50]


def test_without_files_there_are_no_batches(clock: Clock) -> None:
    assert sizes(clock, 0, read=1.0, store=1.0) == []


@pytest.mark.parametrize(
    ("usable", "processors", "jobs"), [({0, 2, 5}, 64, 3), (set(range(40)), 64, 8), (None, 2, 2), (None, None, 1)]
)
def test_each_usable_processor_has_a_worker_up_to_eight(
    usable: set[int] | None, processors: int | None, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    if usable is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", {0: usable}.get, raising=False)
    assert file_import.usual_jobs() == jobs


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "minutes.txt"
    file.write_text("The committee met and had tea. Nothing was inspected.\n" * 20)
    return file


def test_a_stored_file_is_not_read_again(small_store: Store, minutes: Path) -> None:
    read: list[int] = []
    for _ in range(2):
        list(import_files(small_store, [minutes], on_read=lambda: read.append(1)))
    [[again]] = import_files(small_store, [minutes])
    assert (len(read), again.outcome, again.file) == (1, "already held", str(minutes))


def test_each_file_of_the_first_import_is_opened_only_to_be_read(
    small_store: Store, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[Path] = []
    monkeypatch.setattr(file_import, "_file_sha256", lambda file: compared.append(file) or "")
    list(import_files(small_store, [minutes]))
    list(import_files(small_store, [minutes]))
    assert compared == [minutes]


def test_the_same_file_twice_in_the_first_import_is_added_once(small_store: Store, minutes: Path) -> None:
    copy = minutes.with_name("copy.txt")
    copy.write_bytes(minutes.read_bytes())
    [results] = import_files(small_store, [minutes, copy])
    assert [result.outcome for result in results] == ["unattached", "already held"]


def test_a_stored_file_whose_page_text_was_lost_is_read_again_and_restored(small_store: Store, minutes: Path) -> None:
    [[added]] = import_files(small_store, [minutes])
    text_path(small_store.folder, added.sha256).unlink()
    assert small_store.check()
    read: list[int] = []
    list(import_files(small_store, [minutes], on_read=lambda: read.append(1)))
    assert read == [1]
    assert small_store.check() == []


def test_results_come_stored_files_first_then_the_others_in_their_order(small_store: Store, minutes: Path) -> None:
    others = [minutes.with_name(name) for name in ("b.txt", "a.txt")]
    for number, other in enumerate(others):
        other.write_text(f"Paper number {number} of the committee, about an unknown subject.\n" * 20)
    list(import_files(small_store, [minutes]))
    batches = list(import_files(small_store, [*others, minutes]))
    assert [Path(result.file).name for batch in batches for result in batch] == ["minutes.txt", "b.txt", "a.txt"]


def test_two_imports_are_undone_one_after_the_other(small_store: Store, minutes: Path) -> None:
    other = minutes.with_name("other.txt")
    other.write_text("The committee walked by the river. Nobody was inspected.\n" * 20)
    for file in (minutes, other):
        list(import_files(small_store, [file]))
    small_store.undo()
    assert [document.document.source for document in small_store.stored_documents()] == [str(minutes)]


def test_the_phrase_index_is_completed_after_an_import_that_read_a_file_and_no_other(
    small_store: Store, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    completed: list[str] = []
    for what in ("a new file", "a stored file"):
        monkeypatch.setattr(small_store, "index", lambda what=what: completed.append(what))
        list(import_files(small_store, [minutes]))
    assert completed == ["a new file"]


def test_a_missing_file_fails_with_a_reason(small_store: Store, tmp_path: Path) -> None:
    [[missing]] = import_files(small_store, [tmp_path / "no.pdf"])
    assert (missing.outcome, bool(missing.reason)) == ("failed", True)
