"""The store as commands and the app use it: add, attach, remove, correct, undo, and what another process changed."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import reinspect
import store.caches
from reinspect.errors import NotFoundError, ReinspectError, StoreCorruptError, StoreLockedError
from reinspect.model import Correction, Document, Reading
from store import Store
from store.atomic_write import StoreUnwritableError
from store.caches import passages_path
from store.lock import write_lock
from store.page_texts import text_path
from store.storage import CATALOGUE
from tests.making.faults import failing
from tests.making.readings import (
    ILACS_2022,
    ILACS_GRADES,
    SMALL_RECORD,
    VISIT_2018,
    facts,
    reading,
    record_of,
    sha_of,
)

ILACS = "camden-2022-04-25-ilacs"
REPORT = reading("report", facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES))
NEW_REPORT = reading("new report", facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))
NEW_EVENT = "camden-2025-03-03-ilacs"
ARTICLE = reading(
    "article", facts(published="2025-04-20", mentions=("2025-03",), grades={"leaders": "good"}), "coverage"
)
PUZZLE = reading("puzzle", facts("sif"))


def outcomes(opened: Store, *readings: Reading) -> list[tuple[str, str | None]]:
    return [(addition.outcome, addition.inspection) for addition in opened.add(readings)]


def test_the_first_run_makes_the_store_from_the_record(folder: Path) -> None:
    opened = Store.open(folder, record=SMALL_RECORD)
    assert [inspection.id for inspection in opened.inspections()] == [each.id for each in SMALL_RECORD.inspections]
    assert opened.inspections("kent") == []
    assert opened.revision == 1


def test_the_shipped_record_fills_a_store_of_866_inspections(folder: Path) -> None:
    opened = Store.open(folder)
    assert len(opened.inspections()) >= 866
    assert all(inspection.conflicts == () for inspection in opened.inspections())


def test_a_report_is_added_to_its_event_with_its_pages_and_passages(small_store: Store) -> None:
    (addition,) = small_store.add([REPORT])
    assert (addition.outcome, addition.inspection, addition.created) == ("added", ILACS, False)
    sha256 = REPORT.document.sha256
    again = Store.open(small_store.folder, record=SMALL_RECORD)
    assert again.pages(sha256) == REPORT.pages
    assert again.passages(sha256) == REPORT.passages
    assert again.primary_texts() == {ILACS: sha256}
    assert again.inspection(ILACS).documents == (REPORT.document,)
    (document,) = again.stored_documents()
    assert (document.inspection, document.authority) == (ILACS, "camden")


def test_what_is_held_is_not_added_again(small_store: Store) -> None:
    small_store.add([REPORT])
    revision = small_store.revision
    assert outcomes(small_store, REPORT) == [("already held", ILACS)]
    assert small_store.revision == revision


def test_the_same_file_twice_in_a_batch_is_one_document(small_store: Store) -> None:
    assert outcomes(small_store, REPORT, REPORT) == [("added", ILACS), ("already held", ILACS)]


def test_adding_again_puts_lost_pages_right(small_store: Store) -> None:
    small_store.add([REPORT])
    text_path(small_store.folder, REPORT.document.sha256).write_text("scribble")
    with pytest.raises(StoreCorruptError, match="Add the document's file again"):
        small_store.pages(REPORT.document.sha256)
    small_store.add([REPORT])
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


def test_only_what_would_tell_anything_is_needed(small_store: Store) -> None:
    sha256 = REPORT.document.sha256
    assert small_store.needs(sha256)
    small_store.add([REPORT])
    assert not small_store.needs(sha256)
    text_path(small_store.folder, sha256).unlink()
    assert small_store.needs(sha256)


def test_a_newer_readers_reading_takes_the_place_of_the_former_one(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former, facts=facts("sif"), pages=("Old page.",))])
    assert small_store.document(REPORT.document.sha256).inspection is None
    assert outcomes(small_store, REPORT) == [("already held", ILACS)]
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages
    assert small_store.passages(REPORT.document.sha256) == REPORT.passages


def test_a_held_document_that_can_no_longer_be_read_keeps_its_pages(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former)])
    unreadable = msgspec.structs.replace(former, kind="unreadable", pages=0)
    (addition,) = small_store.add([Reading(file="report", document=unreadable, reason="it took too long")])
    assert addition.outcome == "failed"
    assert small_store.pages(former.sha256) == REPORT.pages


def test_the_same_reader_does_not_change_the_pages_that_citations_point_into(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.add([msgspec.structs.replace(REPORT, pages=("Other page.",))])
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


def test_reading_again_takes_over_what_changed_and_names_what_is_lost(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([PUZZLE, REPORT])
    text_path(small_store.folder, REPORT.document.sha256).unlink()
    solved = msgspec.structs.replace(PUZZLE, facts=SMALL_RECORD.inspections[0].facts)
    monkeypatch.setattr("store.document_import.reread_document", lambda document, pages: solved)
    assert [(each.outcome, each.inspection) for each in small_store.reread()] == [
        ("added", "camden-2017-09-11-sif"),
        ("failed", None),
    ]
    small_store.undo()
    assert small_store.document(PUZZLE.document.sha256).inspection is None


def test_coverage_finds_the_event_that_a_later_file_of_the_batch_makes_known(small_store: Store) -> None:
    assert outcomes(small_store, ARTICLE, NEW_REPORT) == [("added", NEW_EVENT), ("added", NEW_EVENT)]
    assert small_store.inspection(NEW_EVENT).primary_text == NEW_REPORT.document.sha256


def test_coverage_added_early_finds_its_event_once_that_is_known(small_store: Store) -> None:
    assert outcomes(small_store, ARTICLE) == [("unattached", None)]
    small_store.add([NEW_REPORT])
    assert small_store.document(ARTICLE.document.sha256).inspection == NEW_EVENT


def test_a_file_that_cannot_be_read_stops_nothing_and_its_reason_is_told(small_store: Store) -> None:
    bad = Document(sha256=sha_of("bad"), kind="unreadable", title="bad", source="bad.pdf", pages=0)
    unreadable = Reading(file="bad.pdf", document=bad, reason="a scan without text")
    half = reading("half", msgspec.structs.replace(ILACS_2022, lead_inspector="A \ud800 Person"))
    failed, odd, added = small_store.add([unreadable, half, REPORT])
    assert (failed.outcome, failed.reason) == ("failed", "a scan without text")
    assert (odd.outcome, odd.reason) == ("failed", "the file contains characters that are not valid text")
    assert added.outcome == "added"
    assert len(small_store.stored_documents()) == 1


def test_a_document_of_no_event_says_why_and_a_person_chooses(small_store: Store) -> None:
    (addition,) = small_store.add([PUZZLE])
    assert addition.outcome == "unattached"
    assert addition.reason
    (puzzle,) = small_store.stored_documents()
    assert puzzle.candidates == ("camden-2017-09-11-sif",)
    small_store.attach(puzzle.document.sha256, puzzle.candidates[0])
    assert small_store.inspection(puzzle.candidates[0]).documents == (PUZZLE.document,)
    small_store.attach(puzzle.document.sha256[:12], None)
    assert small_store.inspection(puzzle.candidates[0]).documents == ()


def test_a_persons_choice_of_none_is_not_undone_by_a_rule(small_store: Store) -> None:
    small_store.add([NEW_REPORT, ARTICLE])
    small_store.attach(ARTICLE.document.sha256, None)
    small_store.add([reading("copy", NEW_REPORT.facts)])
    assert small_store.document(ARTICLE.document.sha256).inspection is None


def test_a_person_may_choose_the_new_inspection_that_a_misprint_left_open(small_store: Store) -> None:
    told = facts("focused-visit", "2017-05-20", "2017-05-21")
    (addition,) = small_store.add([reading("letter", told, "letter")])
    assert addition.outcome == "unattached"
    new = "camden-2017-05-20-focused-visit"
    assert small_store.attach(addition.sha256, new) == small_store.inspection(new)


def test_attaching_to_what_does_not_exist_is_refused(small_store: Store) -> None:
    small_store.add([PUZZLE])
    with pytest.raises(NotFoundError, match="nowhere"):
        small_store.attach(PUZZLE.document.sha256, "nowhere")
    with pytest.raises(NotFoundError, match="no document"):
        small_store.attach("feedface", ILACS)


def test_removing_a_document_takes_the_event_that_it_alone_made_known(small_store: Store) -> None:
    small_store.add([NEW_REPORT, ARTICLE, REPORT])
    small_store.remove(REPORT.document.sha256)
    assert small_store.inspection(ILACS).documents == ()
    assert NEW_EVENT in small_store.remove(NEW_REPORT.document.sha256)
    with pytest.raises(NotFoundError):
        small_store.inspection(NEW_EVENT)
    assert [document.inspection for document in small_store.stored_documents()] == [None]


def test_an_inspection_of_the_record_cannot_be_removed_but_a_documents_can(small_store: Store) -> None:
    small_store.add([NEW_REPORT])
    with pytest.raises(ReinspectError, match="shipped record"):
        small_store.remove(ILACS)
    small_store.remove(NEW_EVENT)
    assert [document.inspection for document in small_store.stored_documents()] == [None]
    with pytest.raises(NotFoundError):
        small_store.remove("camden")


def test_undo_takes_back_one_change_after_another_also_after_a_restart(small_store: Store) -> None:
    states = [(small_store.inspections(), small_store.stored_documents())]
    for change in (
        lambda: small_store.add([NEW_REPORT, ARTICLE]),
        lambda: small_store.correct(ILACS, Correction(field="judgement.help", value="outstanding")),
        lambda: small_store.attach(ARTICLE.document.sha256, ILACS),
        lambda: small_store.remove(NEW_REPORT.document.sha256),
    ):
        change()
        states.append((small_store.inspections(), small_store.stored_documents()))
    for state in reversed(states[:-1]):
        opened = Store.open(small_store.folder, record=SMALL_RECORD)
        assert opened.undo().startswith("undone: ")
        assert (opened.inspections(), opened.stored_documents()) == state
    with pytest.raises(ReinspectError, match="no change"):
        opened.undo()


def test_undoing_a_removal_brings_the_pages_back(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.remove(REPORT.document.sha256)
    small_store.check(repair=True)
    small_store.undo()
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


def test_the_batches_of_one_import_are_taken_back_together(small_store: Store) -> None:
    small_store.add([PUZZLE])
    small_store.add([REPORT], run="import 1")
    small_store.add([NEW_REPORT], run="import 1")
    small_store.undo()
    assert [document.document.title for document in small_store.stored_documents()] == ["puzzle"]


def test_an_import_of_what_is_held_already_leaves_nothing_to_take_back(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former)])
    small_store.add([NEW_REPORT])
    small_store.add([REPORT, NEW_REPORT])
    assert small_store.document(REPORT.document.sha256).document.reader == reinspect.READER
    assert small_store.undo() == "undone: add new report"
    assert [held.document.title for held in small_store.stored_documents()] == ["report"]


def test_of_an_import_of_three_only_the_one_that_was_added_is_taken_back(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former), PUZZLE])
    small_store.add([REPORT, PUZZLE, NEW_REPORT])
    assert small_store.next_undo() == ("add new report", 1)
    small_store.undo()
    assert {held.document.title for held in small_store.stored_documents()} == {"report", "puzzle"}
    assert small_store.document(REPORT.document.sha256).document.reader == reinspect.READER


def test_a_held_document_that_finds_its_inspection_when_it_is_read_again_loses_it_by_undo(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former, facts=facts("sif"))])
    small_store.add([REPORT])
    assert small_store.undo() == "undone: reread report"
    assert small_store.document(REPORT.document.sha256).inspection is None


def test_the_batches_of_one_import_are_counted_together(small_store: Store) -> None:
    small_store.add([PUZZLE, REPORT], run="import 1")
    small_store.add([NEW_REPORT, REPORT], run="import 1")
    assert small_store.next_undo() == ("add 3 documents", 3)
    assert small_store.undo() == "undone: add 3 documents"


def test_a_correction_shows_as_a_conflict_with_the_persons_word_first(small_store: Store) -> None:
    inspection = small_store.correct(ILACS, Correction(field="published", value="2022-06-30"))
    (conflict,) = inspection.conflicts
    assert [(claim.origin.kind, claim.value) for claim in conflict.claims] == [
        ("hand", "2022-06-30"),
        ("record", "2022-06-21"),
    ]
    withdrawn = small_store.correct(ILACS, Correction(field="published", value=""))
    assert withdrawn.conflicts == ()
    with pytest.raises(NotFoundError):
        small_store.correct("nowhere", Correction(field="published", value="2022-06-30"))


def test_another_process_change_is_seen_on_refresh_and_kept_by_the_next_change(small_store: Store) -> None:
    beside = Store.open(small_store.folder, record=SMALL_RECORD)
    beside.add([REPORT])
    assert small_store.stored_documents() == []
    assert small_store.refresh()
    assert not small_store.refresh()
    assert len(small_store.stored_documents()) == 1
    beside.add([NEW_REPORT])
    small_store.add([PUZZLE])
    assert len(small_store.stored_documents()) == 3


def test_a_newer_record_is_taken_over_and_documents_and_corrections_stay(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.correct(ILACS, Correction(field="lead_inspector", value="A. Person"))
    amended = msgspec.structs.replace(ILACS_2022, topics=("front door",))
    newer = record_of(VISIT_2018, amended, facts("sif", "2015-01-05", "2015-01-30"), as_of="2026-09-01")
    opened = Store.open(small_store.folder, record=newer)
    assert {inspection.id for inspection in opened.inspections()} == {each.id for each in newer.inspections}
    inspection = opened.inspection(ILACS)
    assert (inspection.topics, inspection.lead_inspector) == (("front door",), "A. Person")
    assert inspection.documents == (REPORT.document,)


def test_an_older_record_changes_nothing_and_an_amended_one_of_the_same_date_does(small_store: Store) -> None:
    older = record_of(VISIT_2018, as_of="2020-01-01")
    assert Store.open(small_store.folder, record=older).revision == 1
    amended = record_of(VISIT_2018)
    assert len(Store.open(small_store.folder, record=amended).inspections()) == 1


def test_documents_of_an_event_that_the_record_renamed_follow_it(small_store: Store) -> None:
    small_store.add([REPORT])
    renamed = facts("ilacs-2018", "2022-04-24", "2022-04-29", grades=ILACS_GRADES)
    opened = Store.open(small_store.folder, record=record_of(renamed, as_of="2026-09-01"))
    assert [inspection.id for inspection in opened.inspections()] == ["camden-2022-04-24-ilacs"]
    assert opened.stored_documents()[0].inspection == "camden-2022-04-24-ilacs"


def test_passages_of_another_reader_or_damaged_ones_are_made_again(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([REPORT])
    sha256 = REPORT.document.sha256
    again = msgspec.structs.replace(REPORT, passages=REPORT.passages[:1])
    monkeypatch.setattr(store.caches, "reread_document", lambda document, pages: again)
    assert small_store.passages(sha256) == REPORT.passages
    path = passages_path(small_store.folder, sha256)
    path.write_bytes(path.read_bytes().replace(b"first", b"worst"))
    assert small_store.passages(sha256) == again.passages
    monkeypatch.setattr(store.caches, "READER", f"{reinspect.READER}-next")
    path.unlink()
    assert small_store.passages(sha256) == again.passages
    assert small_store.passages(sha256) == again.passages


def test_a_store_that_cannot_be_written_can_still_be_read(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.add([REPORT])
    before = small_store.inspections()

    def refused(*arguments: object) -> None:
        failing(errno.EROFS)("open", ())

    monkeypatch.setattr("filelock.FileLock.acquire", lambda lock, **options: refused())
    newer = record_of(VISIT_2018, as_of="2030-01-01")
    opened = Store.open(small_store.folder, record=newer)
    assert opened.inspections() == before
    with pytest.raises(StoreUnwritableError, match="Read-only"):
        opened.add([NEW_REPORT])


def test_no_store_can_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReinspectError, match="cannot be"):
        Store.open(tmp_path / "file" / "store", record=SMALL_RECORD)


def test_a_store_held_too_long_names_its_holder(small_store: Store) -> None:
    beside = Store.open(small_store.folder, wait=0.0, record=SMALL_RECORD)
    script = (
        "import sys, pathlib; from store.lock import write_lock\n"
        "with write_lock(pathlib.Path(sys.argv[1]), 5): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(small_store.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdin
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError, match=f"process {holder.pid} on ") as caught:
            beside.add([REPORT])
        assert caught.value.exit_code == 4
        assert len(beside.inspections()) == 3
        holder.stdin.close()
    beside.add([REPORT])


WRITER = """
import sys
from pathlib import Path
from store import Store
from tests.making.readings import SMALL_RECORD, facts, reading
opened = Store.open(Path(sys.argv[1]), wait=60, record=SMALL_RECORD)
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{number}"
    opened.add([reading(name, facts("sif"))])
    print(name, flush=True)
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_processes_lose_nothing_of_each_others(small_store: Store) -> None:
    writers = [writer(small_store.folder, name, 8) for name in "ab"]
    assert [process.communicate()[0].split()[-1] for process in writers] == ["a7", "b7"]
    small_store.refresh()
    assert len(small_store.stored_documents()) == 16
    assert small_store.revision == 17
    assert small_store.check() == []


