"""Graded reports in every form that was counted in real reports, each once, in our own words."""

from __future__ import annotations

import re

import pytest

from tests.making.reports import GRADES, LABELS, RI, TITLE, ilacs_2023, ilacs_body, ilacs_front, read, rows, section

JOINT = {"leaders": "Good", "help": RI, "care_and_leavers": "Good", "overall": "Good"}
JOINT_BODY = [
    "What needs to improve",
    "◼ The speed of plans for children who wait.",
    section("help", RI),
    "1. Most families are met early.",
    section("care_and_leavers", "Good"),
    "2. Many children move too often.",
    section("leaders", "Good"),
    "3. Leaders read what workers write.",
]


def grades(pages):
    return {judgement.strand: judgement.grade for judgement in read(pages).facts.judgements}


def days(printed, label="Inspection dates: "):
    windows = read([ilacs_front(rows(**GRADES), label + printed), ilacs_body(**GRADES)]).facts.windows
    return [f"{window.start}/{window.end}" for window in windows]


# The table of ILACS.


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["Overall effectiveness", "Good"], id="below"),
        pytest.param(["Overall effectiveness Good"], id="beside"),
        pytest.param(["Good", "Overall effectiveness"], id="above"),
        pytest.param(["Overall effectiveness.", "Good"], id="full stop"),
        pytest.param(["Overall effectiveness:", "Good"], id="colon"),
        pytest.param(["Overall Effectiveness", "good"], id="capitals"),
        pytest.param(["Overall", "effectiveness", "Good"], id="wrapped"),
        pytest.param(["Overall", "Good", "effectiveness"], id="centred between two lines"),
        pytest.param(["Overall effectiveness", "Good1"], id="with a note"),
    ],
)
def test_the_last_row_is_read_wherever_its_grade_is_printed(row):
    table = [*rows(**{key: value for key, value in GRADES.items() if key != "overall"}), *row]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)])["overall"] == "good"


@pytest.mark.parametrize(
    "grade",
    [
        ["Requires improvement to be good"],
        ["Requires improvement"],
        ["Requires Improvement to be good"],
        ["Requires improvement to", "be good"],
        ["Requires improvement", "to be good"],
        ["Requires", "improvement to be good"],
        ["requires improvement"],
        ["Require improvement"],
    ],
)
def test_requires_improvement_is_one_grade_however_it_is_printed_or_split(grade):
    table = [line for strand in GRADES for line in (*LABELS[strand], *grade)]

    assert set(grades([ilacs_front(table), ilacs_body(**dict.fromkeys(GRADES, RI))]).values()) == {
        "requires improvement"
    }


@pytest.mark.parametrize("split", [["Requires improvement to", "be good"], ["Requires improvement", "to be good"]])
def test_a_split_grade_followed_by_good_is_not_good(split):
    table = [
        *LABELS["leaders"],
        *split,
        *LABELS["help"],
        "Good",
        *LABELS["care_and_leavers"],
        *split,
        *LABELS["overall"],
        "Good",
    ]

    assert grades([ilacs_front(table), JOINT_BODY]) == {
        "leaders": "requires improvement",
        "help": "good",
        "care_and_leavers": "requires improvement",
        "overall": "good",
    }


def test_a_grade_printed_between_the_two_lines_of_its_label_is_read():
    table = ["Judgement", "Grade"]
    for strand in ("leaders", "help", "care_and_leavers"):
        table += [LABELS[strand][0], JOINT[strand], LABELS[strand][1]]

    assert grades([ilacs_front([*table, "Overall effectiveness", "Good"]), JOINT_BODY]) == {
        "leaders": "good",
        "help": "requires improvement",
        "care_and_leavers": "good",
        "overall": "good",
    }


def test_a_grade_printed_above_its_label_is_read():
    table = [line for strand, grade in GRADES.items() for line in (grade, *LABELS[strand])]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)]) == {
        "leaders": "outstanding",
        "help": "good",
        "care": "requires improvement",
        "leavers": "good",
        "overall": "good",
    }


def test_one_grade_above_its_label_leaves_the_others_in_place():
    table = [
        *rows(**{key: value for key, value in GRADES.items() if key != "overall"}),
        "Inadequate",
        *LABELS["overall"],
    ]
    found = grades([ilacs_front(table), ilacs_body(**GRADES)])

    assert (found["leavers"], found["overall"]) == ("good", "inadequate")


def test_labels_in_one_column_and_grades_in_the_other_are_paired_in_print_order():
    table = [*[line for strand in GRADES for line in LABELS[strand]], *GRADES.values()]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)])["care"] == "requires improvement"


def test_rows_in_another_order_are_read():
    table = rows(help="Good", care_and_leavers="Inadequate", leaders=RI, overall="Inadequate")
    found = grades([ilacs_front(table), JOINT_BODY])

    assert (found["help"], found["care_and_leavers"], found["leaders"]) == (
        "good",
        "inadequate",
        "requires improvement",
    )


