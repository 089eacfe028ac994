"""Letters after focused visits: dates, lists and signatures, and no judgement."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import Window
from tests.making.reports import letter, read


def test_a_letter_gives_its_visit_dates_topics_and_lead_inspector():
    reading = read(letter())
    facts = reading.facts

    assert reading.document.kind == "letter"
    assert (facts.framework, facts.graded, facts.judgements) == ("focused-visit", False, ())
    assert facts.authority is not None
    assert facts.authority.slug == "camden"
    assert facts.windows == (Window(date(2018, 5, 15), date(2018, 5, 16)),)
    assert facts.published == date(2018, 6, 8)
    assert facts.lead_inspector == "Ada Lovelace"
    assert "front door" in facts.topics


def test_only_bullets_under_the_heading_are_improvements():
    assert [improvement.text for improvement in read(letter()).facts.improvements] == [
        "The timing of visits to children.",
        "The notes of supervision",
    ]


def test_nested_bullets_belong_to_their_item():
    improve = ("◼ The records, including:", "⎯ the plan", "⎯ the next steps.", "◼ Letters to parents.")

    assert [improvement.text for improvement in read(letter(improve)).facts.improvements] == [
        "The records, including: the plan the next steps.",
        "Letters to parents.",
    ]


def test_each_paragraph_of_a_list_without_bullets_is_an_item():
    improve = ("The timing of visits.", "The notes of supervision.")

    assert len(read(letter(improve)).facts.improvements) == 2


@pytest.mark.parametrize(
    ("visit", "windows"),
    [
        ("31 October and 1 November 2023", [("2023-10-31", "2023-11-01")]),
        ("15, 16 and 21 July 2025", [("2025-07-15", "2025-07-16"), ("2025-07-21", "2025-07-21")]),
        ("7 July 2021", [("2021-07-07", "2021-07-07")]),
        ("22–23 May 2019", [("2019-05-22", "2019-05-23")]),
    ],
)
def test_the_days_of_a_visit_are_read_in_every_printed_form(visit, windows):
    found = read(letter(visit=visit)).facts.windows

    assert [(str(window.start), str(window.end)) for window in found] == windows


def test_the_year_of_a_visit_that_is_printed_without_one_is_that_of_the_letter():
    reading = read(letter(visit="6 and 7 February", written="1 March 2018"))

    assert reading.facts.windows == (Window(date(2018, 2, 6), date(2018, 2, 7)),)
    assert any("without a year" in warning for warning in reading.document.warnings)


def test_a_visit_before_the_new_year_is_of_the_year_before_the_letter():
    windows = read(letter(visit="18 and 19 December", written="11 January 2019")).facts.windows

    assert windows == (Window(date(2018, 12, 18), date(2018, 12, 19)),)


def test_a_visit_without_a_year_in_a_letter_without_a_date_has_no_window_and_a_warning():
    reading = read(letter(visit="6 and 7 February", written="undated"))

    assert reading.facts.windows == ()
    assert any("year" in warning for warning in reading.document.warnings)


def test_a_letter_with_a_misprinted_year_has_no_date():
    assert read(letter(written="6 November 20205")).facts.published is None


def test_the_opening_names_the_council_if_the_subject_names_none():
    facts = read(letter(subject=("Focused visit to children’s services",))).facts

    assert facts.authority is not None
    assert facts.authority.slug == "camden"


def test_the_signature_and_the_closing_are_not_findings():
    findings = [passage.text for passage in read(letter()).passages if passage.role == "finding"]

    assert findings == ["Contacts are read on the day.", "Plans are short and clear."]


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Focused visit to Camden children’s services",
        "Subject: Focused visit to Camden children’s services",
        "Monitoring visit of Camden local authority children’s services",
    ],
)
def test_the_subject_may_follow_a_label_and_a_visit_may_be_one_of_a_council(subject):
    reading = read(letter(subject=(subject,)))

    assert (reading.document.kind, reading.facts.authority.slug) == ("letter", "camden")
    assert len(reading.facts.windows) == 1
