"""The words in which follow-through says a status and what its passages are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.words import certainty, passages_heading
from tests.making.inspections import inspection
from tests.making.readings import document


def silent(doubtful_pages: tuple[int, ...]) -> Step:
    report = replace(document("report"), doubtful_pages=doubtful_pages)
    later = replace(inspection("ilacs-2018"), documents=(report,), primary_text=report.sha256)
    return Step(inspection=later, status="not mentioned", likely="not mentioned", confidence=0.9)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.61, "right in about 6 of 10 such cases"),
        (0.94, "right in about 9 of 10 such cases"),
        (0.97, "right in more than 9 of 10 such cases"),
        (1.0, "right in more than 9 of 10 such cases"),
    ],
)
def test_the_probability_of_a_status_is_said_as_cases_of_ten(confidence: float, words: str) -> None:
    assert certainty(replace(silent(()), confidence=confidence)) == words


def test_nothing_firm_is_said_of_an_undecided_step() -> None:
    assert certainty(replace(silent(()), status="undecided", confidence=0.5)) == ""


def test_a_verdict_is_said_to_be_a_persons() -> None:
    assert certainty(replace(silent(()), review="confirmed")) == "confirmed by a person"


def test_silence_is_never_said_to_be_a_success() -> None:
    assert "does not mean that it was put right; nearest:" in passages_heading(silent(()))


def test_silence_of_a_text_with_doubtful_pages_names_them() -> None:
    assert "Page 3 of this text may be incomplete" in passages_heading(silent((3,)))
    assert "Pages 3, 5 of this text may be incomplete" in passages_heading(silent((3, 5)))


def test_another_status_has_no_line_above_its_passages() -> None:
    assert passages_heading(replace(silent((3,)), status="raised again")) == ""
