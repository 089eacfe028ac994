"""The store as commands and the app use it: add, attach, remove, correct, undo, and changes by other processes."""

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
import store.catalogue
import store.loaded_revision
import store.store
from reinspect.errors import NotFoundError, ReinspectError, StoreCorruptError, StoreLockedError
from reinspect.model import Correction, Document, Reading
from store import Store
from store.atomic_write import StoreUnwritableError
from store.caches import inspections_path, passages_path
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
NEW_INSPECTION = "camden-2025-03-03-ilacs"
ARTICLE = reading(
    "article", facts(published="2025-04-20", mentions=("2025-03",), grades={"leaders": "good"}), "coverage"
)
PUZZLE = reading("puzzle", facts("sif"))


def outcomes(opened: Store, *readings: Reading) -> list[tuple[str, str | None]]:
    return [(result.outcome, result.inspection) for result in opened.add(readings)]


def test_the_first_run_creates_the_store_from_the_record(folder: Path) -> None:
    opened = Store.open(folder, record=SMALL_RECORD)
    assert [inspection.id for inspection in opened.inspections()] == [known.id for known in SMALL_RECORD.inspections]
    assert opened.inspections("kent") == []
    assert opened.revision == 1


def test_a_store_is_created_in_an_empty_folder_or_with_the_folders_above_it(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "papers" / "inspections"):
        Store.open(folder, record=SMALL_RECORD)
        assert (folder / CATALOGUE).is_file()


def test_a_record_has_a_date_as_soon_as_there_is_a_store(folder: Path) -> None:
    assert Store(folder).record_date is None
    assert Store.open(folder, record=SMALL_RECORD).record_date == SMALL_RECORD.as_of


def test_the_shipped_record_has_at_least_866_inspections_without_conflicts(folder: Path) -> None:
    opened = Store.open(folder)
    assert len(opened.inspections()) >= 866
    assert all(inspection.conflicts == () for inspection in opened.inspections())


def test_a_report_is_added_to_its_inspection_with_pages_and_passages(small_store: Store) -> None:
    (result,) = small_store.add([REPORT])
    assert (result.outcome, result.inspection, result.created) == ("added", ILACS, False)
    sha256 = REPORT.document.sha256
    reopened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert reopened.pages(sha256) == REPORT.pages
    assert reopened.passages(sha256) == REPORT.passages
    assert reopened.primary_texts() == {ILACS: sha256}
    assert reopened.inspection(ILACS).documents == (REPORT.document,)
    (document,) = reopened.stored_documents()
    assert (document.inspection, document.authority) == (ILACS, "camden")


def test_a_stored_document_is_not_added_again(small_store: Store) -> None:
    small_store.add([REPORT])
    revision = small_store.revision
    assert outcomes(small_store, REPORT) == [("already held", ILACS)]
    assert small_store.revision == revision


def test_the_same_file_twice_in_a_batch_is_one_document(small_store: Store) -> None:
    assert outcomes(small_store, REPORT, REPORT) == [("added", ILACS), ("already held", ILACS)]


def test_adding_a_document_again_restores_its_lost_pages(small_store: Store) -> None:
    small_store.add([REPORT])
    text_path(small_store.folder, REPORT.document.sha256).write_text("scribble")
    with pytest.raises(StoreCorruptError, match="Add the document's file again"):
        small_store.pages(REPORT.document.sha256)
    small_store.add([REPORT])
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


@pytest.mark.leaves_damage
def test_a_document_is_needed_if_it_is_unknown_or_has_lost_its_pages(small_store: Store) -> None:
    sha256 = REPORT.document.sha256
    assert small_store.needs(sha256)
    small_store.add([REPORT])
    assert not small_store.needs(sha256)
    text_path(small_store.folder, sha256).unlink()
    assert small_store.needs(sha256)


def test_a_reading_by_a_newer_reader_replaces_the_former_one(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former, facts=facts("sif"), pages=("Old page.",))])
    assert small_store.document(REPORT.document.sha256).inspection is None
    assert outcomes(small_store, REPORT) == [("already held", ILACS)]
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages
    assert small_store.passages(REPORT.document.sha256) == REPORT.passages


