"""Priority actions are followed like improvements, each list by its own numbers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.asked_again import AskedAgain, asked_again
from reinspect.comparing.followthrough.steps import LaterText
from reinspect.comparing.followthrough.threads import Thread, follow
from reinspect.comparing.followthrough.verdict_labels import label_of, parse_labels
from reinspect.comparing.followthrough.verdicts import correct_step, with_verdicts
from reinspect.errors import ReinspectError
from reinspect.exporting import render_sheet
from reinspect.exporting.records import briefing_record, thread_record, verdict_record
from reinspect.exporting.sheet import Paragraph, Sheet
from reinspect.exporting.sheets.asked_again import asked_section
from reinspect.exporting.sheets.briefing import Briefing
from reinspect.exporting.sheets.follow_through import follow_through_sheet
from reinspect.model import Authority, Improvement, ItemRole, StepId
from tests.making.inspections import inspection, passage

ACTION = "The council and its partners must write education, health and care plans within the time that the law sets."
IMPROVEMENT = "The timeliness of return home interviews for children who go missing."
CAMDEN = Authority(slug="camden", name="Camden", urn="80491", la_code="202")
FINDINGS = (
    "Adopters are prepared very well.",
    "Foster carers feel valued and know who to call.",
    "Legal planning meetings have clear minutes.",
    "Elected members visit the front door each spring.",
)


def threads_of(*, with_action: bool = True) -> tuple[Thread, ...]:
    """Follow an action and an improvement, both the first of their list, into a report that asks for both again."""
    earlier = replace(
        inspection("ilacs-2018"),
        improvements=(Improvement(index=1, text=IMPROVEMENT),),
        priority_actions=(Improvement(index=1, text=ACTION),) if with_action else (),
    )
    listed = [
        replace(passage(ACTION, None, page=2), role="priority action"),
        replace(passage(IMPROVEMENT, None, page=2), role="improvement"),
    ]
    later = inspection("ilacs-2023", help="requires improvement")
    passages = (*listed, *(passage(text, None, page=3) for text in FINDINGS))
    return follow([LaterText(inspection=earlier), LaterText(inspection=later, passages=passages)])


def test_a_priority_action_comes_before_the_improvements_and_is_raised_again() -> None:
    action, improvement = threads_of()
    assert (action.role, action.improvement.text, action.number) == ("priority action", ACTION, "priority action 1")
    assert (improvement.role, improvement.improvement.text, improvement.number) == ("improvement", IMPROVEMENT, "1")
    assert [step.likely for step in action.steps] == ["raised again"]
    assert action.steps[0].passages[0].quote.startswith("The council and its partners")


def test_the_steps_of_the_improvements_are_the_same_with_and_without_priority_actions() -> None:
    _, with_action = threads_of()
    (alone,) = threads_of(with_action=False)
    assert with_action.steps == alone.steps


def test_a_verdict_on_the_first_action_is_not_one_on_the_first_improvement() -> None:
    action, improvement = threads_of()
    verdict = correct_step(action, action.steps[0], "not mentioned")
    assert verdict.step == StepId(action.inspection.id, 1, action.steps[0].inspection.id, "priority action")
    assert verdict.step.key != replace(verdict.step, role="improvement").key
    judged_action, judged_improvement = with_verdicts([action, improvement], [verdict])
    assert judged_action.steps[0].review == "corrected"
    assert judged_improvement == improvement


def test_a_verdict_on_an_action_is_written_and_read_again() -> None:
    action, _ = threads_of()
    verdict = correct_step(action, action.steps[0], "not mentioned")
    label = label_of(verdict, {})
    assert verdict_record(label)["role"] == "priority action"
    line = (
        '{"inspection":"a","index":1,"later":"b","improvement":"x","status":"mentioned","word":"corrected"'
        ',"role":"priority action"}'
    )
    (read,) = parse_labels([line.encode()])
    assert read.step == StepId("a", 1, "b", "priority action")


def test_a_label_of_before_is_one_of_an_improvement() -> None:
    line = b'{"inspection":"a","index":1,"later":"b","improvement":"x","status":"mentioned","word":"corrected"}'
    (read,) = parse_labels([line])
    assert read.step == StepId("a", 1, "b")


def test_a_label_of_a_future_schema_is_refused() -> None:
    line = (
        b'{"schema":%d,"inspection":"a","index":1,"later":"b","improvement":"x","status":"mentioned"'
        b',"word":"confirmed"}'
    )
    assert all(parse_labels([line % schema]) for schema in (1, 2))
    with pytest.raises(ReinspectError, match=r"line 1 is not a verdict.*schema"):
        parse_labels([line % 3])


def test_pages_and_records_say_which_list_an_item_is_in() -> None:
    threads = threads_of()
    assert [(record["role"], record["index"]) for record in map(thread_record, threads)] == [
        ("priority action", 1),
        ("improvement", 1),
    ]
    sheet = follow_through_sheet(CAMDEN, threads)
    texts = [block.text for section in sheet.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert f"Priority action 1. {ACTION}" in texts
    assert f"1. {IMPROVEMENT}" in texts


def compared(*, before: ItemRole, after: ItemRole) -> AskedAgain:
    """Compare two inspections that ask for the same, in one of their two lists each."""
    (item,) = items = (Improvement(index=1, text=ACTION),)
    fields: dict[ItemRole, str] = {"improvement": "improvements", "priority action": "priority_actions"}
    earlier = replace(inspection("ilacs-2018"), **{fields[before]: items})
    later = replace(inspection("ilacs-2023"), **{fields[after]: items})
    listed = replace(passage(item.text, None, page=2), role=after)
    passages = (listed, *(passage(text, None, page=3) for text in FINDINGS))
    threads = follow([LaterText(inspection=earlier), LaterText(inspection=later, passages=passages)])
    return asked_again(threads, earlier, later)


@pytest.mark.parametrize(("before", "after"), [("improvement", "priority action"), ("priority action", "improvement")])
def test_what_moves_between_the_lists_comes_back(before: ItemRole, after: ItemRole) -> None:
    asked = compared(before=before, after=after)
    [pair] = asked.returned
    assert (asked.earlier.role_of(pair.before), asked.later.role_of(pair.again)) == (before, after)
    assert (asked.new, asked.dropped) == ((), ())


def test_a_page_says_that_what_comes_back_is_a_priority_action_now() -> None:
    asked = compared(before="improvement", after="priority action")
    page = render_sheet(Sheet(title="t", sections=(asked_section(asked, "Camden"),)), width=200)
    assert f"Priority action: {ACTION[:20]}" in page
    assert "1, of which 1 priority action." in page
    (request,) = briefing_record(Briefing(authority=CAMDEN, latest=asked.later, asked=asked))["asked"]["returned"]
    assert (request["before"]["role"], request["again"]["role"]) == ("improvement", "priority action")
