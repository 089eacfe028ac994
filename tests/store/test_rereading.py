"""Stored documents that are read again get their new facts, their inspection, and the old warnings on their file."""

from __future__ import annotations

import msgspec
import pytest

from reinspect.digests import digests
from reinspect.matching import inspection_id
from reinspect.model import Correction, Reading, SourceFacts
from reinspect.record import RecordedInspection
from store import Store
from store.rereading import reread_document
from tests.making.readings import ILACS_GRADES, facts, reading

OLD = reading("letter", facts("ilacs-2018", "2024-02-06", "2024-02-07", grades=ILACS_GRADES))
VISIT = reading("letter", facts("focused-visit", "2024-02-06", "2024-02-07"), "letter")
OLD_ID, VISIT_ID = "camden-2024-02-06-ilacs", "camden-2024-02-06-focused-visit"
ARTICLE = reading(
    "article", facts(published="2025-04-20", mentions=("2025-03",), grades={"leaders": "good"}), "coverage"
)


def reread(store: Store, monkeypatch: pytest.MonkeyPatch, *readings: Reading) -> list[tuple[str, ...]]:
    """Read all documents again, as these readings; return the changes of each document."""
    again = {reading.document.sha256: reading for reading in readings}
    with monkeypatch.context() as patch:
        patch.setattr("store.rereading.reread_document", lambda document, pages: again[document.sha256])
        return [result.changes for result in store.reread()]


def test_a_document_of_another_kind_goes_to_another_inspection(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([OLD])
    assert small_store.document(OLD.document.sha256).inspection == OLD_ID
    (changes,) = reread(small_store, monkeypatch, VISIT)
    assert {"kind: report, now letter", f"assigned to {VISIT_ID}"} <= set(changes)
    assert OLD_ID not in {inspection.id for inspection in small_store.inspections()}
    assert small_store.inspection(VISIT_ID).framework == "focused-visit"
    assert small_store.undo() == "undone: reread"
    assert small_store.document(OLD.document.sha256).inspection == OLD_ID
    assert small_store.inspection(OLD_ID).framework == "ilacs-2018"


def test_corrections_go_with_the_document_to_its_other_inspection(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([OLD])
    small_store.correct(OLD_ID, Correction(field="lead_inspector", value="A. Person"))
    reread(small_store, monkeypatch, VISIT)
    assert small_store.inspection(VISIT_ID).lead_inspector == "A. Person"


def test_an_inspection_that_a_person_chose_stays(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    small_store.add([OLD])
    small_store.attach(OLD.document.sha256, OLD_ID)
    (changes,) = reread(small_store, monkeypatch, VISIT)
    assert not any(change.startswith("assigned") for change in changes)
    assert small_store.document(OLD.document.sha256).inspection == OLD_ID


def test_a_document_that_is_added_again_goes_to_another_inspection_too(small_store: Store) -> None:
    former = msgspec.structs.replace(OLD.document, reader="0.9")
    small_store.add([msgspec.structs.replace(OLD, document=former)])
    assert [result.inspection for result in small_store.add([VISIT])] == [VISIT_ID]
    small_store.undo()
    assert small_store.document(OLD.document.sha256).inspection == OLD_ID


def test_coverage_follows_a_report_to_its_other_inspection(small_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = reading("report", facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))
    after = msgspec.structs.replace(before, facts=msgspec.structs.replace(before.facts, framework="sif"))
    small_store.add([before, ARTICLE])
    assert small_store.document(ARTICLE.document.sha256).inspection == "camden-2025-03-03-ilacs"
    changes = reread(small_store, monkeypatch, after, ARTICLE)
    assert sorted(lines[-1] for lines in changes) == ["assigned to camden-2025-03-03-sif"] * 2


def test_a_document_whose_inspection_became_known_is_assigned_and_named(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_store.add([ARTICLE])
    small_store.import_csv([_recorded(facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))])
    assert reread(small_store, monkeypatch, ARTICLE) == [("assigned to camden-2025-03-03-ilacs",)]
    assert reread(small_store, monkeypatch, ARTICLE) == []


def test_warnings_on_the_file_are_kept_where_an_early_store_lists_all_warnings_together(small_store: Store) -> None:
    pages = ("Words of a page.", "Words of another page.")
    kept = ("page 2: a picture without text", "pages 1, 2 could not be read")
    others = ("no list could be read below 'Plans' on page 1", "page 2: other papers follow the end of this document")
    note = reading("note", SourceFacts(), "other", pages)
    early = msgspec.structs.replace(note.document, reader="1.2", warnings=(*kept, *others))
    small_store.add([msgspec.structs.replace(note, document=early)])
    small_store.reread()
    again = small_store.document(note.document.sha256).document
    assert again.warnings[:2] == again.file_warnings == kept


def test_a_document_keeps_its_name_and_its_doubtful_pages(small_store: Store) -> None:
    note = reading("note", SourceFacts(), "other", ("Words of a page.", "Words of another page."))
    doubtful = msgspec.structs.replace(note.document, title="minutes", doubtful_pages=(2,), reader="1.2")
    small_store.add([msgspec.structs.replace(note, document=doubtful)])
    small_store.reread()
    again = small_store.document(note.document.sha256).document
    assert (again.title, again.source) == ("minutes", note.document.source)
    assert again.doubtful_pages == (2,)


def test_a_digest_is_read_from_its_own_file_only_if_it_is_that_document_with_those_pages() -> None:
    one, two, *_ = digests()
    assert reread_document(one.document, one.pages) is one
    assert reread_document(two.document, two.pages) is two
    for document, pages in ((two.document, ("Other words.",)), (two.document, one.pages)):
        other = reread_document(document, pages)
        assert (other.document.sha256, other.pages) == (two.document.sha256, pages)
        assert {passage.document for passage in other.passages} == {two.document.sha256}


def _recorded(source_facts: SourceFacts) -> RecordedInspection:
    return RecordedInspection(id=inspection_id("camden", source_facts), authority="camden", facts=source_facts)
