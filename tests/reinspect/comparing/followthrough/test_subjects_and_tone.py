"""The words behind follow-through: what praises and what criticises, and which subject a text is of."""

from __future__ import annotations

import pytest

from reinspect.comparing.followthrough.stems import stem
from reinspect.comparing.followthrough.subjects import mutual_similarity, similarity, subject_of
from reinspect.comparing.followthrough.terms import find_abbreviations, find_terms
from reinspect.comparing.followthrough.tone import is_continuation, is_method, judge_tone
from reinspect.comparing.followthrough.word_lists import frequencies, rarity, specific_subjects

# Praise and criticism


@pytest.mark.parametrize(
    ("sentence", "tone"),
    [
        ("Visits are timely.", "good"),
        ("Plans are not always clear.", "critical"),
        ("Plans are not yet consistently robust.", "critical"),
        ("Reviews happen without delay.", "neutral"),
        ("Reviews are prompt and happen without delay.", "good"),
        ("Chairs effectively challenge drift.", "good"),
        ("Audits are thorough but too few are read.", "mixed"),
        ("The team is in the town hall.", "neutral"),
        ("Children who are unable to return home are helped well.", "good"),
        ("Work to improve recording has begun.", "neutral"),
        ("Records lack detail.", "critical"),
        ("The panel is not only prompt, it is also fair.", "good"),
        ("Staff do not use the tool effectively.", "critical"),
        ("When plans are weak, chairs say so promptly.", "good"),
        ("Despite high caseloads, visits are regular.", "good"),
        ("Despite prompt visits, plans are weak.", "mixed"),
        ("While visits are prompt, plans are weak.", "mixed"),
        ("Drift is swiftly challenged by chairs.", "neutral"),
        ("Delays are not addressed by chairs.", "critical"),
        ("The panel works well to reduce the backlog.", "good"),
        ("The panel should be stronger.", "critical"),
        ("Letters are of a high standard.", "good"),
        ("Chairs act promptly to prevent unnecessary drift or delay.", "good"),
        ("Fewer moves mean that children settle.", "good"),
        ("There is more to be done on recording.", "critical"),
        ("Improvements since the last visit are evident.", "good"),
        ("In stronger records, the reasons are given.", "critical"),
        ("Absent parents are asked for their views.", "neutral"),
        ("Managers cannot measure the effectiveness of audits.", "critical"),
    ],
)
def test_a_sentence_has_the_tone_that_a_reader_hears(sentence: str, tone: str) -> None:
    assert judge_tone(sentence).tone == tone


def test_a_fault_of_a_few_is_light_and_praise_of_most_is_hedged() -> None:
    assert judge_tone("For a small number of children plans are weak.").light
    assert judge_tone("Most plans are clear.").hedged
    assert not judge_tone("Plans are clear.").hedged


def test_praise_that_tells_of_a_change_is_known() -> None:
    assert judge_tone("Recording has improved since the last inspection.").better
    assert not judge_tone("Recording is good.").better


def test_a_sentence_that_goes_on_is_known_by_its_opening() -> None:
    assert is_continuation("However, this takes time.")
    assert not is_continuation("Foster carers are trained.")


def test_what_inspectors_did_is_no_finding() -> None:
    assert is_method("Inspectors considered case records.")
    assert not is_method("Inspectors found strong plans.")


def test_curly_apostrophes_and_case_make_no_difference() -> None:
    assert judge_tone("CHILDREN\u2019S PLANS ARE NOT CLEAR.") == judge_tone("children's plans are not clear.")


# Subjects


def named(text: str) -> list[str]:
    return [match.term for match in find_terms(text) if match.is_subject]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The timeliness of return home interviews.", "Return home interviews"),
        ("Oversight by managers is patchy.", "Management oversight"),
        ("Work outside of office hours.", "Out of hours"),
        ("Children living in private fostering arrangements.", "Private fostering"),
        ("Privately fostered children.", "Private fostering"),
        ("Referrals that come from partners.", "Referrals by partners"),
    ],
)
def test_a_subject_is_found_in_any_inflection(text: str, subject: str) -> None:
    assert subject in named(text)


def test_a_subject_inside_another_is_not_named() -> None:
    assert named("Initial health assessments") == ["Health assessments"]


def test_people_and_purpose_weigh_less_than_what_an_improvement_is_about() -> None:
    subject = subject_of("Advocacy for children in care, so that complaints are heard.")
    assert subject.terms["Advocacy"] > subject.terms["Complaints"]
    assert subject.terms["Advocacy"] > subject.terms["Children in care"]
    assert subject.strands == {"care"}


def test_a_subject_that_stands_in_the_purpose_does_not_take_the_place_of_what_it_serves() -> None:
    subject = subject_of("Improve assessments to ensure that identity is understood.")
    assert similarity(subject, {"Assessments"}) > similarity(subject, {"Identity and diversity"})


def test_oversight_of_something_is_about_that() -> None:
    subject = subject_of("Oversight of children who are privately fostered.")
    assert similarity(subject, {"Private fostering"}) > 0.5 > similarity(subject, {"Management oversight"})
    assert similarity(subject_of("Oversight by managers."), {"Management oversight"}) > 0.5


@pytest.mark.parametrize(
    ("text", "about", "beside"),
    [
        ("Supervision is not regular, so plans drift.", "Supervision", "Drift and delay"),
        ("Supervision does not help staff to avoid drift.", "Supervision", "Drift and delay"),
        ("Supervision, including that of conference chairs.", "Supervision", "Child protection chairs"),
    ],
)
def test_what_comes_after_a_fault_or_is_a_part_does_not_take_the_place_of_the_subject(
    text: str, about: str, beside: str
) -> None:
    subject = subject_of(text)
    assert similarity(subject, {about}) > 0.4
    assert similarity(subject, {about}) > similarity(subject, {beside})


def test_a_subject_that_is_told_of_in_a_relative_clause_is_kept() -> None:
    assert similarity(subject_of("Children who are not seen: private fostering."), {"Private fostering"}) > 0.5


def test_what_is_neither_people_nor_broad_tells_one_sentence_from_another() -> None:
    assert specific_subjects({"Plans", "Care leavers", "Private fostering", "visit"}) == {"Private fostering"}


def test_rare_terms_tell_more() -> None:
    assert rarity("Independent visitors") > rarity("Plans")
    assert rarity("wordthatnobodywrote") == 1
    assert frequencies().sentences > 1000


@pytest.mark.parametrize("family", [("plan", "plans", "planned", "planning"), ("assess", "assessed", "assessments")])
def test_inflections_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


def test_a_decision_is_not_decisive() -> None:
    assert stem("decision") != stem("decisive")


def test_a_document_explains_its_own_abbreviations() -> None:
    told = ["The children's rights panel (CRP) meets. Education, employment and training (EET) lag. See (London)."]
    assert find_abbreviations(told) == {"CRP": "children's rights panel", "EET": "Education employment and training"}


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("How soon strategy meetings are held.", "Partners at strategy discussions.", True),
        ("The quality and pace of audits.", "The quality and pace of life-story work.", False),
        ("Assessments.", "Assessments of homeless young people and of those in private fostering.", False),
    ],
)
def test_two_improvements_are_alike_by_subject_and_not_by_wording(a: str, b: str, alike: bool) -> None:
    like = mutual_similarity(subject_of(a), subject_of(b))
    assert (like >= 0.5) is alike
    assert like == pytest.approx(mutual_similarity(subject_of(b), subject_of(a)))
