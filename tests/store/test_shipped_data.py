"""Shipped digests in a store: added at the first run, replaced by newer ones, and second to reports."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

import reinspect
import store.shipped_data
from reinspect.digests import Digest, digests, shipped
from reinspect.errors import ReinspectError
from reinspect.model import Correction
from reinspect.record import Record, record, record_file_checksum
from store import Store
from store.caches import passages_path
from store.catalogue import ShippedVersion
from store.page_texts import text_path
from store.shipped_data import has_shipped_files, is_newer_record, lacks_record_file, needs_digests
from tests.making.readings import (
    ILACS_2022,
    ILACS_GRADES,
    SIF_2017,
    SMALL_RECORD,
    VISIT_2018,
    facts,
    reading,
    record_of,
)

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
    monkeypatch.setattr(reinspect.digests, "READER", "next")
    opened = Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST])
    assert (opened.revision, opened.document(DIGEST.sha256).document.reader) == (2, "next")


def test_a_store_that_has_the_shipped_files_already_is_opened_as_it_is(
    digested: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reinspect.digests.shipped", lambda: (DIGEST,))
    monkeypatch.setattr("store.store.has_shipped_files", lambda shipped, digests: list(digests) == [DIGEST])
    opened = Store.open(digested.folder)
    assert (opened.revision, opened.inspections()) == (1, digested.inspections())


def test_an_older_program_keeps_the_digests_of_a_newer_one(digested: Store) -> None:
    older = record_of(ILACS_2022, as_of="2020-01-01")
    assert len(Store.open(digested.folder, record=older).stored_documents()) == 1


def test_a_digest_of_an_unknown_inspection_is_left_out(folder: Path) -> None:
    elsewhere = msgspec.structs.replace(DIGEST, inspection="kent-2022-05-09-ilacs")
    opened = Store.open(folder, record=SMALL_RECORD, digests=[elsewhere])
    assert opened.stored_documents() == []


def test_a_digest_stays_where_a_person_put_it_when_it_is_read_again(
    digested: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SMALL_RECORD.inspections[0].id
    digested.attach(DIGEST.sha256, other)
    monkeypatch.setattr(store.shipped_data, "READER", "next")
    opened = Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST])
    assert opened.document(DIGEST.sha256).inspection == other


# Which of two versions is the newer one


def dated(as_of: str) -> Record:
    return record_of(SIF_2017, VISIT_2018, ILACS_2022, as_of=as_of)


def kept(opened: Store) -> ShippedVersion:
    found = opened._file.catalogue.shipped
    assert found is not None
    return found


def test_a_newer_record_has_a_later_date_or_other_contents_of_the_same_date(digested: Store) -> None:
    stored = kept(digested)
    assert is_newer_record(SMALL_RECORD, None)
    assert is_newer_record(dated("2026-08-02"), stored)
    assert not is_newer_record(dated("2026-07-31"), stored)
    assert not is_newer_record(record_of(SIF_2017, as_of="2026-07-31"), stored)
    assert not is_newer_record(SMALL_RECORD, stored)
    assert is_newer_record(record_of(SIF_2017), stored)


def test_digests_are_needed_if_they_or_the_reader_changed_and_the_program_is_not_older(
    digested: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = kept(digested)
    assert needs_digests([DIGEST], SMALL_RECORD, None)
    assert not needs_digests([DIGEST], SMALL_RECORD, stored)
    assert needs_digests([], SMALL_RECORD, stored)
    assert needs_digests([amended(DIGEST)], dated("2026-08-02"), stored)
    assert not needs_digests([amended(DIGEST)], dated("2026-07-31"), stored)
    monkeypatch.setattr(store.shipped_data, "READER", "next")
    assert needs_digests([DIGEST], SMALL_RECORD, stored)


def test_a_store_has_the_shipped_files_if_record_digests_and_reader_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = ShippedVersion(
        as_of=date(2026, 8, 1),
        record_file=record_file_checksum(),
        digest_checksums={DIGEST.inspection: DIGEST.sha256},
        reader=reinspect.READER,
    )
    assert has_shipped_files(stored, [DIGEST])
    assert not has_shipped_files(None, [DIGEST])
    assert not has_shipped_files(stored, [])
    assert not has_shipped_files(msgspec.structs.replace(stored, record_file="other"), [DIGEST])
    assert not has_shipped_files(msgspec.structs.replace(stored, record_file=""), [DIGEST])
    monkeypatch.setattr(store.shipped_data, "READER", "next")
    assert not has_shipped_files(stored, [DIGEST])


def test_the_file_of_a_record_is_noted_only_if_the_store_has_that_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.shipped_data, "shipped_record", lambda: SMALL_RECORD)
    monkeypatch.setattr(store.shipped_data, "record_file_checksum", lambda: "now")
    before = ShippedVersion(as_of=SMALL_RECORD.as_of, record_file="before")
    assert lacks_record_file(SMALL_RECORD, before)
    assert not lacks_record_file(SMALL_RECORD, None)
    assert not lacks_record_file(SMALL_RECORD, msgspec.structs.replace(before, record_file="now"))
    assert not lacks_record_file(SMALL_RECORD, msgspec.structs.replace(before, as_of=date(2026, 8, 2)))
    assert not lacks_record_file(dated("2026-08-01"), before)


def test_the_file_of_the_shipped_record_is_noted_with_it_and_again_when_it_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.shipped_data, "shipped_record", lambda: SMALL_RECORD)
    assert kept(Store.open(folder, record=SMALL_RECORD)).record_file == record_file_checksum()
    monkeypatch.setattr(store.shipped_data, "record_file_checksum", lambda: "changed")
    opened = Store.open(folder, record=SMALL_RECORD)
    assert (opened.revision, kept(opened).record_file) == (2, "changed")
    assert Store.open(folder, record=SMALL_RECORD).revision == 2
    other = Store.open(folder, record=dated("2026-08-02"))
    assert (other.revision, kept(other).record_file) == (3, "")


def test_a_newer_record_does_not_make_the_digests_be_read_again(digested: Store) -> None:
    before = kept(digested)
    opened = Store.open(digested.folder, record=dated("2026-08-02"), digests=[DIGEST])
    assert (opened.revision, kept(opened).as_of) == (2, date(2026, 8, 2))
    assert (kept(opened).digest_checksums, kept(opened).reader) == (before.digest_checksums, before.reader)
    assert Store.open(digested.folder, record=dated("2026-08-02"), digests=[DIGEST]).revision == 2


def test_a_record_that_a_person_chose_does_not_keep_a_newer_program_from_bringing_its_digests(digested: Store) -> None:
    digested.replace_record(dated("2026-11-01"))
    digested.replace_record(dated("2026-12-01"))
    newer = Store.open(digested.folder, record=dated("2026-10-01"), digests=[amended(DIGEST)])
    assert [stored.document.sha256 for stored in newer.stored_documents()] == [amended(DIGEST).sha256]
    older = Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST])
    assert (older.revision, older.record_date) == (newer.revision, date(2026, 12, 1))
    assert [stored.document.sha256 for stored in older.stored_documents()] == [amended(DIGEST).sha256]
    newest = Store.open(digested.folder, record=dated("2026-10-15"))
    assert newest.stored_documents() == []


def test_a_record_that_a_person_chose_does_not_make_the_digests_be_read_again(digested: Store) -> None:
    digested.replace_record(dated("2026-12-01"))
    opened = Store.open(digested.folder, record=SMALL_RECORD, digests=[DIGEST])
    assert (opened.revision, kept(opened).reader) == (2, reinspect.READER)


# What a newer record takes away


def test_a_change_from_before_a_newer_record_cannot_be_undone(small_store: Store) -> None:
    small_store.correct(ILACS, Correction(field="topics", value="front door"))
    opened = Store.open(small_store.folder, record=dated("2026-08-02"))
    with pytest.raises(ReinspectError, match="no change to undo"):
        opened.undo()


def test_an_inspection_that_left_the_record_stays_with_its_report_or_a_correction_alone(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.correct(SMALL_RECORD.inspections[0].id, Correction(field="topics", value="front door"))
    opened = Store.open(
        small_store.folder, record=record_of(facts("sif", "2013-11-05", "2013-11-28"), as_of="2027-01-01")
    )
    assert {inspection.id for inspection in opened.inspections("camden")} == {
        "camden-2013-11-05-sif",
        SMALL_RECORD.inspections[0].id,
        ILACS,
    }
    assert set(opened.recorded_facts()) == {"camden-2013-11-05-sif"}
    assert opened.inspection(SMALL_RECORD.inspections[0].id).topics == ("front door",)
    assert opened.document(REPORT.document.sha256).inspection == ILACS
    assert opened.check() == []
