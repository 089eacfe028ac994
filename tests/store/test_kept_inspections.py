"""Inspections kept as bytes: taken back as they were, and only for the same catalogue, frameworks and code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from reinspect.model import Inspection
from reinspect.reconciling import reconcile
from store import kept_inspections
from store.catalogue import ShippedVersion
from store.kept_inspections import CatalogueSummary, decode_inspections, decode_summary, encode_inspections
from tests.making.frameworks import POLICE, UseFrameworks, use_frameworks
from tests.making.readings import ILACS_2022, VISIT_2018, record_of

__all__ = ["use_frameworks"]


@pytest.fixture(autouse=True)
def forgotten_program_key() -> Iterator[None]:
    kept_inspections._program_key.cache_clear()
    yield
    kept_inspections._program_key.cache_clear()


def put_together() -> list[Inspection]:
    recorded = record_of(ILACS_2022, VISIT_2018).inspections
    return [reconcile(each.id, each.authority, each.facts.framework or "", each.facts) for each in recorded]


ABOUT = CatalogueSummary(7, ShippedVersion(as_of=date(2026, 5, 31)))


def kept() -> bytes:
    return encode_inspections(put_together(), b"one", ABOUT)


def test_inspections_come_back_as_they_were_for_the_same_catalogue_alone() -> None:
    assert decode_inspections(kept(), b"one") == put_together()
    assert decode_inspections(memoryview(kept()), b"one") == put_together()
    assert decode_inspections(kept(), b"two") is None
    assert decode_inspections(None, b"one") is None


def test_the_summary_is_known_from_the_beginning_alone() -> None:
    data = kept()
    whole = next(size for size in range(len(data)) if decode_summary(data[:size], b"one"))
    assert whole < 200 < len(data)
    assert decode_summary(data[:whole], b"one") == ABOUT
    assert decode_summary(data[:whole], b"two") is None
    assert decode_summary(None, b"one") is None


def test_a_summary_of_other_content_is_not_taken() -> None:
    changed = kept().replace(b"2026-05-31", b"2026-05-30")
    assert decode_summary(changed, b"one") is None
    assert decode_inspections(changed, b"one") is None


def test_another_version_of_the_code_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = kept()
    kept_inspections._program_key.cache_clear()
    monkeypatch.setattr(kept_inspections, "READER", "next")
    assert decode_inspections(data, b"one") is None
    assert decode_summary(data, b"one") is None


def test_with_a_framework_of_ones_own_nothing_from_before_is_taken(use_frameworks: UseFrameworks) -> None:
    data = kept()
    kept_inspections._program_key.cache_clear()
    use_frameworks(POLICE)
    assert decode_inspections(data, b"one") is None


def test_bytes_that_were_cut_off_are_not_taken() -> None:
    data = kept()
    assert {decode_inspections(data[:length], b"one") is None for length in range(len(data))} == {True}
