"""Grades of two inspections compared, strand by strand."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from reinspect.comparing.judgements import StrandChange, compare_judgements, kinship, later_side
from reinspect.model import Inspection, Judgement
from tests.making.inspections import BCP, CAMDEN, KENT, POOLE, camden_2017, camden_2022, inspection


def rows(a: Inspection, b: Inspection) -> list[tuple[str | None, str | None, str | None, tuple[str, ...]]]:
    return [(c.strand_a, c.strand_b, c.change, c.caveats) for c in compare_judgements(a, b)]


def only(a: Inspection, b: Inspection) -> StrandChange:
    (change,) = [change for change in compare_judgements(a, b) if change.strand_a and change.strand_b]
    return change


def test_camden_2017_and_2022_compare_as_in_the_crosswalk() -> None:
    assert rows(camden_2017(), camden_2022()) == [
        ("overall", "overall", "improved", ("K1",)),
        ("leaders", "leaders", "same grade", ("K6",)),
        ("help", "help", "same grade", ("K2",)),
        ("care", "care_and_leavers", "improved", ("K3",)),
        ("leavers", None, "not comparable", ()),
        ("adoption", None, "not comparable", ()),
        ("lscb", None, "not comparable", ()),
    ]


def test_a_joint_grade_is_compared_with_both_grades_that_it_was_split_into() -> None:
    later = inspection("ilacs-2023", **dict.fromkeys(("leaders", "help", "care", "leavers", "overall"), "outstanding"))
    assert rows(camden_2022(), later)[3:] == [
        ("care_and_leavers", "care", "same grade", ("K7",)),
        ("care_and_leavers", "leavers", "same grade", ("K7",)),
    ]


SLAC_TO_SIF = [
    ("adequate", "good", "improved", "improved (across a change of scale)"),
    ("adequate", "outstanding", "improved", "improved (across a change of scale)"),
    ("adequate", "requires improvement", "same rung, harder test", "same rung, new name, harder test"),
    ("adequate", "inadequate", "declined", "lower"),
    ("good", "requires improvement", "declined", "lower grade, after the bar was raised"),
    ("good", "good", "same grade", "same grade"),
    ("good", "inadequate", "declined", "declined (across a change of scale)"),
    ("inadequate", "requires improvement", "improved", "improved (across a change of scale)"),
]


@pytest.mark.parametrize(("older", "newer", "change", "wording"), SLAC_TO_SIF)
def test_adequate_is_on_the_rung_of_requires_improvement_with_an_easier_test(
    older: str, newer: str, change: str, wording: str
) -> None:
    result = only(inspection("slac", safeguarding=older), inspection("sif", help=newer))
    assert (result.change, result.wording, result.caveats) == (change, wording, ("K10",))


@pytest.mark.parametrize(
    ("older", "newer", "change"),
    [
        ("requires improvement", "good", "improved"),
        ("good", "inadequate", "declined"),
        ("inadequate", "inadequate", "same grade"),
    ],
)
def test_the_wording_within_one_scale_is_the_change_itself(older: str, newer: str, change: str) -> None:
    result = only(inspection("ilacs-2018", date(2019, 5, 6), help=older), inspection("ilacs-2018", help=newer))
    assert (result.change, result.wording, result.caveats) == (change, change, ())


def test_swapping_the_sides_swaps_the_columns_and_not_the_change() -> None:
    forth = compare_judgements(camden_2017(), camden_2022())
    back = compare_judgements(camden_2022(), camden_2017())
    changes = {(c.strand_a, c.strand_b, c.grade_a, c.grade_b, c.change, c.wording) for c in forth}
    assert {(c.strand_b, c.strand_a, c.grade_b, c.grade_a, c.change, c.wording) for c in back} == changes


def test_a_strand_that_was_not_judged_is_not_comparable_with_a_reason() -> None:
    scilly = inspection("sif", care=None)
    result = only(scilly, inspection("ilacs-2023", care="good"))
    assert (result.change, result.grade_a, result.caveats) == ("not comparable", None, ("K4", "K12"))
    assert result.reason == "SIF 2017: not judged."


def test_an_unknown_grade_is_neither_a_grade_nor_a_missing_strand() -> None:
    leaders, _ = compare_judgements(inspection("ilacs-2018", leaders="good"), inspection("ilacs-2023", help="good"))
    assert (leaders.strand_b, leaders.grade_b, leaders.change) == ("leaders", None, "not comparable")
    assert leaders.reason == "ILACS 2025: grade not held."


def test_a_reinspection_without_a_review_of_the_board_has_no_such_strand() -> None:
    first = inspection("sif", date(2014, 5, 6), help="inadequate", lscb="inadequate")
    board = compare_judgements(first, inspection("sif", help="good"))[-1]
    assert (board.strand_a, board.strand_b, board.change) == ("lscb", None, "not comparable")


def test_a_grade_off_its_scale_is_not_compared() -> None:
    result = only(inspection("sif", help="adequate"), inspection("ilacs-2018", help="good"))
    assert (result.change, result.reason) == ("not comparable", 'SIF 2017: the grade "adequate" is not on its scale.')


def test_two_authorities_have_a_relation_and_no_change() -> None:
    camden, kent = inspection("ilacs-2018", help="good"), inspection("ilacs-2018", authority="kent", help="outstanding")
    (result,) = compare_judgements(camden, kent, (CAMDEN, KENT))
    assert (result.change, result.relation, result.comparable) == (None, "b is higher", True)
    (back,) = compare_judgements(kent, camden, (KENT, CAMDEN))
    assert back.relation == "a is higher"


@pytest.mark.parametrize(
    ("older", "grade_a", "grade_b", "relation"),
    [
        ("ilacs-2018", "good", "good", "same grade"),
        ("slac", "adequate", "requires improvement", "same rung, different test"),
        ("ilacs-2018", "good", "inadequate", "a is higher"),
    ],
)
def test_the_relation_of_two_authorities_names_the_higher_grade_or_that_they_are_level(
    older: str, grade_a: str, grade_b: str, relation: str
) -> None:
    strand = "safeguarding" if older == "slac" else "help"
    camden, kent = inspection(older, **{strand: grade_a}), inspection("sif", authority="kent", help=grade_b)
    if older != "slac":
        kent = inspection(older, authority="kent", help=grade_b)
    assert only(camden, kent).relation == relation


def test_kinship_says_whether_two_inspections_may_be_compared_as_a_change() -> None:
    camden, kent = inspection("sif"), inspection("sif", authority="kent")
    assert kinship(camden, camden) == "same authority"
    assert kinship(camden, kent, (CAMDEN, KENT)) == "two authorities"
    poole, bcp = inspection("sif", authority="poole"), inspection("sif", authority="bcp")
    assert kinship(poole, bcp, (POOLE, BCP)) == kinship(bcp, poole, (BCP, POOLE)) == "changed authority"
    assert kinship(poole, bcp) == "two authorities"


def test_the_later_side_is_b_unless_a_is_known_to_be_later() -> None:
    early, late = inspection("sif", date(2014, 1, 6)), inspection("sif", date(2015, 1, 5))
    undated = msgspec.structs.replace(early, windows=(), published=None)
    sides = [later_side(*pair) for pair in ((late, early), (early, late), (early, early), (late, undated))]
    assert sides == ["a", "b", "b", "b"]


def test_strands_that_cannot_be_compared_cannot_be_between_two_authorities_either() -> None:
    kent = inspection("sif", authority="kent", adoption="good")
    (result,) = compare_judgements(kent, inspection("ilacs-2018"), (KENT, CAMDEN))
    assert (result.change, result.relation) == ("not comparable", "not comparable")


def test_a_council_and_its_successor_are_compared_with_k13() -> None:
    poole = inspection("sif", authority="poole", help="requires improvement", adoption="good")
    bcp = inspection("ilacs-2018", authority="bcp", help="good")
    help_strand, adoption = compare_judgements(poole, bcp, (POOLE, BCP))
    assert (help_strand.change, help_strand.caveats) == ("improved", ("K2", "K13"))
    assert (adoption.change, adoption.caveats) == ("not comparable", ())


def test_an_unknown_framework_is_compared_only_with_itself_and_never_fails() -> None:
    odd = msgspec.structs.replace(
        inspection("sif"), framework="of-2031", judgements=(Judgement(strand="x", grade="y"),)
    )
    (result,) = compare_judgements(odd, odd)
    assert (result.change, result.name) == ("not comparable", "X")
    # Its band is not known, so there is nothing to compare with social care.
    assert compare_judgements(odd, camden_2022()) == ()
