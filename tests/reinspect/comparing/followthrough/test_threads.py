"""What became of an improvement: four statuses, their places, and the rule that silence is no cure."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.threads import STATUSES, LaterText, Step, Thread, follow
from reinspect.model import Improvement, Passage, Role
from tests.making.inspections import inspection, passage

INTERVIEWS = "The timeliness of return home interviews for children who go missing."


def told(*sentences: str, role: Role = "finding", strand: str | None = "help") -> tuple[Passage, ...]:
    return tuple(replace(passage(text, strand), role=role) for text in sentences)


def origin(*improvements: str) -> LaterText:
    listed = tuple(Improvement(index=place, text=text) for place, text in enumerate(improvements, 1))
    return LaterText(inspection=replace(inspection("ilacs-2018"), improvements=listed))


def later(*passages: Passage, grade: str = "inadequate") -> LaterText:
    return LaterText(inspection=inspection("ilacs-2023", help=grade), passages=passages)


def became(improvement: str, *passages: Passage, grade: str = "inadequate") -> Step:
    """What became of an improvement in a later report of these passages, with this grade for help and protection."""
    (thread,) = follow([origin(improvement), later(*passages, grade=grade)])
    (step,) = thread.steps
    return step


# The four statuses


def test_what_is_listed_again_was_raised_again() -> None:
    step = became(INTERVIEWS, *told("How soon return home interviews are held.", role="improvement"))
    assert (step.status, step.band) == ("raised again", "recurs")


def test_a_priority_action_raises_it_again() -> None:
    step = became(INTERVIEWS, *told("Hold return home interviews within three days.", role="priority action"))
    assert step.status == "raised again"


def test_plain_criticism_raises_it_again_though_it_is_not_listed() -> None:
    step = became(INTERVIEWS, *told("Too many return home interviews are held late, and their quality is poor."))
    assert step.status == "raised again"


def test_praise_without_criticism_is_reported_better() -> None:
    step = became(
        INTERVIEWS,
        *told(
            "Return home interviews are now prompt and thorough.",
            "Managers read every return home interview and use it effectively when children go missing.",
        ),
    )
    assert (step.status, step.band) == ("reported better", "recurs")


def test_criticism_beside_praise_leaves_it_mentioned() -> None:
    step = became(
        INTERVIEWS,
        *told("Return home interviews are prompt and thorough. However, a third of them are not written down."),
        *told("Return home interviews of older children inform their plans effectively."),
    )
    assert step.status == "mentioned"


def test_some_criticism_among_much_praise_leaves_it_reported_better() -> None:
    praise = (
        "Return home interviews of children who go missing are prompt.",
        "Return home interviews of children who go missing have improved and are now thorough.",
        "Return home interviews are read by managers, who use them effectively when children go missing.",
    )
    fault = "In a small number of cases, return home interviews are late."
    assert became(INTERVIEWS, *told(*praise, fault)).status == "reported better"


def test_a_subject_that_is_only_named_is_mentioned() -> None:
    step = became(INTERVIEWS, *told("Return home interviews are held by a charity from the next town."))
    assert step.status == "mentioned"


def test_silence_is_not_mentioned_and_claims_nothing() -> None:
    step = became(INTERVIEWS, *told("Adopters are prepared very well.", "Foster carers feel valued."))
    assert (step.status, step.band, step.mentions) == ("not mentioned", None, ())
    assert "better" not in step.status


def test_one_lukewarm_sentence_is_not_enough_to_report_it_better() -> None:
    step = became(INTERVIEWS, *told("Most return home interviews are timely."))
    assert step.status == "mentioned"


def test_what_inspectors_looked_at_is_no_finding() -> None:
    step = became(INTERVIEWS, *told("Inspectors looked at return home interviews.", role="summary"))
    assert step.status == "not mentioned"


@pytest.mark.parametrize("role", ["background", "heading"])
def test_background_and_headings_are_not_read(role: Role) -> None:
    assert became(INTERVIEWS, *told("Return home interviews: too few, too late.", role=role)).status == "not mentioned"


def test_what_a_board_was_told_is_not_said_of_the_authority() -> None:
    of_the_board = replace(told("Too few return home interviews are read.")[0], whose="lscb")
    assert became(INTERVIEWS, of_the_board).status == "not mentioned"


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
def test_a_subject_is_met_under_another_name(improvement: str, sentence: str) -> None:
    assert became(improvement, *told(sentence)).status == "raised again"


@pytest.mark.parametrize(
    ("improvement", "other"),
    [
        ("The quality and timeliness of pathway plans.", "The quality and timeliness of life-story work."),
        ("The consistency and impact of supervision.", "The consistency and impact of advocacy."),
        ("The timeliness of initial health assessments.", "The timeliness of court work."),
        ("The support offered to care leavers in custody.", "The support offered to adopters."),
    ],
)
def test_quality_and_timeliness_make_no_subject(improvement: str, other: str) -> None:
    assert became(improvement, *told(other, role="improvement")).status == "not mentioned"


def test_an_abbreviation_stands_for_what_its_document_says_it_shortens() -> None:
    introduced = told("The children's rights and independent advocacy project (CRIAP) is new.", strand="care")
    used = told("Too few children know of the CRIAP.", strand="care")
    unknown = became("Advocacy for children.", *used)
    known = became("Advocacy for children.", *introduced, *used)
    assert unknown.status == "not mentioned"
    assert any(mention.quote.endswith("CRIAP.") for mention in known.mentions)


def test_the_quality_of_planning_for_others_counts_less() -> None:
    improvement = "Health assessments for children in care."
    own = became(improvement, *told("Health assessments are prompt.", strand="care"))
    others = became(improvement, *told("Health assessments are prompt.", strand="leavers"))
    assert own.mentions[0].similarity > others.mentions[0].similarity


# Its places


def test_a_step_says_where_it_is_printed_and_what_is_shared() -> None:
    step = became(INTERVIEWS, replace(told("Staff are kind. Too few return home interviews are read.")[0], page=5))
    (mention,) = step.mentions
    assert (mention.page, mention.passage.paragraph) == (5, 12)
    assert mention.quote == "Too few return home interviews are read."
    assert mention.shared == ("return home interviews",)


def test_a_sentence_on_the_next_page_is_cited_there() -> None:
    text = "Staff are kind and know the children whom they visit. Too few return home interviews are read."
    over = replace(told(text)[0], page=3, start=700, end=753, runs_on=((4, 0, 42),))
    (mention,) = became(INTERVIEWS, over).mentions
    assert mention.page == 4
    assert (mention.evidence.page, mention.evidence.start, mention.evidence.end) == (4, 0, 42)


def test_the_place_that_bears_a_status_out_comes_first() -> None:
    step = became(
        INTERVIEWS,
        *told("Return home interviews happen when children go missing."),
        *told("Hold return home interviews sooner.", role="improvement"),
    )
    assert step.mentions[0].is_listed


def test_of_praise_alike_the_one_that_tells_of_a_change_is_quoted_first() -> None:
    step = became(
        INTERVIEWS,
        *told("Return home interviews of children who go missing are thorough and prompt."),
        *told("Return home interviews of children who go missing have improved since the last inspection."),
    )
    assert step.status == "reported better"
    assert "have improved" in step.mentions[0].quote


def test_a_sentence_goes_on_about_a_subject_until_another_is_named() -> None:
    same, other = "However, they are rarely written down.", "However, private fostering is rarely found."
    praise = "Return home interviews of children who go missing are thorough and prompt. "
    assert became(INTERVIEWS, *told(praise + same)).mentions[0].evaluation.tone == "mixed"
    assert became(INTERVIEWS, *told(praise + other)).mentions[0].evaluation.tone == "good"


# Threads


def test_each_improvement_is_followed_through_every_later_text_and_no_earlier_one() -> None:
    first = replace(origin("Advocacy for children."), passages=told("Advocacy is new."))
    visit = LaterText(inspection=inspection("focused-visit"), passages=told("Advocacy is rare."))
    unheld = LaterText(inspection=inspection("ilacs-2023"))
    last = LaterText(inspection=inspection("ilacs-2026"), passages=told("Visits are regular."))
    (thread,) = follow([first, visit, unheld, last])
    assert [step.inspection for step in thread.steps] == [visit.inspection, last.inspection]


def test_the_latest_inspection_has_threads_without_steps() -> None:
    (thread,) = follow([origin("Advocacy for children.")])
    assert thread == Thread(
        inspection=thread.inspection, improvement=Improvement(index=1, text="Advocacy for children.")
    )


def test_nothing_held_is_nothing_followed() -> None:
    assert follow([]) == ()


def test_a_good_strand_bears_praise_out() -> None:
    praise = told("Return home interviews of children who go missing are prompt.")
    assert became(INTERVIEWS, *praise).status == "mentioned"
    assert became(INTERVIEWS, *praise, grade="good").status == "reported better"


@pytest.mark.parametrize("improvement", ["", "...", "The quality of practice.", "Progress.", "\ufffd"])
def test_an_improvement_of_no_subject_is_followed_without_a_fault(improvement: str) -> None:
    step = became(improvement, *told("Advocacy is rare."))
    assert step.status in STATUSES
    assert 0 <= step.confidence <= 1


def test_the_same_texts_give_the_same_steps() -> None:
    texts = [origin(INTERVIEWS, "Advocacy."), later(*told("Advocacy is strong.", "Return home interviews are late."))]
    assert follow(texts) == follow(texts)
