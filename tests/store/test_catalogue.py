"""The catalogue in memory: documents by their first digits, what is searched, and what one undo takes back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.errors import NotFoundError
from reinspect.model import Kind, Pin
from store.catalogue import Catalogue, ChangeRow, DocumentRow, InspectionRow, decode_rows, pins_in_order
from store.storage import SCHEMA, encode_catalogue
from tests.making.readings import ILACS_2022, SIF_2017, document, facts

ILACS, SIF = "camden-2022-04-25-ilacs", "camden-2017-09-11-sif"


def row(name: str, kind: Kind = "report", inspection: str | None = None) -> DocumentRow:
    return DocumentRow(document=document(name, kind), facts=facts(), inspection=inspection)


def catalogue_of(*rows: DocumentRow) -> Catalogue:
    inspections = {
        ILACS: InspectionRow(authority="camden", framework="ilacs-2018", record_facts=ILACS_2022),
        SIF: InspectionRow(authority="camden", framework="sif", record_facts=SIF_2017),
    }
    return Catalogue({each.document.sha256: each for each in rows}, inspections)


def test_six_digits_name_a_document_if_no_other_begins_with_them() -> None:
    one, two, three = "abcdef0" + "0" * 57, "abcdef1" + "0" * 57, "123456" + "0" * 58
    catalogue = Catalogue(dict.fromkeys((one, two, three), row("any")), {})
    assert [catalogue.find_document(digits) for digits in (three, "123456", "abcdef1")] == [three, three, two]
    with pytest.raises(NotFoundError, match='there is no document or inspection "12345"'):
        catalogue.find_document("12345")
    with pytest.raises(NotFoundError, match='more than one document begins with "abcdef"'):
        catalogue.find_document("abcdef")
    with pytest.raises(NotFoundError, match="there is no document"):
        catalogue.find_document("fedcba")


def test_the_primary_text_of_each_inspection_is_searched_and_every_text_that_is_no_copy() -> None:
    report, copy = row("report", inspection=ILACS), row("copy", "letter", ILACS)
    copy = replace(copy, document=replace(copy.document, words=10))
    article, plan, loose = row("article", "coverage", ILACS), row("plan", "other", ILACS), row("loose", "letter")
    catalogue = catalogue_of(report, copy, article, plan, loose)
    assert catalogue.primary_texts() == {ILACS: report.document.sha256}
    assert catalogue.searchable() == {each.document.sha256 for each in (report, article, plan, loose)}
    catalogue.put_document(report.document.sha256, None)
    assert catalogue.primary_texts() == {ILACS: copy.document.sha256}
    assert catalogue.searchable() == {each.document.sha256 for each in (copy, article, plan, loose)}
    catalogue.put_inspection(ILACS, None)
    assert catalogue.primary_texts() == {}


def test_a_document_that_is_put_elsewhere_belongs_to_one_inspection_alone() -> None:
    report = row("report", inspection=ILACS)
    catalogue = catalogue_of(report)
    assert catalogue.reconciled(ILACS).documents == (report.document,)
    catalogue.put_document(report.document.sha256, replace(report, inspection=SIF))
    assert (catalogue.documents_of(ILACS), catalogue.documents_of(SIF)) == ([], [report.document.sha256])
    assert catalogue.reconciled(ILACS).documents == ()
    assert catalogue.reconciled(SIF).documents == (report.document,)


def test_a_changed_copy_leaves_the_catalogue_as_it_was() -> None:
    report = row("report", inspection=ILACS)
    catalogue = catalogue_of(report)
    catalogue.changes = {"1": ChangeRow(label="one")}
    copy = catalogue.copy()
    copy.put_document(report.document.sha256, None)
    copy.put_inspection(SIF, None)
    copy.changes.clear()
    assert (catalogue.documents, set(catalogue.inspections)) == ({report.document.sha256: report}, {ILACS, SIF})
    assert catalogue.reconciled(ILACS).documents == (report.document,)
    assert [each.id for each in catalogue.reconciled_inspections("camden")] == [SIF, ILACS]
    assert catalogue.changes


def test_an_authority_without_inspections_has_no_candidates() -> None:
    catalogue = catalogue_of()
    assert (catalogue.reconciled_inspections("kent"), catalogue.match_candidates("kent")) == ([], [])
    assert {candidate.id for candidate in catalogue.match_candidates("camden")} == {ILACS, SIF}


def test_an_undo_takes_back_the_latest_change_or_all_changes_of_its_run() -> None:
    catalogue = Catalogue({}, {})
    assert catalogue.latest_changes() == []
    runs = {"8": "a", "9": "b", "10": "b", "11": "", "12": ""}
    catalogue.changes = {key: ChangeRow(label=key, run=run) for key, run in runs.items()}
    labels = []
    while latest := catalogue.latest_changes():
        labels.append([change.label for change in latest])
        for change in latest:
            del catalogue.changes[change.label]
    assert labels == [["12"], ["11"], ["10", "9"], ["8"]]


def test_what_is_neither_stored_nor_needed_to_undo_a_change_is_unreferenced() -> None:
    catalogue = catalogue_of(row("report"))
    catalogue.changes = {"1": ChangeRow(label="remove", documents={"b" * 64: row("removed")})}
    stored = row("report").document.sha256
    assert catalogue.unreferenced(["a" * 64, "b" * 64, stored, "c" * 64]) == ["a" * 64, "c" * 64]


def test_the_authority_of_a_document_is_that_of_its_inspection_or_else_the_one_it_prints() -> None:
    kent = DocumentRow(document=document("kent"), facts=facts(authority="kent"))
    assert catalogue_of(kent).stored_document(kent.document.sha256).authority == "kent"
    moved = replace(kent, inspection=ILACS)
    assert catalogue_of(moved).stored_document(kent.document.sha256).authority == "camden"
    nameless = replace(kent, facts=facts(authority=None))
    assert catalogue_of(nameless).stored_document(kent.document.sha256).authority is None


def test_pins_are_in_the_order_of_their_numbers_and_gaps_are_closed() -> None:
    first, second = (Pin(kind="row", text=text, citation="Camden") for text in ("first", "second"))
    assert pins_in_order({"10": second, "2": first, "3": None}) == (first, second)


def test_rows_are_decoded_at_once_only_if_nothing_is_wrong_with_them() -> None:
    pin = {"kind": "row", "text": "a row", "citation": "Camden"}
    good = encode_catalogue(3, {"basket": {"1": pin}})
    decoded = decode_rows(good)
    assert decoded is not None
    assert (decoded[0], [one.text for one in decoded[1].basket]) == (3, ["a row"])
    assert decode_rows(encode_catalogue(0, {})) is None
    assert decode_rows(encode_catalogue(1, {})) is not None
    assert decode_rows(encode_catalogue(3, {"basket": {"first": pin}})) is None
    assert decode_rows(encode_catalogue(3, {"basket": {"1": {"kind": "row"}}})) is None


def test_rows_of_another_schema_are_not_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    good = encode_catalogue(3, {})
    for schema in (SCHEMA - 1, SCHEMA + 1):
        monkeypatch.setattr("store.storage.SCHEMA", schema)
        assert decode_rows(good) is None
