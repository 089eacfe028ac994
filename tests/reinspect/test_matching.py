"""Matching: a document is matched to its inspection or left to a person, and never matched to a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from reinspect.matching import Candidate, Match, candidate_of, inspection_id, match
from reinspect.model import Judgement, Kind, PrintedAuthority, SourceFacts, Window
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


def candidates_of(*source_facts: SourceFacts) -> list[Candidate]:
    return [
        candidate_of(
            reconcile(
                recorded_inspection.id,
                recorded_inspection.authority,
                recorded_inspection.facts.framework or "",
                recorded_inspection.facts,
            ),
            [recorded_inspection.facts],
        )
        for recorded_inspection in record_of(*source_facts).inspections
    ]


CANDIDATES = candidates_of(SIF_2017, VISIT_2018, ILACS_2022, RATING_2009)
OTHERS = candidates_of(msgspec.structs.replace(ILACS_2022, authority=facts(authority="kent").authority))


def match_document(kind: Kind, source: SourceFacts, candidates: list[Candidate] | None = None) -> Match:
    return match(kind, source, CANDIDATES if candidates is None else candidates)


def test_an_id_consists_of_authority_first_day_and_family() -> None:
    assert inspection_id("camden", ILACS_2022) == "camden-2022-04-25-ilacs"
    coarse = msgspec.structs.replace(facts("slac"), partial_date="2012-04")
    assert inspection_id("camden", coarse) == "camden-2012-04-slac"
    assert inspection_id("camden", facts("sif", published="2017-11-24")) == "camden-2017-11-24-sif"
    with pytest.raises(ValueError, match="needs a framework and a date"):
        inspection_id("camden", facts("sif"))


@pytest.mark.parametrize(
    ("source", "expected"),
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
def test_a_document_is_matched_to_its_inspection(source: SourceFacts, expected: str) -> None:
    assert match_document("report", source) == Match(inspection=expected)


@pytest.mark.parametrize(
    "source",
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
def test_an_uncertain_match_is_left_to_a_person(source: SourceFacts) -> None:
    result = match_document("report", source)
    assert result.inspection is None
    assert not result.creates
    assert result.reason


def test_identical_grades_of_two_inspections_are_left_to_a_person() -> None:
    twice = candidates_of(SIF_2017, facts("sif", "2015-02-02", "2015-02-20", grades=SIF_GRADES))
    result = match_document("report", facts("sif", grades=SIF_GRADES), twice)
    assert result.inspection is None
    assert set(result.candidates) == {recorded_inspection.id for recorded_inspection in twice}


def test_days_near_one_visit_and_a_year_from_another_are_left_to_a_person() -> None:
    visits = candidates_of(
        facts("focused-visit", "2018-07-25", "2018-07-26"), facts("focused-visit", "2019-07-31", "2019-08-01")
    )
    result = match_document("letter", facts("focused-visit", "2018-07-31", "2018-08-01"), visits)
    assert result.inspection is None
    assert len(result.candidates) == 2


def test_a_report_of_an_unknown_inspection_creates_it() -> None:
    source = facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"})
    assert match_document("report", source) == Match(inspection="camden-2025-03-03-ilacs", creates=True)
    assert match_document("report", msgspec.structs.replace(source, framework="sif")).creates


def test_a_document_is_never_matched_to_another_authority() -> None:
    assert match_document("report", facts("ilacs-2018", published="2022-06-21"), OTHERS).inspection is None
    assert match_document("report", facts("ilacs-2018", "2022-04-25", "2022-04-29"), OTHERS).creates


@pytest.mark.parametrize("kind", ["coverage", "digest", "other"])
def test_only_a_report_or_letter_creates_an_inspection(kind: Kind) -> None:
    source = facts("ilacs-2023", "2025-03-03", "2025-03-07", published="2025-04-15", grades={"leaders": "good"})
    assert not match_document(kind, source).creates
    assert match_document(kind, source).inspection is None


def test_a_second_copy_is_matched_by_the_date_that_a_misprint_displaced() -> None:
    misprinted = facts("ilacs-2018", "2021-04-25", "2021-04-29")
    displaced = reconcile(ILACS, "camden", "ilacs-2018", misprinted)
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29")
    assert match_document("report", source, [candidate_of(displaced, [misprinted, ILACS_2022])]).inspection == ILACS


@pytest.mark.parametrize(
    ("source", "expected"),
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
def test_coverage_is_matched_to_the_inspection_it_is_about(source: SourceFacts, expected: str) -> None:
    assert match_document("coverage", source) == Match(inspection=expected)


@pytest.mark.parametrize(
    "source",
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
def test_coverage_that_fits_no_single_inspection_is_left_to_a_person(source: SourceFacts) -> None:
    assert match_document("coverage", source).inspection is None


PERTURBATIONS: dict[str, Callable[[SourceFacts], SourceFacts]] = {
    "as they are": lambda source: source,
    "without publication": lambda source: msgspec.structs.replace(source, published=None),
    "without days": lambda source: msgspec.structs.replace(source, windows=()),
    "with neither": lambda source: msgspec.structs.replace(source, windows=(), published=None),
    "a day later": lambda source: _shift(source, 1),
    "a year later": lambda source: _of_another_year(source, 1),
    "a year earlier, without publication": lambda source: msgspec.structs.replace(
        _of_another_year(source, -1), published=None
    ),
    "published a year earlier, without days": lambda source: msgspec.structs.replace(
        _of_another_year(source, -1), windows=()
    ),
}


def _shift(source: SourceFacts, days: int) -> SourceFacts:
    step = timedelta(days)
    moved = tuple(Window(window.start + step, window.end + step) for window in source.windows)
    return msgspec.structs.replace(source, windows=moved)


def _of_another_year(source: SourceFacts, years: int) -> SourceFacts:
    moved = tuple(
        Window(_misprinted(recorded_inspection.start, years), _misprinted(recorded_inspection.end, years))
        for recorded_inspection in source.windows
    )
    published = source.published and _misprinted(source.published, years)
    return msgspec.structs.replace(source, windows=moved, published=published)


def _misprinted(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


@pytest.mark.parametrize("perturbation", PERTURBATIONS)
def test_no_misprint_in_the_whole_record_leads_to_a_wrong_match(perturbation: str) -> None:
    known: dict[str, list[Candidate]] = {}
    recorded = [
        recorded_inspection for recorded_inspection in record().inspections if recorded_inspection.facts.published
    ]
    for recorded_inspection in recorded:
        own = reconcile(
            recorded_inspection.id,
            recorded_inspection.authority,
            recorded_inspection.facts.framework or "",
            recorded_inspection.facts,
        )
        known.setdefault(recorded_inspection.authority, []).append(candidate_of(own, [recorded_inspection.facts]))
    wrong = []
    for recorded_inspection in recorded:
        source = PERTURBATIONS[perturbation](recorded_inspection.facts)
        result = match("report" if source.judgements else "letter", source, known[recorded_inspection.authority])
        if result.inspection != recorded_inspection.id and result.inspection is not None and not result.creates:
            wrong.append((recorded_inspection.id, result.inspection))
        if perturbation == "as they are":
            assert result.inspection == recorded_inspection.id
    assert wrong == []


def test_an_article_published_much_later_is_not_matched_by_its_date() -> None:
    source = facts(published=str(date(2022, 6, 21) + timedelta(60)), grades={"overall": "good"})
    assert match_document("coverage", source).inspection is None


def test_an_article_about_a_later_visit_is_not_matched_to_the_inspection_that_it_recalls():
    grades = (Judgement(strand="overall", grade="inadequate"),)
    recalled = Candidate(
        id="camden-2021-12-06-ilacs",
        authority="camden",
        framework="ilacs-2018",
        windows=((Window(date(2021, 12, 6), date(2021, 12, 17)),),),
        published=(date(2022, 2, 10),),
        judgements=grades,
    )
    facts = SourceFacts(
        authority=PrintedAuthority(printed="Camden", slug="camden"),
        published=date(2022, 11, 4),
        mentioned_dates=("2022-11-04", "2022-10-05", "2021-12"),
        judgements=(Judgement(strand="", grade="inadequate"),),
    )
    without_later_event = msgspec.structs.replace(facts, mentioned_dates=("2022-11-04", "2021-12"))

    assert match("coverage", facts, [recalled]).inspection is None
    assert match("coverage", without_later_event, [recalled]).inspection == recalled.id


def test_an_article_on_social_care_is_never_matched_to_an_event_of_another_band() -> None:
    send = facts("area-send-2023", "2022-05-30", "2022-06-01", published="2022-06-22")
    article = facts(published="2022-06-23")

    assert match_document("coverage", article, [*CANDIDATES, *candidates_of(send)]).inspection == ILACS
    assert match_document("coverage", article, candidates_of(send)).inspection is None
