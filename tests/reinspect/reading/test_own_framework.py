"""A new framework with a printed table needs one TOML file and no code."""

from __future__ import annotations

import pytest

from reinspect.errors import FrameworkError
from reinspect.frameworks import FOLDER_VARIABLE, frameworks
from tests.making.reports import read

FIRE = """
key = "fire-2031"
family = "fire"
name = "Inspection of fire and rescue services"
short = "Fire 2031"
inspector = "The fire inspectorate"
document = "graded report"
titles = ["Fire and rescue inspection"]
improvement_headings = ["Where the service must do better"]
summary_headings = ["In short"]

[[strands]]
key = "response"
name = "Response"
labels = ["How fast engines arrive"]

[[strands]]
key = "prevention"
name = "Prevention"
labels = ["How well fires are prevented"]

[[grades]]
key = "blazing"
rung = 1
letter = "B"
shape = "*"
printed = ["Blazing"]

[[grades]]
key = "steady"
rung = 2
letter = "S"
shape = "o"
printed = ["Steady", "Steady on the whole"]

[[grades]]
key = "smouldering"
rung = 3
letter = "M"
shape = "-"
printed = ["Smouldering"]

[[grades]]
key = "out"
rung = 4
letter = "X"
shape = "x"
printed = ["Out"]
"""

REPORT = [
    [
        "Camden",
        "Fire and rescue inspection",
        "Inspection dates: 5 to 9 May 2031",
        "Judgement Grade",
        "How fast engines arrive",
        "Steady on the whole",
        "How well fires are prevented Smouldering",
        "In short",
        "Crews are brave and hoses are old.",
        "Where the service must do better",
        "• The age of hoses.",
        "• Visits to homes with thatched roofs.",
        "How fast engines arrive: steady on the whole",
        "1. Most engines arrive in eight minutes.",
    ]
]


@pytest.fixture
def own_frameworks(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    frameworks.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    frameworks.cache_clear()


def test_a_report_of_an_invented_framework_is_read_with_its_file_alone(own_frameworks):
    (own_frameworks / "fire-2031.toml").write_text(FIRE, encoding="utf-8")
    reading = read(REPORT)

    assert (reading.document.kind, reading.facts.framework) == ("report", "fire-2031")
    assert {judgement.strand: judgement.grade for judgement in reading.facts.judgements} == {
        "response": "steady",
        "prevention": "smouldering",
    }
    assert [improvement.text for improvement in reading.facts.improvements] == [
        "The age of hoses.",
        "Visits to homes with thatched roofs.",
    ]
    assert next(passage for passage in reading.passages if passage.paragraph == 1).strand == "response"


def test_a_mistyped_key_in_a_framework_file_is_reported_with_its_file(own_frameworks):
    (own_frameworks / "fire-2031.toml").write_text(FIRE.replace("short =", "shrot ="), encoding="utf-8")

    with pytest.raises(FrameworkError, match=r"fire-2031\.toml.*s(?:hort|hrot)"):
        frameworks()
