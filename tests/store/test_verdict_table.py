"""Verdicts on follow-throughs as the store keeps them: between runs, one on a link, and taken back at a word."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from reinspect.errors import NotFoundError
from reinspect.model import StepId, Verdict
from store import Store
from store.checksum import add_checksum, verify_checksum
from store.storage import CATALOGUE
from tests.making.readings import SMALL_RECORD


@pytest.fixture
def verdict(small_store: Store) -> Verdict:
    """A person's word on what became of the first improvement of 2017 in 2022."""
    first, *_, last = small_store.inspections("camden")
    return Verdict(
        step=StepId(first.id, 1, last.id), improvement="Move sooner.", review="corrected", status="reported better"
    )


def again(opened: Store) -> Store:
    return Store.open(opened.folder, record=SMALL_RECORD)


def test_a_verdict_is_there_at_the_next_start(small_store: Store, verdict: Verdict) -> None:
    small_store.judge(verdict)
    assert again(small_store).verdicts() == (verdict,)


def test_a_later_word_on_a_link_takes_the_place_of_the_earlier(small_store: Store, verdict: Verdict) -> None:
    rejected = replace(verdict, review="rejected", status="not mentioned")
    small_store.judge(verdict)
    small_store.judge(rejected)
    assert again(small_store).verdicts() == (rejected,)


def test_the_same_word_again_changes_nothing(small_store: Store, verdict: Verdict) -> None:
    small_store.judge(verdict)
    revision = small_store.revision
    small_store.judge(verdict)
    assert small_store.revision == revision


def test_each_verdict_is_taken_back_by_undo(small_store: Store, verdict: Verdict) -> None:
    small_store.judge(verdict)
    small_store.judge(replace(verdict, status="mentioned"))
    assert small_store.undo() == "taken back: corrected, no. 1 of Camden, SIF inspection 2017; ILACS inspection 2022"
    assert again(small_store).verdicts() == (verdict,)
    small_store.undo()
    assert again(small_store).verdicts() == ()


def test_a_verdict_withdrawn_is_gone_and_comes_back_by_undo(small_store: Store, verdict: Verdict) -> None:
    small_store.judge(verdict)
    small_store.withdraw(verdict.step)
    assert again(small_store).verdicts() == ()
    small_store.undo()
    assert again(small_store).verdicts() == (verdict,)


def test_a_verdict_on_an_inspection_that_is_not_held_is_refused(small_store: Store, verdict: Verdict) -> None:
    with pytest.raises(NotFoundError):
        small_store.judge(replace(verdict, step=replace(verdict.step, later="atlantis-2022-01-01-ilacs")))
    assert small_store.verdicts() == ()


def test_a_store_that_knew_no_verdicts_is_brought_up(small_store: Store, verdict: Verdict) -> None:
    file = small_store.folder / CATALOGUE
    tables = json.loads(b"{" + verify_checksum(file.read_bytes()))["tables"]
    tables.pop("verdicts", None)
    file.write_bytes(add_checksum(json.dumps({"schema": 2, "generation": 1, "tables": tables}).encode()[1:]))
    opened = again(small_store)
    assert opened.verdicts() == ()
    opened.judge(verdict)
    assert again(opened).verdicts() == (verdict,)
