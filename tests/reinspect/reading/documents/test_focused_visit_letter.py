"""Letters after focused visits: dates, lists and signatures as printed, and nothing graded."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import Window
from tests.making.reports import letter, read


def test_a_letter_gives_its_visit_date_list_and_signature():
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
    assert [one.text for one in read(letter()).facts.improvements] == [
        "The timing of visits to children.",
        "The notes of supervision",
    ]


def test_bullets_within_a_bullet_belong_to_it():
    improve = ("◼ The records, including:", "⎯ the plan", "⎯ the next steps.", "◼ Letters to parents.")

    assert [one.text for one in read(letter(improve)).facts.improvements] == [
        "The records, including: the plan the next steps.",
        "Letters to parents.",
    ]


def test_a_list_without_bullets_is_its_paragraphs():
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
def test_days_of_a_visit_are_read_in_every_printed_shape(visit, windows):
    found = read(letter(visit=visit)).facts.windows

    assert [(str(window.start), str(window.end)) for window in found] == windows


def test_a_visit_without_a_printed_year_has_no_date_and_says_so():
    reading = read(letter(visit="6 and 7 February"))

    assert reading.facts.windows == ()
    assert any("year" in warning for warning in reading.document.warnings)


def test_a_misprinted_year_of_the_letter_is_left_blank():
    assert read(letter(written="6 November 20205")).facts.published is None


def test_the_council_is_taken_from_the_opening_where_the_subject_names_none():
    facts = read(letter(subject=("Focused visit to children’s services",))).facts

    assert facts.authority is not None
    assert facts.authority.slug == "camden"


def test_the_signature_and_the_closing_are_no_findings():
    findings = [one.text for one in read(letter()).passages if one.role == "finding"]

    assert findings == ["Contacts are read on the day.", "Plans are short and clear."]
