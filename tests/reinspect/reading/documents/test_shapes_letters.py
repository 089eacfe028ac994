"""Letters in every shape that was counted among 371 (focused_visit_letters.md): each shape once, in our own words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.making.reports import read

ADDRESS = [
    "Ofsted",
    "Piccadilly Gate",
    "Store Street",
    "Manchester",
    "M1 2WD",
    "T 0300 123 1231",
    "Textphone 0161 618 8524",
    "enquiries@ofsted.gov.uk",
    "www.gov.uk/ofsted",
]
WRITTEN = "8 June 2021"
ADDRESSEE = ["Ada Brook", "Director of Children’s Services", "7 Mill Lane", "London", "N1 1AA", "Dear Ms Brook"]
SUBJECT = ["Focused visit to Camden children’s services"]
OPENING = [
    "This letter tells what was found at the focused visit to Camden children’s services on",
    "4 and 5 May 2021. Her Majesty’s Inspectors for this visit were Grace Hopper and Mary Seacole.",
    "Inspectors looked at what the council does at its front door.",
]
SUMMARY = [
    "The hub is quick and its people are calm. Most notes are short, and they are read by those",
    "who need them.",
]
IMPROVE = ["◼ The timing of visits to children.", "◼ The notes of supervision."]
FINDINGS = ["Contacts are read on the day. The people who ring are called back, and what they say is", "written down."]
CLOSING = [
    "Ofsted will take the findings from this focused visit into account when planning your next",
    "inspection or visit.",
]
SIGNED = ["Yours sincerely", "Grace Hopper", "Her Majesty’s Inspector"]
AREA = "What needs to improve in this area of"
ASKED = f"{AREA} social work practice?"
BODY = ["Headline findings", *SUMMARY, ASKED, *IMPROVE, "Main findings", *FINDINGS]
TWO = ["The timing of visits to children.", "The notes of supervision."]


def front(subject=SUBJECT, opening=OPENING, written=WRITTEN, address=ADDRESS):
    return [*address, *([written] if written else []), *ADDRESSEE, *subject, *opening]


def letter(body=BODY, closing=CLOSING, signed=SIGNED, **changes):
    """A letter of one page whose parts may each be of another shape."""
    return [[*front(**changes), *body, *closing, *signed]]


def items(pages):
    return [one.text for one in read(pages).facts.improvements]


def findings(pages):
    return [one.text for one in read(pages).passages if one.role == "finding"]


# The order of the parts: S summary, P priority action, I improve, F findings.

SAID, ASK, FOUND = ["Headline findings", *SUMMARY], [ASKED, *IMPROVE], ["Main findings", *FINDINGS]
ACT = ["Areas for priority action", "◼ The time that children wait for a visit after a referral."]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([*SAID, *ASK, *FOUND], id="S I F"),
        pytest.param([*ASK, *FOUND], id="I F, no summary heading"),
        pytest.param([*SAID, *FOUND, *ASK], id="S F I, the list comes last"),
        pytest.param([*SAID, *ACT, *ASK, *FOUND], id="S P I F"),
        pytest.param([*SAID, *FOUND, *ACT, *ASK], id="S F P I"),
        pytest.param([*ACT, *ASK, *FOUND], id="P I F"),
        pytest.param([*SAID, "Areas of strength", "◼ Calm hands.", *ASK], id="S strengths I"),
        pytest.param([*SAID, *ASK, "Headline findings", *FINDINGS], id="S I S, findings under the summary's heading"),
        pytest.param(["Overview", *SUMMARY, *ASK, "Findings", "◼ Contacts are read.", "◼ Plans are short."], id="2018"),
    ],
)
def test_the_list_is_the_same_in_whatever_order_the_parts_stand(body):
    facts = read(letter(body)).facts

    assert [one.text for one in facts.improvements] == TWO
    assert len(facts.priority_actions) == (1 if ACT[0] in body else 0)


def test_a_second_list_within_the_findings_is_counted_too():
    body = [*SAID, *ASK, *FOUND, "Areas for Improvement", "◼ The letters to parents.", "◼ The maps of families."]

    assert items(letter(body)) == [*TWO, "The letters to parents.", "The maps of families."]


def test_a_letter_without_a_list_says_so():
    reading = read(letter([*SAID, *FOUND]))

    assert reading.facts.improvements == ()
    assert any("nothing to improve" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize(
    "heading",
    [
        [f"{AREA} social work practice"],
        [f"{AREA} social work practice?"],
        [f"{AREA} social work practice:"],
        [f"{AREA} social work practice."],
        [f"{AREA} social work practice?1"],
        [f"{AREA} social work practice1?"],
        [f"{AREA} social work practice?", "1"],
        [f"{AREA} social work", "practice?"],
        [f"{AREA} social work", "practice?1"],
        ["What needs to improve in this area of practice"],
        ["What needs to improve in these areas of social work practice?"],
        ["What needs to improve?"],
        ["What Needs to Improve in this Area of Social Work Practice?"],
        ["Areas for Improvement"],
        ["Areas for improvement:"],
        ["Area for improvement"],
    ],
)
def test_the_list_is_found_under_every_printed_form_of_its_heading(heading):
    assert items(letter([*SAID, *heading, *IMPROVE, *FOUND])) == TWO


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("Overview", "Findings"),
        ("Headline Findings", "Main Findings"),
        ("Headline Findings.", "Main findings."),
        ("Headline findings:", "Main findings:"),
        ("Summary", "Findings:"),
    ],
)
def test_bullets_among_the_findings_are_no_improvements(summary, found):
    pages = letter([summary, *SUMMARY, *ASK, found, "◼ Contacts are read.", "◼ Plans are short."])

    assert items(pages) == TWO
    assert findings(pages) == ["Contacts are read.", "Plans are short."]


@pytest.mark.parametrize(
    "heading", ["Areas for priority action", "Area for priority action", "Areas for priority action:"]
)
def test_priority_actions_are_a_list_of_their_own(heading):
    facts = read(letter([*SAID, heading, ACT[1], *ASK, *FOUND])).facts

    assert [one.text for one in facts.priority_actions] == ["The time that children wait for a visit after a referral."]
    assert [one.text for one in facts.improvements] == TWO


@pytest.mark.parametrize(
    "said",
    [
        ["There were no areas for priority action identified during this visit."],
        ["No areas for priority action were identified at this visit."],
        ["Inspectors found no areas for priority action at this visit."],
        ["The visit did not identify any areas for priority action."],
        ["Inspectors have not found any further areas for immediate and priority action."],
        ["None."],
        ["◼ None identified."],
        ["The areas for priority action that were named at the inspection of 2019 remain. No new ones were", "found."],
    ],
)
def test_a_list_that_says_it_is_empty_is_empty(said):
    facts = read(letter([*SAID, "Areas for priority action", *said, *ASK, *FOUND])).facts

    assert facts.priority_actions == ()
    assert len(facts.improvements) == 2


def test_a_priority_action_in_prose_is_one_action_however_many_sentences_it_has():
    said = [
        "The time that children wait for a visit is too long. Leaders do not know how long it is, nor",
        "why. Too few of those who wait are called, and their parents are not told what comes next.",
    ]
    facts = read(letter([*SAID, "Area for priority action", *said, *ASK, *FOUND])).facts

    assert len(facts.priority_actions) == 1


# The items.


@pytest.mark.parametrize("bullet", ["◼", "\uf06e", "•", "▪", "■", "", "-", "–", "*", *"·‣➢□✓►\ufffd§Øno"])
def test_any_bullet_opens_an_item(bullet):
    listed = [
        f"{bullet} The timing of visits to children, and what is",
        "done when they are late.",
        f"{bullet} The notes",
    ]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == [
        "The timing of visits to children, and what is done when they are late.",
        "The notes",
    ]


def test_a_bullet_may_stand_alone_before_its_words():
    listed = ["◼", "The timing of visits to children, and what is", "done when they are late.", "◼", "The notes"]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == [
        "The timing of visits to children, and what is done when they are late.",
        "The notes",
    ]


def test_brackets_and_further_sentences_on_lines_of_their_own_belong_to_their_item():
    listed = ["◼ The timing of visits.", "(Paragraph 12)", "◼ The notes.", "They are short.", "Nobody reads them."]
    listed += ["◼ The plans."]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == [
        "The timing of visits. (Paragraph 12)",
        "The notes. They are short. Nobody reads them.",
        "The plans.",
    ]


def test_numbers_may_stand_apart_from_their_items():
    listed = ["1.", "", "The timing of visits", "to children.", "", "2.", "", "The notes."]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == ["The timing of visits to children.", "The notes."]


def test_a_column_of_numbers_adds_no_items():
    listed = ["1.", "", "2.", "", "The timing of visits.", "", "The notes."]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == ["The timing of visits.", "The notes."]


def test_items_may_be_long_lower_case_and_without_a_final_stop():
    listed = [
        "◼ the timing of visits. Many are late. Some are so late that the child has moved. Managers see it",
        "in their figures, and do too little",
        "◼ supervision",
        "◼ plans",
    ]

    assert len(items(letter([*SAID, ASKED, *listed, *FOUND]))) == 3


def test_five_plain_paragraphs_are_five_items():
    listed = [
        "The timing of visits to children who are new to the service, so that each of them is seen within",
        "days and not weeks.",
        "The notes of supervision, which are thin.",
        "What managers do when a plan has drifted. They ought to see it, and to say what is to be done,",
        "and by whom.",
        "Letters to parents.",
        "The work of the panel, so that its minutes say who decided, when, and why, and what became of",
        "it.",
    ]

    assert len(items(letter([*SAID, f"{AREA} social work practice", *listed, *FOUND]))) == 5


def test_short_lines_without_bullets_or_stops_are_items():
    listed = ["The timing of visits", "The notes of supervision", "Letters to parents"]

    assert items(letter([*SAID, ASKED, *listed, *FOUND])) == listed


@pytest.mark.parametrize(
    "said",
    [
        ["The areas for improvement identified at the last inspection remain."],
        [
            "Leaders know that the areas set out in the letter after the visit of March 2020 are still to be met,",
            "in full.",
        ],
        ["At this visit, inspectors found that those from the previous inspection still need attention."],
    ],
)
def test_a_list_that_only_points_back_has_no_items(said):
    assert items(letter([*SAID, ASKED, *said, *FOUND])) == []


@pytest.mark.parametrize(
    "introduced",
    [
        ["The areas from the last inspection remain. Leaders should also improve:"],
        ["In addition to what was named at the inspection in 2019, these should improve."],
        ["The local authority should make better:"],
    ],
)
def test_a_sentence_before_the_bullets_is_no_item(introduced):
    assert items(letter([*SAID, ASKED, *introduced, *IMPROVE, *FOUND])) == TWO


def test_bullets_of_the_scope_are_no_improvements():
    scope = [*OPENING[:2], "Inspectors looked at help for children, in particular:", "◼ the hub", "◼ early help"]
    reading = read(letter(opening=scope))

    assert [one.text for one in reading.facts.improvements] == TWO
    assert reading.facts.topics == ("front door", "early help") or "early help" in reading.facts.topics


def test_a_list_goes_on_over_a_page_with_number_and_footnote_between():
    first = [*front(), *SAID, f"{AREA} social work practice?1", IMPROVE[0]]
    first += [
        "◼ The notes of supervision, so that",
        "1 The areas are set beside the outcomes of a guide",
        "that is for all.",
    ]
    second = ["2", "they can be read by all.", "◼ Letters (outcome 4, national framework).", *FOUND, *CLOSING, *SIGNED]
    facts = read([first, second]).facts

    assert [one.text for one in facts.improvements] == [
        "The timing of visits to children.",
        "The notes of supervision, so that they can be read by all.",
        "Letters.",
    ]
    assert facts.improvements[2].tags == ("outcome 4, national framework",)


@pytest.mark.parametrize("number", ["2", "Page 2 of 4", "- 2 -", "Page 2"])
def test_page_numbers_never_enter_an_item(number):
    first = [
        *front(),
        *SAID,
        ASKED,
        IMPROVE[0],
        "◼ The notes of supervision, so that",
        *(["1 of 4"] if "of" in number else []),
    ]
    pages = [first, [number, "they are read.", *FOUND], ["3", *CLOSING, *SIGNED]]

    assert items(pages)[1] == "The notes of supervision, so that they are read."


def test_a_footer_before_the_list_does_not_hide_it():
    first = [*front(), *SAID, "Ofsted is proud to use recycled paper"]

    assert items([first, [*ASK, *FOUND, *CLOSING, *SIGNED]]) == TWO


def test_the_sender_may_stand_at_the_foot_of_the_page_in_the_middle_of_the_list():
    first = [*front(address=()), *SAID, ASKED, IMPROVE[0], "◼ The notes of", *ADDRESS]

    assert items([first, ["2", "supervision.", *FOUND, *CLOSING, *SIGNED]]) == TWO


def test_the_end_of_the_list_is_no_part_of_the_closing():
    assert items(letter([*SAID, *FOUND, *ASK])) == TWO


@pytest.mark.parametrize(
    "closing",
    [
        ["Ofsted will take the findings of this visit along when it plans the next inspection."],
        ["Ofsted will publish this letter and take it into account when planning the next inspection."],
        ["I am sharing this letter with the Department for Education."],
        ["The findings of this visit will be considered when the next inspection is planned."],
        ["You should submit an action plan to ProtectionOfChildren@ofsted.gov.uk within 70 days."],
        [],
    ],
)
def test_however_a_letter_closes_no_closing_sentence_becomes_an_item(closing):
    assert items(letter([*SAID, *FOUND, *ASK], closing=closing)) == TWO


def test_a_house_with_a_number_is_no_footnote():
    pages = [[line if line != "7 Mill Lane" else "1 Mill Lane" for line in letter(opening=[*OPENING, *OPENING])[0]]]

    assert read(pages).facts.topics == ("front door",)


# Dates and names.


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("on 4 and 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("from 4 to 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("between 4 and 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("between 4 May and 7 May 2021.", ["2021-05-04/2021-05-07"]),
        ("on 30 April and 1 May 2021.", ["2021-04-30/2021-05-01"]),
        ("on 4 and 5 May, and 2 June 2021.", ["2021-05-04/2021-05-05", "2021-06-02/2021-06-02"]),
        ("on 4, 5 and 6 May 2021.", ["2021-05-04/2021-05-06"]),
        ("on 4–5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 – 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on the 4 and 5 of May 2021.", ["2021-05-04/2021-05-05"]),
        ("on the 4th and 5th May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 May 2021.", ["2021-05-04/2021-05-04"]),
        ("on 4 May and 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on Tuesday 4 and Wednesday 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on Tuesday 4 May and Wednesday 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 & 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 04 and 05 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 and 5 May, 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 May 2021 and 5 May 2021.", ["2021-05-04/2021-05-05"]),
        ("on 4 and 5 May and 10 May 2021.", ["2021-05-04/2021-05-05", "2021-05-10/2021-05-10"]),
        ("on 31 December 2020 and 4 January 2021.", ["2020-12-31/2020-12-31", "2021-01-04/2021-01-04"]),
        ("on 18/05/2021 and 19/05/2021.", ["2021-05-18/2021-05-19"]),
        ("on 4 and 5 May.", []),
    ],
)
def test_the_days_of_a_visit_are_read_in_every_printed_shape(printed, days):
    opening = [
        f"This letter tells what was found at a focused visit to Camden children’s services {printed}",
        *OPENING[2:],
    ]
    windows = read(letter(opening=opening)).facts.windows

    assert [f"{window.start}/{window.end}" for window in windows] == days


@pytest.mark.parametrize(
    "opening",
    [
        ["This letter tells what was found at a focused visit that took place on 4 and 5 May 2021 to Camden’s"],
        ["On 4 and 5 May 2021, Ofsted made a focused visit to Camden children’s services. This letter tells"],
        ["This letter tells what two inspectors, Grace Hopper and Mary Seacole, found on 4 and 5 May 2021 at"],
        ["This letter tells what was found when we visited Camden. The visit was on 4 and 5 May 2021."],
    ],
)
def test_the_days_are_found_wherever_the_opening_names_them(opening):
    windows = read(letter(opening=[*opening, *OPENING[2:]])).facts.windows

    assert [str(window.start) for window in windows] == ["2021-05-04"]


def test_a_date_that_belongs_to_an_earlier_inspection_is_not_the_visit():
    opening = [
        "This letter tells what was found at the focused visit to Camden children’s services on 6 and 7 February.",
        "The last inspection was on 3 July 2017. Inspectors looked at the front door.",
    ]

    assert read(letter(opening=opening)).facts.windows == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("8 June 2021", date(2021, 6, 8)),
        ("08 June 2021", date(2021, 6, 8)),
        ("8th June 2021", date(2021, 6, 8)),
        ("8 June, 2021", date(2021, 6, 8)),
        ("Date: 8 June 2021", date(2021, 6, 8)),
        ("6 November 20205", None),
        ("June 2021", None),
        (None, None),
    ],
)
def test_the_letters_own_date_is_read_where_it_is_printed(written, expected):
    assert read(letter(written=written)).facts.published == expected


@pytest.mark.parametrize(
    "address",
    [
        [],
        ["T 0300 123 1231", "Textphone 0161 618 8524", *ADDRESS[:5]],
        ["fsted", *ADDRESS[1:]],
        [",Ofsted", *ADDRESS[1:]],
        ["12 Ofsted", *ADDRESS[1:]],
        ["Ofsted", "Clive House", "70 Petty France", "Westminster", "London", "SW1H 9EX", *ADDRESS[5:]],
        ["Aviation House", "125 Kingsway", "London", "WC2B 6SE", *ADDRESS[5:]],
    ],
)
def test_whatever_letterhead_stands_above_the_letter_is_the_same(address):
    facts = read(letter(address=address)).facts

    assert facts.authority is not None
    assert (facts.authority.slug, facts.published) == ("camden", date(2021, 6, 8))


@pytest.mark.parametrize(
    "subject",
    [
        ["Focused visit to Camden children’s services"],
        ["Focused visit to Camden Council children’s services"],
        ["Focused visit to Camden Council’s children’s services"],
        ["Focused visit to the London Borough of Camden children’s services"],
        ["Focused visit to London Borough of Camden local authority", "children’s services"],
        ["Focused visit to Camden local authority children’s services"],
        ["Focused visit to Camden local authority’s children’s services"],
        ["Focused visit to Camden Local Authority Children’s Services"],
        ["Focused visit to Camden children’s social care services"],
        ["Focused visit to Camden childrens services"],
        ["Focused visit to Camden children's services"],
        ["Focused visit to", "Camden children’s services"],
        ["Focused visit to children’s services"],
        ["Focused visit to Insert LA Address children’s services"],
        ["Focused visit to Camden"],
        ["FOCUSED VISIT TO CAMDEN CHILDREN’S SERVICES"],
        ["Focused visit to Camden Children and Families Trust children’s services"],
    ],
)
def test_the_council_is_known_by_every_form_of_the_subject_line(subject):
    reading = read(letter(subject=subject))

    assert reading.document.kind == "letter"
    assert reading.facts.authority is not None
    assert reading.facts.authority.slug == "camden"
    assert len(reading.facts.improvements) == 2


def test_a_template_leak_in_the_address_does_not_hide_the_council():
    pages = [[line if line != "London" else "Insert LA Address" for line in letter()[0]]]

    assert read(pages).facts.authority.slug == "camden"


def test_an_address_printed_twice_among_the_subject_does_no_harm():
    subject = ["7 Mill Lane", "Focused visit to Camden London", "children’s services N1 1AA"]
    facts = read(letter(subject=subject)).facts

    assert facts.authority.slug == "camden"
    assert [str(window.start) for window in facts.windows] == ["2021-05-04"]
    assert len(facts.improvements) == 2


@pytest.mark.parametrize(
    "salutation", ["Dear Ada", "Dear Ms Brook,", "Dear Ada Brook", "Dear Dr Brook", "Dear Colleague", "DEAR MS BROOK"]
)
def test_any_salutation_opens_a_letter(salutation):
    pages = [[line if not line.startswith("Dear") else salutation for line in letter()[0]]]

    assert read(pages).document.kind == "letter"


@pytest.mark.parametrize(
    ("signed", "lead"),
    [
        (["Yours sincerely", "Grace Hopper", "Her Majesty’s Inspector"], "Grace Hopper"),
        (["Your sincerely", "Grace Hopper", "His Majesty’s Inspector"], "Grace Hopper"),
        (["Yours sincerely,", "Grace Hopper"], "Grace Hopper"),
        (["Yours Sincerely", "Grace Hopper HMI"], "Grace Hopper"),
        (["Yours sincerely", "Grace Hopper, Her Majesty’s Inspector"], "Grace Hopper"),
        (["Yours sincerely", "Grace O’Hopper-Jones", "Her Majesty’s Inspector"], "Grace O’Hopper-Jones"),
        (["Yours faithfully", "Grace Hopper", "Ofsted Inspector"], "Grace Hopper"),
        (["Grace Hopper", "Her Majesty’s Inspector"], "Grace Hopper"),
        (["Yours sincerely", "cc: Edna May, Department for Education", "Grace Hopper"], "Grace Hopper"),
        (["Yours sincerely", "4", "Grace Hopper", "Her Majesty’s Inspector"], "Grace Hopper"),
    ],
)
def test_who_signed_led_the_visit(signed, lead):
    assert read(letter(signed=signed)).facts.lead_inspector == lead


def test_headings_in_plain_type_and_topical_headings_open_their_parts():
    body = [*SAID, *ASK, "Main findings", "Help that comes early", *FINDINGS, "Help that comes late", "Few wait."]
    pages = letter(body)
    heads = {one.text.split()[0]: one.heading for one in read(pages).passages if one.role == "finding"}

    assert heads == {"Contacts": "Help that comes early", "Few": "Help that comes late"}
    assert items(pages) == TWO


def test_the_words_what_needs_to_improve_within_a_sentence_open_no_list():
    body = [
        "Headline findings",
        "Leaders know",
        "what needs to improve in this area of social work practice and they",
        "act.",
    ]
    reading = read(letter([*body, *ASK, *FOUND]))

    assert [one.text for one in reading.facts.improvements] == TWO
    assert any("Leaders know what needs to improve" in one.text for one in reading.passages)


def test_numbered_paragraphs_of_a_letter_keep_their_numbers():
    body = [*SAID, *ASK, "Main findings", "1. Contacts are read on the day.", "2. Plans are short.", "3. Few wait."]

    assert [one.paragraph for one in read(letter(body)).passages if one.role == "finding"] == [1, 2, 3]


def test_a_letter_may_stand_behind_a_councils_own_papers():
    papers = [["Scrutiny committee", "9 July 2021", "Focused visit to Camden children’s services", "For noting."]] * 2
    alone, bound = read(letter()).facts, read([*papers, *letter()]).facts

    assert (bound.published, bound.windows, bound.lead_inspector) == (alone.published, alone.windows, "Grace Hopper")
    assert [one.text for one in bound.improvements] == TWO


def test_a_short_line_in_the_opening_does_not_end_what_the_letter_says_was_looked_at():
    opening = [*OPENING[:2], "The visit was short", *OPENING[2:]]

    assert read(letter(opening=opening)).facts.topics == ("front door",)


@pytest.mark.parametrize("council", ["Leeds", "St Helens", "Barnet", "LEEDS"])
def test_an_s_at_a_names_end_is_the_names_own(council):
    printed = read(letter(subject=[f"Focused visit to {council} children’s services"])).facts.authority

    assert printed.printed == council
    assert printed.slug is not None
