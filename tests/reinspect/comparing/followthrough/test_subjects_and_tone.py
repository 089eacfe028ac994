"""The tone of sentences and the subjects of improvements."""

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
def test_a_sentence_has_the_tone_that_a_reader_expects(sentence: str, tone: str) -> None:
    assert judge_tone(sentence).tone == tone


def test_criticism_of_a_few_is_light_and_praise_of_most_is_hedged() -> None:
    assert judge_tone("For a small number of children plans are weak.").light
    assert judge_tone("Most plans are clear.").hedged
    assert not judge_tone("Plans are clear.").hedged


def test_praise_that_reports_a_change_is_recognised() -> None:
    assert judge_tone("Recording has improved since the last inspection.").better
    assert not judge_tone("Recording is good.").better


def test_a_continuation_is_recognised_by_its_first_words() -> None:
    assert is_continuation("However, this takes time.")
    assert not is_continuation("Foster carers are trained.")


def test_a_sentence_on_the_work_of_inspectors_is_recognised() -> None:
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


def test_a_subject_in_the_purpose_weighs_less_than_the_main_subject() -> None:
    subject = subject_of("Improve assessments to ensure that identity is understood.")
    assert similarity(subject, {"Assessments"}) > similarity(subject, {"Identity and diversity"})


def test_oversight_of_a_subject_is_about_that_subject() -> None:
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
def test_a_subject_after_a_fault_or_after_including_weighs_less_than_the_first(
    text: str, about: str, beside: str
) -> None:
    subject = subject_of(text)
    assert similarity(subject, {about}) > 0.4
    assert similarity(subject, {about}) > similarity(subject, {beside})


def test_a_subject_after_a_relative_clause_is_kept() -> None:
    assert similarity(subject_of("Children who are not seen: private fostering."), {"Private fostering"}) > 0.5


def test_specific_subjects_are_neither_people_nor_broad() -> None:
    assert specific_subjects({"Plans", "Care leavers", "Private fostering", "visit"}) == {"Private fostering"}


def test_a_rare_term_has_a_higher_rarity() -> None:
    assert rarity("Independent visitors") > rarity("Plans")
    assert rarity("wordthatnobodywrote") == 1
    assert frequencies().sentences > 1000


@pytest.mark.parametrize(
    "inflections", [("plan", "plans", "planned", "planning"), ("assess", "assessed", "assessments")]
)
def test_inflections_share_a_stem(inflections: tuple[str, ...]) -> None:
    assert len({stem(word) for word in inflections}) == 1


def test_decision_and_decisive_have_different_stems() -> None:
    assert stem("decision") != stem("decisive")


def test_a_document_explains_its_own_abbreviations() -> None:
    texts = ["The children's rights panel (CRP) meets. Education, employment and training (EET) lag. See (London)."]
    assert find_abbreviations(texts) == {"CRP": "children's rights panel", "EET": "Education employment and training"}


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("How soon strategy meetings are held.", "Partners at strategy discussions.", True),
        ("The quality and pace of audits.", "The quality and pace of life-story work.", False),
        ("Assessments.", "Assessments of homeless young people and of those in private fostering.", False),
    ],
)
def test_two_improvements_are_similar_by_subject_and_not_by_wording(a: str, b: str, alike: bool) -> None:
    value = mutual_similarity(subject_of(a), subject_of(b))
    assert (value >= 0.5) is alike
    assert value == pytest.approx(mutual_similarity(subject_of(b), subject_of(a)))
