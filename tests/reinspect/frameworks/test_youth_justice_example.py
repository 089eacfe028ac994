"""The example of a framework file in the docs reads a made report, with a score next to the grade."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reinspect.errors import FrameworkError
from reinspect.frameworks import FOLDER_VARIABLE, band_of, frameworks
from reinspect.model import Judgement
from tests.making.reports import read

EXAMPLE = Path(__file__).parents[3] / "docs" / "frameworks" / "youth-justice.toml"
REPORT = [
    [
        "An inspection of youth justice services in Camden",
        "Inspection dates: 5 to 9 May 2025",
        "Overall rating Good",
        "Score 24/36",
        "Governance and leadership Outstanding",
        "Staff Good",
        "Partnerships and services Requires improvement",
        "Recommendations",
        "1. Answer the courts in time.",
        "2. Keep the plans short.",
    ]
]


@pytest.fixture
def example(tmp_path, monkeypatch):
    file = shutil.copy(EXAMPLE, tmp_path)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    frameworks.cache_clear()
    yield Path(file)
    monkeypatch.undo()
    frameworks.cache_clear()


def judgement(strand: str, score: str = "Score 24/36") -> Judgement:
    pages = [[score if line.startswith("Score") else line for line in page] for page in REPORT]
    return next(each for each in read(pages).facts.judgements if each.strand == strand)


def test_its_report_has_grades_a_score_and_improvements(example):
    facts = read(REPORT).facts

    assert (facts.framework, band_of(facts.framework)) == ("youth-justice", "youth justice")
    assert {each.strand: each.grade for each in facts.judgements} == {
        "overall": "good",
        "governance": "outstanding",
        "staff": "good",
        "partnerships": "requires improvement",
    }
    assert [each.text for each in facts.improvements] == ["Answer the courts in time.", "Keep the plans short."]


def test_the_score_is_read_next_to_the_grade_and_nowhere_else(example):
    assert judgement("overall").score == 24
    assert judgement("staff").score is None


def test_a_number_greater_than_the_greatest_score_is_not_a_score(example):
    assert judgement("overall", "Score 48/36").score is None


@pytest.mark.parametrize(
    ("line", "wrong", "message"),
    [
        (
            'band = "youth justice"',
            'band = "youth justise"',
            'band = "youth justise" is spelt like "youth justice"; write "youth justice", or',
        ),
        ("score_of = 36", "score_of = -1", 'score_of = -1 of the strand "overall" is out of range; it is from 1 to'),
    ],
)
def test_a_wrong_band_or_score_is_reported_with_the_file_and_what_is_allowed(example, line, wrong, message):
    example.write_text(example.read_text("utf-8").replace(line, wrong), "utf-8")
    frameworks.cache_clear()

    with pytest.raises(FrameworkError) as caught:
        frameworks()
    assert f"youth-justice.toml: {message}" in str(caught.value)
