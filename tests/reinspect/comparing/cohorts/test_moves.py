"""Moves from one grade to another: directly, by way of others, with dates and the time taken."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.moves import GradeMove, describe_target, grade_moves
from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.movers import movers_sheet
from reinspect.model import Inspection
from tests.making.inspections import CAMDEN, KENT, inspection


def graded(day: date, grade: str | None, authority: str = "camden") -> Inspection:
    framework = "sif" if day < date(2018, 1, 1) else "ilacs-2018" if day < date(2023, 1, 1) else "ilacs-2023"
    return inspection(framework, day, authority, overall=grade, leaders="good")


SLOW = (
    graded(date(2014, 3, 3), "inadequate"),
    graded(date(2016, 9, 12), "inadequate"),
    graded(date(2018, 12, 3), "requires improvement"),
    graded(date(2023, 2, 20), "good"),
)
QUICK = (
    graded(date(2017, 4, 24), "inadequate", "kent"),
    graded(date(2019, 5, 13), "outstanding", "kent"),
)


def only(moves: tuple[GradeMove, ...]) -> GradeMove:
    [move] = moves
    return move


def test_a_move_begins_at_the_last_inspection_with_the_first_grade() -> None:
    move = only(grade_moves("overall", "inadequate", "good", SLOW))
    assert (move.start.inspection.when, move.end.inspection.when) == ("2016-09-12", "2023-02-20")
    assert move.via == ("requires improvement",)
    assert move.months == 77


def test_a_move_names_the_first_of_the_inspections_in_a_row_with_its_first_grade() -> None:
    assert only(grade_moves("overall", "inadequate", "good", SLOW)).since.inspection.when == "2014-03-03"
    assert only(grade_moves("overall", "inadequate", "good", QUICK)).since.inspection.when == "2017-04-24"
    better_between = (
        graded(date(2013, 3, 3), "inadequate"),
        graded(date(2014, 3, 3), "requires improvement"),
        graded(date(2016, 9, 12), "inadequate"),
        graded(date(2018, 9, 12), "good"),
    )
    assert only(grade_moves("overall", "inadequate", "good", better_between)).since.inspection.when == "2016-09-12"


def test_a_better_grade_than_the_one_asked_for_ends_a_move_too() -> None:
    move = only(grade_moves("overall", "inadequate", "good", QUICK))
    assert move.end.grade == "outstanding"
    assert move.via == ()
    assert move.months == 25


def test_a_move_counts_even_if_the_grade_changed_again_later() -> None:
    fell = (*SLOW, graded(date(2025, 2, 3), "requires improvement"))
    assert only(grade_moves("overall", "inadequate", "good", fell)).end.inspection.when == "2023-02-20"


def leavers(day: date, grade: str) -> Inspection:
    """Return an inspection with a grade that care leavers have: of 2018 to 2022 jointly with children in care."""
    strand = "care_and_leavers" if date(2018, 1, 1) <= day < date(2023, 1, 1) else "leavers"
    framework = graded(day, None).framework
    return inspection(framework, day, "camden", **{strand: grade})


def test_a_joint_grade_is_no_step_from_the_grade_that_care_leavers_had_in_the_sif() -> None:
    joint = leavers(date(2022, 4, 25), "outstanding")
    history = (leavers(date(2017, 9, 11), "good"), joint, leavers(date(2025, 3, 3), "outstanding"))
    move = only(grade_moves("leavers", "good", "outstanding", history))
    assert [(step.inspection.when, step.strand) for step in move.steps] == [
        ("2017-09-11", "leavers"),
        ("2025-03-03", "leavers"),
    ]
    assert move.caveats == ("K5",)
    assert grade_moves("leavers", "good", "outstanding", history[:2]) == ()


def test_a_move_may_begin_at_a_joint_grade_but_has_had_none_since_the_sif() -> None:
    days = (date(2017, 9, 11), date(2022, 4, 25))
    history = (*(leavers(day, "good") for day in days), leavers(date(2025, 3, 3), "outstanding"))
    move = only(grade_moves("leavers", "good", "outstanding", history))
    assert (move.start.strand, move.start.inspection.when) == ("care_and_leavers", "2022-04-25")
    assert move.since == move.start
    assert move.caveats == ("K7",)


def test_a_move_from_one_framework_to_another_has_the_caveats_of_that_pair() -> None:
    assert only(grade_moves("overall", "inadequate", "good", QUICK)).caveats == ("K1",)
    within = (graded(date(2019, 3, 4), "good"), graded(date(2022, 3, 7), "outstanding"))
    assert only(grade_moves("overall", "good", "outstanding", within)).caveats == ()


def test_the_page_of_movers_explains_its_caveats() -> None:
    move = only(grade_moves("overall", "inadequate", "good", QUICK))
    shown = " ".join(render_sheet(movers_sheet([(KENT, move)], "moves", 1)).split())
    assert "directly K1" in shown
    assert "K1 Both are Ofsted's overall grade on the same four words, but the rule differs" in shown


def test_an_authority_may_move_twice() -> None:
    again = (*SLOW, graded(date(2024, 2, 5), "inadequate"), graded(date(2026, 2, 2), "good"))
    assert len(grade_moves("overall", "inadequate", "good", again)) == 2


def test_a_grade_that_was_not_given_is_passed_over() -> None:
    with_gap = (SLOW[1], graded(date(2018, 12, 3), None), SLOW[3])
    assert only(grade_moves("overall", "inadequate", "good", with_gap)).via == ()


def test_a_joint_grade_counts_for_the_strand_that_is_compared_with_it() -> None:
    joint = inspection("ilacs-2018", leaders="good", care_and_leavers="good")
    apart = inspection("ilacs-2023", leaders="good", care="outstanding", leavers="good")
    move = only(grade_moves("care", "good", "outstanding", (joint, apart)))
    assert [step.grade for step in move.steps] == ["good", "outstanding"]


def test_a_fall_ends_at_the_grade_or_a_worse_one() -> None:
    fell = (graded(date(2018, 5, 7), "outstanding"), graded(date(2024, 5, 6), "inadequate"))
    assert only(grade_moves("overall", "outstanding", "requires improvement", fell)).end.grade == "inadequate"


def test_the_latest_two_equal_grades_are_a_stay() -> None:
    move = only(grade_moves("overall", "inadequate", "inadequate", SLOW[:2]))
    assert (move.start.inspection.when, move.end.inspection.when) == ("2014-03-03", "2016-09-12")
    assert grade_moves("overall", "inadequate", "inadequate", SLOW) == (), "it moved on"


def test_an_unknown_grade_finds_nothing() -> None:
    assert grade_moves("overall", "splendid", "good", SLOW) == ()


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("inadequate", "good", "good or better"),
        ("inadequate", "outstanding", "outstanding"),
        ("good", "requires improvement", "requires improvement or worse"),
        ("good", "good", "good"),
    ],
)
def test_the_end_of_a_move_is_said_in_words(earlier: str, later: str, words: str) -> None:
    assert describe_target(earlier, later) == words


KNOWN = Authorities((CAMDEN, KENT))


@pytest.mark.parametrize(
    ("expression", "members"),
    [
        ("moved:overall=inadequate>good", ("camden", "kent")),
        ("moved:overall=inadequate>good since:2020", ("camden",)),
        ("moved:overall=inadequate>good until:2020", ("kent",)),
        ("kent,camden moved:overall=inadequate>good since:2020", ("camden",)),
    ],
)
def test_dates_limit_when_the_grade_was_reached(expression: str, members: tuple[str, ...]) -> None:
    assert cohort(expression, KNOWN, (*SLOW, *QUICK)).authorities == members


def test_a_move_that_nobody_made_in_time_says_so() -> None:
    with pytest.raises(CohortError, match="no authority is in every part"):
        cohort("moved:overall=inadequate>good since:2024", KNOWN, (*SLOW, *QUICK))


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("neighbours", "which council's neighbours? For example neighbours:kent"),
        ("neighbours:", "which council's neighbours? For example neighbours:kent"),
        ("region", "which region? For example region:London"),
        ("moved:", "which change?"),
        ("inadequate", "for a grade type grade:overall=inadequate"),
    ],
)
def test_a_part_without_its_value_is_asked_for(typed: str, question: str) -> None:
    with pytest.raises(CohortError) as caught:
        cohort(typed, KNOWN, SLOW)
    assert question in str(caught.value)
