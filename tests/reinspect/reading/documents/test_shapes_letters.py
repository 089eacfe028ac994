"""Letters in every form counted among 371, each once, in our own words."""

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
LETTER_DATE = "8 June 2021"
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
LIST_HEADING = f"{AREA} social work practice?"
BODY = ["Headline findings", *SUMMARY, LIST_HEADING, *IMPROVE, "Main findings", *FINDINGS]
TWO_ITEMS = ["The timing of visits to children.", "The notes of supervision."]


def front(subject=SUBJECT, opening=OPENING, written=LETTER_DATE, address=ADDRESS):
    return [*address, *([written] if written else []), *ADDRESSEE, *subject, *opening]


def letter(body=BODY, closing=CLOSING, signed=SIGNED, **changes):
    """Return a letter of one page; each of its parts can be replaced."""
    return [[*front(**changes), *body, *closing, *signed]]


def items(pages):
    return [improvement.text for improvement in read(pages).facts.improvements]


def findings(pages):
    return [passage.text for passage in read(pages).passages if passage.role == "finding"]


# The order of the parts: S summary, P priority actions, I items to improve, F findings.

SUMMARY_PART, LIST_PART, FINDINGS_PART = (
    ["Headline findings", *SUMMARY],
    [LIST_HEADING, *IMPROVE],
    ["Main findings", *FINDINGS],
)
ACTIONS_PART = ["Areas for priority action", "◼ The time that children wait for a visit after a referral."]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([*SUMMARY_PART, *LIST_PART, *FINDINGS_PART], id="S I F"),
        pytest.param([*LIST_PART, *FINDINGS_PART], id="I F, no summary heading"),
        pytest.param([*SUMMARY_PART, *FINDINGS_PART, *LIST_PART], id="S F I, the list comes last"),
        pytest.param([*SUMMARY_PART, *ACTIONS_PART, *LIST_PART, *FINDINGS_PART], id="S P I F"),
        pytest.param([*SUMMARY_PART, *FINDINGS_PART, *ACTIONS_PART, *LIST_PART], id="S F P I"),
        pytest.param([*ACTIONS_PART, *LIST_PART, *FINDINGS_PART], id="P I F"),
        pytest.param([*SUMMARY_PART, "Areas of strength", "◼ Calm hands.", *LIST_PART], id="S strengths I"),
        pytest.param(
            [*SUMMARY_PART, *LIST_PART, "Headline findings", *FINDINGS],
            id="S I S, findings under the summary's heading",
        ),
        pytest.param(
            ["Overview", *SUMMARY, *LIST_PART, "Findings", "◼ Contacts are read.", "◼ Plans are short."], id="2018"
        ),
    ],
)
def test_the_list_is_found_in_every_order_of_the_parts(body):
    facts = read(letter(body)).facts

    assert [improvement.text for improvement in facts.improvements] == TWO_ITEMS
    assert len(facts.priority_actions) == (1 if ACTIONS_PART[0] in body else 0)


def test_a_second_list_within_the_findings_is_added():
    body = [
        *SUMMARY_PART,
        *LIST_PART,
        *FINDINGS_PART,
        "Areas for Improvement",
        "◼ The letters to parents.",
        "◼ The maps of families.",
    ]

    assert items(letter(body)) == [*TWO_ITEMS, "The letters to parents.", "The maps of families."]


def test_a_letter_without_a_list_gives_a_warning():
    reading = read(letter([*SUMMARY_PART, *FINDINGS_PART]))

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
    assert items(letter([*SUMMARY_PART, *heading, *IMPROVE, *FINDINGS_PART])) == TWO_ITEMS


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
def test_bullets_among_the_findings_are_not_improvements(summary, found):
    pages = letter([summary, *SUMMARY, *LIST_PART, found, "◼ Contacts are read.", "◼ Plans are short."])

    assert items(pages) == TWO_ITEMS
    assert findings(pages) == ["Contacts are read.", "Plans are short."]


@pytest.mark.parametrize(
    "heading", ["Areas for priority action", "Area for priority action", "Areas for priority action:"]
)
def test_priority_actions_are_a_list_of_their_own(heading):
    facts = read(letter([*SUMMARY_PART, heading, ACTIONS_PART[1], *LIST_PART, *FINDINGS_PART])).facts

    assert [action.text for action in facts.priority_actions] == [
        "The time that children wait for a visit after a referral."
    ]
    assert [improvement.text for improvement in facts.improvements] == TWO_ITEMS