def test_the_label_of_2026_without_social_work_is_the_leaders_row():
    table = [
        "The impact of leaders on practice with",
        "children and families",
        "Good",
        *rows(help="Good", care="Good", leavers="Good"),
    ]
    dates = "Inspection dates: 11 to 15 May 2026"
    facts = read([ilacs_front(table, dates=dates), ilacs_body(**GRADES)]).facts

    assert facts.framework == "ilacs-2026"
    assert facts.judgements[0].strand == "leaders"


PREVIOUS = ["Requires improvement", "Inadequate", "Good", "Good", "Requires improvement"]


@pytest.mark.parametrize("between", [" ", " → ", "\n", "\t"])
def test_no_grade_is_taken_from_a_table_that_prints_the_previous_grades_too(between):
    pairs = zip(GRADES.items(), PREVIOUS, strict=True)
    table = [
        line for (strand, now), before in pairs for line in (*LABELS[strand], *f"{before}{between}{now}".split("\n"))
    ]
    reading = read([ilacs_front(table), ilacs_body(**GRADES)])

    assert (reading.document.kind, reading.facts.judgements) == ("report", ())
    assert sum("no grade could be read" in warning for warning in reading.document.warnings) == len(GRADES)


def test_a_column_of_grades_may_have_a_header_of_its_own():
    table = [*(line for strand in GRADES for line in LABELS[strand]), "Grade", *GRADES.values()]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)]) == grades(ilacs_2023())


def test_a_table_across_two_pages_is_read():
    front = ilacs_front(rows(**GRADES))
    cut = front.index("Overall effectiveness")
    found = grades([front[:cut], ["2", *front[cut:]], ilacs_body(**GRADES)])

    assert found["leavers"] == "good"
    assert found["overall"] == "good"


def test_an_earlier_grade_mentioned_in_the_summary_is_not_the_overall_grade():
    front = ilacs_front(rows(leaders="Good", help="Good", care="Good", leavers="Good"))
    front += ["Overall effectiveness was judged inadequate in 2019. Overall effectiveness", "inadequate is far behind."]
    facts = read([front, ilacs_body(**GRADES)]).facts

    assert "overall" not in {judgement.strand for judgement in facts.judgements}


def test_a_row_printed_not_judged_has_no_grade_but_a_reason():
    facts = read([ilacs_front(rows(**(GRADES | {"leavers": "Not judged"}))), ilacs_body(**GRADES)]).facts
    leavers = next(judgement for judgement in facts.judgements if judgement.strand == "leavers")

    assert (leavers.grade, leavers.not_judged) == (None, "Not judged")


# The other facts of a title page.


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("4 March 2024 to 8 March 2024", ["2024-03-04/2024-03-08"]),
        ("4 to 8 March 2024", ["2024-03-04/2024-03-08"]),
        ("26 February to 8 March 2024", ["2024-02-26/2024-03-08"]),
        ("26 February 2024 to 8 March 2024", ["2024-02-26/2024-03-08"]),
        ("26 Feb 2024 – 8 March 2024", ["2024-02-26/2024-03-08"]),
        ("26 February – 8 March 2024", ["2024-02-26/2024-03-08"]),
        ("4-8 March 2024", ["2024-03-04/2024-03-08"]),
        ("4 March 2024–8 March 2024", ["2024-03-04/2024-03-08"]),
        ("04 March 2024 - 08 March 2024", ["2024-03-04/2024-03-08"]),
        ("4th March to 8th March 2024", ["2024-03-04/2024-03-08"]),
        ("Monday 4 March to Friday 8 March 2024", ["2024-03-04/2024-03-08"]),
        ("from 4 to 8 March 2024", ["2024-03-04/2024-03-08"]),
        ("4 and 8 March 2024", ["2024-03-04/2024-03-04", "2024-03-08/2024-03-08"]),
        ("14 December 2023 to 8 January 2024", ["2023-12-14/2024-01-08"]),
        ("14 December to 8 January 2024", ["2023-12-14/2024-01-08"]),
        ("04/03/2024 to 08/03/2024", ["2024-03-04/2024-03-08"]),
        ("04/03/2024 – 08/03/2024", ["2024-03-04/2024-03-08"]),
        ("4/3/24 - 8/3/24", ["2024-03-04/2024-03-08"]),
        ("8 March 2024", ["2024-03-08/2024-03-08"]),
        ("29 July to 2 August and 19 to 23 August 2024", ["2024-07-29/2024-08-02", "2024-08-19/2024-08-23"]),
        ("12 to 16 December 2022 and 13 to 17 February 2023", ["2022-12-12/2022-12-16", "2023-02-13/2023-02-17"]),
        (
            "4 to 8 March, 18 to 22 March and 3 April 2024",
            ["2024-03-04/2024-03-08", "2024-03-18/2024-03-22", "2024-04-03/2024-04-03"],
        ),
        ("4 March to 8 March 2024 and 11 March to 13 March 2024", ["2024-03-04/2024-03-08", "2024-03-11/2024-03-13"]),
        ("4 to 8 March", []),
    ],
)
def test_days_on_site_are_read_in_every_printed_form(printed, expected):
    assert days(printed) == expected


