"""Area SEND reports: outcome, days, next step, previous inspection, and the two boxes with their responsible bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from reinspect.model import Reading, Window
from reinspect.reading.documents import read_pages
from tests.making.area_send import FAILINGS, INCONSISTENT, POSITIVE, send_front, send_lists

BODIES = "Camden Council and the\nNHS Riverside and Brook\nIntegrated Care Board"
TWO_ITEMS = "Leaders should answer letters within a week.\n\n\nThe partnership should share its plans."


def read_send(front: Sequence[str], *pages: str) -> Reading:
    texts = ["\n".join(front), *pages]
    return read_pages(texts, sha256="0" * 64, title="a report", file="report.pdf")


def test_a_report_has_its_authority_days_outcome_and_the_step_that_follows():
    facts = read_send(send_front(), send_lists(improvements=TWO_ITEMS)).facts

    assert (facts.framework, facts.graded, facts.judgements) == ("area-send-2023", False, ())
    assert facts.authority and facts.authority.slug == "camden"
    assert facts.windows == (Window(date(2024, 3, 4), date(2024, 3, 8)),)
    assert facts.previous == (Window(date(2017, 7, 3), date(2017, 7, 7)),)
    assert facts.outcome and (facts.outcome.key, facts.outcome.printed) == ("inconsistent", INCONSISTENT)
    assert facts.next_step == "The next full area inspection will be within about three years."


def test_a_report_with_its_title_below_the_outcome_and_at_the_top_of_each_page_is_read():
    title = "Area SEND inspection of Camden Local Area Partnership"
    front = ["Inspection dates: 4 to 8 March 2024", "Inspection outcome", INCONSISTENT, title]
    reading = read_send(front, title, title, title)

    assert (reading.document.kind, reading.facts.framework) == ("report", "area-send-2023")


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        (POSITIVE, "positive"),
        (INCONSISTENT, "inconsistent"),
        (FAILINGS, "systemic failings"),
        ("There are widespread systemic failings in the area.", "systemic failings"),
        ("The arrangements (SEND) lead to inconsistent experiences, which vary by street.", "inconsistent"),
    ],
)
def test_the_deciding_words_of_the_first_sentence_give_the_outcome(sentence, key):
    outcome = read_send(send_front(sentence), send_lists(improvements=TWO_ITEMS)).facts.outcome

    assert outcome and outcome.key == key


@pytest.mark.parametrize(
    "sentence",
    [
        "The arrangements do not typically lead to positive experiences.",
        "The arrangements typically lead to positive but inconsistent experiences.",
        "The inspectors enjoyed their stay.",
    ],
)
def test_a_sentence_that_states_no_outcome_gives_none_and_a_warning(sentence):
    reading = read_send(send_front(sentence), send_lists(improvements=TWO_ITEMS))

    assert reading.facts.outcome is None
    assert any("no outcome is taken" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize("lines", [("dates", "previous"), ("previous", "dates")])
def test_the_days_of_the_previous_inspection_are_never_those_of_this_one(lines):
    printed = ("Inspection dates: 4 to 8 March 2024", "Dates of previous inspection: 3 to 7 July 2017")
    front = send_front(**dict(zip(lines, printed, strict=True)))
    facts = read_send(front, send_lists(improvements=TWO_ITEMS)).facts

    assert facts.windows == (Window(date(2024, 3, 4), date(2024, 3, 8)),)
    assert facts.previous == (Window(date(2017, 7, 3), date(2017, 7, 7)),)


def test_a_report_that_prints_only_the_days_of_the_previous_inspection_is_not_read():
    reading = read_send(send_front(dates="Inspection dates: soon"), send_lists(improvements=TWO_ITEMS))

    assert (reading.document.kind, reading.facts.framework, reading.facts.windows) == ("other", None, ())


def test_an_area_that_was_not_inspected_before_has_no_previous_days():
    front = send_front(previous="Date of previous inspection: Not previously inspected")

    assert read_send(front, send_lists(improvements=TWO_ITEMS)).facts.previous == ()


def test_each_row_of_the_box_is_an_improvement_and_bullets_in_it_are_not():
    items = f"{TWO_ITEMS}\n\n\nLeaders should mend:\n• the gate\n• the fence."
    facts = read_send(send_front(), send_lists(improvements=items)).facts

    assert [improvement.text for improvement in facts.improvements] == [
        "Leaders should answer letters within a week.",
        "The partnership should share its plans.",
        "Leaders should mend: the gate the fence.",
    ]
    assert facts.priority_actions == ()


def test_a_priority_action_has_its_responsible_bodies():
    row = f"{BODIES}\n\nLeaders must act at once."
    facts = read_send(send_front(FAILINGS), send_lists(row, TWO_ITEMS)).facts

    assert [(each.text, each.bodies) for each in facts.priority_actions] == [
        ("Leaders must act at once.", ("Camden Council", "NHS Riverside and Brook Integrated Care Board"))
    ]
    assert len(facts.improvements) == 2


def test_a_row_that_a_page_end_divides_is_one_action():
    head = "Areas for priority action\n\n\nResponsible body\n\nAreas for priority action\n\n\n"
    first = f"{head}Camden Council\n\nLeaders must plan"
    rest = "and NHS Riverside ICB\n\ntogether, and soon.\n\n\nCamden Council\n\nLeaders must write."
    second = f"{rest}\n\n\nAreas for improvement\n\n\n"
    facts = read_send(send_front(FAILINGS), first, second + TWO_ITEMS).facts

    assert [(each.text, each.bodies) for each in facts.priority_actions] == [
        ("Leaders must plan together, and soon.", ("Camden Council", "NHS Riverside ICB")),
        ("Leaders must write.", ("Camden Council",)),
    ]


def test_the_names_of_responsible_bodies_are_not_a_passage_of_the_findings():
    reading = read_send(send_front(FAILINGS), send_lists(f"{BODIES}\n\nLeaders must act at once.", TWO_ITEMS))

    roles = {passage.text: passage.role for passage in reading.passages}
    assert roles["Leaders must act at once."] == "priority action"
    assert roles["Camden Council and the NHS Riverside and Brook Integrated Care Board"] == "background"


def test_the_pages_of_a_reading_alone_give_the_same_reading_again():
    reading = read_send(send_front(), send_lists(improvements=TWO_ITEMS))

    again = read_pages(reading.pages, sha256="0" * 64, title="a report", file="report.pdf")
    assert again == reading


def test_a_text_without_the_rows_of_its_boxes_is_divided_by_its_wording_with_a_warning():
    page = (
        "Areas for priority action\nResponsible body Areas for priority action\n"
        "Camden Council and NHS\nRiverside ICB\nLeaders must act at once.\nCamden Council\nLeaders must also write.\n"
        "Areas for improvement\nAreas for improvement\n"
        "Leaders should answer letters\nwithin a week. This is overdue.\nThe partnership should share its plans."
    )
    reading = read_send(send_front(FAILINGS), page)

    assert [each.bodies for each in reading.facts.priority_actions] == [
        ("Camden Council", "NHS Riverside ICB"),
        ("Camden Council",),
    ]
    assert len(reading.facts.improvements) == 2
    assert any("were divided by their wording" in warning for warning in reading.document.warnings)


def test_a_footer_that_is_glued_to_a_line_is_not_part_of_an_item():
    page = (
        "Areas for improvement\n\n\nLeaders should answer letters within a week."
        "Area SEND inspection report: Camden Local Area Partnership, 4 to 8 March 2024 7"
    )

    [improvement] = read_send(send_front(), page).facts.improvements
    assert improvement.text == "Leaders should answer letters within a week."


def test_the_title_page_gives_the_days_and_a_warning_names_those_of_the_footers():
    footer = "Area SEND inspection report: Camden Local Area Partnership"
    pages = [f"Findings.\n{footer}\n6 to 8 March 2024 {page}" for page in (2, 3)]
    reading = read_send(send_front(), *pages, send_lists(improvements=TWO_ITEMS))

    assert reading.facts.windows == (Window(date(2024, 3, 4), date(2024, 3, 8)),)
    assert any("2024-03-06 to 2024-03-08" in warning for warning in reading.document.warnings)


def test_a_paper_that_only_quotes_the_title_is_not_the_report():
    reading = read_send(["Minutes of the committee", "Area SEND inspection of Camden Local Area Partnership", "Noted."])

    assert reading.document.kind == "other"
    assert reading.facts.outcome is None
