"""Stored verdicts: kept between runs, one for each step, and every change can be undone."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from reinspect.errors import NotFoundError
from reinspect.model import StepId, Verdict
from store import Store
from store.checksum import add_checksum, verify_checksum
from store.storage import CATALOGUE
from tests.making.readings import SIF_2017, SMALL_RECORD, facts, reading


@pytest.fixture
def verdict(small_store: Store) -> Verdict:
    """A verdict on the first improvement of 2017 in the inspection of 2022."""
    first, *_, last = small_store.inspections("camden")
    return Verdict(
        step=StepId(first.id, 1, last.id), improvement="Move sooner.", review="corrected", status="reported better"
    )


def reopen(opened: Store) -> Store:
    return Store.open(opened.folder, record=SMALL_RECORD)


def test_a_verdict_is_kept_between_runs(small_store: Store, verdict: Verdict) -> None:
    small_store.verdict_table.save(verdict)
    assert reopen(small_store).verdicts() == (verdict,)


def test_a_later_verdict_on_a_step_replaces_the_earlier_one(small_store: Store, verdict: Verdict) -> None:
    rejected = replace(verdict, review="rejected", status="not mentioned")
    small_store.verdict_table.save(verdict)
    small_store.verdict_table.save(rejected)
    assert reopen(small_store).verdicts() == (rejected,)


def test_saving_the_same_verdict_again_changes_nothing(small_store: Store, verdict: Verdict) -> None:
    small_store.verdict_table.save(verdict)
    revision = small_store.revision
    small_store.verdict_table.save(verdict)
    assert small_store.revision == revision


def test_each_verdict_can_be_undone(small_store: Store, verdict: Verdict) -> None:
    small_store.verdict_table.save(verdict)
    small_store.verdict_table.save(replace(verdict, status="mentioned"))
    step = "improvement 1 of Camden, SIF inspection 2017, in ILACS inspection 2022"
    assert small_store.undo() == f"undone: mark as corrected: {step}"
    assert reopen(small_store).verdicts() == (verdict,)
    small_store.undo()
    assert reopen(small_store).verdicts() == ()


def test_undo_brings_back_a_withdrawn_verdict(small_store: Store, verdict: Verdict) -> None:
    small_store.verdict_table.save(verdict)
    small_store.verdict_table.withdraw(verdict.step)
    assert reopen(small_store).verdicts() == ()
    step = "improvement 1 of Camden, SIF inspection 2017, in ILACS inspection 2022"
    assert small_store.undo() == f"undone: withdraw the verdict on {step}"
    assert reopen(small_store).verdicts() == (verdict,)


def test_a_verdict_can_be_withdrawn_though_its_inspection_is_gone(small_store: Store, verdict: Verdict) -> None:
    report = reading("report", facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))
    (added,) = small_store.add([report])
    assert added.inspection
    gone = replace(verdict, step=replace(verdict.step, later=added.inspection))
    small_store.verdict_table.save(gone)
    small_store.remove(report.document.sha256)
    small_store.verdict_table.withdraw(gone.step)
    assert reopen(small_store).verdicts() == ()
    assert small_store.undo() == "undone: withdraw a verdict"


def test_a_verdict_on_an_unknown_inspection_is_refused(small_store: Store, verdict: Verdict) -> None:
    with pytest.raises(NotFoundError):
        small_store.verdict_table.save(replace(verdict, step=replace(verdict.step, later="atlantis-2022-01-01-ilacs")))
    assert small_store.verdicts() == ()


def test_a_store_of_schema_2_opens_without_verdicts(small_store: Store, verdict: Verdict) -> None:
    file = small_store.folder / CATALOGUE
    tables = json.loads(b"{" + verify_checksum(file.read_bytes()))["tables"]
    tables.pop("verdicts", None)
    file.write_bytes(add_checksum(json.dumps({"schema": 2, "generation": 1, "tables": tables}).encode()[1:]))
    opened = reopen(small_store)
    assert opened.verdicts() == ()
    opened.verdict_table.save(verdict)
    assert reopen(opened).verdicts() == (verdict,)


# Verdicts that were given elsewhere


@pytest.fixture
def given(small_store: Store) -> list[Verdict]:
    """Verdicts on both improvements of a report of 2017 that the store has, in the inspection of 2022."""
    asked = ("Advocacy for children.", "The pace of plans.")
    small_store.add([reading("report", replace(SIF_2017, improvements=facts(improvements=asked).improvements))])
    first, *_, last = small_store.inspections("camden")
    return [
        Verdict(step=StepId(first.id, index, last.id), improvement=text, review="corrected", status="reported better")
        for index, text in enumerate(asked, 1)
    ]


def test_verdicts_given_elsewhere_are_added_as_one_change(small_store: Store, given: list[Verdict]) -> None:
    assert small_store.verdict_table.save_all(given) == (2, 0, 0)
    assert set(reopen(small_store).verdicts()) == set(given)
    assert small_store.undo() == "undone: add 2 verdicts"
    assert small_store.verdicts() == ()


def test_one_verdict_is_counted_as_one(small_store: Store, given: list[Verdict]) -> None:
    assert small_store.verdict_table.save_all(given[1:]) == (1, 0, 0)
    assert small_store.undo() == "undone: add 1 verdict"


def test_a_verdict_on_another_place_of_the_list_or_another_list_is_left_out(
    small_store: Store, given: list[Verdict]
) -> None:
    moved = replace(given[0], step=replace(given[0].step, index=2))
    urgent = replace(given[0], step=replace(given[0].step, role="priority action"))
    nowhere = replace(given[0], step=replace(given[0].step, inspection="camden-1999"))
    assert small_store.verdict_table.save_all([moved, urgent, nowhere, given[1]]) == (1, 0, 3)
    assert small_store.verdicts() == (given[1],)


def test_a_verdict_given_here_stays_when_another_is_brought(small_store: Store, given: list[Verdict]) -> None:
    own = given[0]
    small_store.verdict_table.save(own)
    assert small_store.verdict_table.save_all([replace(own, status="mentioned")]) == (0, 1, 0)
    assert small_store.verdict_table.save_all([own]) == (0, 0, 0)
    assert small_store.verdicts() == (own,)


def test_a_verdict_on_other_words_or_an_unknown_inspection_is_left_out(
    small_store: Store, given: list[Verdict]
) -> None:
    unknown = replace(given[0], step=replace(given[0].step, later="camden-1999"))
    other_words = replace(given[1], improvement="Something else.")
    assert small_store.verdict_table.save_all([unknown, other_words]) == (0, 0, 2)
    assert small_store.verdicts() == ()
