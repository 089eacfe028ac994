"""Marks of lists, names within names, papers in packs, official papers and dates: read by what is around them."""

from __future__ import annotations

import pytest

from reinspect.reading.dates import read_windows
from reinspect.reading.documents import read_pages
from reinspect.reading.formats.html import visible_text
from reinspect.reading.sanitise import make_safe
from tests.making.reports import GRADES, TITLE, ilacs_body, ilacs_front, letter, read, rows, section

ITEMS = ["The plan for children in need of homes", "The n calls when children go missing.", "The men in the team."]


@pytest.mark.parametrize(
    "marks",
    [
        *("1) 2) 3)", "a. b. c.", "A) B) C)", "(1) (2) (3)", "R1 R2 R3", "1.1 1.2 1.3", "a) b) c)", "i) ii) iii)"),
        *("[1] [2] [3]", "1: 2: 3:", "#1 #2 #3", "① ② ③", "I. II. III.", "→ → →", "✓ ✓ ✓", "1 2 3"),
        *(
            "Recommendation_1: Recommendation_2: Recommendation_3:",
            "Rec_1. Rec_2. Rec_3.",
            "Action_1 Action_2 Action_3",
        ),
    ],
)
def test_items_with_any_common_mark_are_separate_and_keep_their_words(marks: str) -> None:
    lines = [f"{mark.replace('_', ' ')} {item}" for mark, item in zip(marks.split(), ITEMS, strict=True)]
    page = ["What needs to improve?", *lines, section("help", "Good"), "1. Families do well.", "2. Staff stay."]
    reading = read([ilacs_front(rows(**GRADES)), page])
    assert [improvement.text for improvement in reading.facts.improvements] == ITEMS


def test_a_sentence_that_begins_with_an_initial_is_not_a_list_item() -> None:
    page = ["Overview", "Leaders are bold.", "A. Smith leads the team.", "Staff stay.", *ilacs_body(**GRADES)]
    assert any("A. Smith leads" in passage.text for passage in read([ilacs_front(rows(**GRADES)), page]).passages)


@pytest.mark.parametrize(
    "council", ["East Surrey", "Greater Essex", "Derbyshire Dales", "New York", "Sutton Coldfield", "Mid Kent"]
)
def test_a_name_within_a_longer_name_is_not_that_council(council: str) -> None:
    reading = read([ilacs_front(rows(**GRADES), council=council), ilacs_body(**GRADES)])
    assert reading.facts.authority is not None
    assert (reading.facts.authority.slug, reading.facts.authority.printed) == (None, council)
    assert f"the authority '{council}' was not recognised" in reading.document.warnings


@pytest.mark.parametrize(
    "title", ["Appendix B – Action plan", "Annex 2", "Improvement plan 2025", "Report of the Director of Services"]
)
def test_papers_behind_the_report_are_left_out_with_a_warning(title: str) -> None:
    pack = [ilacs_front(rows(**GRADES)), ilacs_body(**GRADES), [title, "Action 1: managers look at the casework."]]
    reading = read(pack)
    assert not any("Action 1" in passage.text for passage in reading.passages)
    assert any("page 3" in warning and "left out" in warning for warning in reading.document.warnings)


def test_a_heading_without_its_list_gives_a_warning() -> None:
    page = ["What needs to improve?", section("help", "Good"), "1. Families do well."]
    warnings = read([ilacs_front(rows(**GRADES)), page]).document.warnings
    assert "no list could be read below 'What needs to improve?' on page 2" in warnings