def test_a_killed_writer_loses_nothing_that_it_acknowledged(small_store: Store) -> None:
    with writer(small_store.folder, "a", 1000) as process:
        assert process.stdout
        acknowledged = {process.stdout.readline().strip() for _ in range(5)}
        process.kill()
    opened = Store.open(small_store.folder, wait=0.0, record=SMALL_RECORD)
    assert acknowledged <= {held_document.document.title for held_document in opened.stored_documents()}
    opened.add([REPORT])
    assert [fault for fault in opened.check(repair=True) if not fault.mended] == []


def test_the_catalogue_holds_no_text(small_store: Store) -> None:
    small_store.add([REPORT])
    assert "the first page" not in (small_store.folder / CATALOGUE).read_text("utf-8")
    json.loads((small_store.folder / CATALOGUE).read_bytes())


def test_the_index_covers_one_text_an_inspection_and_follows_changes(small_store: Store) -> None:
    copy = reading("copy of the report", REPORT.facts, pages=("Short.", "Copy."))
    small_store.add([REPORT, copy, ARTICLE, PUZZLE])
    searched = {REPORT.document.sha256, ARTICLE.document.sha256, PUZZLE.document.sha256}
    assert small_store.index().documents == searched
    beside = Store.open(small_store.folder, record=SMALL_RECORD)
    beside.remove(PUZZLE.document.sha256)
    beside.add([NEW_REPORT])
    assert beside.index().documents == searched - {PUZZLE.document.sha256} | {NEW_REPORT.document.sha256}
    small_store.refresh()
    assert small_store.index().documents == beside.index().documents


def test_an_unwanted_lock_file_stops_no_reader(small_store: Store) -> None:
    with write_lock(small_store.folder, 1.0):
        assert len(Store.open(small_store.folder, record=SMALL_RECORD).inspections()) == 3