@pytest.mark.parametrize(
    "label",
    [
        "Inspection date: ",
        "Inspection dates: ",
        "Inspection dates ",
        "Inspection date(s): ",
        "Inspection Dates:",
        "Dates of inspection: ",
    ],
)
def test_every_printed_label_of_the_dates_is_recognised(label):
    assert days("4 to 8 March 2024", label) == ["2024-03-04/2024-03-08"]


def test_dates_that_wrap_or_are_below_their_label_are_read():
    assert days("26 February 2024 to 8\nMarch 2024") == ["2024-02-26/2024-03-08"]
    assert days("\n26 February to 8 March 2024") == ["2024-02-26/2024-03-08"]


@pytest.mark.parametrize(
    ("printed", "lead"),
    [
        ("Lead inspector: Ada Lovelace, His Majesty’s Inspector", "Ada Lovelace"),
        ("Lead inspector: Ada Lovelace\nHer Majesty’s Inspector", "Ada Lovelace"),
        ("Lead inspector: Ada Lovelace HMI", "Ada Lovelace"),
        ("Lead inspector: Ada Lovelace-King, HMI", "Ada Lovelace-King"),
        ("Lead inspector: Ada Lovelace, Senior HMI", "Ada Lovelace"),
        ("Lead inspector: Ada Lovelace, Her Majesty's Inspector (HMI)", "Ada Lovelace"),
        ("Lead inspectors: Ada Lovelace and Mary Seacole, HMIs", "Ada Lovelace and Mary Seacole"),
        ("Lead inspector:\nAda Lovelace", "Ada Lovelace"),
        ("Lead inspector: Ada McLovelace O’King", "Ada McLovelace O’King"),
    ],
)
def test_the_lead_inspector_is_read_without_the_post(printed, lead):
    front = ilacs_front(rows(**GRADES))
    front[3:4] = printed.split("\n")

    assert read([front, ilacs_body(**GRADES)]).facts.lead_inspector == lead


@pytest.mark.parametrize(
    "title",
    [
        ["Camden", "Inspection of children’s social care services"],
        ["London Borough of Camden", "Inspection of children’s social care services"],
        ["London Borough of", "Camden", "Inspection of children’s social care services"],
        ["1", "London Borough of Camden", "Inspection of local authority children’s services"],
        ["Inspection of Camden local authority children’s services"],
        ["Inspection of Camden local authority", "children’s services"],
        ["Inspection of Camden local authority children’s", "services"],
        ["Inspection of Camden children’s services"],
        ["Inspection of the London Borough of Camden local", "authority children’s services"],
        ["Inspection of Camden Council’s children’s services"],
        ["Inspection of Camden local authority childrens services"],
        ["Inspection of Camden Local Authority Children’s Services"],
        ["Inspection of Camden Children and Families Trust"],
        ["Ofsted", "Camden local authority", "Inspection of children’s social care services"],
    ],
)
def test_the_council_is_recognised_in_every_form_of_the_title(title):
    facts = read([[*title, *ilacs_front(rows(**GRADES))[2:]], ilacs_body(**GRADES)]).facts

    assert facts.framework == "ilacs-2023"
    assert facts.authority is not None
    assert facts.authority.slug == "camden"


@pytest.mark.parametrize(
    "lines",
    [["Bath and North East", "Somerset"], ["Bournemouth, Christchurch and", "Poole"], ["North", "Lincolnshire"]],
)
def test_a_wrapped_council_name_is_not_taken_for_a_shorter_name_at_its_end(lines):
    front = [*lines, "Inspection of children’s social care services", *ilacs_front(rows(**GRADES))[2:]]
    authority = read([front, ilacs_body(**GRADES)]).facts.authority

    assert authority.name == " ".join(lines)


# The body of ILACS.

NAMES = re.findall(
    r"\w+",
    """Ada Ben Cal Dee Eve Fay Gus Hal Ida Jon Kay Lee Mia Ned
Ola Pat Quy Ray Sue Tom Una Vic Wes Xan Yul Zoe Amy""",
)


@pytest.mark.parametrize(
    "heading",
    [
        "What needs to improve",
        "What needs to improve?",
        "What needs to improve:",
        "What needs to improve?1",
        "What needs to improve1",
        "What needs to improve? 1",
    ],
)
def test_the_list_is_found_under_every_form_of_its_heading(heading):
    body = ilacs_body(**GRADES)
    facts = read([ilacs_front(rows(**GRADES)), [heading, *body[1:]]]).facts

    assert len(facts.improvements) == 2


def test_a_report_without_a_list_has_no_improvements():
    facts = read([ilacs_front(rows(**GRADES)), ilacs_body(**GRADES)[4:]]).facts

    assert facts.improvements == ()


@pytest.mark.parametrize(
    "joint",
    [": good", " is good", " are: good", " is: good", " good", ": Good", " – good", ": requires improvement", ""],
)
def test_a_section_heading_is_recognised_whatever_joins_the_grade_to_it(joint):
    body = ilacs_body(**GRADES)
    body[4:5] = ["The experiences and progress of children who need help and", f"protection{joint}"]
    passages = read([ilacs_front(rows(**GRADES)), body]).passages

    assert {passage.paragraph: passage.strand for passage in passages if passage.paragraph} == {
        1: "help",
        2: "help",
        3: "care",
        4: "leavers",
        5: "leaders",
    }