@pytest.mark.parametrize(
    "sentences",
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
def test_a_statement_that_there_are_no_actions_gives_no_actions(sentences):
    facts = read(letter([*SUMMARY_PART, "Areas for priority action", *sentences, *LIST_PART, *FINDINGS_PART])).facts

    assert facts.priority_actions == ()
    assert len(facts.improvements) == 2


def test_a_priority_action_in_several_sentences_is_one_action():
    sentences = [
        "The time that children wait for a visit is too long. Leaders do not know how long it is, nor",
        "why. Too few of those who wait are called, and their parents are not told what comes next.",
    ]
    facts = read(letter([*SUMMARY_PART, "Area for priority action", *sentences, *LIST_PART, *FINDINGS_PART])).facts

    assert len(facts.priority_actions) == 1


# The items.


@pytest.mark.parametrize("bullet", ["◼", "\uf06e", "•", "▪", "■", "", "-", "–", "*", *"·‣➢□✓►\ufffd§Øno"])
def test_any_bullet_opens_an_item(bullet):
    listed = [
        f"{bullet} The timing of visits to children, and what is",
        "done when they are late.",
        f"{bullet} The notes",
    ]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == [
        "The timing of visits to children, and what is done when they are late.",
        "The notes",
    ]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_line():
    listed = ["◼", "The timing of visits to children, and what is", "done when they are late.", "◼", "The notes"]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == [
        "The timing of visits to children, and what is done when they are late.",
        "The notes",
    ]


def test_brackets_and_further_sentences_on_lines_of_their_own_belong_to_their_item():
    listed = ["◼ The timing of visits.", "(Paragraph 12)", "◼ The notes.", "They are short.", "Nobody reads them."]
    listed += ["◼ The plans."]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == [
        "The timing of visits. (Paragraph 12)",
        "The notes. They are short. Nobody reads them.",
        "The plans.",
    ]


def test_numbers_on_lines_of_their_own_belong_to_the_next_line():
    listed = ["1.", "", "The timing of visits", "to children.", "", "2.", "", "The notes."]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == [
        "The timing of visits to children.",
        "The notes.",
    ]


def test_a_column_of_numbers_adds_no_items():
    listed = ["1.", "", "2.", "", "The timing of visits.", "", "The notes."]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == [
        "The timing of visits.",
        "The notes.",
    ]


def test_items_in_lower_case_or_without_a_full_stop_are_found():
    listed = [
        "◼ the timing of visits. Many are late. Some are so late that the child has moved. Managers see it",
        "in their figures, and do too little",
        "◼ supervision",
        "◼ plans",
    ]

    assert len(items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART]))) == 3


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

    assert len(items(letter([*SUMMARY_PART, f"{AREA} social work practice", *listed, *FINDINGS_PART]))) == 5


def test_short_lines_without_bullets_or_stops_are_items():
    listed = ["The timing of visits", "The notes of supervision", "Letters to parents"]

    assert items(letter([*SUMMARY_PART, LIST_HEADING, *listed, *FINDINGS_PART])) == listed


@pytest.mark.parametrize(
    "sentences",
    [
        ["The areas for improvement identified at the last inspection remain."],
        [
            "Leaders know that the areas set out in the letter after the visit of March 2020 are still to be met,",
            "in full.",
        ],
        ["At this visit, inspectors found that those from the previous inspection still need attention."],
    ],
)
def test_a_list_that_only_refers_to_an_earlier_inspection_has_no_items(sentences):
    assert items(letter([*SUMMARY_PART, LIST_HEADING, *sentences, *FINDINGS_PART])) == []


@pytest.mark.parametrize(
    "introduced",
    [
        ["The areas from the last inspection remain. Leaders should also improve:"],
        ["In addition to what was named at the inspection in 2019, these should improve."],
        ["The local authority should make better:"],
    ],
)
def test_a_sentence_that_introduces_the_bullets_is_not_an_item(introduced):
    assert items(letter([*SUMMARY_PART, LIST_HEADING, *introduced, *IMPROVE, *FINDINGS_PART])) == TWO_ITEMS


