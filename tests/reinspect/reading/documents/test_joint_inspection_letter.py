"""Joint inspection letters, in both forms, and letters on local area SEND inspections."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import Window
from tests.making.area_send import joint_letter
from tests.making.reports import read

OLD = ("Joint targeted area inspection of the multi-agency response to cold", "and hunger in Camden")
LISTS = [
    "Headline findings",
    "Partners work well on most days.",
    "What needs to improve?",
    "◼ The speed of replies to",
    "schools.",
    "◼ The sharing of plans.",
    "Strengths",
    "◼ Kindness in every team.",
    "Next steps",
    "The council should send a written statement of proposed action.",
]


def test_a_letter_of_2022_has_its_area_days_date_theme_and_lists():
    reading = read([joint_letter(body=LISTS)])
    facts = reading.facts

    assert (reading.document.kind, facts.framework, facts.graded) == ("letter", "jtai-2022", False)
    assert facts.authority and facts.authority.slug == "camden"
    assert (facts.published, facts.windows) == (date(2024, 3, 5), (Window(date(2024, 1, 8), date(2024, 1, 12)),))
    assert facts.theme == "children who go missing"
    assert [each.text for each in facts.improvements] == ["The speed of replies to schools.", "The sharing of plans."]
    assert reading.document.warnings == ()


def in_2018(letter: list[str]) -> list[str]:
    return [line.replace("2024", "2018") for line in letter]


def test_a_letter_of_2016_has_its_theme_and_area_in_the_subject():
    days = "Between 8 and 12 January 2024, Ofsted undertook it."
    facts = read([in_2018(joint_letter(OLD, ["Areas for improvement", "• Visits are late."], days))]).facts

    assert (facts.framework, facts.theme) == ("jtai-2016", "cold and hunger")
    assert facts.authority and facts.authority.slug == "camden"
    assert facts.windows == (Window(date(2018, 1, 8), date(2018, 1, 12)),)


def test_the_day_decides_between_the_forms_where_a_subject_fits_both():
    letter = joint_letter(("Joint targeted area inspection of services for children in Camden",), LISTS)

    assert read([letter]).facts.framework == "jtai-2022"
    assert read([in_2018(letter)]).facts.framework == "jtai-2016"


def test_the_addressees_are_partners_and_never_the_area_of_the_letter():
    facts = read([joint_letter(("Joint targeted area inspection of Islington",), LISTS)]).facts

    assert facts.authority and facts.authority.slug == "islington"
    assert facts.partners == (
        "Director of Children's Services, Barnet Council",
        "Chief Constable, Riverside Police",
        "Chief Executive, NHS Hackney and Barnet Board, and of the Barnet Hospitals Trust",
    )


def test_an_addressee_may_have_a_name_with_an_accent_and_small_words():
    letter = [line.replace("Ben Stone,", "Élodie van der Berg,") for line in joint_letter(body=LISTS)]

    assert read([letter]).facts.partners == read([joint_letter(body=LISTS)]).facts.partners


def test_a_letter_on_an_area_that_is_not_a_council_goes_to_none_of_its_addressees():
    letter = joint_letter(
        ("Joint targeted area inspection of Nowhere-on-Sea",), LISTS, salutation="Dear local partnership"
    )
    reading = read([letter])

    assert reading.facts.authority and reading.facts.authority.slug is None
    assert any("not recognised" in warning for warning in reading.document.warnings)


def test_there_are_no_areas_is_not_an_item():
    body = ["Areas for priority action", "• Inspectors name no such areas; there are no new ones", *LISTS]

    assert read([joint_letter(body=body)]).facts.priority_actions == ()


def test_areas_for_priority_action_are_a_list_of_their_own():
    body = ["Area for priority action", "◼ Leaders must act. They lack:", "− people", "− time", *LISTS]
    facts = read([joint_letter(body=body)]).facts

    assert [each.text for each in facts.priority_actions] == ["Leaders must act. They lack: people time"]
    assert len(facts.improvements) == 2


def test_a_list_goes_on_over_headings_within_it_and_over_the_box_of_a_study():
    body = [
        "Areas for improvement",
        "The police",
        "• Checks are late.",
        "Practice study: highly effective practice",
        "A boy called Sam was helped by three teams.",
        "Health services",
        "• Records are thin.",
        "Leadership",
        "• Plans are old.",
        "Next steps",
        "• This bullet is not an item.",
    ]
    facts = read([joint_letter(OLD, body)]).facts

    assert [each.text for each in facts.improvements] == ["Checks are late.", "Records are thin.", "Plans are old."]


@pytest.mark.parametrize(
    "sentence",
    [
        "From 8 to 12 January 2024, inspectors visited the area.",
        "Between Monday 8 January and Friday 12 January 2024, Ofsted and others undertook a joint inspection.",
        "Between 8 January 2024 and 12 January 2024 the inspectorates undertook it.",
        "Inspectors were on site in the week of 8-12 January 2024.",
        "A law of 1 April 2019 to 30 March 2020 applied. This inspection took place from 8 to 12 January 2024.",
    ],
)
def test_the_days_are_read_in_each_of_their_forms(sentence):
    assert read([joint_letter(days=sentence, body=LISTS)]).facts.windows == (
        Window(date(2024, 1, 8), date(2024, 1, 12)),
    )


def test_days_without_a_year_are_the_last_such_days_before_the_letter():
    letter = joint_letter(days="This inspection took place from 4 to 8 December.", body=LISTS)

    assert read([letter]).facts.windows == (Window(date(2023, 12, 4), date(2023, 12, 8)),)


@pytest.mark.parametrize(
    "subject", ["Joint local area SEND inspection in Camden", "Joint area SEND inspection in Camden"]
)
def test_a_letter_on_a_local_area_send_inspection_has_its_kind_area_and_date(subject):
    letter = joint_letter(
        (subject,),
        days="Between 8 and 12 January 2024, Ofsted and the CQC conducted an inspection.",
        salutation="Dear Ms Reed",
    )
    reading = read([letter])

    assert (reading.document.kind, reading.facts.framework) == ("letter", "area-send-2016")
    assert reading.facts.authority and reading.facts.authority.slug == "camden"
    assert (reading.facts.published, reading.facts.windows[0].start) == (date(2024, 3, 5), date(2024, 1, 8))


def test_a_statement_of_action_makes_no_joint_letter_a_send_letter():
    facts = read([joint_letter(body=LISTS)]).facts

    assert facts.framework == "jtai-2022"
    assert facts.outcome is None
