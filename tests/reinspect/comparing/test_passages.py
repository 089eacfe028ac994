"""Passages of two reports in pairs of one subject."""

from __future__ import annotations

import msgspec
import pytest

from reinspect.comparing.comparison import compare, pair_passages_cached
from reinspect.comparing.marked_words import marked_words
from reinspect.comparing.passages import PassagePair, pair_passages
from reinspect.model import Passage
from tests.making.inspections import inspection, passage

ADVOCATES = "Advocates visit every child who lives away from home and speak for them at reviews."
ADVOCATES_LATER = "At reviews advocates now speak for nearly every child who lives away from home."
DENTISTS = "Dental checks are late for a third of children because of a shortage of dentists."
CARE_LEAVERS_HOMES = "Care leavers move into flats of their own with a tenancy and a savings account."
FLATS_LATER = "A tenancy and a flat of their own are offered to care leavers who want them."
AUDITS = "Audits are thorough and managers act on what audits find."


def pairs(a: list[Passage], b: list[Passage]) -> list[tuple[str | None, str | None, str | None]]:
    def text_of(found: Passage | None) -> str | None:
        return found.text if found else None

    return [(pair.strand, text_of(pair.a), text_of(pair.b)) for pair in pair_passages(a, b)]


def test_passages_of_one_subject_are_paired_and_the_rest_have_no_partner() -> None:
    a = [passage(DENTISTS, "care"), passage(ADVOCATES, "care")]
    b = [passage(ADVOCATES_LATER, "care"), passage(AUDITS, "care")]
    assert pairs(a, b) == [
        ("care", ADVOCATES, ADVOCATES_LATER),
        ("care", DENTISTS, None),
        ("care", None, AUDITS),
    ]


def test_a_passage_has_at_most_one_partner_and_the_most_similar_pair_comes_first() -> None:
    found = pair_passages(
        [passage(ADVOCATES, "care"), passage(DENTISTS, "care")],
        [passage(ADVOCATES_LATER, "care"), passage(ADVOCATES, "care")],
    )
    assert (found[0].a, found[0].b) == (passage(ADVOCATES, "care"), passage(ADVOCATES, "care"))
    assert found[0].similarity == pytest.approx(1.0)
    assert [pair.b for pair in found if pair.a is None] == [passage(ADVOCATES_LATER, "care")]


BUDGETS = "Budgets for short breaks are small and are spent by the end of each autumn."
FIRST, SECOND = "Audits of practice are thorough and regular.", "Managers act on the findings and tell their teams."


def test_a_passage_printed_in_two_parts_is_paired_with_each_and_nothing_is_new() -> None:
    whole, parts = (
        [passage(BUDGETS, "leaders"), passage(f"{FIRST} {SECOND}", "leaders")],
        [
            passage(FIRST, "leaders"),
            passage(SECOND, "leaders"),
            passage(BUDGETS, "leaders"),
        ],
    )
    found = pair_passages(whole, parts)
    assert [(pair.a, pair.b) for pair in found] == [(whole[0], parts[2]), (whole[1], parts[0]), (whole[1], parts[1])]
    assert all(pair.alike and not pair.marks_a and not pair.marks_b for pair in found)
    assert [(pair.a, pair.b) for pair in pair_passages(parts, whole)] == [
        (parts[0], whole[1]),
        (parts[1], whole[1]),
        (parts[2], whole[0]),
    ]


def test_words_changed_in_a_part_are_marked_in_that_part() -> None:
    changed = SECOND.replace("act on", "ignore")
    found = pair_passages([passage(f"{FIRST} {SECOND}")], [passage(FIRST), passage(changed)])
    assert [marked(pair)[1] for pair in found] == [[], ["ignore"]]


def test_a_new_passage_next_to_a_pair_stays_new() -> None:
    found = pairs([passage(FIRST, "leaders")], [passage(FIRST, "leaders"), passage(BUDGETS, "leaders")])
    assert found == [("leaders", FIRST, FIRST), ("leaders", None, BUDGETS)]


def test_strands_of_different_subjects_are_never_paired() -> None:
    assert pairs([passage(AUDITS, "leaders")], [passage(AUDITS, "help")]) == [
        ("leaders", AUDITS, None),
        ("help", None, AUDITS),
    ]


def test_a_joint_strand_is_paired_with_each_of_its_strands() -> None:
    a = [passage(ADVOCATES, "care"), passage(CARE_LEAVERS_HOMES, "leavers"), passage(AUDITS, "adoption")]
    b = [passage(FLATS_LATER, "care_and_leavers"), passage(ADVOCATES_LATER, "care_and_leavers")]
    assert pairs(a, b) == [
        ("care_and_leavers", ADVOCATES, ADVOCATES_LATER),
        ("care_and_leavers", CARE_LEAVERS_HOMES, FLATS_LATER),
        ("care_and_leavers", AUDITS, None),
    ]


def test_adoption_is_compared_under_care_if_it_is_not_a_strand_of_both() -> None:
    assert pairs([passage(AUDITS, "adoption")], [passage(AUDITS, "care")]) == [("care", AUDITS, AUDITS)]
    both = [passage(AUDITS, "adoption"), passage(ADVOCATES, "care")]
    assert [strand for strand, _, _ in pairs(both, both)] == ["care", "adoption"]


def test_a_finding_is_never_paired_with_an_improvement() -> None:
    improvement = msgspec.structs.replace(passage(AUDITS), role="improvement")
    assert pairs([passage(AUDITS)], [improvement]) == [("help", AUDITS, None), ("help", None, AUDITS)]
    assert pairs([improvement], [improvement]) == [("help", AUDITS, AUDITS)]


def test_headings_and_background_are_not_compared() -> None:
    heading = msgspec.structs.replace(passage("Children who need help"), role="heading")
    background = msgspec.structs.replace(passage(AUDITS), role="background")
    assert pairs([heading, background], [heading, background]) == []


def test_passages_of_one_side_alone_have_no_partners() -> None:
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


def test_line_ends_hyphens_quotes_and_case_are_not_differences() -> None:
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


def test_comparing_the_same_reports_again_takes_the_pairs_from_the_cache() -> None:
    a, b = inspection("ilacs-2018", help="good"), inspection("ilacs-2023", help="good")
    texts = [passage(AUDITS, "leaders")], [passage(AUDITS, "leaders")]
    assert compare(a, b, *texts).pairs is compare(a, b, *texts).pairs
    assert compare(a, b, texts[0], [passage(ADVOCATES, "care")]).pairs != compare(a, b, *texts).pairs


def test_the_cache_of_pairs_can_be_cleared() -> None:
    pair_passages_cached.cache_clear()
    assert pair_passages_cached.cache_info().currsize == 0
    a, b = inspection("ilacs-2018", help="good"), inspection("ilacs-2023", help="good")
    compare(a, b, [passage(AUDITS)], [passage(AUDITS)])
    assert pair_passages_cached.cache_info().currsize == 1
