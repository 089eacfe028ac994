"""Grades that are printed in a sentence: the judgement, its printed words, and sentences that state no grade."""

from __future__ import annotations

import pytest

from reinspect.frameworks import frameworks
from reinspect.model import Judgement
from reinspect.reading.fields.prose_grades import find_prose_grade
from reinspect.reading.layout.lines import split_lines

DOCUMENT = "0" * 64


def grade_of(page: str, framework: str = "sif", strand: str = "overall") -> Judgement | None:
    known = frameworks()[framework]
    area = known.strand(strand)
    assert area is not None
    return find_prose_grade(split_lines([page]), area, known, DOCUMENT)


def test_a_sentence_gives_the_grade_with_its_printed_words_and_their_place() -> None:
    page = "Streets are wide.\nThe overall judgement is that children’s services are\nGood overall."
    found = grade_of(page)

    assert found is not None
    assert (found.strand, found.grade, found.not_judged, found.printed) == ("overall", "good", None, "Good")
    assert found.label == "The overall judgement is that children’s services are"
    assert found.evidence is not None
    assert (found.evidence.document, found.evidence.page) == (DOCUMENT, 1)
    assert page[found.evidence.start : found.evidence.end] == "Good"


def test_words_that_mean_not_judged_are_kept_and_are_no_grade() -> None:
    found = grade_of("The LSCB is not judged.", strand="lscb")

    assert found is not None
    assert (found.grade, found.not_judged, found.printed) == (None, "not judged", "not judged")


def test_the_words_of_the_grade_are_not_part_of_the_label() -> None:
    found = grade_of("Overall effectiveness: Grade 3 (adequate)", "lac-2013")

    assert found is not None
    assert (found.label, found.printed) == ("Overall effectiveness: Grade 3", "adequate")


@pytest.mark.parametrize("rest", [".", " because:", " because staff listen.", " overall", " (2)", ""])
def test_a_grade_may_be_followed_by_its_reasons(rest: str) -> None:
    found = grade_of(f"Children’s services in Camden are good{rest}")
    assert found is not None and found.grade == "good"


@pytest.mark.parametrize("rest", [" at listening.", " overall in the north.", "\nat listening."])
def test_a_grade_within_a_longer_sentence_is_none(rest: str) -> None:
    assert grade_of(f"Children’s services in Camden are good{rest}") is None


def test_the_first_sentence_that_ends_with_its_grade_counts() -> None:
    found = grade_of(
        "Children’s services in Camden are good at listening.\n"
        "Children’s services in Camden are inadequate.\nChildren’s services in Camden are outstanding."
    )
    assert found is not None and found.grade == "inadequate"
