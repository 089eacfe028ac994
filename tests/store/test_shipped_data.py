"""Shipped digests in a store: added at the first run, replaced by newer ones, and second to reports."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

import store.shipped_data
from reinspect.digests import Digest, digests, shipped
from reinspect.record import record
from store import Store
from store.caches import passages_path
from store.page_texts import text_path
from tests.making.readings import ILACS_2022, ILACS_GRADES, SMALL_RECORD, facts, reading, record_of

ILACS = "camden-2022-04-25-ilacs"
(DIGEST,) = (digest for digest in shipped() if digest.inspection == ILACS)
READING = DIGEST.read()
REPORT = reading(
    "report",
    facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES, improvements=("Answer the telephone.",)),
)


def amended(digest: Digest) -> Digest:
    content = digest.content.replace(b"Front door decisions", b"Decisions at the front door")
    return msgspec.structs.replace(digest, content=content, sha256=sha256(content).hexdigest())


@pytest.fixture
def digested(folder: Path) -> Store:
    return Store.open(folder, record=SMALL_RECORD, digests=[DIGEST])


def test_the_first_run_adds_every_shipped_digest_to_its_inspection(folder: Path) -> None:
    opened = Store.open(folder)
    stored = {document.document.sha256: document.inspection for document in opened.stored_documents()}
    assert stored == {digest.sha256: digest.inspection for digest in shipped()}
    assert opened.searchable() == stored.keys()
    assert all(opened.pages(digest.document.sha256) == digest.pages for digest in digests())
    assert opened.revision == 1
    assert all(inspection.conflicts == () for inspection in opened.inspections("camden"))
    assert Store.open(opened.folder, record=record(), digests=shipped()).revision == 1


def test_a_store_with_the_shipped_record_is_opened_without_decoding_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Store.open(folder).inspections()

    def refuse() -> None:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr("reinspect.record.record", refuse)
        assert Store.open(folder).inspections() == expected
        # A file that has changed is looked at, and found to hold the same record.
        patch.setattr("store.shipped_data.record_file_checksum", lambda: "changed")
        with pytest.raises(AssertionError):
            Store.open(folder)
    # The changed file is noted once, so that the next opening is quick again.
    monkeypatch.setattr("store.shipped_data.record_file_checksum", lambda: "changed")
    assert Store.open(folder).revision == 2
    assert Store.open(folder).inspections() == expected
    monkeypatch.setattr("reinspect.record.record", refuse)
    assert Store.open(folder).revision == 2


def test_a_digest_is_the_primary_text_if_there_is_no_report(digested: Store) -> None:
    inspection = digested.inspection(ILACS)
    assert inspection.primary_text == DIGEST.sha256
    assert inspection.improvements == READING.facts.improvements
    assert digested.passages(DIGEST.sha256) == READING.passages
    assert digested.index().documents == {DIGEST.sha256}


def test_a_report_replaces_the_digest_as_primary_text_until_it_is_removed(digested: Store) -> None:
    digested.add([REPORT])
    inspection = digested.inspection(ILACS)
    assert inspection.primary_text == REPORT.document.sha256
    assert [improvement.text for improvement in inspection.improvements] == ["Answer the telephone."]
    assert [document.kind for document in inspection.documents] == ["report", "digest"]
    assert digested.searchable() == {REPORT.document.sha256}
    digested.undo()
    assert digested.inspection(ILACS).primary_text == DIGEST.sha256


def test_lost_passages_of_a_digest_are_read_from_the_shipped_file(digested: Store) -> None:
    passages_path(digested.folder, DIGEST.sha256).unlink()
    assert digested.passages(DIGEST.sha256) == READING.passages
    digested.reread()
    assert digested.inspection(ILACS).documents == (READING.document,)


def test_a_repair_writes_the_lost_pages_of_a_digest_again(digested: Store) -> None:
    text_path(digested.folder, DIGEST.sha256).unlink()
    assert [fault.mendable for fault in digested.check()] == [True]
    digested.check(repair=True)
    assert digested.check() == []
    assert digested.pages(DIGEST.sha256) == READING.pages


def test_a_newer_digest_replaces_the_former_one(digested: Store) -> None:
    newer = amended(DIGEST)
    opened = Store.open(digested.folder, record=SMALL_RECORD, digests=[newer])
    assert [document.document.sha256 for document in opened.stored_documents()] == [newer.sha256]
    assert opened.passages(newer.sha256) == newer.read().passages
    assert Store.open(digested.folder, record=SMALL_RECORD, digests=[newer]).revision == opened.revision


def test_a_digest_that_no_longer_ships_is_removed(digested: Store) -> None:
    assert Store.open(digested.folder, record=SMALL_RECORD).stored_documents() == []


def test_a_digest_removed_by_a_person_is_not_added_again_even_if_newer(digested: Store) -> None:
    digested.remove(DIGEST.sha256)
    assert Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST]).stored_documents() == []
    assert Store.open(digested.folder, record=SMALL_RECORD, digests=[amended(DIGEST)]).stored_documents() == []
    newer = record_of(ILACS_2022, as_of="2026-09-01")
    assert Store.open(digested.folder, record=newer, digests=[amended(DIGEST)]).stored_documents() == []


def test_a_store_without_digests_gets_them_at_the_next_opening(folder: Path) -> None:
    before = Store.open(folder, record=SMALL_RECORD)
    before.add([REPORT])
    opened = Store.open(before.folder, record=SMALL_RECORD, digests=[DIGEST])
    assert opened.inspection(ILACS).primary_text == REPORT.document.sha256
    assert len(opened.inspection(ILACS).documents) == 2
    assert opened.undo()
    assert opened.inspection(ILACS).primary_text == DIGEST.sha256


def test_a_newer_reader_reads_the_digests_again(digested: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.shipped_data, "READER", "next")
    assert Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST]).revision == 2


def test_an_older_program_keeps_the_digests_of_a_newer_one(digested: Store) -> None:
    older = record_of(ILACS_2022, as_of="2020-01-01")
    assert len(Store.open(digested.folder, record=older).stored_documents()) == 1


def test_a_digest_of_an_unknown_inspection_is_left_out(folder: Path) -> None:
    elsewhere = msgspec.structs.replace(DIGEST, inspection="kent-2022-05-09-ilacs")
    opened = Store.open(folder, record=SMALL_RECORD, digests=[elsewhere])
    assert opened.stored_documents() == []
