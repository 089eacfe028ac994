"""Attaching: a document finds its event, or is left for a person; never the wrong event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from reinspect.matching import Candidate, Match, candidate_of, inspection_id, match
from reinspect.model import Kind, SourceFacts, Window
from reinspect.reconciling import reconcile
from reinspect.record import record
from tests.making.readings import (
    ILACS_2022,
    ILACS_GRADES,
    SIF_2017,
    SIF_GRADES,
    SMALL_RECORD,
    VISIT_2018,
    facts,
    record_of,
)

SIF, VISIT, ILACS = (inspection.id for inspection in SMALL_RECORD.inspections)
RATING_2009 = msgspec.structs.replace(
    facts("caa-rating", grades={"rating": "performs excellently"}, published="2009-12-09"), partial_date="2009-12-09"
)


def events_of(*source_facts: SourceFacts) -> list[Candidate]:
    return [
        candidate_of(reconcile(each.id, each.authority, each.facts.framework or "", each.facts), [each.facts])
        for each in record_of(*source_facts).inspections
    ]


HELD = events_of(SIF_2017, VISIT_2018, ILACS_2022, RATING_2009)
OTHERS = events_of(msgspec.structs.replace(ILACS_2022, authority=facts(authority="kent").authority))


def found(kind: Kind, told: SourceFacts, events: list[Candidate] | None = None) -> Match:
    return match(kind, told, HELD if events is None else events)


def test_an_id_names_authority_first_day_and_family() -> None:
    assert inspection_id("camden", ILACS_2022) == "camden-2022-04-25-ilacs"
    coarse = msgspec.structs.replace(facts("slac"), partial_date="2012-04")
    assert inspection_id("camden", coarse) == "camden-2012-04-slac"
    assert inspection_id("camden", facts("sif", published="2017-11-24")) == "camden-2017-11-24-sif"
    with pytest.raises(ValueError, match="needs a framework and a date"):
        inspection_id("camden", facts("sif"))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(facts("ilacs-2018", "2022-04-25", "2022-04-29"), ILACS, id="the same days"),
        pytest.param(facts("ilacs-2018", published="2022-06-21"), ILACS, id="only the same publication date"),
        pytest.param(facts("sif", grades=SIF_GRADES), SIF, id="neither, but identical grades"),
        pytest.param(facts("ilacs-2018", "2022-04-26", "2022-04-30"), ILACS, id="one day off"),
        pytest.param(facts("ilacs-2018", "2021-04-25", "2022-04-29"), ILACS, id="year of the first day misprinted"),
        pytest.param(
            facts("ilacs-2018", "2021-04-25", "2021-04-29", grades=ILACS_GRADES), ILACS, id="year off, same grades"
        ),
        pytest.param(
            facts("focused-visit", "2017-05-15", "2017-05-16", published="2018-06-08"), VISIT, id="year off, letter"
        ),
        pytest.param(
            facts("ilacs-2018", "2022-03-25", "2022-03-29", grades=ILACS_GRADES), ILACS, id="month off, same grades"
        ),
        pytest.param(facts("ilacs-2023", "2022-04-25", "2022-04-29"), ILACS, id="another year of the same family"),
        pytest.param(facts("focused-visit", published="2018-06-11"), VISIT, id="letter dated three days later"),
        pytest.param(facts(None, "2018-05-15", "2018-05-16"), VISIT, id="unknown framework, the very days"),
    ],
)
def test_a_document_finds_its_event(told: SourceFacts, expected: str) -> None:
    assert found("report", told) == Match(inspection=expected)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(facts("sif", authority=None, grades=SIF_GRADES), id="no authority"),
        pytest.param(facts("sif"), id="neither dates nor grades"),
        pytest.param(facts("sif", grades={**SIF_GRADES, "help": "inadequate"}), id="a grade differs"),
        pytest.param(facts("sif", grades={"help": "good"}), id="too few grades to tell"),
        pytest.param(facts("focused-visit", published="2022-06-21"), id="published that day, of another family"),
        pytest.param(facts(None, "2018-05-16", "2018-05-17"), id="unknown framework, nearly the days"),
        pytest.param(
            facts(None, "2018-05-15", "2018-05-16", grades=ILACS_GRADES), id="a graded text on the days of a visit"
        ),
        pytest.param(
            facts("focused-visit", "2017-05-20", "2017-05-21"), id="a weekend, a year before a visit: a misprint"
        ),
    ],
)
def test_what_cannot_be_sure_is_left_for_a_person(told: SourceFacts) -> None:
    attachment = found("report", told)
    assert attachment.inspection is None
    assert not attachment.creates
    assert attachment.reason


def test_identical_grades_of_two_inspections_are_left_for_a_person() -> None:
    twice = events_of(SIF_2017, facts("sif", "2015-02-02", "2015-02-20", grades=SIF_GRADES))
    attachment = found("report", facts("sif", grades=SIF_GRADES), twice)
    assert attachment.inspection is None
    assert set(attachment.candidates) == {each.id for each in twice}


def test_days_that_are_near_one_visit_and_a_year_from_another_are_left_for_a_person() -> None:
    visits = events_of(
        facts("focused-visit", "2018-07-25", "2018-07-26"), facts("focused-visit", "2019-07-31", "2019-08-01")
    )
    attachment = found("letter", facts("focused-visit", "2018-07-31", "2018-08-01"), visits)
    assert attachment.inspection is None
    assert len(attachment.candidates) == 2


def test_a_report_of_an_event_not_held_makes_it_known() -> None:
    told = facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"})
    assert found("report", told) == Match(inspection="camden-2025-03-03-ilacs", creates=True)
    assert found("report", msgspec.structs.replace(told, framework="sif")).creates


def test_no_event_of_another_authority_is_ever_meant() -> None:
    assert found("report", facts("ilacs-2018", published="2022-06-21"), OTHERS).inspection is None
    assert found("report", facts("ilacs-2018", "2022-04-25", "2022-04-29"), OTHERS).creates


@pytest.mark.parametrize("kind", ["coverage", "digest", "other"])
def test_only_a_report_or_letter_makes_an_event_known(kind: Kind) -> None:
    told = facts("ilacs-2023", "2025-03-03", "2025-03-07", published="2025-04-15", grades={"leaders": "good"})
    assert not found(kind, told).creates
    assert found(kind, told).inspection is None


def test_a_second_copy_finds_the_event_by_the_date_that_a_misprint_displaced() -> None:
    misprinted = facts("ilacs-2018", "2021-04-25", "2021-04-29")
    displaced = reconcile(ILACS, "camden", "ilacs-2018", misprinted)
    told = facts("ilacs-2018", "2022-04-25", "2022-04-29")
    assert found("report", told, [candidate_of(displaced, [misprinted, ILACS_2022])]).inspection == ILACS


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            facts(published="2022-06-23", mentions=("2017",), grades={"": "outstanding", "leaders": "good"}),
            ILACS,
            id="two days after publication",
        ),
        pytest.param(
            facts(published="2018-06-11", mentions=("2017-11", "2017"), grades={"overall": "good"}),
            VISIT,
            id="three days after a letter, though it recalls an earlier grade",
        ),
        pytest.param(
            facts(mentions=("2022-06-23", "2017"), grades={"": "good"}), ILACS, id="its latest day is its own date"
        ),
        pytest.param(
            facts(mentions=("2009", "2010", "2008-06"), grades={"": "performing excellently"}),
            "camden-2009-12-09-caa-rating",
            id="names the year and the printed grade",
        ),
        pytest.param(facts(mentions=("2017-11",), grades={"overall": "good"}), SIF, id="names month and grade"),
        pytest.param(facts("focused-visit", mentions=("2018-05",)), VISIT, id="names the month and the kind of visit"),
    ],
)
def test_coverage_finds_the_event_that_it_is_about(told: SourceFacts, expected: str) -> None:
    assert found("coverage", told) == Match(inspection=expected)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(facts(), id="names nothing"),
        pytest.param(facts(mentions=("2017",)), id="names a year and no grade"),
        pytest.param(facts(mentions=("2017",), grades={"overall": "inadequate"}), id="names a year and another grade"),
        pytest.param(facts(mentions=("2017", "2022"), grades={"overall": "good"}), id="names two years that fit alike"),
        pytest.param(facts(published="2016-01-10", mentions=("2017",), grades={"": "good"}), id="came before"),
        pytest.param(facts(published="2022-06-23", grades={"overall": "inadequate"}), id="quotes another grade"),
        pytest.param(facts(authority=None, published="2022-06-23"), id="names no authority"),
    ],
)
def test_coverage_that_names_no_one_event_is_left_for_a_person(told: SourceFacts) -> None:
    assert found("coverage", told).inspection is None


PERTURBATIONS: dict[str, Callable[[SourceFacts], SourceFacts]] = {
    "as they are": lambda told: told,
    "without publication": lambda told: msgspec.structs.replace(told, published=None),
    "without days": lambda told: msgspec.structs.replace(told, windows=()),
    "with neither": lambda told: msgspec.structs.replace(told, windows=(), published=None),
    "a day later": lambda told: _moved(told, 1),
    "a year later": lambda told: _of_another_year(told, 1),
    "a year earlier, without publication": lambda told: msgspec.structs.replace(
        _of_another_year(told, -1), published=None
    ),
    "published a year earlier, without days": lambda told: msgspec.structs.replace(
        _of_another_year(told, -1), windows=()
    ),
}


def _moved(told: SourceFacts, days: int) -> SourceFacts:
    step = timedelta(days)
    moved = tuple(Window(window.start + step, window.end + step) for window in told.windows)
    return msgspec.structs.replace(told, windows=moved)


def _of_another_year(told: SourceFacts, years: int) -> SourceFacts:
    moved = tuple(Window(_misprinted(each.start, years), _misprinted(each.end, years)) for each in told.windows)
    published = told.published and _misprinted(told.published, years)
    return msgspec.structs.replace(told, windows=moved, published=published)


def _misprinted(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


@pytest.mark.parametrize("perturbation", PERTURBATIONS)
def test_of_the_whole_record_no_document_finds_a_wrong_event_however_misprinted(perturbation: str) -> None:
    held: dict[str, list[Candidate]] = {}
    recorded = [each for each in record().inspections if each.facts.published]
    for each in recorded:
        own = reconcile(each.id, each.authority, each.facts.framework or "", each.facts)
        held.setdefault(each.authority, []).append(candidate_of(own, [each.facts]))
    wrong = []
    for each in recorded:
        told = PERTURBATIONS[perturbation](each.facts)
        attachment = match("report" if told.judgements else "letter", told, held[each.authority])
        if attachment.inspection != each.id and attachment.inspection is not None and not attachment.creates:
            wrong.append((each.id, attachment.inspection))
        if perturbation == "as they are":
            assert attachment.inspection == each.id
    assert wrong == []


def test_an_article_of_a_later_year_is_not_taken_for_news() -> None:
    told = facts(published=str(date(2022, 6, 21) + timedelta(60)), grades={"overall": "good"})
    assert found("coverage", told).inspection is None
