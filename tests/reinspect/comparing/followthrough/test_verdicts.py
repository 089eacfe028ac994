"""Verdicts: a person's review of a step outranks the status that the program finds."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from reinspect.comparing.followthrough.steps import LaterText
from reinspect.comparing.followthrough.threads import Thread, follow
from reinspect.comparing.followthrough.verdicts import confirm_step, correct_step, reject_step, step_id, with_verdicts
from reinspect.model import Improvement, Verdict
from tests.making.inspections import inspection, passage


def thread() -> Thread:
    first = replace(inspection("ilacs-2018"), improvements=(Improvement(index=1, text="Advocacy for children."),))
    later = LaterText(inspection=inspection("ilacs-2023"), passages=(passage("Advocacy is offered to children."),))
    (found,) = follow([LaterText(inspection=first), later])
    assert found.steps[0].status != "mentioned"
    return found


def test_a_person_may_say_mentioned_which_the_program_never_does() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [correct_step(own, own.steps[0], "mentioned")])
    assert (judged.steps[0].status, judged.steps[0].likely, judged.steps[0].confidence) == ("mentioned", "mentioned", 1)


def test_an_undecided_step_is_confirmed_as_its_likeliest_status() -> None:
    own = thread()
    undecided = replace(own.steps[0], status="undecided", likely="reported better")
    assert confirm_step(own, undecided).status == "reported better"
    assert correct_step(own, undecided, "reported better").review == "corrected"


def test_a_confirmed_step_has_full_confidence() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [confirm_step(own, own.steps[0])])
    likely = own.steps[0].likely
    assert (judged.steps[0].status, judged.steps[0].review, judged.steps[0].confidence) == (likely, "confirmed", 1)


def test_a_corrected_status_replaces_the_other_and_keeps_the_passages() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [correct_step(own, own.steps[0], "mentioned")])
    assert (judged.steps[0].status, judged.steps[0].review) == ("mentioned", "corrected")
    assert judged.steps[0].passages == own.steps[0].passages


def test_a_rejected_step_is_not_mentioned() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [reject_step(own, own.steps[0])])
    step = judged.steps[0]
    assert (step.status, step.review) == ("not mentioned", "rejected")
    assert step.passages == own.steps[0].passages


def test_the_last_verdict_on_a_step_is_applied_and_other_steps_stay() -> None:
    own = thread()
    elsewhere = replace(reject_step(own, own.steps[0]), step=replace(step_id(own, own.inspection), index=2))
    verdicts = [reject_step(own, own.steps[0]), confirm_step(own, own.steps[0]), elsewhere]
    (judged,) = with_verdicts([own], verdicts)
    assert judged.steps[0].review == "confirmed"
    assert with_verdicts([own], [elsewhere]) == (own,)


def test_a_confirmed_status_stays_when_the_program_finds_another_one() -> None:
    own = thread()
    verdict = confirm_step(own, own.steps[0])
    other = "raised again" if verdict.status != "raised again" else "not mentioned"
    changed = replace(own, steps=(replace(own.steps[0], status=other, likely=other),))
    (judged,) = with_verdicts([changed], [verdict])
    assert judged.steps[0].status == verdict.status


def test_a_correction_to_the_same_status_confirms_it() -> None:
    own = thread()
    decided = replace(own.steps[0], status="raised again", likely="raised again")
    assert correct_step(own, decided, "raised again") == confirm_step(own, decided)


def test_a_verdict_is_not_applied_to_another_improvement_in_the_same_place() -> None:
    own = thread()
    verdict = reject_step(own, own.steps[0])
    other = replace(own, improvement=replace(own.improvement, text="Advocacy for parents."))
    wrapped = replace(own, improvement=replace(own.improvement, text="Advocacy  for\nchildren"))
    assert with_verdicts([other], [verdict]) == (other,)
    assert with_verdicts([wrapped], [verdict])[0].steps[0].review == "rejected"


def test_a_verdict_survives_encoding_as_json() -> None:
    own = thread()
    verdict = confirm_step(own, own.steps[0])
    assert msgspec.json.decode(msgspec.json.encode(verdict), type=Verdict) == verdict
