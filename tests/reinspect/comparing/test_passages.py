from __future__ import annotations

import msgspec
import pytest

from reinspect.comparing.comparison import compare
from reinspect.comparing.passages import PassagePair, marked_words, pair_passages
from reinspect.model import Passage
from tests.making.inspections import inspection, passage

ADVOCATES = "Advocates visit every child who lives away from home and speak for them at reviews."
ADVOCATES_LATER = "At reviews advocates now speak for nearly every child who lives away from home."
DENTISTS = "Dental checks are late for a third of children because of a shortage of dentists."
CARE_LEAVERS_HOMES = "Care leavers move into flats of their own with a tenancy and a savings account."
FLATS_LATER = "A tenancy and a flat of their own are offered to care leavers who want them."
AUDITS = "Audits are thorough and managers act on what audits find."


def pairs(a: list[Passage], b: list[Passage]) -> list[tuple[str | None, str | None, str | None]]:
    def said(found: Passage | None) -> str | None:
        return found.text if found else None

    return [(pair.strand, said(pair.a), said(pair.b)) for pair in pair_passages(a, b)]


def test_passages_of_one_subject_are_paired_and_the_rest_stand_on_their_side() -> None:
    a = [passage(DENTISTS, "care"), passage(ADVOCATES, "care")]
    b = [passage(ADVOCATES_LATER, "care"), passage(AUDITS, "care")]
    assert pairs(a, b) == [
        ("care", ADVOCATES, ADVOCATES_LATER),
        ("care", DENTISTS, None),
        ("care", None, AUDITS),
    ]


def test_each_passage_has_one_partner_at_most_and_the_surest_pair_comes_first() -> None:
    found = pair_passages(
        [passage(ADVOCATES, "care"), passage(DENTISTS, "care")],
        [passage(ADVOCATES_LATER, "care"), passage(ADVOCATES, "care")],
    )
    assert (found[0].a, found[0].b) == (passage(ADVOCATES, "care"), passage(ADVOCATES, "care"))
    assert found[0].similarity == pytest.approx(1.0)
    assert [pair.b for pair in found if pair.a is None] == [passage(ADVOCATES_LATER, "care")]


def test_strands_of_different_subjects_are_never_paired() -> None:
    assert pairs([passage(AUDITS, "leaders")], [passage(AUDITS, "help")]) == [
        ("leaders", AUDITS, None),
        ("help", None, AUDITS),
    ]


def test_a_joint_strand_takes_in_what_the_other_report_says_of_each() -> None:
    a = [passage(ADVOCATES, "care"), passage(CARE_LEAVERS_HOMES, "leavers"), passage(AUDITS, "adoption")]
    b = [passage(FLATS_LATER, "care_and_leavers"), passage(ADVOCATES_LATER, "care_and_leavers")]
    assert pairs(a, b) == [
        ("care_and_leavers", ADVOCATES, ADVOCATES_LATER),
        ("care_and_leavers", CARE_LEAVERS_HOMES, FLATS_LATER),
        ("care_and_leavers", AUDITS, None),
    ]


def test_adoption_comes_under_care_where_it_is_no_strand_any_more() -> None:
    assert pairs([passage(AUDITS, "adoption")], [passage(AUDITS, "care")]) == [("care", AUDITS, AUDITS)]
    both = [passage(AUDITS, "adoption"), passage(ADVOCATES, "care")]
    assert [strand for strand, _, _ in pairs(both, both)] == ["care", "adoption"]


def test_a_finding_is_never_paired_with_something_to_improve() -> None:
    improvement = msgspec.structs.replace(passage(AUDITS), role="improvement")
    assert pairs([passage(AUDITS)], [improvement]) == [("help", AUDITS, None), ("help", None, AUDITS)]
    assert pairs([improvement], [improvement]) == [("help", AUDITS, AUDITS)]


def test_headings_and_background_are_not_compared() -> None:
    heading = msgspec.structs.replace(passage("Children who need help"), role="heading")
    background = msgspec.structs.replace(passage(AUDITS), role="background")
    assert pairs([heading, background], [heading, background]) == []


def test_one_side_without_passages_leaves_the_other_as_it_is() -> None:
    assert pairs([passage(AUDITS)], []) == [("help", AUDITS, None)]
    assert pairs([], []) == []


def test_words_are_marked_only_in_a_pair_that_is_alike_enough() -> None:
    (alike,) = pair_passages([passage(AUDITS)], [passage("Audits are patchy and managers act on what audits find.")])
    assert (alike.alike, marked(alike)) == (True, (["thorough"], ["patchy"]))
    (unlike,) = pair_passages([passage(ADVOCATES)], [passage(ADVOCATES_LATER)])
    assert (unlike.alike, unlike.marks_a, unlike.marks_b) == (False, (), ())


def marked(pair: PassagePair) -> tuple[list[str], list[str]]:
    assert pair.a and pair.b
    return [pair.a.text[slice(*mark)] for mark in pair.marks_a], [pair.b.text[slice(*mark)] for mark in pair.marks_b]


def test_lines_hyphens_quotes_and_case_are_no_differences() -> None:
    a = "The \u2018front door\u2019 is well-run; decisions are timely."
    b = "The\n'Front door' is well run, decisions are\ntimely"
    assert marked_words(a, b) == (1.0, (), ())


def test_words_next_to_each_other_are_marked_as_one() -> None:
    _, left, right = marked_words("Plans are short and clear.", "Plans are not yet short and clear.")
    assert (left, right) == ((), ((10, 17),))


def test_reports_in_the_other_order_give_the_same_pairs() -> None:
    a, b = [passage(ADVOCATES, "care"), passage(DENTISTS, "care")], [passage(ADVOCATES_LATER, "care")]
    assert pairs(a, b)[0] == ("care", ADVOCATES, ADVOCATES_LATER)
    assert pairs(b, a)[0] == ("care", ADVOCATES_LATER, ADVOCATES)


def test_the_passages_of_two_reports_are_paired_once_however_often_these_are_set_side_by_side() -> None:
    a, b = inspection("ilacs-2018", help="good"), inspection("ilacs-2023", help="good")
    texts = [passage(AUDITS, "leaders")], [passage(AUDITS, "leaders")]
    assert compare(a, b, *texts).pairs is compare(a, b, *texts).pairs
    assert compare(a, b, texts[0], [passage(ADVOCATES, "care")]).pairs != compare(a, b, *texts).pairs
