"""The example of the guide to adding a framework, followed to the letter."""

from __future__ import annotations

import re
from pathlib import Path

from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.inspection import reading_sheet
from reinspect.frameworks import band_of
from tests.making.frameworks import UseFrameworks, use_frameworks
from tests.making.reports import read

__all__ = ["use_frameworks"]
GUIDE = (Path(__file__).parents[3] / "docs" / "development" / "adding-a-framework.md").read_text(encoding="utf-8")
REPORT = [
    [
        "Camden",
        "Fire and rescue inspection",
        "Inspection dates: 5 to 9 May 2031",
        "Judgement Grade",
        "How fast engines arrive Smouldering in places",
        "How well fires are prevented Blazing",
        "In short",
        "Crews are brave and hoses are old.",
        "Where the service must do better",
        "• The age of hoses.",
    ]
]


def example() -> str:
    [toml] = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    return str(toml)


def test_the_example_reads_a_report_and_counts_in_a_band_of_its_own(use_frameworks: UseFrameworks) -> None:
    use_frameworks(example())
    facts = read(REPORT).facts
    assert {judgement.strand: judgement.grade for judgement in facts.judgements} == {
        "response": "smouldering",
        "prevention": "blazing",
    }
    assert [improvement.text for improvement in facts.improvements] == ["The age of hoses."]
    assert band_of(facts.framework) == "fire"


def test_its_grades_are_not_called_ofsteds(use_frameworks: UseFrameworks) -> None:
    use_frameworks(example())
    page = render_sheet(reading_sheet(read(REPORT)))
    assert "Ofsted" not in page
    assert "Fire 2031: Grades are those of the fire inspectorate." in page