def test_bullets_in_the_scope_are_not_improvements():
    scope = [*OPENING[:2], "Inspectors looked at help for children, in particular:", "◼ the hub", "◼ early help"]
    reading = read(letter(opening=scope))

    assert [improvement.text for improvement in reading.facts.improvements] == TWO_ITEMS
    assert reading.facts.topics == ("front door", "early help") or "early help" in reading.facts.topics


def test_a_list_continues_after_a_page_number_and_a_footnote():
    first = [*front(), *SUMMARY_PART, f"{AREA} social work practice?1", IMPROVE[0]]
    first += [
        "◼ The notes of supervision, so that",
        "1 The areas are set beside the outcomes of a guide",
        "that is for all.",
    ]
    second = [
        "2",
        "they can be read by all.",
        "◼ Letters (outcome 4, national framework).",
        *FINDINGS_PART,
        *CLOSING,
        *SIGNED,
    ]
    facts = read([first, second]).facts

    assert [improvement.text for improvement in facts.improvements] == [
        "The timing of visits to children.",
        "The notes of supervision, so that they can be read by all.",
        "Letters.",
    ]
    assert facts.improvements[2].tags == ("outcome 4, national framework",)


@pytest.mark.parametrize("number", ["2", "Page 2 of 4", "- 2 -", "Page 2"])
def test_page_numbers_never_enter_an_item(number):
    first = [
        *front(),
        *SUMMARY_PART,
        LIST_HEADING,
        IMPROVE[0],
        "◼ The notes of supervision, so that",
        *(["1 of 4"] if "of" in number else []),
    ]
    pages = [first, [number, "they are read.", *FINDINGS_PART], ["3", *CLOSING, *SIGNED]]

    assert items(pages)[1] == "The notes of supervision, so that they are read."


def test_a_footer_before_the_list_does_not_hide_it():
    first = [*front(), *SUMMARY_PART, "Ofsted is proud to use recycled paper"]

    assert items([first, [*LIST_PART, *FINDINGS_PART, *CLOSING, *SIGNED]]) == TWO_ITEMS


@pytest.mark.parametrize("word", ["Manchester.", "Ofsted.", "Manchester", "www.camden.gov.uk."])
def test_the_last_word_of_a_sentence_is_not_a_part_of_the_address(word):
    told = ["Leaders keep in touch with each of the few children who now live outside", word, "They see them often."]

    assert any(f"live outside {word}" in text for text in findings(letter([*FINDINGS_PART, *told])))


def test_the_last_word_of_a_page_is_kept_above_the_address():
    told = ["Leaders keep in touch with each of the few children who now live outside", "Manchester.", *ADDRESS]
    found = findings(letter([*FINDINGS_PART, *told]))

    assert any(text.endswith("live outside Manchester.") for text in found)
    assert not any("Piccadilly" in text for text in found)


def test_the_address_of_the_sender_within_a_list_is_ignored():
    first = [*front(address=()), *SUMMARY_PART, LIST_HEADING, IMPROVE[0], "◼ The notes of", *ADDRESS]

    assert items([first, ["2", "supervision.", *FINDINGS_PART, *CLOSING, *SIGNED]]) == TWO_ITEMS


def test_the_closing_after_a_list_is_not_part_of_its_last_item():
    assert items(letter([*SUMMARY_PART, *FINDINGS_PART, *LIST_PART])) == TWO_ITEMS


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
def test_no_closing_sentence_becomes_an_item(closing):
    assert items(letter([*SUMMARY_PART, *FINDINGS_PART, *LIST_PART], closing=closing)) == TWO_ITEMS


def test_a_house_number_is_not_a_footnote():
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
        ("on 4 and 5 May.", ["2021-05-04/2021-05-05"]),
    ],
)
def test_the_days_of_a_visit_are_read_in_every_printed_form(printed, days):
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
def test_the_days_are_found_anywhere_in_the_opening(opening):
    windows = read(letter(opening=[*opening, *OPENING[2:]])).facts.windows

    assert [str(window.start) for window in windows] == ["2021-05-04"]


