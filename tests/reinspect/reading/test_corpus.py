"""The real reports of ../shared, if they are there: the share of fields read right must not fall.

`benchmarks/quality/reading.py` prints the same comparison as a table.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.quality.reading import compared, outcome
from reinspect.reading import read_file

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


@pytest.mark.slow
def test_no_grade_is_invented_and_no_field_misread_in_the_real_reports():
    if not (CORPUS / "gold.csv").exists():
        pytest.skip("no ../shared/corpus here: the real reports are not in the repository")
    with (CORPUS / "gold.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    faults = [
        (row["file"], field, expected, got)
        for row in rows[::3]
        for field, expected, got, also in compared(row, read_file(CORPUS / row["file"]))
        if outcome(expected, got, also) != "right"
    ]

    assert faults == []
