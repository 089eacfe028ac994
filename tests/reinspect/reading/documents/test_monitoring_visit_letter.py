"""Letters on monitoring visits. They are made of the template of 2016: no real letter was at hand."""

from __future__ import annotations

from datetime import date

from reinspect.model import Window
from tests.making.reports import read

LETTER = [
    "Ofsted",
    "8 June 2021",
    "Dear Ms Reed",
    "Monitoring visit to Camden children's services",
    "This letter tells what was found of the monitoring visit to Camden children's services on 4 and 5 May 2021.",
    "This was the second monitoring visit since the council was judged inadequate in July 2020.",
    "Areas covered by the visit",
    "Inspectors looked at the progress made on:",
    "• the speed of visits",
    "• the quality of plans.",
    "Headline findings",
    "Visits are quicker than they were.",
    "Findings and evaluation of progress",
    "Plans are clear in most homes.",
    "Yours sincerely",
    "Ada Reed",
]


def test_a_monitoring_letter_has_its_area_days_date_and_place_in_the_series():
    reading = read([LETTER])
    facts = reading.facts

    assert (reading.document.kind, facts.framework, facts.graded) == ("letter", "monitoring-visit", False)
    assert facts.authority and facts.authority.slug == "camden"
    assert (facts.published, facts.windows) == (date(2021, 6, 8), (Window(date(2021, 5, 4), date(2021, 5, 5)),))
    assert facts.ordinal == 2


def test_the_items_that_it_recalls_are_not_new_improvements_and_no_warning_misses_them():
    reading = read([LETTER])

    assert reading.facts.improvements == ()
    assert reading.document.warnings == ()


def test_a_monitoring_visit_to_a_home_is_another_thing():
    letter = [line.replace("Camden children's services", "Oak House in Camden") for line in LETTER]

    assert read([letter]).facts.framework != "monitoring-visit"