def test_a_stored_document_that_can_no_longer_be_read_keeps_its_pages(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former)])
    unreadable = msgspec.structs.replace(former, kind="unreadable", pages=0)
    (result,) = small_store.add([Reading(file="report", document=unreadable, reason="it took too long")])
    assert result.outcome == "failed"
    assert small_store.pages(former.sha256) == REPORT.pages


def test_the_same_reader_does_not_change_stored_pages(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.add([msgspec.structs.replace(REPORT, pages=("Other page.",))])
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


@pytest.mark.leaves_damage
def test_reread_updates_changed_facts_and_names_lost_pages(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.add([PUZZLE, REPORT])
    text_path(small_store.folder, REPORT.document.sha256).unlink()
    solved = msgspec.structs.replace(PUZZLE, facts=SMALL_RECORD.inspections[0].facts)
    monkeypatch.setattr("store.rereading.reread_document", lambda document, pages: solved)
    assert [(result.outcome, result.inspection) for result in small_store.reread()] == [
        ("added", "camden-2017-09-11-sif"),
        ("failed", None),
    ]
    small_store.undo()
    assert small_store.document(PUZZLE.document.sha256).inspection is None


def test_press_coverage_is_matched_to_an_inspection_from_a_later_file_of_the_batch(small_store: Store) -> None:
    assert outcomes(small_store, ARTICLE, NEW_REPORT) == [("added", NEW_INSPECTION), ("added", NEW_INSPECTION)]
    assert small_store.inspection(NEW_INSPECTION).primary_text == NEW_REPORT.document.sha256


def test_a_batch_may_remove_the_inspection_that_its_own_coverage_was_matched_to(small_store: Store) -> None:
    only = reading("only source", facts("ilacs-2018", "2021-06-14", "2021-06-18", grades={"leaders": "good"}))
    older = msgspec.structs.replace(only, document=msgspec.structs.replace(only.document, reader="0.1"))
    [added] = small_store.add([older])
    press = reading(
        "press", facts(published="2021-07-20", mentions=("2021-06",), grades={"leaders": "good"}), "coverage"
    )
    now_press = msgspec.structs.replace(
        only, document=msgspec.structs.replace(only.document, kind="coverage"), facts=press.facts
    )

    results = small_store.add([press, now_press])
    assert added.inspection not in {inspection.id for inspection in small_store.inspections()}
    assert [result.inspection for result in results] == [None, None]
    assert results[0].outcome == "unattached"
    assert results[0].reason == small_store.document(press.document.sha256).reason != ""
    assert small_store.check() == []


def test_press_coverage_is_matched_once_its_inspection_is_known(small_store: Store) -> None:
    assert outcomes(small_store, ARTICLE) == [("unattached", None)]
    small_store.add([NEW_REPORT])
    assert small_store.document(ARTICLE.document.sha256).inspection == NEW_INSPECTION


def test_an_unreadable_file_fails_with_a_reason_and_the_others_are_added(small_store: Store) -> None:
    bad = Document(sha256=sha_of("bad"), kind="unreadable", title="bad", source="bad.pdf", pages=0)
    unreadable = Reading(file="bad.pdf", document=bad, reason="a scan without text")
    half = reading("half", msgspec.structs.replace(ILACS_2022, lead_inspector="A \ud800 Person"))
    failed, odd, added = small_store.add([unreadable, half, REPORT])
    assert (failed.outcome, failed.reason) == ("failed", "a scan without text")
    assert (odd.outcome, odd.reason) == ("failed", "the file contains characters that are not valid text")
    assert added.outcome == "added"
    assert len(small_store.stored_documents()) == 1


def test_an_unattached_document_has_a_reason_and_a_person_can_choose(small_store: Store) -> None:
    (result,) = small_store.add([PUZZLE])
    assert result.outcome == "unattached"
    assert result.reason
    (puzzle,) = small_store.stored_documents()
    assert puzzle.candidates == ("camden-2017-09-11-sif",)
    small_store.attach(puzzle.document.sha256, puzzle.candidates[0])
    assert small_store.inspection(puzzle.candidates[0]).documents == (PUZZLE.document,)
    small_store.attach(puzzle.document.sha256[:12], None)
    assert small_store.inspection(puzzle.candidates[0]).documents == ()


def test_a_document_that_a_person_detached_is_not_matched_again(small_store: Store) -> None:
    small_store.add([NEW_REPORT, ARTICLE])
    small_store.attach(ARTICLE.document.sha256, None)
    small_store.add([reading("copy", NEW_REPORT.facts)])
    assert small_store.document(ARTICLE.document.sha256).inspection is None


def test_a_person_can_choose_a_new_inspection_that_the_document_names(small_store: Store) -> None:
    visit = facts("focused-visit", "2017-05-20", "2017-05-21")
    (result,) = small_store.add([reading("letter", visit, "letter")])
    assert result.outcome == "unattached"
    new = "camden-2017-05-20-focused-visit"
    assert small_store.attach(result.sha256, new) == small_store.inspection(new)


def test_attaching_to_an_unknown_inspection_is_refused(small_store: Store) -> None:
    small_store.add([PUZZLE])
    with pytest.raises(NotFoundError, match="nowhere"):
        small_store.attach(PUZZLE.document.sha256, "nowhere")
    with pytest.raises(NotFoundError, match="no document"):
        small_store.attach("feedface", ILACS)


def test_removing_a_document_removes_an_inspection_known_only_from_it(small_store: Store) -> None:
    small_store.add([NEW_REPORT, ARTICLE, REPORT])
    small_store.remove(REPORT.document.sha256)
    assert small_store.inspection(ILACS).documents == ()
    assert NEW_INSPECTION in small_store.remove(NEW_REPORT.document.sha256)
    with pytest.raises(NotFoundError):
        small_store.inspection(NEW_INSPECTION)
    assert [document.inspection for document in small_store.stored_documents()] == [None]


def test_only_inspections_outside_the_record_can_be_removed(small_store: Store) -> None:
    small_store.add([NEW_REPORT])
    with pytest.raises(ReinspectError, match="shipped record"):
        small_store.remove(ILACS)
    small_store.remove(NEW_INSPECTION)
    assert [document.inspection for document in small_store.stored_documents()] == [None]
    with pytest.raises(NotFoundError):
        small_store.remove("camden")


def test_changes_are_undone_one_after_another_even_after_a_restart(small_store: Store) -> None:
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


def test_undoing_a_removal_restores_the_pages(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.remove(REPORT.document.sha256)
    small_store.check(repair=True)
    small_store.undo()
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


def test_the_batches_of_one_import_are_undone_together(small_store: Store) -> None:
    small_store.add([PUZZLE])
    small_store.add([REPORT], run="import 1")
    small_store.add([NEW_REPORT], run="import 1")
    small_store.undo()
    assert [document.document.title for document in small_store.stored_documents()] == ["puzzle"]


def test_importing_stored_documents_again_leaves_nothing_to_undo(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former)])
    small_store.add([NEW_REPORT])
    small_store.add([REPORT, NEW_REPORT])
    assert small_store.document(REPORT.document.sha256).document.reader == reinspect.READER
    assert small_store.undo() == "undone: add new report"
    assert [stored.document.title for stored in small_store.stored_documents()] == ["report"]


def test_undoing_an_import_removes_only_the_documents_it_added(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former), PUZZLE])
    small_store.add([REPORT, PUZZLE, NEW_REPORT])
    assert small_store.next_undo() == ("add new report", 1)
    small_store.undo()
    assert {stored.document.title for stored in small_store.stored_documents()} == {"report", "puzzle"}
    assert small_store.document(REPORT.document.sha256).document.reader == reinspect.READER