def test_the_date_of_an_earlier_inspection_is_not_the_visit():
    opening = [
        "This letter tells what was found at the focused visit to Camden children’s services on 6 and 7 February.",
        "The last inspection was on 3 July 2017. Inspectors looked at the front door.",
    ]

    windows = read(letter(opening=opening)).facts.windows

    assert [f"{window.start}/{window.end}" for window in windows] == ["2021-02-06/2021-02-07"]


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
def test_the_date_of_the_letter_is_read_in_every_printed_form(written, expected):
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
def test_every_letterhead_is_ignored(address):
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
def test_the_council_is_recognised_in_every_form_of_the_subject_line(subject):
    reading = read(letter(subject=subject))

    assert reading.document.kind == "letter"
    assert reading.facts.authority is not None
    assert reading.facts.authority.slug == "camden"
    assert len(reading.facts.improvements) == 2


def test_an_unfilled_placeholder_in_the_address_does_not_hide_the_council():
    pages = [[line if line != "London" else "Insert LA Address" for line in letter()[0]]]

    assert read(pages).facts.authority.slug == "camden"


def test_an_address_printed_within_the_subject_is_ignored():
    subject = ["7 Mill Lane", "Focused visit to Camden London", "children’s services N1 1AA"]
    facts = read(letter(subject=subject)).facts

    assert facts.authority.slug == "camden"
    assert [str(window.start) for window in facts.windows] == ["2021-05-04"]
    assert len(facts.improvements) == 2


@pytest.mark.parametrize(
    "salutation", ["Dear Ada", "Dear Ms Brook,", "Dear Ada Brook", "Dear Dr Brook", "Dear Colleague", "DEAR MS BROOK"]
)
def test_every_form_of_salutation_is_recognised(salutation):
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
def test_the_signatory_is_the_lead_inspector(signed, lead):
    assert read(letter(signed=signed)).facts.lead_inspector == lead


def test_unlisted_topical_headings_are_kept_with_their_passages():
    body = [
        *SUMMARY_PART,
        *LIST_PART,
        "Main findings",
        "Help that comes early",
        *FINDINGS,
        "Help that comes late",
        "Few wait.",
    ]
    pages = letter(body)
    heads = {passage.text.split()[0]: passage.heading for passage in read(pages).passages if passage.role == "finding"}

    assert heads == {"Contacts": "Help that comes early", "Few": "Help that comes late"}
    assert items(pages) == TWO_ITEMS


def test_heading_words_within_a_sentence_do_not_open_a_list():
    body = [
        "Headline findings",
        "Leaders know",
        "what needs to improve in this area of social work practice and they",
        "act.",
    ]
    reading = read(letter([*body, *LIST_PART, *FINDINGS_PART]))

    assert [improvement.text for improvement in reading.facts.improvements] == TWO_ITEMS
    assert any("Leaders know what needs to improve" in passage.text for passage in reading.passages)


def test_numbered_paragraphs_of_a_letter_keep_their_numbers():
    body = [
        *SUMMARY_PART,
        *LIST_PART,
        "Main findings",
        "1. Contacts are read on the day.",
        "2. Plans are short.",
        "3. Few wait.",
    ]

    assert [passage.paragraph for passage in read(letter(body)).passages if passage.role == "finding"] == [1, 2, 3]


def test_a_letter_behind_other_papers_of_the_council_is_found():
    papers = [["Scrutiny committee", "9 July 2021", "Focused visit to Camden children’s services", "For noting."]] * 2
    alone, bound = read(letter()).facts, read([*papers, *letter()]).facts

    assert (bound.published, bound.windows, bound.lead_inspector) == (alone.published, alone.windows, "Grace Hopper")
    assert [improvement.text for improvement in bound.improvements] == TWO_ITEMS


def test_a_short_line_in_the_opening_does_not_end_the_scope():
    opening = [*OPENING[:2], "The visit was short", *OPENING[2:]]

    assert read(letter(opening=opening)).facts.topics == ("front door",)


@pytest.mark.parametrize("council", ["Leeds", "St Helens", "Barnet", "LEEDS"])
def test_an_s_at_the_end_of_a_council_name_is_kept(council):
    printed = read(letter(subject=[f"Focused visit to {council} children’s services"])).facts.authority

    assert printed.printed == council
    assert printed.slug is not None
