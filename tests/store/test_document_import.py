"""Adding, assigning and removing documents: what each result says, and what stays of a removed inspection."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.errors import NotFoundError
from reinspect.model import Correction, Document, Reading
from reinspect.reading.fields.responsible_bodies import DIVIDED_BY_WORDING
from store import Store
from store.page_texts import text_path
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading, sha_of

ILACS, SIF = "camden-2022-04-25-ilacs", "camden-2017-09-11-sif"
REPORT = reading("report", ILACS_2022)
NEW_REPORT = reading("new report", facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))
NEW_INSPECTION = "camden-2025-03-03-ilacs"
ARTICLE = reading(
    "article", facts(published="2025-04-20", mentions=("2025-03",), grades={"leaders": "good"}), "coverage"
)
PUZZLE = reading("puzzle", facts("sif"))


def by_older_reader(now: Reading) -> Reading:
    return replace(now, document=replace(now.document, reader="0.9"))


# Results


def test_a_result_says_whether_the_inspection_is_new_and_what_could_not_be_made_out(small_store: Store) -> None:
    doubtful = replace(NEW_REPORT, document=replace(NEW_REPORT.document, warnings=("page 2: no words",)))
    new, known = small_store.add([doubtful, REPORT])
    assert (new.file, new.sha256, new.inspection) == (NEW_REPORT.file, NEW_REPORT.document.sha256, NEW_INSPECTION)
    assert (new.created, new.warnings, new.reason) == (True, ("page 2: no words",), None)
    assert (known.created, known.warnings, known.changes) == (False, (), ())


def test_a_file_that_fails_without_a_reason_cannot_be_read(small_store: Store) -> None:
    bad = Document(sha256=sha_of("bad"), kind="unreadable", title="bad", source="bad.pdf", pages=0)
    (failed,) = small_store.add([Reading(file="bad.pdf", document=bad)])
    assert (failed.file, failed.sha256, failed.outcome) == ("bad.pdf", sha_of("bad"), "failed")
    assert failed.reason == "the file cannot be read"
    assert small_store.next_undo() == ("", 0)


def test_results_are_in_the_order_of_the_files_whatever_is_added_first(small_store: Store) -> None:
    results = small_store.add([ARTICLE, PUZZLE, NEW_REPORT, REPORT])
    assert [result.file for result in results] == [each.file for each in (ARTICLE, PUZZLE, NEW_REPORT, REPORT)]
    assert [result.inspection for result in results] == [NEW_INSPECTION, None, NEW_INSPECTION, ILACS]


def test_a_document_that_finds_its_inspection_later_has_no_reason_and_no_candidates_left(small_store: Store) -> None:
    (before,) = small_store.add([ARTICLE])
    assert before.outcome == "unattached"
    assert before.reason == small_store.document(ARTICLE.document.sha256).reason != ""
    small_store.add([NEW_REPORT])
    after = small_store.document(ARTICLE.document.sha256)
    assert (after.inspection, after.candidates, after.reason) == (NEW_INSPECTION, (), "")


def test_a_stored_document_that_finds_its_inspection_in_the_batch_is_returned_with_it(small_store: Store) -> None:
    small_store.add([ARTICLE])
    held, added = small_store.add([ARTICLE, NEW_REPORT])
    assert (held.outcome, held.inspection) == ("already held", NEW_INSPECTION)
    assert (added.outcome, added.inspection) == ("added", NEW_INSPECTION)


def test_a_report_of_another_authority_assigns_nothing(small_store: Store) -> None:
    small_store.add([ARTICLE])
    kent = facts("ilacs-2023", "2025-03-03", "2025-03-07", authority="kent", grades={"leaders": "good"})
    small_store.add([reading("kent report", kent)])
    assert small_store.document(ARTICLE.document.sha256).inspection is None


def test_a_list_that_was_divided_by_its_wording_is_a_reason_to_read_the_file_again(small_store: Store) -> None:
    divided = replace(REPORT, document=replace(REPORT.document, warnings=(DIVIDED_BY_WORDING,)))
    small_store.add([divided, NEW_REPORT])
    assert small_store.needs(REPORT.document.sha256)
    assert not small_store.needs(NEW_REPORT.document.sha256)


def test_adding_what_was_read_by_an_older_reader_again_names_the_inspection_it_belongs_to(small_store: Store) -> None:
    small_store.add([by_older_reader(NEW_REPORT)])
    (again,) = small_store.add([NEW_REPORT])
    assert (again.outcome, again.inspection, again.reason) == ("already held", NEW_INSPECTION, None)
    assert again.created is False
    assert small_store.next_undo() == ("add new report", 1)


def test_several_documents_that_are_read_again_are_counted(small_store: Store) -> None:
    other = reading("other report", ILACS_2022)
    unknown = [replace(by_older_reader(each), facts=facts("sif")) for each in (REPORT, other)]
    small_store.add(unknown)
    small_store.add([REPORT, other])
    assert small_store.undo() == "undone: reread 2 documents"
    assert [stored.inspection for stored in small_store.stored_documents()] == [None, None]


# Reading the stored pages again


@pytest.mark.leaves_damage
def test_a_document_without_pages_is_named_with_its_file_and_the_reason(small_store: Store) -> None:
    small_store.add([REPORT])
    text_path(small_store.folder, REPORT.document.sha256).unlink()
    (lost,) = small_store.reread()
    assert (lost.file, lost.sha256, lost.outcome) == (REPORT.document.source, REPORT.document.sha256, "failed")
    assert lost.reason is not None
    assert "the page text of a document is missing" in lost.reason


def test_coverage_finds_the_inspection_of_a_report_that_is_read_again_with_it(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [reading(f"article {number}", ARTICLE.facts, "coverage") for number in range(6)]
    again = {each.document.sha256: each for each in (NEW_REPORT, *articles)}
    small_store.add([replace(each, facts=facts("sif")) for each in again.values()])
    assert {stored.inspection for stored in small_store.stored_documents()} == {None}
    monkeypatch.setattr("store.rereading.reread_document", lambda document, pages: again[document.sha256])
    small_store.reread()
    assert {stored.inspection for stored in small_store.stored_documents()} == {NEW_INSPECTION}


def test_a_digest_that_no_longer_ships_is_not_read_again(small_store: Store) -> None:
    notes = reading("notes", ILACS_2022, "digest")
    small_store.add([notes])
    assert small_store.reread() == []
    assert small_store.document(notes.document.sha256).document == notes.document


def test_a_document_that_fits_no_inspection_any_more_says_why(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([NEW_REPORT])
    unclear = replace(NEW_REPORT, facts=facts("sif"))
    monkeypatch.setattr("store.rereading.reread_document", lambda document, pages: unclear)
    (result,) = small_store.reread()
    assert (result.outcome, result.inspection) == ("unattached", None)
    assert result.changes[-1] == f"assigned to no inspection: {result.reason}"
    assert result.reason == small_store.document(NEW_REPORT.document.sha256).reason != ""


# Assigning and removing


def test_a_document_that_a_person_assigned_has_no_reason_left(small_store: Store) -> None:
    small_store.add([PUZZLE])
    small_store.attach(PUZZLE.document.sha256, SIF)
    stored = small_store.document(PUZZLE.document.sha256)
    assert (stored.inspection, stored.reason) == (SIF, "")
    assert small_store.undo() == "undone: assign puzzle to Camden, SIF inspection 2017"
    small_store.attach(PUZZLE.document.sha256, None)
    assert small_store.undo() == "undone: assign puzzle to no inspection"


def test_an_inspection_that_its_only_report_leaves_is_removed(small_store: Store) -> None:
    small_store.add([NEW_REPORT])
    small_store.attach(NEW_REPORT.document.sha256, ILACS)
    assert [inspection.id for inspection in small_store.inspections()] == [one.id for one in SMALL_RECORD.inspections]


def test_an_inspection_stays_as_long_as_another_report_supports_it(small_store: Store) -> None:
    copy = reading("copy", NEW_REPORT.facts)
    small_store.add([NEW_REPORT, copy, ARTICLE])
    assert small_store.remove(NEW_REPORT.document.sha256) == "new report"
    assert small_store.inspection(NEW_INSPECTION).primary_text == copy.document.sha256
    removed = small_store.remove(copy.document.sha256)
    assert removed == f"copy and inspection {NEW_INSPECTION}, which no other document supports"
    left = small_store.document(ARTICLE.document.sha256)
    assert (left.inspection, left.reason) == (None, "its inspection was removed")


def test_a_document_without_a_title_is_named_by_its_first_digits(small_store: Store) -> None:
    nameless = replace(PUZZLE, document=replace(PUZZLE.document, title=""))
    small_store.add([nameless])
    digits = PUZZLE.document.sha256[:12]
    small_store.attach(PUZZLE.document.sha256, SIF)
    assert small_store.undo() == f"undone: assign {digits} to Camden, SIF inspection 2017"
    assert small_store.remove(PUZZLE.document.sha256) == digits
    assert small_store.undo() == f"undone: remove {digits}"


def test_a_text_whose_inspection_was_removed_is_matched_again_though_a_person_had_chosen(small_store: Store) -> None:
    small_store.add([NEW_REPORT, ARTICLE])
    small_store.attach(ARTICLE.document.sha256, NEW_INSPECTION)
    small_store.remove(NEW_INSPECTION)
    assert small_store.document(ARTICLE.document.sha256).inspection is None
    small_store.add([reading("copy", NEW_REPORT.facts)])
    assert small_store.document(ARTICLE.document.sha256).inspection == NEW_INSPECTION


def test_a_candidate_that_does_not_exist_can_only_be_chosen_for_the_document_that_names_it(small_store: Store) -> None:
    visit = reading("letter", facts("focused-visit", "2017-05-20", "2017-05-21"), "letter")
    small_store.add([visit, PUZZLE])
    new = "camden-2017-05-20-focused-visit"
    with pytest.raises(NotFoundError, match=new):
        small_store.attach(PUZZLE.document.sha256, new)
    chosen = small_store.attach(visit.document.sha256, new)
    assert chosen is not None
    assert (chosen.authority, chosen.framework) == ("camden", "focused-visit")


def test_corrections_stay_behind_where_another_report_supports_the_inspection(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = reading("copy", NEW_REPORT.facts)
    small_store.add([NEW_REPORT, copy])
    small_store.correct(NEW_INSPECTION, Correction(field="lead_inspector", value="A. Person"))
    moved = replace(NEW_REPORT, facts=replace(NEW_REPORT.facts, framework="sif"))
    again = {each.document.sha256: each for each in (moved, copy)}
    monkeypatch.setattr("store.rereading.reread_document", lambda document, pages: again[document.sha256])
    small_store.reread()
    assert small_store.inspection(NEW_INSPECTION).lead_inspector == "A. Person"
    other = small_store.document(NEW_REPORT.document.sha256).inspection
    assert other == "camden-2025-03-03-sif"
    assert small_store.inspection(other).lead_inspector != "A. Person"
