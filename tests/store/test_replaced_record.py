"""A newer record replaces the facts of the former one, and nothing that a person did."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from reinspect import digests
from reinspect.errors import RecordRefusedError
from reinspect.model import Correction
from reinspect.record import record
from store import Store
from tests.making.readings import ILACS_2022, SIF_2017, SMALL_RECORD, VISIT_2018, facts, reading, record_of

NEW = facts("ilacs-2023", "2026-09-14", "2026-09-18", published="2026-11-02", grades={"leaders": "good"})
NEWER = record_of(SIF_2017, VISIT_2018, ILACS_2022, NEW, as_of="2026-12-01")


def test_a_newer_record_adds_its_inspections_and_keeps_what_a_person_did(small_store: Store) -> None:
    small_store.add([reading("letter", VISIT_2018, "letter")])
    small_store.correct("camden-2017-09-11-sif", Correction(field="judgement.help", value="outstanding"))
    small_store.replace_record(NEWER)
    assert small_store.record_date == NEWER.as_of
    assert small_store.inspection("camden-2026-09-14-ilacs").judgement("leaders")
    assert small_store.inspection("camden-2018-05-15-focused-visit").primary_text
    corrected = small_store.inspection("camden-2017-09-11-sif").judgement("help")
    assert corrected is not None
    assert corrected.grade == "outstanding"


def test_it_stays_when_the_store_is_opened_by_a_program_with_an_older_record(small_store: Store, folder: Path) -> None:
    small_store.replace_record(NEWER)
    again = Store.open(folder, record=SMALL_RECORD)
    assert again.record_date == NEWER.as_of
    assert "camden-2026-09-14-ilacs" in again.recorded_facts()


def test_a_newer_program_still_brings_its_own_record(small_store: Store, folder: Path) -> None:
    small_store.replace_record(NEWER)
    later = record_of(SIF_2017, NEW, as_of="2027-01-01")
    again = Store.open(folder, record=later)
    assert again.record_date == later.as_of
    assert "camden-2022-04-25-ilacs" not in again.recorded_facts()


def test_an_older_program_does_not_bring_its_digests_back(small_store: Store, folder: Path) -> None:
    one, two = digests.shipped()[:1], digests.shipped()[:2]
    former, later = (replace(record(), as_of=date(year, 1, 1)) for year in (2027, 2028))
    Store.open(folder, record=former, digests=one).replace_record(replace(record(), as_of=date(2029, 1, 1)))
    texts = [
        len(Store.open(folder, record=own, digests=own_digests).searchable())
        for own, own_digests in ((later, two), (former, one))
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (record_of(SIF_2017, as_of="2026-07-31"), "older than yours"),
        (SMALL_RECORD, "has this record already"),
        (record_of(SIF_2017), "but differs"),
    ],
)
def test_a_record_that_is_not_newer_changes_nothing(small_store: Store, record: object, reason: str) -> None:
    before = small_store.revision, small_store.recorded_facts()
    with pytest.raises(RecordRefusedError, match=reason):
        small_store.replace_record(record)  # type: ignore[arg-type]
    assert (small_store.revision, small_store.recorded_facts()) == before
