"""The limits of matching: the last day that still fits and the first that does not, and what an article recalls."""

from __future__ import annotations

import msgspec
import pytest

from reinspect.matching import Match, match
from reinspect.model import SourceFacts
from tests.making.readings import ILACS_GRADES, SIF_GRADES, SMALL_RECORD, facts
from tests.reinspect.test_matching import CANDIDATES, candidates_of

SIF, VISIT, ILACS = (inspection.id for inspection in SMALL_RECORD.inspections)


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2018-06-18", VISIT), ("2018-05-29", VISIT), ("2018-06-19", None), ("2018-05-28", None)],
)
def test_a_letter_without_days_fits_within_ten_days_of_publication(published: str, expected: str | None) -> None:
    assert match("letter", facts("focused-visit", published=published), CANDIDATES).inspection == expected


@pytest.mark.parametrize(("day", "expected"), [("2023-04-28", ILACS), ("2023-05-07", ILACS), ("2023-05-08", None)])
def test_the_same_grades_fit_about_a_year_later(day: str, expected: str | None) -> None:
    source = facts("ilacs-2018", day, day, grades=ILACS_GRADES)
    found = match("report", source, CANDIDATES)
    assert (None if found.creates else found.inspection) == expected


@pytest.mark.parametrize(
    ("published", "is_suspect"),
    [("2022-01-05", False), ("2022-01-06", True), ("2021-04-29", True), ("2021-04-30", False)],
)
def test_dates_are_suspect_if_publication_is_before_the_end_or_more_than_250_days_after_it(
    published: str, is_suspect: bool
) -> None:
    source = facts("ilacs-2018", "2021-04-26", "2021-04-30", published=published)
    found = match("report", source, CANDIDATES)
    assert found.creates is not is_suspect
    assert (ILACS in found.candidates) == is_suspect


def test_a_plausible_inspection_a_year_away_is_a_new_one() -> None:
    found = match("report", facts("ilacs-2018", "2021-04-26", "2021-04-30", published="2021-06-21"), CANDIDATES)
    assert found == Match(inspection="camden-2021-04-26-ilacs", creates=True)


def test_what_is_found_has_no_reason_and_what_is_not_has_one() -> None:
    assert match("report", facts("ilacs-2018", "2022-04-25", "2022-04-29"), CANDIDATES).reason == ""
    found = match("other", facts("ilacs-2018", "2022-04-25", "2022-04-29"), CANDIDATES)
    assert (found.inspection, found.reason) == (None, "it is not a report, a letter or press coverage")


def test_three_common_grades_are_enough_and_two_are_not() -> None:
    three = {strand: ILACS_GRADES[strand] for strand in ("leaders", "help", "overall")}
    two = {strand: ILACS_GRADES[strand] for strand in ("leaders", "help")}
    assert match("report", facts("ilacs-2018", grades=three), CANDIDATES).inspection == ILACS
    assert match("report", facts("ilacs-2018", grades=two), CANDIDATES).inspection is None


def test_all_grades_are_enough_where_an_inspection_has_fewer_than_three() -> None:
    record = facts("lac-2013", "2013-02-04", "2013-02-08", grades={"overall": "good", "leaders": "good"})
    candidates = candidates_of(record)
    both = facts("lac-2013", grades={"overall": "good", "leaders": "good"})
    assert match("report", both, candidates).inspection == candidates[0].id
    assert match("report", facts("lac-2013", grades={"overall": "good"}), candidates).inspection is None


def test_one_grade_is_enough_where_an_inspection_has_no_other() -> None:
    candidates = candidates_of(facts("caa-rating", "2009-12-07", "2009-12-09", grades={"rating": "performs well"}))
    same, other = (facts("caa-rating", grades={"rating": grade}) for grade in ("performs well", "performs poorly"))
    assert match("report", same, candidates).inspection == candidates[0].id
    assert match("report", other, candidates).inspection is None


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (facts(None), "it does not print its framework or dates on site"),
        (facts("slac"), "it does not print its dates on site"),
        (facts(None, "2013-02-04", "2013-02-08"), "it does not print its framework"),
    ],
)
def test_a_text_that_finds_no_inspection_says_what_it_does_not_print(source: SourceFacts, reason: str) -> None:
    assert match("report", source, CANDIDATES).reason == reason


# Press coverage

TWO_VISITS = candidates_of(
    facts("focused-visit", "2018-05-15", "2018-05-16", published="2018-06-08"),
    facts("sif", "2018-04-02", "2018-04-27", published="2018-06-09", grades=SIF_GRADES),
)


def test_of_two_inspections_in_the_news_the_one_whose_grade_is_quoted_is_meant() -> None:
    quoted = facts(published="2018-06-12", grades={"overall": "good"})
    assert match("coverage", quoted, TWO_VISITS).inspection == "camden-2018-04-02-sif"
    silent = facts(published="2018-06-12")
    assert match("coverage", silent, TWO_VISITS).inspection is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(facts(mentions=("2017-11", "2019-02"), grades={"overall": "good"}), None, id="a later event"),
        pytest.param(facts(mentions=("2017-11",), grades={"overall": "good"}), SIF, id="no later event"),
        pytest.param(
            facts(published="2019-02-10", mentions=("2017-11", "2019-02-09"), grades={"overall": "good"}),
            SIF,
            id="the later date is that of the article",
        ),
        pytest.param(
            facts(published="2019-05-10", mentions=("2017-11", "2019-02-09"), grades={"overall": "good"}),
            None,
            id="the later date is long before the article",
        ),
    ],
)
def test_an_inspection_before_a_later_event_is_only_recalled(source: SourceFacts, expected: str | None) -> None:
    assert match("coverage", source, CANDIDATES).inspection == expected


def test_an_article_that_names_no_date_recalls_nothing() -> None:
    undated = msgspec.structs.replace(facts(grades={"overall": "good"}), mentioned_dates=())
    found = match("coverage", undated, CANDIDATES)
    assert found.inspection is None
    assert found.reason == "the dates and grades it names do not single out one inspection"
