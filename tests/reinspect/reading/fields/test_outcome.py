"""Outcomes of inspections without grades: the deciding words of a sentence, and the sentences on what follows."""

from __future__ import annotations

import pytest

from reinspect.frameworks import frameworks
from reinspect.model import Evidence, Outcome
from reinspect.reading.fields.outcome import find_next_step, find_outcome, split_sentences

AREA_SEND = frameworks()["area-send-2023"]


def test_an_outcome_has_its_sentence_and_the_place_where_it_is_printed() -> None:
    sentence = "Families in Camden have inconsistent experiences."
    place = Evidence(document="0" * 64, page=2, start=10, end=60)

    assert find_outcome(sentence, AREA_SEND, place) == Outcome(key="inconsistent", printed=sentence, evidence=place)


@pytest.mark.parametrize(
    "sentence",
    [
        "Families do not have inconsistent experiences.",
        "No family has inconsistent experiences.",
        "Families never have inconsistent experiences.",
        "Neither of the schools has inconsistent experiences.",
        "Families wait, nor are inconsistent experiences rare.",
    ],
)
def test_a_sentence_that_denies_something_states_no_outcome(sentence: str) -> None:
    assert find_outcome(sentence, AREA_SEND, None) is None


@pytest.mark.parametrize(
    "sentence", ["Nobody doubts the inconsistent experiences.", "Norfolk has inconsistent experiences."]
)
def test_a_word_that_only_begins_like_a_denial_denies_nothing(sentence: str) -> None:
    found = find_outcome(sentence, AREA_SEND, None)
    assert found is not None and found.key == "inconsistent"


def test_a_text_is_split_into_sentences_where_a_capital_or_a_quote_follows() -> None:
    assert split_sentences(" One of 3.5 waits. ‘Why?’ is asked. e.g. by many! “Soon” is said.\n") == [
        "One of 3.5 waits.",
        "‘Why?’ is asked. e.g. by many!",
        "“Soon” is said.",
    ]


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_text_without_words_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The next visit will be within about three years.",
        "Inspectors return Within 18 months.",
        "The council must write a priority action plan.",
        "A monitoring inspection will take place in spring.",
    ],
)
def test_a_sentence_on_the_next_inspection_or_on_a_plan_is_the_next_step(sentence: str) -> None:
    assert find_next_step(["Leaders know their streets.", sentence]) == sentence


@pytest.mark.parametrize(
    "sentence", ["Leaders stay within budget.", "Staff stay for years.", "A monitoring team exists."]
)
def test_other_sentences_are_no_next_step(sentence: str) -> None:
    assert find_next_step([sentence]) is None


def test_two_sentences_on_what_follows_are_joined_and_others_are_left_out() -> None:
    plan, visit = "A priority action plan is needed.", "The next visit is within 18 months."
    assert find_next_step([plan, "Leaders agree.", visit]) == f"{plan} {visit}"
