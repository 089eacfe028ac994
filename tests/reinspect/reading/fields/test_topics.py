"""The topics of a visit, from the sentences about its scope."""

from __future__ import annotations

import pytest

from reinspect.reading.fields.topics import find_scope, find_topics

BEFORE = "This letter tells of a visit on 4 May 2021. The inspectors were Grace Hopper, HMI, and Mary Seacole, HMI."
AFTER = "Inspectors looked at a range of evidence, and met with managers of early help and of the care leavers team."


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Inspectors looked at the ‘front door’.’", ["front door"]),
        ("Inspectors looked at how contacts and referrals are met.", ["front door"]),
        ("The focus of this visit was on pathway plans of care leavers.", ["care leavers"]),
        ("Inspectors considered plans of children in need or subject to a protection plan.", ["children in need"]),
        ("They evaluated letters before proceedings.", ["pre-proceedings"]),
        ("Inspectors looked at the Early Help Hub and the quality of assessments.", ["front door", "assessments"]),
        ("We looked at risk outside the home: extra-familial harm.", ["vulnerable adolescents"]),
        (
            "The visit looked at where older children, but not care leavers, are placed, and at their placements.",
            ["older", "children in care"],
        ),
        (
            "Inspectors reviewed: Permanence. Children in care who are disabled.",
            ["permanence", "children in care", "disabled"],
        ),
        ("Inspectors looked at homes for former unaccompanied children who are care leavers.", ["care leavers"]),
        ("Inspectors explored how allegations reach the designated officer.", ["allegations"]),
    ],
)
def test_topics_come_from_the_sentences_about_the_scope_of_the_visit(sentence, topics):
    found = find_topics(f"{BEFORE} {sentence} {AFTER}")

    assert len(found) == len(topics)
    assert all(name.startswith(topic) for name, topic in zip(found, topics, strict=True))


def test_bullets_after_a_scope_sentence_belong_to_the_scope():
    assert find_scope(f"{BEFORE} Inspectors looked at plans, in particular: the hub early help {AFTER}").endswith(
        "early help"
    )


def test_a_visit_to_the_whole_service_has_the_broad_topics():
    sentence = "The visit looked at protection, children in care and care leavers."

    assert find_topics(f"{BEFORE} {sentence}") == (
        "broad: help and protection",
        "children in care",
        "care leavers",
        "leadership",
    )


def test_a_pandemic_visit_that_names_no_part_has_the_broad_topics():
    sentence = "The method was adapted to the COVID-19 context. Inspectors used video calls with care leavers."

    assert find_topics(f"{BEFORE} {sentence}")[0] == "broad: help and protection"


def test_leadership_is_not_a_topic_of_its_own():
    assert find_topics(f"{BEFORE} Inspectors looked at the front door and at leadership.") == ("front door",)


def test_the_scope_goes_on_until_a_sentence_about_the_method():
    scope = "Inspectors looked at the front door. Plans were short. Permanence came late"

    assert find_scope(f"{BEFORE} {scope}. {AFTER} Inspectors looked at early help.") == (
        "Inspectors looked at the front door Plans were short Permanence came late"
    )
    assert find_scope(f"{BEFORE} {AFTER} {scope}") == scope.replace(".", "")


def test_a_letter_without_a_scope_has_the_topics_of_its_opening():
    assert find_scope(f"{BEFORE} Care leavers came to the front door.") == ""
    assert find_topics(f"{BEFORE} Care leavers came to the front door.") == ("front door", "care leavers")


def test_a_pandemic_visit_that_names_its_part_has_the_topics_of_that_part():
    sentence = "The pandemic went on. Inspectors looked at the front door."

    assert find_topics(f"{BEFORE} {sentence}") == ("front door",)


@pytest.mark.parametrize(("begins_at", "topics"), [(9_990, ("front door",)), (9_991, ())])
def test_words_far_below_the_opening_show_no_topic(begins_at: int, topics: tuple[str, ...]) -> None:
    assert find_topics("x " * (begins_at // 2) + " " * (begins_at % 2) + "front door") == topics
