"""Another inspectorate with a framework file alone: assessments with a score above each grade, and their own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reinspect.frameworks import band_of, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE, UNKNOWN
from reinspect.model import Reading, Window
from reinspect.reading.framework_explanation import explain_frameworks
from tests.making.reports import read

EXAMPLE = Path(__file__).parents[3] / "docs" / "frameworks" / "adult-social-care.toml"
FILE = """
key = "harbour-2031"
family = "harbour"
name = "Harbour assessments"
short = "Harbour"
inspector = "The harbour inspectorate"
band = "adults"
document = "graded report"
titles = ["{authority}: harbour assessment"]
improvement_headings = ["What the harbour could improve"]

[[strands]]
key = "overall"
name = "Overall"
prose = ["Harbour rating {grade}", "Harbour rating: {grade}"]
score_of = 100

[[strands]]
key = "moorings"
name = "Moorings"
labels = ["How moorings are kept"]
score_of = 4

[[strands]]
key = "lights"
name = "Lights"
labels = ["How lights are kept"]
score_of = 4

[[grades]]
key = "good"
rung = 1
letter = "G"
shape = "●"
printed = ["Good", "Evidence shows a good standard"]

[[grades]]
key = "weak"
rung = 2
letter = "W"
shape = "■"
printed = ["Weak", "Evidence shows shortfalls"]
"""
PAGE = [
    "Camden Council: harbour assessment",
    "Assessment published: 17 May 2031",
    "Assessment dates: 3 March 2031 to 7 March 2031",
    "Harbour rating: Good",
    "Score 64%",
    "How moorings are kept",
    "Score: 1",
    "Evidence shows shortfalls",
    "How lights are kept",
    "Score: 3",
    "Evidence shows a good standard",
    "What the harbour could improve",
    "• The time that boats wait for a mooring.",
]


@pytest.fixture(autouse=True)
def own_framework(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "harbour.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("REINSPECT_FRAMEWORKS", str(tmp_path))
    frameworks.cache_clear()
    yield
    monkeypatch.undo()
    frameworks.cache_clear()


def grades_of(reading: Reading) -> dict[str, tuple[str | None, int | None]]:
    return {judgement.strand: (judgement.grade, judgement.score) for judgement in reading.facts.judgements}


def test_a_score_between_a_label_and_its_grade_is_passed_over() -> None:
    reading = read([PAGE])
    assert grades_of(reading) == {"overall": ("good", 64), "moorings": ("weak", None), "lights": ("good", None)}
    assert [item.text for item in reading.facts.improvements] == ["The time that boats wait for a mooring."]


def test_days_and_publication_of_an_assessment_are_read() -> None:
    facts = read([PAGE]).facts
    assert facts.windows == (Window(date(2031, 3, 3), date(2031, 3, 7)),)
    assert facts.published == date(2031, 5, 17)


def test_other_words_between_a_label_and_its_grade_leave_it_without_a_grade_and_are_explained() -> None:
    page = [*PAGE[:6], "as the wardens see it", *PAGE[7:]]
    reading = read([page])
    assert "moorings" not in grades_of(reading)
    (tried,) = (each for each in explain_frameworks(reading) if each.framework == "harbour-2031")
    assert "graded: Overall, Lights" in tried.reasons
    assert any("no grade could be read next to the label of Moorings" in reason for reason in tried.reasons)


def test_without_its_file_a_framework_is_of_no_known_band(monkeypatch: pytest.MonkeyPatch) -> None:
    assert band_of("harbour-2031") == "adults"
    monkeypatch.delenv("REINSPECT_FRAMEWORKS")
    frameworks.cache_clear()
    assert band_of("harbour-2031") == UNKNOWN
    assert band_of(None) == SOCIAL_CARE


def test_the_example_in_the_docs_reads_a_made_assessment(tmp_path: Path) -> None:
    (tmp_path / "adult-social-care.toml").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    frameworks.cache_clear()
    reading = read(
        [
            [
                "Camden Council: local authority assessment",
                "Assessment published: 17 May 2024",
                "Assessment dates: 4 March 2024 to 8 March 2024",
                "Local authority rating",
                "Good",
                "Score 64%",
                "Assessing needs",
                "Score: 2",
                "Evidence shows some shortfalls",
                "Supporting people to live healthier lives",
                "Score: 3",
                "Evidence shows a good standard",
                "Safeguarding",
                "Score: 4",
                "Evidence shows an exceptional standard",
                "Governance, management and sustainability",
                "Score: 1",
                "Evidence shows significant shortfalls",
                "Areas for improvement",
                "• The time that people wait for a visit.",
            ]
        ]
    )
    assert {strand: grade for strand, (grade, _) in grades_of(reading).items()} == {
        "overall": "good",
        "assessing": "requires improvement",
        "healthier": "good",
        "safeguarding": "outstanding",
        "governance": "inadequate",
    }
    assert reading.facts.framework == "adult-social-care"
    assert band_of("adult-social-care") == "adults"
    assert reading.document.warnings == ()