def test_the_misprinted_section_heading_of_the_template_opens_care_leavers():
    body = ilacs_body(**GRADES)
    body[body.index(section("leavers", "Good"))] = (
        f"{LABELS['leavers'][0].removesuffix('care')}children care leavers: good"
    )
    passages = read([ilacs_front(rows(**GRADES)), body]).passages

    assert next(passage.strand for passage in passages if passage.paragraph == 4) == "leavers"


@pytest.mark.parametrize("mark", ["{}. ", "{}.", "{}.   "])
def test_paragraph_numbers_are_read_with_and_without_a_space_after_them(mark):
    body = [
        section("help", "Good"),
        *[f"{mark.format(n)}Plans are read, and there are {n} of them." for n in range(1, 15)],
    ]
    found = [passage.paragraph for passage in read([ilacs_front(rows(**GRADES)), body]).passages if passage.paragraph]

    assert found == list(range(1, 15))


@pytest.mark.parametrize(
    "foot",
    [
        ["Inspection of Camden local authority children’s services", "4 to 8 March 2024 {}"],
        ["Inspection of Camden local authority children’s services", "4 to 8 March 2024", "{}"],
        ["Inspection of Camden local authority children’s", "services", "4 to 8 March 2024 {}"],
        ["{}"],
        [],
    ],
)
def test_running_footers_never_enter_a_passage(foot):
    number, pages = 1, []
    for page in range(2, 7):
        lines = [f"over with {NAMES[page + 10]} to the next."] if page > 2 else []
        for name in NAMES[(page - 2) * 4 :][:4]:
            lines += [
                f"{number}. {name} reads the plans on the day, with those who",
                f"wrote them; {name} is glad of it.",
            ]
            number += 1
        lines += [f"{number}. {NAMES[page + 20]} goes on and"]
        number += 1
        pages.append([*lines, *[line.format(page) for line in foot]])
    passages = read([ilacs_front(rows(**GRADES)), [section("help", "Good"), *pages[0]], *pages[1:]]).passages
    text = " ".join(passage.text for passage in passages if passage.paragraph)

    assert "children’s" not in text
    assert "2024" not in text
    assert text.count("goes on and over with") == 4
    assert [passage.paragraph for passage in passages if passage.paragraph] == list(range(1, number))


@pytest.mark.parametrize(
    "tag",
    [
        "(outcome 4, national framework)",
        "(Outcome Three, National Framework)",
        "(enabler 2, national framework)",
        "(Principle 1)",
        "(enabler: leaders drive conditions for effective practice, national framework)",
        "(outcomes 1 and 2, national framework)",
        "(National Framework, outcome 1)",
        "(Children’s Social Care: National Framework, outcome 2)",
    ],
)
@pytest.mark.parametrize("stop", ["before", "after"])
def test_tags_are_removed_from_the_text_and_kept(tag, stop):
    item = f"◼ The speed of plans. {tag}" if stop == "after" else f"◼ The speed of plans {tag}."
    body = ["What needs to improve?", item, *ilacs_body(**GRADES)[4:]]
    improvement = read([ilacs_front(rows(**GRADES)), body]).facts.improvements[0]

    assert (improvement.text, improvement.tags) == ("The speed of plans.", (tag[1:-1],))


def test_other_brackets_stay_in_the_text():
    body = [
        "What needs to improve?",
        "◼ The speed of plans (and the outcome of reviews) for all.",
        *ilacs_body(**GRADES)[4:],
    ]
    improvement = read([ilacs_front(rows(**GRADES)), body]).facts.improvements[0]

    assert improvement.text == "The speed of plans (and the outcome of reviews) for all."


# Single inspections. The labels are assembled from parts, so that no text of a real report is in the repository.

BOARD = "Local Safeguarding Children Board"
HELPED = "children who need help and protection"
CARED = "children looked after and achieving permanence"
LEAVING = "progress of care leavers"
TO_IMPROVE = "need to improve"
LEADING = "Leadership, management and governance"
ADOPTING = "adoption performance"
SHORT = "LSCB"
KEY = "Summary of key findings"
AUTHORITY = "the local authority"

SIF_LABELS = {
    "help": "1. Children who need help and protection",
    "care": "2. Children looked after and achieving permanence",
    "adoption": "2.1 Adoption performance",
    "leavers": f"2.2 Experiences and {LEAVING}",
    "leaders": "3. Leadership, management and governance",
}
SIF_BODY = [
    "Executive summary",
    "Much is well done.",
    "Recommendations",
    "1. Write down who decided what.",
    "Summary for children and young people",
    "◼ Grown-ups help you.",
]


def sif(
    overall=("Children’s services in Camden are good",),
    labels=None,
    grades_=None,
    after=(),
    dates="Inspection date: 4 September 2016 – 28 September 2016",
    board=True,
    body=SIF_BODY,
    published="Report published: 24 November 2016",
):
    """Return the pages of a single inspection report: two."""
    chosen = SIF_LABELS | (labels or {})
    marks = dict.fromkeys(chosen, "Good") | (grades_ or {})
    front = ["1", "London Borough of Camden", "Inspection of " + TITLE[0], TITLE[1]]
    front += ["and", "Review of the effectiveness of the Local Safeguarding Children", "Board1"] if board else []
    front += [dates, published, *overall]
    front += [line for strand, label in chosen.items() for line in f"{label} {marks[strand]}".split("\n")]
    return [[*front, *after], ["2", *body]]


