"""Lists with letters, headings with numbers or marks, damaged tables, and the annex that explains the grades."""

from __future__ import annotations

import pytest

from reinspect.reading import read_file
from tests.making.reports import GRADES, RI, ilacs_body, ilacs_front, read, rows, sif

FRONT = ilacs_front(rows(**GRADES))
SECTIONS = ilacs_body(**GRADES)[4:]


def items(*listed, heading="What needs to improve?"):
    return [improvement.text for improvement in read([FRONT, [heading, *listed, *SECTIONS]]).facts.improvements]


# Letters.


@pytest.mark.parametrize("mark", ["({})", "{})"])
def test_letters_open_items_if_a_list_has_no_other_marks(mark):
    marks = [mark.format(letter) for letter in "abc"]

    found = items(
        f"{marks[0]} The speed of plans.", f"{marks[1]} The notes of visits, which are", "thin.", f"{marks[2]} Beds."
    )

    assert found == ["The speed of plans.", "The notes of visits, which are thin.", "Beds."]


def test_letters_below_numbers_belong_to_the_numbered_item():
    found = items(
        "1. The speed of plans:",
        "(a) for babies;",
        "(b) for brothers and sisters.",
        "2. Visits, in:",
        "(i) homes",
        "(ii) schools.",
    )

    assert found == [
        "The speed of plans: (a) for babies; (b) for brothers and sisters.",
        "Visits, in: (i) homes (ii) schools.",
    ]


def test_small_numerals_below_letters_belong_to_the_lettered_item():
    found = items(
        "(a) The speed of plans, for:", "(i) babies", "(ii) brothers and sisters.", "(b) The notes of visits."
    )

    assert found == ["The speed of plans, for: (i) babies (ii) brothers and sisters.", "The notes of visits."]


def test_a_letter_in_brackets_out_of_order_does_not_open_an_item():
    assert items("◼ How often the parent", "(s) are asked.", "◼ Beds.") == [
        "How often the parent (s) are asked.",
        "Beds.",
    ]


# Headings with a number or a mark.


@pytest.mark.parametrize("mark", ["2. ", "2 ", "3.1 ", "## ", "**"])
def test_a_heading_after_a_number_or_a_mark_opens_its_list(mark):
    found = items(
        "1. The speed of plans.",
        "2. The notes of visits.",
        heading=f"{mark}What needs to improve?{mark.strip(' #1234.')}",
    )

    assert found == ["The speed of plans.", "The notes of visits."]


def test_a_numbered_paragraph_that_starts_like_a_heading_is_not_a_heading():
    body = [*SECTIONS[:5], "3. Care leavers", "are seen often, and say so.", *SECTIONS[5:]]

    passages = read([FRONT, ["What needs to improve?", "◼ Beds.", *body]]).passages

    assert "Care leavers are seen often, and say so." in [passage.text for passage in passages]


def test_markdown_marks_in_a_plain_text_are_ignored(tmp_path):
    front = [f"**{line.split(':')[0]}:**{line.split(':')[1]}" if ":" in line else line for line in FRONT]
    headed = [
        "## What needs to improve?",
        "- The speed of plans.",
        "- Beds.",
        *(f"### {line}" if ": " in line else line for line in SECTIONS),
    ]
    file = tmp_path / "report.txt"
    file.write_text("\n".join([f"# {front[0]}", *front[1:], *headed]), encoding="utf-8")

    facts = read_file(file).facts

    assert [str(window.start) for window in facts.windows] == ["2024-03-04"]
    assert facts.lead_inspector == "Ada Lovelace"
    assert len(facts.judgements) == 5
    assert [improvement.text for improvement in facts.improvements] == ["The speed of plans.", "Beds."]


# A damaged table.


@pytest.mark.parametrize(
    ("dates", "framework"),
    [
        pytest.param("Inspection dates: 4 to 8 March 2019", "ilacs-2018", id="one grade for care and leavers"),
        pytest.param("Inspection dates: 4 to 8 March 2024", "ilacs-2023", id="two grades"),
    ],
)
def test_a_table_with_lost_rows_belongs_to_the_framework_in_force(dates, framework):
    table = rows(leaders="Good", help=RI, overall="Good")

    assert read([ilacs_front(table, dates), SECTIONS]).facts.framework == framework


def test_a_complete_table_decides_the_framework_against_the_dates():
    reading = read([ilacs_front(rows(**GRADES), "Inspection dates: 4 to 8 March 2019"), SECTIONS])

    assert reading.facts.framework == "ilacs-2023"
    assert any("dates are outside" in warning for warning in reading.document.warnings)


# The annex that explains the grades.


@pytest.mark.parametrize("subject", ["The LSCB", "The Local Safeguarding Children Board"])
def test_the_annex_that_explains_grades_is_not_a_judgement_on_the_board(subject):
    pages = sif()
    pages[3] = [line for line in pages[3] if "is inadequate" not in line]
    annex = [
        "What the inspection judgements mean",
        "The LSCB",
        "A board that is outstanding asks and is answered.",
        f"{subject} is inadequate",
        "Where its members do not meet, nobody learns.",
    ]

    judged = {judgement.strand: judgement.grade for judgement in read([*pages, annex]).facts.judgements}

    assert "lscb" not in judged
    assert judged["overall"] == "requires improvement"


def test_a_judgement_on_the_board_after_the_annex_is_read():
    pages = sif()
    annex = [
        "What the inspection judgements mean",
        "The LSCB is outstanding",
        "It asks and is answered.",
        "Information about this inspection",
        "We read files.",
    ]

    judged = {judgement.strand: judgement.grade for judgement in read([*pages[:3], annex, pages[3]]).facts.judgements}

    assert judged["lscb"] == "inadequate"


def test_a_label_keeps_the_punctuation_between_its_words():
    labels = [judgement.label for judgement in read(sif()).facts.judgements]

    assert "Leadership, management and governance" in labels
