"""The real reports in ../shared, if present: the figures of `benchmarks/reading.py` must not get worse."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.reading import compared, outcome
from reinspect.reading import read_file

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


@pytest.mark.slow
def test_every_field_of_the_real_reports_is_read_correctly():
    if not (CORPUS / "gold.csv").exists():
        pytest.skip("no ../shared/corpus: the real reports are not in the repository")
    with (CORPUS / "gold.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    faults = [
        (row["file"], field, expected, got)
        for row in rows[::3]
        for field, expected, got, also in compared(row, read_file(CORPUS / row["file"]))
        if outcome(expected, got, also) != "right"
    ]

    assert faults == []