@pytest.mark.parametrize(
    ("sentences", "grade"),
    [
        (["The overall judgement is good."], "good"),
        (["The overall judgement is Inadequate"], "inadequate"),
        (["The overall judgement is requires improvement"], "requires improvement"),
        (["The overall judgement is that it requires improvement"], "requires improvement"),
        (["The overall judgment is outstanding"], "outstanding"),
        (["The overall judgement is that children’s services are inadequate"], "inadequate"),
        (["The overall judgement is that children’s services require", "improvement"], "requires improvement"),
        (
            ["The overall judgement is that children’s services require", "improvement to be good"],
            "requires improvement",
        ),
        (["The overall judgement is that children’s services in Camden are good"], "good"),
        (["The overall judgement is that services for children are", "good."], "good"),
        (["The overall judgement is that Camden children’s services are good"], "good"),
        (["Overall judgement: good"], "good"),
        (["Children’s services in Camden are good"], "good"),
        (
            ["Children’s services in the London Borough of", "Camden require improvement to be good"],
            "requires improvement",
        ),
        (["Children’s services in Camden requires improvement to be good"], "requires improvement"),
        (["Children’s services in Camden require", "improvement to be", "good"], "requires improvement"),
        (["Children’s services in Camden require improvement"], "requires improvement"),
        (["Children’s services in Camden are Outstanding"], "outstanding"),
        (["Children's services in Camden are good"], "good"),
        (["Childrens services in Camden are inadequate."], "inadequate"),
        (["Children’s services in Camden is good"], "good"),
        (["Children’s Services in Camden Council are good"], "good"),
    ],
)
def test_the_overall_grade_is_read_from_every_printed_sentence(sentences, grade):
    found = grades(sif(overall=sentences))

    assert found["overall"] == grade
    assert len([strand for strand, grade in found.items() if grade]) == 6


