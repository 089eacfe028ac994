"""Graded reports: printed facts are read, and no other fact is made up."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import Window
from tests.making.reports import GRADES, LABELS, RI, ilacs_2023, ilacs_body, ilacs_front, read, rows, section, sif

BODY = ilacs_body(**GRADES)


def table(**changes):
    """Return the lines of a whole table; `changes` replaces the lines of a strand, or leaves them out with None."""
    usual = {strand: [*LABELS[strand], grade] for strand, grade in GRADES.items()}
    return [line for lines in (usual | changes).values() if lines for line in lines]


def grades(pages):
    return {judgement.strand: judgement.grade for judgement in read(pages).facts.judgements}


def test_the_facts_of_an_ilacs_report_are_read():
    facts = read(ilacs_2023()).facts

    assert facts.framework == "ilacs-2023"
    assert facts.authority is not None
    assert (facts.authority.slug, facts.authority.urn) == ("camden", "80491")
    assert facts.windows == (Window(date(2024, 3, 4), date(2024, 3, 8)),)
    assert facts.published is None
    assert facts.lead_inspector == "Ada Lovelace"
    assert grades(ilacs_2023()) == {
        "leaders": "outstanding",
        "help": "good",
        "care": "requires improvement",
        "leavers": "good",
        "overall": "good",
    }


def test_the_evidence_of_a_grade_is_the_printed_grade():
    reading = read(ilacs_2023())

    for judgement in reading.facts.judgements:
        evidence = judgement.evidence
        assert reading.pages[evidence.page - 1][evidence.start : evidence.end] == judgement.printed


@pytest.mark.parametrize("dates", ["Inspection dates: 11 to 15 May 2026", "Lead: Alan Turing"])
def test_four_rows_without_overall_belong_to_the_framework_of_2026(dates):
    facts = read([ilacs_front(table(overall=None), dates=dates), BODY]).facts

    assert facts.framework == "ilacs-2026"
    assert "overall" not in {judgement.strand for judgement in facts.judgements}


def test_a_lost_row_of_an_earlier_inspection_does_not_make_it_one_of_2026():
    reading = read([ilacs_front(table(overall=None), dates="Inspection dates: 4 to 8 March 2024"), BODY])

    assert reading.facts.framework == "ilacs-2023"
    assert any("Overall" in warning for warning in reading.document.warnings)


def test_a_missing_row_gives_a_warning_and_not_a_newer_framework():
    reading = read([ilacs_front(table(leavers=None, overall=None)), BODY])

    assert reading.facts.framework == "ilacs-2023"
    assert any("Care leavers" in warning for warning in reading.document.warnings)
    assert any("Overall" in warning for warning in reading.document.warnings)


def test_the_joint_strand_of_care_and_care_leavers_is_a_strand_of_its_own():
    joint = rows(leaders="Outstanding", help="Good", care_and_leavers="Good", overall="Good")
    facts = read([ilacs_front(joint), BODY[:9]]).facts

    assert facts.framework == "ilacs-2018"
    assert [judgement.strand for judgement in facts.judgements] == ["leaders", "help", "care_and_leavers", "overall"]


@pytest.mark.parametrize(
    "row",
    [
        ["The experiences and progress of children care", "leavers", "Good"],
        ["Experiences and progress of care leavers", "Good"],
        ["The experience and progress of care leavers Good"],
        ["Good", "The experiences and progress of care leavers"],
        ["The experiences and progress of", "Good", "care leavers"],
    ],
)
def test_a_misprinted_label_or_a_moved_cell_does_not_move_a_grade(row):
    found = grades([ilacs_front(table(leavers=row, overall=["Overall effectiveness Inadequate"])), BODY])

    assert (found["care"], found["leavers"], found["overall"]) == ("requires improvement", "good", "inadequate")


def test_a_wrapped_grade_next_to_a_wrapped_label_is_read_whole():
    row = ["The experiences and progress of children who Requires improvement to", "need help and protection be good"]
    found = grades([ilacs_front(table(help=row)), BODY])

    assert found["help"] == "requires improvement"
    assert found["leaders"] == "outstanding"


def test_a_row_without_a_grade_gives_no_judgement_and_a_warning():
    reading = read([ilacs_front(table(leavers=LABELS["leavers"])), BODY])
    found = {judgement.strand: judgement.grade for judgement in reading.facts.judgements}

    assert "leavers" not in found
    assert found["overall"] == "good"
    assert any("no grade could be read" in warning for warning in reading.document.warnings)


def test_two_visit_windows_are_kept_separate():
    front = ilacs_front(table(), "Inspection dates: 29 September to 10 October 2025 and 12 to 15 January 2026")
    windows = read([front, BODY]).facts.windows

    assert windows == (
        Window(date(2025, 9, 29), date(2025, 10, 10)),
        Window(date(2026, 1, 12), date(2026, 1, 15)),
    )


def test_wrapped_improvements_are_joined_and_their_tags_kept_separately():
    facts = read(ilacs_2023()).facts

    assert [(improvement.text, improvement.tags) for improvement in facts.improvements] == [
        (
            "The speed of plans for children who wait a long time, and the notes that managers keep of them.",
            ("Principle 1",),
        ),
        ("How well visits are written down.", ("outcome 4, national framework",)),
    ]


def test_passages_have_their_strand_number_and_hyphens():
    passages = {passage.paragraph: passage for passage in read(ilacs_2023()).passages if passage.paragraph}

    assert passages[1].strand == "help"
    assert passages[1].text.endswith("they write multi-agency plans that children can read.")
    assert [passages[number].strand for number in (2, 3, 4, 5)] == ["help", "care", "leavers", "leaders"]


def test_the_overall_grade_of_a_single_inspection_is_read_from_prose():
    facts = read(sif()).facts

    assert facts.framework == "sif"
    assert facts.published == date(2016, 11, 24)
    assert facts.lead_inspector == "Mary Seacole"
    assert {judgement.strand: judgement.grade for judgement in facts.judgements} == {
        "help": "requires improvement",
        "care": "good",
        "adoption": None,
        "leavers": "requires improvement",
        "leaders": "outstanding",
        "overall": "requires improvement",
        "lscb": "inadequate",
    }
    adoption = next(judgement for judgement in facts.judgements if judgement.strand == "adoption")
    assert adoption.not_judged == "Not judged"


def test_recommendations_to_the_authority_and_to_the_board_are_separate_lists():
    facts = read(sif()).facts

    assert [(improvement.number, improvement.text) for improvement in facts.improvements] == [
        (1, "Write down who decided what, and when."),
        (2, "See that every child who wants a visitor has one: in term time in the holidays."),
    ]
    assert [(improvement.number, improvement.whose) for improvement in facts.lscb_improvements] == [(6, "lscb")]


def test_a_paragraph_across_two_pages_is_one_passage():
    reading = read(sif())
    passage = next(passage for passage in reading.passages if passage.paragraph == 4)

    assert passage.text == "Some strategy meetings lack a partner, which is a pity for the child."
    assert (passage.page, [run[0] for run in passage.runs_on]) == (3, [4])


def test_footnotes_are_not_passages():
    assert not any("bound" in passage.text for passage in read(sif()).passages)


def test_a_paper_that_quotes_the_table_is_not_the_report():
    paper = [
        ["Children’s scrutiny committee", "Report of the director", *table()],
        ["Members are asked to note what Ofsted printed in the inspection of Camden children’s services."],
    ]
    reading = read(paper)

    assert reading.document.kind != "report"
    assert reading.facts.improvements == ()


def test_a_section_that_contradicts_the_table_gives_a_warning():
    body = [section("care", "Good") if line == section("care", RI) else line for line in BODY]
    reading = read([ilacs_2023()[0], body])

    assert grades([ilacs_2023()[0], body])["care"] == "requires improvement"
    assert any("'care' is judged requires improvement" in warning for warning in reading.document.warnings)


def test_dates_outside_a_framework_only_give_a_warning():
    reading = read([ilacs_front(table(), "Inspection dates: 3 to 7 March 2052"), BODY])

    assert reading.facts.framework == "ilacs-2023"
    assert any("misprint" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize(
    ("dates", "warning"),
    [
        ("Inspection dates: March 4 to 8, 2024", "the inspection dates 'March 4 to 8, 2024' could not be read"),
        ("Inspection dates: 4 to 8 March 2024 as well as 3 April 2024", "could not be read"),
        (
            "Inspection dates: 4 March 2024 to 8 March 2025",
            "the inspection dates are 369 days apart: one may be misprinted",
        ),
    ],
)
def test_dates_that_cannot_be_right_or_cannot_be_read_have_a_warning(dates, warning):
    reading = read([ilacs_front(table(), dates=dates), BODY])

    assert any(warning in each for each in reading.document.warnings)