def test_improvements_numbered_on_from_the_paragraphs_are_those_of_the_body_that_the_heading_names() -> None:
    front = [
        "London Borough of Camden",
        f"Inspection of {TITLE[0]}",
        TITLE[1],
        "Inspection date: 4 June 2014 – 25 June 2014",
        "The overall judgement is requires improvement",
        *("1. Children who need help and protection Good", "2. Children looked after and achieving permanence Good"),
        *("2.1 Adoption performance Good", "2.2 Experiences and progress of care leavers Good"),
        "3. Leadership, management and governance Good",
    ]
    heading = "Areas for improvement"
    page = [
        "Executive summary",
        "The Local Safeguarding Children Board (LSCB) requires improvement",
        "1. The board met twice.",
        "What does the local authority need to improve?",
        heading,
        "2. Write down who decided what.",
        "3. See that plans are kept.",
        "What does the LSCB need to improve?",
        heading,
        "4. Ask partners what they changed.",
    ]
    facts = read([front, page]).facts
    assert [improvement.number for improvement in facts.improvements] == [2, 3]
    assert [improvement.number for improvement in facts.lscb_improvements] == [4]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint targeted area inspection of Camden", "joint targeted area inspection"),
        ("Unique reference number 123456", "school"),
        ("Registered provider: Example Homes", "children's home"),
        ("Monitoring visit to Camden children's services", "monitoring visit"),
    ],
)
def test_an_official_paper_of_another_kind_is_not_press_coverage(title: str, kind: str) -> None:
    page = [title, "Inspectors from Ofsted visited Camden in May. The visit was rated a success by all in Camden."]
    reading = read([page])
    assert reading.document.kind == "other"
    assert any(kind in warning for warning in reading.document.warnings)


def test_the_subject_line_decides_and_not_the_addresses() -> None:
    page = ["To: Durham County Council", "Darlington Borough Council, Durham Constabulary", "Dear all"]
    page += ["Joint targeted area inspection of the multi-agency response in Blackburn with Darwen", "It was in May."]
    authority = read([page]).facts.authority
    assert authority is not None
    assert authority.slug == "blackburn-with-darwen"


def test_a_missing_row_does_not_make_a_newer_framework_where_letters_are_missing() -> None:
    grades = {strand: grade for strand, grade in GRADES.items() if strand != "overall"}
    front = ilacs_front([*rows(**grades), "Over\ufffd\ufffd eff\ufffdx Good"])
    pages = ["\n".join(page) for page in (front, ilacs_body(**GRADES))]
    reading = read_pages(pages, sha256="0" * 64, title="a", file="a.pdf", doubtful_pages=(1,))
    assert reading.facts.framework == "ilacs-2023"
    assert any("'Overall'" in warning for warning in reading.document.warnings)


def test_whatever_sign_stands_between_two_dates_both_are_read_or_none() -> None:
    for code in range(0x20, 0x3100):
        sign = make_safe(chr(code)).replace("\n", " ")
        if sign.isalnum():
            continue
        for printed in (
            f"20 June 2017{sign}13 July 2017",
            f"20 June 2017 {sign} 13 July 2017",
            f"20 {sign} 23 June 2017",
        ):
            windows, _ = read_windows(printed, 0)
            days = {(windows[0].start.day, windows[-1].end.day)} if windows else set()
            assert days <= {(20, 13), (20, 23)}, (hex(code), printed)


@pytest.mark.parametrize("printed", ["20 June 2017 ─ 13 July 2017", "20 June 2017 → 13 July 2017"])
def test_signs_that_stand_for_a_dash_make_a_range(printed: str) -> None:
    ((window,), _) = read_windows(printed, 0)
    assert (window.start.day, window.end.day) == (20, 13)


@pytest.mark.parametrize(
    "section_mark", ["<![0]>", "<![if]>", "<![endif]>", "<![CDATA[x]]>", "<!0>", "<![if gte mso 9]>"]
)
def test_marked_sections_of_html_are_passed_over_as_a_browser_does(section_mark: str) -> None:
    assert visible_text(f"<p>They are safe. {section_mark} They are well.</p>") == "They are safe. They are well."


def test_a_letter_without_papers_behind_it_has_no_warning_about_its_end() -> None:
    assert not any("other papers" in warning for warning in read(letter()).document.warnings)
