"""Inspections kept as bytes: taken back as they were, and only for the same catalogue, frameworks and code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reinspect import kept_inspections
from reinspect.kept_inspections import decode_inspections, encode_inspections
from reinspect.model import Inspection
from reinspect.reconciling import reconcile
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


def test_inspections_come_back_as_they_were_for_the_same_catalogue_alone() -> None:
    data = encode_inspections(put_together(), b"one")
    assert decode_inspections(data, b"one") == put_together()
    assert decode_inspections(memoryview(data), b"one") == put_together()
    assert decode_inspections(data, b"two") is None
    assert decode_inspections(None, b"one") is None


def test_another_version_of_the_code_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode_inspections(put_together(), b"one")
    kept_inspections._program_key.cache_clear()
    monkeypatch.setattr(kept_inspections, "READER", "next")
    assert decode_inspections(data, b"one") is None


def test_with_a_framework_of_ones_own_nothing_from_before_is_taken(use_frameworks: UseFrameworks) -> None:
    data = encode_inspections(put_together(), b"one")
    kept_inspections._program_key.cache_clear()
    use_frameworks(POLICE)
    assert decode_inspections(data, b"one") is None


def test_bytes_that_were_cut_off_are_not_taken() -> None:
    data = encode_inspections(put_together(), b"one")
    assert {decode_inspections(data[:length], b"one") is None for length in range(len(data))} == {True}