@pytest.mark.parametrize(
    "sentences",
    [
        "Children’s services in Camden are of a good quality for most families.",
        "Children’s services in Camden are no longer inadequate.",
        "Children’s services in Camden are not yet good.",
        "Children’s services in Camden were inadequate at the last inspection.",
        "The overall judgement in 2012 was good.",
        "Children’s services in Camden are good\nat listening, and slow to act.",
        "Since the last inspection, the overall judgement is good at heart.",
        "Children’s services in Camdenrequire improvement to be good",
        "Children’s services in Camden requireimprovement to be good",
    ],
)
def test_a_sentence_that_is_not_a_judgement_gives_no_overall_grade(sentences):
    reading = read(sif(overall=[], body=[*sentences.split("\n"), *SIF_BODY]))

    assert "overall" not in {judgement.strand for judgement in reading.facts.judgements}
    assert any("Overall" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize(
    "sentences",
    [
        [f"The judgement for the effectiveness of the {BOARD[:27]}", "Board (LSCB) is good."],
        ["The judgement on the effectiveness of the LSCB is good"],
        [f"The judgement for the effectiveness of the {BOARD} is good"],
        [f"The judgement on the effectiveness of the {BOARD[:27]}", "Board (LSCB) is that it is good"],
        [f"The effectiveness of the {BOARD} (LSCB) is", "good"],
        [f"The effectiveness of the {BOARD} (LSCB)", "is good"],
        ["The effectiveness of the LSCB is good"],
        ["The effectiveness of the local safeguarding children board is good"],
        ["The effectiveness of the Local Safeguarding Children’s Board (LSCB) is good"],
        [f"The {BOARD} (LSCB) is good"],
    ],
)
def test_the_grade_of_the_board_on_the_cover_is_read_in_every_form(sentences):
    assert grades(sif(after=sentences))["lscb"] == "good"


@pytest.mark.parametrize(
    ("sentences", "grade"),
    [
        ([f"The {BOARD} is outstanding"], "outstanding"),
        ([f"The {BOARD}", "requires improvement"], "requires improvement"),
        ([f"The {BOARD} requires improvement", "to be good"], "requires improvement"),
        (["The Local Safeguarding Children is inadequate"], "inadequate"),
        (["The Local Safeguarding Children’s Board is inadequate"], "inadequate"),
        ([f"{BOARD} is good"], "good"),
    ],
)
def test_the_grade_of_the_board_in_its_own_section_is_read_in_every_form(sentences, grade):
    body = [
        *SIF_BODY,
        f"The {BOARD} (LSCB)",
        *sentences,
        "Executive summary",
        "The board met twice.",
    ]

    assert grades(sif(body=body))["lscb"] == grade


def test_a_sentence_with_a_grade_alone_does_not_make_a_report():
    reading = read([["Children’s services in Camden are good", "So say the members of the committee, who met."]])

    assert reading.document.kind != "report"


def test_a_report_without_a_board_review_has_no_grade_for_the_board():
    body = [*SIF_BODY, f"The {BOARD} is good at listening to those who", "come."]

    assert "lscb" not in grades(sif(board=False, body=body))


@pytest.mark.parametrize(
    ("labels", "marks"),
    [
        pytest.param({key: label.split(" ", 1)[1] for key, label in SIF_LABELS.items()}, {}, id="unnumbered"),
        pytest.param({"leaders": "1. Leadership, management and governance"}, {}, id="misnumbered"),
        pytest.param({"leavers": "2.2 Experiences and progress of Care Leavers"}, {}, id="capitals"),
        pytest.param({"leavers": "2.2 Care Leavers"}, {}, id="short"),
        pytest.param({"care": "2. Children looked after and achieving\npermanence\n"}, {}, id="wrapped"),
        pytest.param({"leavers": "2.2 Experiences and progress of care\nleavers"}, {}, id="wrapped leavers"),
        pytest.param({"leavers": f"2.2 The experiences and {LEAVING}"}, {}, id="article"),
        pytest.param({"leaders": "3. Leadership, management and\ngovernance"}, {}, id="wrapped leaders"),
        pytest.param({"leaders": "3. Leadership, Management and Governance."}, {}, id="full stop"),
        pytest.param({"adoption": "2.1. Adoption performance"}, {}, id="a stop behind the number"),
        pytest.param({"adoption": "2.1 Adoption Performance"}, {}, id="capital P"),
    ],
)
def test_every_printed_label_of_a_single_inspection_is_recognised(labels, marks):
    found = grades(sif(labels=labels, grades_=marks))

    assert {strand for strand, grade in found.items() if grade == "good"} == {*SIF_LABELS, "overall"}


@pytest.mark.parametrize(
    "mark",
    [
        "Requires\nimprovement",
        "\nRequires\nimprovement",
        "Requires Improvement",
        "Require improvement",
        "requires improvement",
    ],
)
def test_wrapped_grades_of_a_single_inspection_are_read(mark):
    found = grades(sif(grades_={"adoption": mark, "leaders": mark, "help": "Inadequate"}))

    assert found == {
        "help": "inadequate",
        "care": "good",
        "adoption": "requires improvement",
        "leavers": "good",
        "leaders": "requires improvement",
        "overall": "good",
    }


@pytest.mark.parametrize("mark", ["Not judged", "Not Judged", "Not\njudged"])
def test_a_strand_that_was_not_judged_has_no_grade(mark):
    found = grades(sif(grades_=dict.fromkeys(("care", "adoption", "leavers"), mark)))

    assert [found[strand] for strand in ("care", "adoption", "leavers", "leaders")] == [None, None, None, "good"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Report published: 24 November 2016", "2016-11-24"),
        ("Report published 24 November 2016", "2016-11-24"),
        ("Report Published: 24th November 2016", "2016-11-24"),
        ("Report published on: 24 November 2016", "2016-11-24"),
        ("Report published: 24/11/2016", "2016-11-24"),
        ("Published: 24 November 2016", "2016-11-24"),
        ("Report published:\n24 November 2016", "2016-11-24"),
        ("Publication date: 24 November 2016", "2016-11-24"),
        ("Date published: 24 November 2016", "2016-11-24"),
        ("Age group:\nPublished:\nAll\n24 November 2016", "2016-11-24"),
        ("Published:\nAll\n8 October 2016\n24 November 2016", "None"),
        ("Published:\nAll\nSince 24 November 2016", "None"),
        ("", "None"),
    ],
)
def test_the_printed_publication_date_is_read(printed, expected):
    pages = sif(published=printed)
    pages[0] = [line for text in pages[0] for line in text.split("\n") if line]

    assert str(read(pages).facts.published) == expected


def test_dates_that_share_a_line_with_other_words_of_the_title_page_are_read():
    pages = sif(dates="Board1 Inspection date: 4 September 2016 – 28 September 2016 Report published: 24 November 2016")
    pages[0].remove("Report published: 24 November 2016")
    facts = read(pages).facts

    assert (str(facts.windows[0].end), str(facts.published)) == ("2016-09-28", "2016-11-24")


def test_a_title_glued_to_the_council_does_not_make_a_report_of_the_board_alone():
    pages = sif()
    pages[0][1:3] = [" ".join(pages[0][1:3])]

    assert read(pages).facts.framework == "sif"
    assert grades(pages) == grades(sif())


def test_a_report_whose_own_title_is_lost_is_not_a_report_of_the_board_alone():
    pages = sif(labels=dict(SIF_LABELS))
    pages[0] = [line for line in pages[0] if line not in ("Inspection of " + TITLE[0], TITLE[1])]
    pages[1] += [
        "Adoption performance",
        "2. All is quick.",
        "Leadership, management and governance",
        "3. Leaders know.",
    ]

    assert read(pages).facts.framework == "sif"
    assert grades(pages) == grades(sif())


@pytest.mark.parametrize("opening", ["Re-inspection of", "Reinspection of", "Single inspection of"])
def test_a_reinspection_is_read_as_a_single_inspection(opening):
    pages = sif(board=False)
    pages[0] = [line.replace("Inspection of", opening) for line in pages[0]]

    assert read(pages).facts.framework == "sif"


