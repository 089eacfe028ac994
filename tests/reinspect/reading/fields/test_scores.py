"""Scores that are printed next to a grade: which number is one, and to which grade it belongs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from reinspect.frameworks import Framework, Strand
from reinspect.model import Evidence, Judgement
from reinspect.reading.fields.scores import with_scores
from reinspect.reading.layout.lines import split_lines

YOUTH = Framework(
    key="youth",
    family="youth",
    name="Youth",
    short="Youth",
    inspector="Inspectors",
    strands=(
        Strand(key="overall", name="Overall", score_of=36),
        Strand(key="courts", name="Courts", score_of=100),
        Strand(key="staff", name="Staff"),
    ),
)


def judgement(strand: str, pages: Sequence[str], grade: str) -> Judgement:
    """Return a judgement whose grade is printed once on these pages."""
    number, page = next((number, page) for number, page in enumerate(pages, start=1) if grade in page)
    place = Evidence(document="0" * 64, page=number, start=page.index(grade), end=page.index(grade) + len(grade))
    return Judgement(strand=strand, grade="good", printed=grade, evidence=place)


def score_of(printed: str, strand: str = "overall") -> int | None:
    pages = [f"Youth work\n{printed}"]
    [found] = with_scores([judgement(strand, pages, "Good")], YOUTH, split_lines(pages))
    return found.score


@pytest.mark.parametrize(
    ("printed", "score"),
    [
        ("Overall Good 24/36", 24),
        ("Good 24/36", 24),
        ("Overall Good\nScore 24 / 36", 24),
        ("Overall Good 1\n24/36", 24),
        ("Overall Good\nScore\n24 out of 36", 24),
        ("Overall Good\nScore\nof all\n24/36", None),
        ("Score 24/36\nOverall Good", None),
        ("24/36 Overall Good", 24),
        ("Overall Good 0/36", 0),
        ("Overall Good 36/36", 36),
        ("Overall Good 37/36", None),
        ("Overall Good 24/360", None),
        ("Overall Good 24/40", None),
        ("Overall Good 1/24/36", None),
        ("Overall Good 1024/36", None),
        ("Overall Good 24/36 12/36", 24),
        ("Overall Good 24%", None),
    ],
)
def test_a_score_is_a_number_out_of_the_greatest_on_the_line_of_the_grade_or_the_two_below(
    printed: str, score: int | None
) -> None:
    assert score_of(printed) == score


@pytest.mark.parametrize(
    ("printed", "score"),
    [
        ("Good 70%", 70),
        ("Good 70 %", 70),
        ("Good 70/100", 70),
        ("Good 100%", 100),
        ("Good 101%", None),
        ("Good 70", None),
    ],
)
def test_a_score_out_of_a_hundred_may_be_a_percentage(printed: str, score: int | None) -> None:
    assert score_of(printed, "courts") == score


def test_an_area_without_scores_has_none() -> None:
    assert score_of("Staff Good 24/36", "staff") is None


def test_a_framework_without_scores_has_none() -> None:
    pages = ["Overall Good 24/36"]
    plain = msgspec.structs.replace(YOUTH, strands=(Strand(key="overall", name="Overall"),))
    given = judgement("overall", pages, "Good")

    assert with_scores([given], plain, split_lines(pages)) == (given,)


@pytest.mark.parametrize("grade", ["Fair", "Poor"])
def test_a_score_below_belongs_to_the_nearest_grade_above_it(grade: str) -> None:
    pages = ["Youth work\nOverall Good\nScore 24/36", f"Courts\n{grade}\n70%"]
    given = [judgement("courts", pages, grade), judgement("overall", pages, "Good")]

    assert [each.score for each in with_scores(given, YOUTH, split_lines(pages))] == [70, 24]


@pytest.mark.parametrize("second", ["Courts Poor 12/36", "Poor in courts 12/36"])
def test_a_score_next_to_another_grade_is_not_taken(second: str) -> None:
    pages = [f"Overall Good\n{second}"]
    given = [judgement("overall", pages, "Good"), judgement("courts", pages, "Poor")]

    assert [each.score for each in with_scores(given, YOUTH, split_lines(pages))] == [None, None]


def test_grades_on_the_same_place_of_different_pages_have_their_own_scores() -> None:
    pages = ["Good 24/36", "Poor 70%"]
    given = [judgement("overall", pages, "Good"), judgement("courts", pages, "Poor")]

    assert [each.score for each in with_scores(given, YOUTH, split_lines(pages))] == [24, 70]


def test_a_grade_of_another_source_has_no_score_and_hides_none() -> None:
    pages = ["Overall Good\nScore 24/36"]
    recorded = Judgement(strand="courts", grade="good")
    given = [recorded, judgement("overall", pages, "Good")]

    assert [each.score for each in with_scores(given, YOUTH, split_lines(pages))] == [None, 24]


def test_a_grade_of_an_unknown_area_has_no_score() -> None:
    assert score_of("Good 24/36", "cells") is None


def test_a_grade_that_is_not_on_these_lines_has_no_score() -> None:
    given = judgement("overall", ["Overall Good 24/36"], "Good")
    lines = split_lines(["", "Overall Good 24/36"])

    assert with_scores([given], YOUTH, lines) == (given,)
