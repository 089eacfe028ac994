"""Sentences with gaps in printed lines: what fills a gap, where a sentence begins and ends, and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from reinspect.frameworks import frameworks
from reinspect.reading.fields.templates import TemplateMatch, TemplateSentences, ends_sentence, find_matches
from reinspect.reading.layout.lines import split_lines
from reinspect.reading.layout.words import PrintedWord

SIF = frameworks()["sif"]
GRADE = "Services in {authority} {is} {grade}"


def find(page: str, *sentences: str) -> list[TemplateMatch]:
    return list(find_matches(split_lines([page]), sentences, SIF))


def text_of(words: Sequence[PrintedWord]) -> str:
    return " ".join(word.text for word in words)


def gaps(page: str, *sentences: str) -> list[tuple[str, str | None, str]]:
    """Return the words of the authority, the grade, and all words that match, of each match."""
    return [(text_of(each.authority), each.grade, text_of(each.words)) for each in find(page, *sentences)]


def test_a_match_has_the_words_of_the_gaps_the_grade_and_its_line() -> None:
    page = "Streets are wide.\nServices in Brook and Hill are Requires Improvement because"

    [match] = find(page, GRADE)
    assert match.line == 1
    assert text_of(match.words) == "services in brook and hill are requires improvement"
    assert (text_of(match.authority), match.grade, text_of(match.grade_words)) == (
        "brook and hill",
        "requires improvement",
        "requires improvement",
    )


def test_a_sentence_without_gaps_matches_its_words_alone() -> None:
    [match] = find("The findings of staff", "Findings of")
    assert (text_of(match.words), match.authority, match.grade, match.grade_words) == ("the findings of", (), None, ())


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("Findings of staff", True),
        ("the findings of staff", True),
        ("FINDING OF STAFF", True),
        ("“Findings” of staff", True),
        ("Findings", False),
        ("Of findings", False),
        ("The the findings of staff", False),
        ("Main findings of staff", False),
        ("...", False),
    ],
)
def test_a_sentence_opens_a_line_and_may_have_an_article_before_it(line: str, fits: bool) -> None:
    assert bool(find(line, "Findings of")) is fits
    assert bool(find(line, "The findings of")) is fits


def test_an_article_within_a_sentence_counts() -> None:
    assert find("Findings of the staff", "Findings of the staff")
    assert not find("Findings of staff", "Findings of the staff")
    assert find("Grade 3 the staff", "Grade # the staff")
    assert not find("Grade 3 staff", "Grade # the staff")


@pytest.mark.parametrize("joining", ["is", "are", "is that they are", "is that it is to be", "is judged to be"])
def test_what_joins_a_grade_to_its_subject_may_vary_but_is_no_verb_of_another_kind(joining: str) -> None:
    assert bool(find(f"Services {joining} good.", "Services {is} {grade}")) is ("judged" not in joining)


def test_a_grade_may_follow_directly() -> None:
    assert gaps("Services: good.", "Services {is} {grade}") == [("", "good", "services good")]
    assert gaps("Services\ngood", "Services {is} {grade}") == [("", "good", "services good")]


def test_a_sentence_may_end_with_what_joins_a_grade() -> None:
    assert gaps("Services that are", "Services {is}") == [("", None, "services that are")]
    assert gaps("Services", "Services {is}") == [("", None, "services")]


@pytest.mark.parametrize("page", ["Services are", "Services are kind.", "Services are not good.", "Services"])
def test_a_sentence_without_the_words_of_a_grade_does_not_fit(page: str) -> None:
    assert find(page, "Services {is} {grade}") == []


def test_without_a_framework_no_word_is_a_grade() -> None:
    assert list(find_matches(split_lines(["Services are good."]), ["Services {is} {grade}"])) == []


@pytest.mark.parametrize(("line", "fits"), [("Grade 3 (good)", True), ("Grade B (good)", False), ("Grade good", False)])
def test_a_digit_fills_the_gap_of_a_digit(line: str, fits: bool) -> None:
    assert bool(find(line, "Grade # ({grade})")) is fits


def test_words_may_follow_the_name() -> None:
    assert gaps("Inspection of Brook and Hill local authority", "Inspection of {authority} local authority") == [
        ("brook and hill", None, "inspection of brook and hill local authority")
    ]


def test_a_name_at_the_end_is_one_word() -> None:
    expected = [("brook", None, "inspection of brook")]

    assert gaps("Inspection of Brook and Hill", "Inspection of {authority}") == expected
    assert gaps("Inspection of Brook", "Inspection of {authority}") == expected


def test_a_sentence_may_begin_with_the_name() -> None:
    assert gaps("Brook services are good.", "{authority} services {is} {grade}") == [
        ("brook", "good", "brook services are good")
    ]
    assert gaps("The Brook services are good.", "{authority} services {is} {grade}", "Staff plan") == [
        ("brook", "good", "the brook services are good")
    ]


@pytest.mark.parametrize(("words", "fits"), [(1, True), (12, True), (13, False)])
def test_a_name_has_twelve_words_at_most(words: int, fits: bool) -> None:
    assert bool(find(f"Services in {' '.join(['Brook'] * words)} are good.", GRADE)) is fits


@pytest.mark.parametrize(
    "verb", ["is", "are", "was", "were", "has", "have", "remain", "remains", "continue", "continues", "not", "no"]
)
def test_no_name_has_a_verb_or_a_denial_in_it(verb: str) -> None:
    assert find(f"Services in Brook {verb} of a kind that are good.", GRADE) == []


def test_a_sentence_without_a_name_does_not_fit_the_gap_of_a_name() -> None:
    assert find("Services in good.", GRADE) == []
    assert find("Services in are good.", GRADE) == []
    assert find("Services in", GRADE) == []


@pytest.mark.parametrize(("line_ends", "fits"), [(5, True), (6, False)])
def test_a_sentence_wraps_over_six_lines_at_most(line_ends: int, fits: bool) -> None:
    page = "Services in" + "\nBrook" * (line_ends - 1) + "\ngood"
    assert bool(find(page, GRADE)) is fits


def test_the_first_sentence_of_the_list_that_fits_is_used() -> None:
    page = "Services in Brook are good."

    assert gaps(page, "Staff plan", "Services in", GRADE) == [("", None, "services in")]
    assert gaps(page, "Staff plan", GRADE, "Services in") == [("brook", "good", "services in brook are good")]


def test_each_line_that_begins_with_a_sentence_gives_a_match_in_print_order() -> None:
    page = "Services in Brook are good.\nStaff plan.\nServices in Hill are inadequate."
    assert [(each.line, each.grade) for each in find(page, GRADE)] == [(0, "good"), (2, "inadequate")]


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("Findings of staff", 1),
        ("Findings of\nstaff:", 2),
        ("Findings of staff 12\nStaff plan.", 1),
        ("Findings of staff\nwho plan.", None),
        ("Findings of staff who plan.", None),
        ("Findings of\nstaff\nwho plan.", None),
        ("Staff plan.", None),
    ],
)
def test_a_heading_fills_lines_on_which_nothing_follows_it(page: str, count: int | None) -> None:
    assert TemplateSentences(["Findings of staff"]).count_lines(split_lines([page]), 0) == count


def test_the_lines_of_a_heading_are_counted_from_its_first_line() -> None:
    lines = split_lines(["Staff plan.\nFindings of\nstaff\nStaff plan."])
    assert TemplateSentences(["Findings of staff"]).count_lines(lines, 1) == 2


@pytest.mark.parametrize(
    ("page", "ends"),
    [
        ("Plans.\nServices in Brook are\ngood overall", True),
        ("Plans.\nServices in Brook are\ngood overall\nStaff plan.", True),
        ("Plans.\nServices in Brook are\ngood overall\nstaff plan.", False),
        ("Plans.\nServices in Brook are\ngood", False),
        ("Plans.\nServices in Brook are\ngood overall, and", False),
    ],
)
def test_a_sentence_ends_where_the_rest_of_its_line_is_allowed_and_no_small_letter_follows(
    page: str, ends: bool
) -> None:
    lines = split_lines([page])
    [match] = find_matches(lines, [GRADE], SIF)

    assert ends_sentence(match, lines, re.compile(r"\W*overall")) is ends