LAYOUTS = {
    "2014": [
        f"Section 1: {AUTHORITY}",
        f"{KEY}",
        "This local authority is good because",
        "1. Help is quick.",
        "The local authority has the following strengths",
        "2. Schools are close.",
        f"What does {AUTHORITY} {TO_IMPROVE}?",
        "Priority and immediate action",
        "3. See every child within a day.",
        "Areas for improvement",
        "4. Write down who decided what.",
        "5. Read what is written.",
        "Information about this inspection",
        "Inspectors read files.",
        f"Inspection judgements about {AUTHORITY}",
        f"The experiences and progress of {HELPED} are good",
        "6. The hub is quick.",
        f"The experiences and progress of {CARED} are good",
        "7. Homes are near.",
        "The graded judgment for adoption performance is good",
        "8. Matches hold.",
        f"The graded judgment for the experiences and {LEAVING} is good",
        "9. Flats are dry.",
        "Leadership, management and governance are good",
        "10. Leaders are bold.",
        f"What the inspection judgements mean: {AUTHORITY}",
        "A good authority is good.",
        f"Section 2: The effectiveness {BOARD.lower()}",
        f"The effectiveness of the {SHORT} is good",
        "Areas for improvement",
        "11. Ask the partners what they changed.",
        "Key strengths and weaknesses of the LSCB",
        "12. The board met twice.",
        "What the inspection judgments mean: the LSCB",
        "A good board is good.",
    ],
    "2015": [
        "Summary of findings",
        "Children’s services in Camden are good because:",
        LEADING,
        "▪ Leaders are bold.",
        f"What does {AUTHORITY} {TO_IMPROVE}?",
        "Priority and immediate action",
        LEADING,
        "3. See every child within a day.",
        "Areas for improvement",
        "Quality of practice",
        "4. Write down who decided what.",
        "Care leavers",
        "5. Read what is written.",
        "The local authority’s strengths",
        "6. Schools are close.",
        "Progress since the last inspection",
        "7. Much is new.",
        "Summary for children and young people",
        "▪ Grown-ups help you.",
        f"Inspection judgements about {AUTHORITY}",
        "Key judgement Judgement grade",
        "The experiences and progress of children who need",
        "help and protection",
        "Good",
        "Summary",
        "Help is quick.",
        "8. The hub is quick.",
        "Key judgement Judgement grade",
        f"The experiences and progress of {CARED.partition(' achieving')[0]}",
        f"{CARED.rpartition('and ')[2]} Good",
        "Summary",
        "Homes are near.",
        "9. Homes are near.",
        f"The graded judgement for {ADOPTING} is that it is",
        "good",
        "10. Matches hold.",
        f"The graded judgement about the experience and {LEAVING} is that",
        "it is good",
        "11. Flats are dry.",
        "Key judgement Judgement grade",
        f"{LEADING} Good",
        "Summary",
        "Leaders are bold.",
        "12. Leaders are bold.",
        f"The {BOARD} (LSCB)",
        f"The {BOARD} is good",
        "Summary of findings",
        "The LSCB is good because:",
        "▪ it meets.",
        f"What does the LSCB {TO_IMPROVE}?",
        "Areas for improvement",
        "Data",
        "13. Ask the partners what they changed.",
        "Inspection judgement about the LSCB",
        "14. The board met twice.",
        "What the inspection judgements mean",
        "The local authority",
        "A good authority is good.",
        "The LSCB",
        "A good board is good.",
        "Information about this inspection",
        "Inspectors read files.",
    ],
}


@pytest.mark.parametrize("year", LAYOUTS)
def test_lists_and_sections_of_the_early_layouts_are_separated(year):
    reading = read(sif(body=LAYOUTS[year]))
    facts = reading.facts

    assert [action.text for action in facts.priority_actions] == ["See every child within a day."]
    assert [improvement.text for improvement in facts.improvements] == [
        "Write down who decided what.",
        "Read what is written.",
    ]
    assert [improvement.text for improvement in facts.lscb_improvements] == ["Ask the partners what they changed."]
    assert {
        passage.text: passage.strand
        for passage in reading.passages
        if passage.role == "finding" and passage.text != "Good"
    } == (
        {
            "Schools are close.": None,
            "The hub is quick.": "help",
            "Homes are near.": "care",
            "Matches hold.": "adoption",
            "Flats are dry.": "leavers",
            "Leaders are bold.": "leaders",
            "The board met twice.": "lscb",
        }
        | ({"Much is new.": None} if year == "2015" else {})
    )


def test_a_recommendations_heading_with_nothing_below_gives_no_items():
    body = [
        *SIF_BODY,
        f"The {BOARD} (LSCB)",
        f"The {BOARD} is good",
        "Recommendations",
        f"Inspection findings – the {BOARD}",
        "2. The board met twice.",
    ]

    assert read(sif(body=body)).facts.lscb_improvements == ()


def test_bullets_under_areas_for_improvement_are_items():
    body = [
        f"What does the Local Authority {TO_IMPROVE}?",
        "Areas for improvement",
        "▪ Write.",
        "▪ Read.",
        "Information about this inspection",
        "▪ Inspectors read.",
    ]

    assert [improvement.text for improvement in read(sif(body=body)).facts.improvements] == ["Write.", "Read."]


