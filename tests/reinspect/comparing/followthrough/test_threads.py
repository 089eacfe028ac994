"""Steps of a follow-through: the four statuses and their mentions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.threads import STATUSES, LaterText, Step, Thread, follow
from reinspect.model import Improvement, Passage, Role
from tests.making.inspections import inspection, passage

INTERVIEWS = "The timeliness of return home interviews for children who go missing."


def findings(*sentences: str, role: Role = "finding", strand: str | None = "help") -> tuple[Passage, ...]:
    return tuple(replace(passage(text, strand), role=role) for text in sentences)


def earlier(*improvements: str) -> LaterText:
    listed = tuple(Improvement(index=place, text=text) for place, text in enumerate(improvements, 1))
    return LaterText(inspection=replace(inspection("ilacs-2018"), improvements=listed))


def later(*passages: Passage, grade: str = "inadequate") -> LaterText:
    return LaterText(inspection=inspection("ilacs-2023", help=grade), passages=passages)


def step_of(improvement: str, *passages: Passage, grade: str = "inadequate") -> Step:
    """Return the step of an improvement in a later report with these passages and this grade for help."""
    (thread,) = follow([earlier(improvement), later(*passages, grade=grade)])
    (step,) = thread.steps
    return step


# The four statuses


def test_a_subject_that_is_listed_again_is_raised_again() -> None:
    step = step_of(INTERVIEWS, *findings("How soon return home interviews are held.", role="improvement"))
    assert (step.status, step.band) == ("raised again", "recurs")


def test_a_priority_action_raises_a_subject_again() -> None:
    step = step_of(INTERVIEWS, *findings("Hold return home interviews within three days.", role="priority action"))
    assert step.status == "raised again"


def test_clear_criticism_raises_a_subject_again_though_it_is_not_listed() -> None:
    step = step_of(INTERVIEWS, *findings("Too many return home interviews are held late, and their quality is poor."))
    assert step.status == "raised again"


def test_praise_without_criticism_is_reported_better() -> None:
    step = step_of(
        INTERVIEWS,
        *findings(
            "Return home interviews are now prompt and thorough.",
            "Managers read every return home interview and use it effectively when children go missing.",
        ),
    )
    assert (step.status, step.band) == ("reported better", "recurs")


def test_praise_and_criticism_together_are_mentioned() -> None:
    step = step_of(
        INTERVIEWS,
        *findings("Return home interviews are prompt and thorough. However, a third of them are not written down."),
        *findings("Return home interviews of older children inform their plans effectively."),
    )
    assert step.status == "mentioned"


def test_a_little_criticism_among_much_praise_is_still_reported_better() -> None:
    praise = (
        "Return home interviews of children who go missing are prompt.",
        "Return home interviews of children who go missing have improved and are now thorough.",
        "Return home interviews are read by managers, who use them effectively when children go missing.",
    )
    fault = "In a small number of cases, return home interviews are late."
    assert step_of(INTERVIEWS, *findings(*praise, fault)).status == "reported better"


def test_a_subject_that_is_only_named_is_mentioned() -> None:
    step = step_of(INTERVIEWS, *findings("Return home interviews are held by a charity from the next town."))
    assert step.status == "mentioned"


def test_a_text_without_the_subject_gives_not_mentioned() -> None:
    step = step_of(INTERVIEWS, *findings("Adopters are prepared very well.", "Foster carers feel valued."))
    assert (step.status, step.band, step.mentions) == ("not mentioned", None, ())
    assert "better" not in step.status


def test_one_lukewarm_sentence_is_not_enough_to_report_it_better() -> None:
    step = step_of(INTERVIEWS, *findings("Most return home interviews are timely."))
    assert step.status == "mentioned"


def test_a_sentence_on_the_work_of_inspectors_is_not_a_finding() -> None:
    step = step_of(INTERVIEWS, *findings("Inspectors looked at return home interviews.", role="summary"))
    assert step.status == "not mentioned"


@pytest.mark.parametrize("role", ["background", "heading"])
def test_background_and_headings_are_ignored(role: Role) -> None:
    assert (
        step_of(INTERVIEWS, *findings("Return home interviews: too few, too late.", role=role)).status
        == "not mentioned"
    )


def test_a_finding_about_the_board_is_not_about_the_authority() -> None:
    of_the_board = replace(findings("Too few return home interviews are read.")[0], whose="lscb")
    assert step_of(INTERVIEWS, of_the_board).status == "not mentioned"


# The same subject in other words, and other subjects in the same words


@pytest.mark.parametrize(
    ("improvement", "sentence"),
    [
        ("The impact of management oversight.", "Case direction is poor, too late and not written down."),
        ("The response of the LADO to allegations.", "The designated officer is too slow, and records are poor."),
        ("Work in the pre-proceedings stage.", "Too many families wait in the public law outline."),
        (
            "Placement sufficiency for children in care.",
            "A shortage of homes for children in care means that too few are near.",
        ),
        ("Stability of the workforce.", "Too many staff leave: turnover of staff is a weakness."),
    ],
)
def test_a_subject_is_recognised_by_another_name(improvement: str, sentence: str) -> None:
    assert step_of(improvement, *findings(sentence)).status == "raised again"


@pytest.mark.parametrize(
    ("improvement", "other"),
    [
        ("The quality and timeliness of pathway plans.", "The quality and timeliness of life-story work."),
        ("The consistency and impact of supervision.", "The consistency and impact of advocacy."),
        ("The timeliness of initial health assessments.", "The timeliness of court work."),
        ("The support offered to care leavers in custody.", "The support offered to adopters."),
    ],
)
def test_quality_and_timeliness_alone_are_not_a_subject(improvement: str, other: str) -> None:
    assert step_of(improvement, *findings(other, role="improvement")).status == "not mentioned"


def test_an_abbreviation_stands_for_the_name_that_its_document_introduces() -> None:
    introduced = findings("The children's rights and independent advocacy project (CRIAP) is new.", strand="care")
    used = findings("Too few children know of the CRIAP.", strand="care")
    unknown = step_of("Advocacy for children.", *used)
    known = step_of("Advocacy for children.", *introduced, *used)
    assert unknown.status == "not mentioned"
    assert any(mention.quote.endswith("CRIAP.") for mention in known.mentions)


def test_a_sentence_about_other_people_is_less_similar() -> None:
    improvement = "Health assessments for children in care."
    own = step_of(improvement, *findings("Health assessments are prompt.", strand="care"))
    others = step_of(improvement, *findings("Health assessments are prompt.", strand="leavers"))
    assert own.mentions[0].similarity > others.mentions[0].similarity


# Mentions


def test_a_mention_has_its_place_and_the_shared_words() -> None:
    step = step_of(INTERVIEWS, replace(findings("Staff are kind. Too few return home interviews are read.")[0], page=5))
    (mention,) = step.mentions
    assert (mention.page, mention.passage.paragraph) == (5, 12)
    assert mention.quote == "Too few return home interviews are read."
    assert mention.shared == ("return home interviews",)


def test_a_sentence_on_the_next_page_is_cited_there() -> None:
    text = "Staff are kind and know the children whom they visit. Too few return home interviews are read."
    over = replace(findings(text)[0], page=3, start=700, end=753, runs_on=((4, 0, 42),))
    (mention,) = step_of(INTERVIEWS, over).mentions
    assert mention.page == 4
    assert (mention.evidence.page, mention.evidence.start, mention.evidence.end) == (4, 0, 42)


def test_a_mention_that_supports_the_status_comes_first() -> None:
    step = step_of(
        INTERVIEWS,
        *findings("Return home interviews happen when children go missing."),
        *findings("Hold return home interviews sooner.", role="improvement"),
    )
    assert step.mentions[0].is_listed


def test_praise_that_reports_a_change_is_quoted_first() -> None:
    step = step_of(
        INTERVIEWS,
        *findings("Return home interviews of children who go missing are thorough and prompt."),
        *findings("Return home interviews of children who go missing have improved since the last inspection."),
    )
    assert step.status == "reported better"
    assert "have improved" in step.mentions[0].quote


def test_a_mention_continues_until_another_subject_is_named() -> None:
    same, other = "However, they are rarely written down.", "However, private fostering is rarely found."
    praise = "Return home interviews of children who go missing are thorough and prompt. "
    assert step_of(INTERVIEWS, *findings(praise + same)).mentions[0].evaluation.tone == "mixed"
    assert step_of(INTERVIEWS, *findings(praise + other)).mentions[0].evaluation.tone == "good"


# Threads


def test_each_improvement_is_followed_through_every_later_text_and_no_earlier_one() -> None:
    first = replace(earlier("Advocacy for children."), passages=findings("Advocacy is new."))
    visit = LaterText(inspection=inspection("focused-visit"), passages=findings("Advocacy is rare."))
    without_text = LaterText(inspection=inspection("ilacs-2023"))
    last = LaterText(inspection=inspection("ilacs-2026"), passages=findings("Visits are regular."))
    (thread,) = follow([first, visit, without_text, last])
    assert [step.inspection for step in thread.steps] == [visit.inspection, last.inspection]


def test_the_latest_inspection_has_threads_without_steps() -> None:
    (thread,) = follow([earlier("Advocacy for children.")])
    assert thread == Thread(
        inspection=thread.inspection, improvement=Improvement(index=1, text="Advocacy for children.")
    )


def test_no_texts_give_no_threads() -> None:
    assert follow([]) == ()


def test_a_strand_judged_good_supports_praise() -> None:
    praise = findings("Return home interviews of children who go missing are prompt.")
    assert step_of(INTERVIEWS, *praise).status == "mentioned"
    assert step_of(INTERVIEWS, *praise, grade="good").status == "reported better"


@pytest.mark.parametrize("improvement", ["", "...", "The quality of practice.", "Progress.", "\ufffd"])
def test_an_improvement_without_a_subject_is_followed_without_an_error(improvement: str) -> None:
    step = step_of(improvement, *findings("Advocacy is rare."))
    assert step.status in STATUSES
    assert 0 <= step.confidence <= 1


def test_the_same_texts_give_the_same_steps() -> None:
    texts = [
        earlier(INTERVIEWS, "Advocacy."),
        later(*findings("Advocacy is strong.", "Return home interviews are late.")),
    ]
    assert follow(texts) == follow(texts)