def test_undo_detaches_a_document_that_was_matched_when_read_again(small_store: Store) -> None:
    former = msgspec.structs.replace(REPORT.document, reader="0.9")
    small_store.add([msgspec.structs.replace(REPORT, document=former, facts=facts("sif"))])
    small_store.add([REPORT])
    assert small_store.undo() == "undone: reread report"
    assert small_store.document(REPORT.document.sha256).inspection is None


def test_undo_counts_the_documents_of_all_batches_of_an_import(small_store: Store) -> None:
    small_store.add([PUZZLE, REPORT], run="import 1")
    small_store.add([NEW_REPORT, REPORT], run="import 1")
    assert small_store.next_undo() == ("add 3 documents", 3)
    assert small_store.undo() == "undone: add 3 documents"


def test_a_correction_is_shown_as_a_conflict_with_the_corrected_value_first(small_store: Store) -> None:
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


def test_a_change_by_another_process_is_seen_on_refresh_and_not_overwritten(small_store: Store) -> None:
    other = Store.open(small_store.folder, record=SMALL_RECORD)
    other.add([REPORT])
    assert small_store.stored_documents() == []
    assert small_store.refresh()
    assert not small_store.refresh()
    assert len(small_store.stored_documents()) == 1
    other.add([NEW_REPORT])
    small_store.add([PUZZLE])
    assert len(small_store.stored_documents()) == 3