def test_the_contents_table_gives_neither_headings_nor_passages():
    contents = [
        "2",
        "Contents",
        "Executive summary 3",
        "Recommendations 4",
        "Summary for children and young people 5",
        f"The {BOARD} (LSCB) 6",
        "Recommendations 7",
    ]
    pages = sif()
    reading = read([pages[0], contents, ["3", *SIF_BODY]])

    assert [improvement.text for improvement in reading.facts.improvements] == ["Write down who decided what."]
    assert not any(passage.text.startswith("Executive summary 3") for passage in reading.passages)


# Damaged rows and rows of another inspection: no grade rather than a wrong one.


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(["Overall effectiveness Requires improvement tobe good"], id="spaces lost"),
        pytest.param(["Overall effectiveness Requires lmprovement to be", "good"], id="letters lost"),
        pytest.param(["Overall effectiveness", "Good plans are made for most children."], id="grade lost before prose"),
    ],
)
def test_a_part_of_a_grade_or_of_a_sentence_is_not_a_grade(damaged):
    table = [*rows(**{key: value for key, value in GRADES.items() if key != "overall"}), *damaged]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)]).get("overall") in (None, "requires improvement")


def test_a_label_with_a_damaged_end_is_not_taken_for_a_shorter_label():
    joint = ["The experiences and progress of children in care and carc leavers", "Good"]
    found = grades([ilacs_front([*rows(leaders="Good", help="Good"), *joint, *rows(overall="Good")])])

    assert "care" not in found


def test_the_grade_of_a_row_without_a_label_is_not_given_to_the_next_row():
    leaders, joint = [LABELS["leaders"][1], "Outstanding"], [*LABELS["care_and_leavers"], "Outstanding"]
    table = [*leaders, *LABELS["help"], *joint, "Overall effectiveness Outstanding"]

    assert "help" not in grades([ilacs_front(table)])


def test_a_footnote_mark_between_a_label_and_its_grade_is_ignored():
    table = [
        *rows(**{key: value for key, value in GRADES.items() if key != "overall"}),
        *LABELS["overall"],
        "1",
        "Good",
    ]

    assert grades([ilacs_front(table), ilacs_body(**GRADES)])["overall"] == "good"


def test_listed_grades_of_a_previous_inspection_are_ignored():
    earlier = ["Previous inspections", "• The last inspection of the council was in January 2015. The judgements were:"]
    grades_then = [f"• {label}: inadequate" for label in SIF_LABELS.values()]
    cover = ["Camden", "Inspection of", *TITLE, "Inspection date: 3 to 27 March 2017"]

    assert grades([[*cover, "Children’s services in Camden are good"], [*earlier, *grades_then]]) in (
        {},
        {"overall": "good"},
    )


@pytest.mark.parametrize("word", ["Recommendations", "Care leavers", "Adoption performance"])
@pytest.mark.parametrize("line", ["{}", "{} are"])
def test_heading_words_that_start_a_sentence_do_not_open_a_section(word, line):
    findings = [
        "The experiences and progress of children who need help and protection",
        "2. Panels sit each week and their notes are full.",
        line.format(word),
    ]
    reading = read(sif(body=[*SIF_BODY, *findings, "weighed with care.", "3. Visits are on time."]))

    assert [improvement.text for improvement in reading.facts.improvements] == ["Write down who decided what."]
    assert {passage.strand for passage in reading.passages if passage.paragraph in (2, 3)} == {"help"}


@pytest.mark.parametrize("apostrophe", "'‘ʼ`´\ufffd")
def test_every_character_used_as_an_apostrophe_is_read(apostrophe):
    pages = [[line.replace("’", apostrophe) for line in page] for page in ilacs_2023()]

    assert grades(pages) == grades(ilacs_2023())
    assert read(pages).facts.lead_inspector == "Ada Lovelace"


def test_an_unfilled_report_template_gives_no_facts():
    form = ilacs_front(rows(**dict.fromkeys(GRADES, "[grade]")), dates="Inspection dates: [dates]", council="[name]")

    assert (read([form]).document.kind, read([form]).facts.framework) == ("other", None)


def test_the_last_line_of_an_item_without_a_full_stop_is_not_a_heading():
    items = ["◼ Sixty live with carers. Most are near.", "Of these, 89% have a room", "◼ Ten live alone."]
    texts = [passage.text for passage in read(sif(body=["Executive summary", *items, *SIF_BODY[2:]])).passages]

    assert "Sixty live with carers. Most are near. Of these, 89% have a room" in texts


def test_a_list_that_is_wholly_the_boards_gives_a_warning():
    pages = [[line for line in page if line != "Recommendations"] for page in sif()[:2]]
    board = ["The Local Safeguarding Children Board is good", "Recommendations", "1. Count the meetings that are held."]
    reading = read([*pages, board])

    assert (reading.facts.improvements, len(reading.facts.lscb_improvements)) == ((), 1)
    assert any("those of the safeguarding board" in warning for warning in reading.document.warnings)
