"""Very long texts without meaning: reading them takes bounded time."""

from __future__ import annotations

import pytest

from tests.making.reports import GRADES, ilacs_front, letter, read, rows

LONG = 100_000


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", [" ", ".", "1", "a@", "visit to ", "the ", "(outcome ", "no area for ", "1. ", "◼ ", "A b "]
)
@pytest.mark.parametrize("wide", [True, False])
def test_a_long_repetition_is_read_in_bounded_time(piece, wide):
    run = [piece * (LONG // len(piece))] if wide else [piece * 3] * (LONG // (3 * len(piece)))
    listed = ["What needs to improve?", *run]

    assert read([[*ilacs_front(rows(**GRADES)), *listed]]).facts.framework == "ilacs-2023"
    assert read([letter()[0][:10] + listed]).document.kind == "letter"