def test_a_newer_record_keeps_documents_and_corrections(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.correct(ILACS, Correction(field="lead_inspector", value="A. Person"))
    amended = msgspec.structs.replace(ILACS_2022, topics=("front door",))
    newer = record_of(VISIT_2018, amended, facts("sif", "2015-01-05", "2015-01-30"), as_of="2026-09-01")
    opened = Store.open(small_store.folder, record=newer)
    assert {inspection.id for inspection in opened.inspections()} == {known.id for known in newer.inspections}
    inspection = opened.inspection(ILACS)
    assert (inspection.topics, inspection.lead_inspector) == (("front door",), "A. Person")
    assert inspection.documents == (REPORT.document,)


def test_an_older_record_is_ignored_and_an_amended_one_of_the_same_date_is_not(small_store: Store) -> None:
    older = record_of(VISIT_2018, as_of="2020-01-01")
    assert Store.open(small_store.folder, record=older).revision == 1
    amended = record_of(VISIT_2018)
    assert len(Store.open(small_store.folder, record=amended).inspections()) == 1


def test_documents_follow_an_inspection_whose_id_changed_in_the_record(small_store: Store) -> None:
    small_store.add([REPORT])
    renamed = facts("ilacs-2018", "2022-04-24", "2022-04-29", grades=ILACS_GRADES)
    opened = Store.open(small_store.folder, record=record_of(renamed, as_of="2026-09-01"))
    assert [inspection.id for inspection in opened.inspections()] == ["camden-2022-04-24-ilacs"]
    assert opened.stored_documents()[0].inspection == "camden-2022-04-24-ilacs"


def test_cached_passages_are_made_again_if_damaged_or_by_another_reader(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([REPORT])
    sha256 = REPORT.document.sha256
    again = msgspec.structs.replace(REPORT, passages=REPORT.passages[:1])
    monkeypatch.setattr("store.rereading.reread_document", lambda document, pages: again)
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


def test_a_store_cannot_be_created_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReinspectError, match="cannot be"):
        Store.open(tmp_path / "file" / "store", record=SMALL_RECORD)


def test_the_error_of_a_locked_store_names_the_process(small_store: Store) -> None:
    other = Store.open(small_store.folder, wait=0.0, record=SMALL_RECORD)
    script = (
        "import sys, pathlib; from store.lock import write_lock\n"
        "with write_lock(pathlib.Path(sys.argv[1]), 5): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(small_store.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdin
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError, match=f"process {holder.pid} on ") as caught:
            other.add([REPORT])
        assert caught.value.exit_code == 4
        assert len(other.inspections()) == 3
        holder.stdin.close()
    other.add([REPORT])


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


def test_two_writing_processes_lose_nothing(small_store: Store) -> None:
    writers = [writer(small_store.folder, name, 8) for name in "ab"]
    assert [process.communicate()[0].split()[-1] for process in writers] == ["a7", "b7"]
    small_store.refresh()
    assert len(small_store.stored_documents()) == 16
    assert small_store.revision == 17
    assert small_store.check() == []


def test_a_killed_writer_loses_nothing_it_had_reported_as_stored(small_store: Store) -> None:
    with writer(small_store.folder, "a", 1000) as process:
        assert process.stdout
        acknowledged = {process.stdout.readline().strip() for _ in range(5)}
        process.kill()
    opened = Store.open(small_store.folder, wait=0.0, record=SMALL_RECORD)
    assert acknowledged <= {stored.document.title for stored in opened.stored_documents()}
    opened.add([REPORT])
    assert [fault for fault in opened.check(repair=True) if not fault.mended] == []


def test_the_catalogue_contains_no_page_text(small_store: Store) -> None:
    small_store.add([REPORT])
    assert "the first page" not in (small_store.folder / CATALOGUE).read_text("utf-8")
    json.loads((small_store.folder / CATALOGUE).read_bytes())


def test_the_index_has_one_text_for_each_inspection_and_follows_changes(small_store: Store) -> None:
    copy = reading("copy of the report", REPORT.facts, pages=("Short.", "Copy."))
    small_store.add([REPORT, copy, ARTICLE, PUZZLE])
    searched = {REPORT.document.sha256, ARTICLE.document.sha256, PUZZLE.document.sha256}
    assert small_store.index().documents == searched
    other = Store.open(small_store.folder, record=SMALL_RECORD)
    other.remove(PUZZLE.document.sha256)
    other.add([NEW_REPORT])
    assert other.index().documents == searched - {PUZZLE.document.sha256} | {NEW_REPORT.document.sha256}
    small_store.refresh()
    assert small_store.index().documents == other.index().documents


def test_a_locked_store_can_be_read(small_store: Store) -> None:
    with write_lock(small_store.folder, 1.0):
        assert len(Store.open(small_store.folder, record=SMALL_RECORD).inspections()) == 3


def test_the_index_is_loaded_once_until_what_is_searched_changes_or_the_store_is_checked(small_store: Store) -> None:
    small_store.add([REPORT])
    first = small_store.index()
    assert small_store.index() is first
    small_store.check()
    second = small_store.index()
    assert second is not first
    small_store.add([PUZZLE])
    third = small_store.index()
    assert third is not second
    assert third.documents == {REPORT.document.sha256, PUZZLE.document.sha256}


def test_documents_are_listed_by_the_name_of_their_file(small_store: Store) -> None:
    small_store.add([REPORT, PUZZLE, ARTICLE, NEW_REPORT])
    titles = [stored.document.title for stored in small_store.stored_documents()]
    assert titles == ["article", "new report", "puzzle", "report"]


def test_undo_names_the_corrected_field_and_the_removed_document(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.correct(ILACS, Correction(field="topics", value="front door"))
    small_store.remove(REPORT.document.sha256)
    assert small_store.undo() == "undone: remove report"
    assert small_store.undo() == "undone: correct topics of Camden, ILACS inspection 2022"


def test_what_was_undone_meanwhile_is_not_undone_twice(small_store: Store) -> None:
    small_store.add([REPORT])
    label, _ = small_store.next_undo()
    Store.open(small_store.folder, record=SMALL_RECORD).undo()
    with pytest.raises(ReinspectError, match="another change was made meanwhile"):
        small_store.undo(label)


def test_a_replaced_record_cannot_be_undone(small_store: Store) -> None:
    small_store.add([REPORT])
    newer = record_of(VISIT_2018, ILACS_2022, as_of="2026-09-01")
    small_store.replace_record(newer)
    assert small_store.record_date == newer.as_of
    assert set(small_store.recorded_facts()) == {known.id for known in newer.inspections}
    with pytest.raises(ReinspectError, match="no change to undo"):
        small_store.undo()


def test_answers_that_were_not_kept_are_missing(small_store: Store) -> None:
    assert small_store.kept_steps(ILACS) is None
    assert small_store.kept_phrases("a") is None
    small_store.keep_steps(ILACS, b"steps")
    small_store.keep_phrases("a", b"phrases")
    assert (small_store.kept_steps(ILACS), small_store.kept_phrases("a")) == (b"steps", b"phrases")


def test_the_usual_store_is_the_one_that_the_variable_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REINSPECT_STORE", str(folder))
    assert Store.open_default().folder == folder


def test_what_another_copy_of_the_report_says_is_searched_only_if_a_person_chose_it_and_it_differs(
    small_store: Store,
) -> None:
    same = reading("same words", REPORT.facts, "letter", REPORT.pages)
    other = reading("other words", REPORT.facts, "letter", ("Lanterns are kept.", "Wardens light them."))
    small_store.add([REPORT, same, other])
    primary = small_store.primary_texts()[ILACS]
    assert small_store.searchable() == {primary}
    for each in (same, other):
        small_store.attach(each.document.sha256, ILACS)
    assert small_store.searchable() == {primary, other.document.sha256}


def test_an_attached_letter_on_another_kind_of_inspection_is_searched_and_is_no_primary_text(
    small_store: Store,
) -> None:
    letter = reading("joint letter", facts("jtai-2022", "2022-01-10", "2022-01-14"), "letter", ("A long page. " * 900,))
    small_store.add([letter])
    small_store.add([REPORT])
    small_store.attach(letter.document.sha256, ILACS)

    assert letter.document.sha256 in small_store.searchable()
    assert small_store.primary_texts()[ILACS] == REPORT.document.sha256
    assert small_store.inspection(ILACS).framework == "ilacs-2018"


# Inspections that were put together before


@pytest.fixture
def kept_store(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store whose three inspections are many enough to be kept, and are."""
    monkeypatch.setattr(store.loaded_revision, "_MANY_INSPECTIONS", 1)
    small_store.add([REPORT])
    small_store.inspections()
    assert inspections_path(small_store.folder).is_file()
    return small_store


def test_inspections_are_put_together_once_for_all_openings(kept_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept_store.inspections()
    opened = Store.open(kept_store.folder, record=SMALL_RECORD)
    with monkeypatch.context() as patch:
        patch.setattr(store.catalogue, "reconcile", None)
        assert opened.inspections() == before
        assert opened.stored_documents() == kept_store.stored_documents()
        assert opened.inspections() == before
        assert opened.inspection(ILACS) == kept_store.inspection(ILACS)


def test_with_kept_inspections_a_list_of_them_needs_no_row_of_the_catalogue(
    kept_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store.loaded_revision, "decode_rows", None)
        opened = Store.open(kept_store.folder, record=SMALL_RECORD)
        assert opened.inspections() == kept_store.inspections()
        assert (opened.revision, opened.record_date) == (kept_store.revision, kept_store.record_date)
    assert opened.stored_documents() == kept_store.stored_documents()
    opened.correct(ILACS, Correction(field="published", value="2022-07-01"))
    kept_store.refresh()
    assert opened.inspections() == kept_store.inspections()


def test_a_row_that_is_no_longer_valid_is_told_when_it_is_needed(
    kept_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.loaded_revision, "decode_rows", lambda _data: None)
    opened = Store.open(kept_store.folder, record=SMALL_RECORD)
    with pytest.raises(StoreCorruptError, match=r"catalogue\.json: the store's catalogue has an invalid row"):
        opened.stored_documents()


def test_after_a_change_the_inspections_that_were_kept_are_not_used(kept_store: Store) -> None:
    other = Store.open(kept_store.folder, record=SMALL_RECORD)
    other.correct(ILACS, Correction(field="published", value="2022-07-01"))
    opened = Store.open(kept_store.folder, record=SMALL_RECORD)
    found = {each.id: str(each.published) for each in opened.inspections()}
    assert found[ILACS] == "2022-07-01"
    assert opened.inspections() == other.inspections()


def test_kept_inspections_that_are_damaged_are_put_together_again(kept_store: Store) -> None:
    before, path = kept_store.inspections(), inspections_path(kept_store.folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\x00")
    assert [(fault.severity, fault.mendable) for fault in store.check(kept_store.folder)] == [("wrong", True)]
    assert Store.open(kept_store.folder, record=SMALL_RECORD).inspections() == before
    assert path.read_bytes() == whole


def test_inspections_that_cannot_be_kept_are_put_together_each_time(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.loaded_revision, "_MANY_INSPECTIONS", 1)
    monkeypatch.setattr(store.caches, "replace_file", failing(errno.ENOSPC))
    assert len(small_store.inspections()) == 3
    assert not inspections_path(small_store.folder).exists()
