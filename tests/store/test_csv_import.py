"""Importing a person's own table of inspections: rows are kept, marked as theirs, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.inspection_csv import inspection
from reinspect.record import RecordedInspection
from store import Store
from tests.making.inspections import CAMDEN
from tests.making.readings import SMALL_RECORD

ADDRESS = "https://files.ofsted.gov.uk/v1/file/1"
KNOWN = SMALL_RECORD.inspections[0]


def row(**cells: str) -> RecordedInspection:
    return inspection({"framework": "ilacs-2026", "inspection_start": "2026-09-14", **cells}, CAMDEN)


def test_a_row_can_add_a_new_inspection(small_store: Store) -> None:
    [entry] = small_store.import_csv([row(inspection_end="2026-09-18", leaders="good", report_url=ADDRESS)])
    assert (entry.outcome, entry.inspection, entry.reason) == ("new", "camden-2026-09-14-ilacs", "")
    known = Store.open(small_store.folder, record=SMALL_RECORD).inspection("camden-2026-09-14-ilacs")
    assert (known.framework, known.report_url) == ("ilacs-2026", ADDRESS)
    assert known.origins["report_url"].kind == "hand"
    leaders = known.judgement("leaders")
    assert leaders is not None and leaders.grade == "good"


def test_a_row_can_add_the_report_address_of_a_known_inspection(small_store: Store) -> None:
    before = small_store.inspection(KNOWN.id)
    [entry] = small_store.import_csv([replace(KNOWN, facts=replace(KNOWN.facts, report_url=ADDRESS))])
    after = small_store.inspection(KNOWN.id)
    assert (entry.outcome, entry.inspection) == ("updated", KNOWN.id)
    assert after.report_url == ADDRESS
    assert (after.windows, after.judgements, after.conflicts) == (before.windows, before.judgements, ())


def test_a_value_that_differs_from_the_record_is_shown_as_a_conflict(small_store: Store) -> None:
    small_store.import_csv([replace(KNOWN, facts=replace(KNOWN.facts, published=date(2020, 1, 1)))])
    known = small_store.inspection(KNOWN.id)
    assert known.published == date(2020, 1, 1)
    assert [conflict.field for conflict in known.conflicts] == ["published"]


def test_rows_with_slightly_different_dates_are_the_same_inspection(small_store: Store) -> None:
    small_store.import_csv([row(inspection_end="2026-09-18")])
    [entry] = small_store.import_csv([row(inspection_start="2026-09-15", inspection_end="2026-09-18")])
    assert (entry.outcome, entry.inspection) == ("updated", "camden-2026-09-14-ilacs")


def test_a_row_whose_dates_look_misprinted_is_left_to_a_person_with_the_inspections_to_choose_from(
    small_store: Store,
) -> None:
    revision = small_store.revision
    misprinted = row(framework="ilacs-2018", inspection_start="2021-04-25", inspection_end="2021-04-29")
    [entry] = small_store.import_csv([misprinted])
    assert (entry.row, entry.outcome, entry.inspection) == (misprinted, "unclear", None)
    assert entry.candidates == ("camden-2022-04-25-ilacs", "camden-2021-04-25-ilacs")
    assert "misprinted" in entry.reason
    assert small_store.revision == revision


def test_importing_the_same_table_again_changes_nothing(small_store: Store) -> None:
    small_store.import_csv([row(report_url=ADDRESS)])
    revision = small_store.revision
    entries = small_store.import_csv([row(report_url=ADDRESS), KNOWN])
    assert [(entry.outcome, entry.inspection) for entry in entries] == [
        ("unchanged", "camden-2026-09-14-ilacs"),
        ("unchanged", KNOWN.id),
    ]
    assert small_store.revision == revision


def published_as(day: date | None) -> RecordedInspection:
    return replace(KNOWN, facts=replace(KNOWN.facts, published=day))


def test_a_row_that_says_what_the_record_says_corrects_an_earlier_row(small_store: Store) -> None:
    small_store.import_csv([published_as(date(2020, 1, 1))])
    [entry] = small_store.import_csv([KNOWN])
    assert entry.outcome == "updated"
    assert small_store.inspection(KNOWN.id).published == KNOWN.facts.published


def test_a_value_that_is_cleared_in_the_table_is_no_longer_stated(small_store: Store) -> None:
    small_store.import_csv([replace(KNOWN, facts=replace(KNOWN.facts, lead_inspector="A. Nother"))])
    [entry] = small_store.import_csv([KNOWN])
    assert entry.outcome == "updated"
    assert small_store.inspection(KNOWN.id).lead_inspector == KNOWN.facts.lead_inspector
    [again] = small_store.import_csv([KNOWN])
    assert again.outcome == "unchanged"


def test_an_imported_table_is_undone_as_a_whole(small_store: Store) -> None:
    small_store.import_csv([row(), replace(KNOWN, facts=replace(KNOWN.facts, report_url=ADDRESS))])
    assert small_store.undo() == "undone: import 2 rows of an inspection table"
    assert "camden-2026-09-14-ilacs" not in {inspection.id for inspection in small_store.inspections()}
    assert small_store.inspection(KNOWN.id).report_url == KNOWN.facts.report_url


def test_a_newer_shipped_record_keeps_the_facts_from_the_table(small_store: Store) -> None:
    small_store.import_csv([row(report_url=ADDRESS)])
    newer = replace(SMALL_RECORD, as_of=date(2030, 1, 1))
    known = Store.open(small_store.folder, record=newer).inspection("camden-2026-09-14-ilacs")
    assert known.report_url == ADDRESS


def test_an_inspection_that_left_the_record_stays_if_it_is_in_the_table(small_store: Store) -> None:
    small_store.import_csv([replace(KNOWN, facts=replace(KNOWN.facts, report_url=ADDRESS))])
    newer = replace(SMALL_RECORD, as_of=date(2030, 1, 1), inspections=SMALL_RECORD.inspections[1:])
    assert Store.open(small_store.folder, record=newer).inspection(KNOWN.id).report_url == ADDRESS


def test_an_inspection_known_only_from_the_table_can_be_removed(small_store: Store) -> None:
    small_store.import_csv([row()])
    small_store.remove("camden-2026-09-14-ilacs")
    with pytest.raises(Exception, match="there is no inspection"):
        small_store.inspection("camden-2026-09-14-ilacs")
