"""A person's word on a step outranks what was worked out, and outlives it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from reinspect.comparing.followthrough.threads import LaterText, Thread, follow
from reinspect.comparing.followthrough.verdicts import confirm_step, correct_step, reject_step, step_id, with_verdicts
from reinspect.model import Improvement, Verdict
from tests.making.inspections import inspection, passage


def thread() -> Thread:
    first = replace(inspection("ilacs-2018"), improvements=(Improvement(index=1, text="Advocacy for children."),))
    later = LaterText(inspection=inspection("ilacs-2023"), passages=(passage("Advocacy is offered to children."),))
    (found,) = follow([LaterText(inspection=first), later])
    assert found.steps[0].status == "mentioned"
    return found


def test_a_step_confirmed_is_sure() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [confirm_step(own, own.steps[0])])
    assert (judged.steps[0].status, judged.steps[0].review, judged.steps[0].confidence) == ("mentioned", "confirmed", 1)


def test_a_status_corrected_takes_the_place_of_the_other_and_keeps_its_places() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [correct_step(own, own.steps[0], "reported better")])
    assert (judged.steps[0].status, judged.steps[0].review) == ("reported better", "corrected")
    assert judged.steps[0].mentions == own.steps[0].mentions


def test_a_link_rejected_is_not_mentioned() -> None:
    own = thread()
    (judged,) = with_verdicts([own], [reject_step(own, own.steps[0])])
    step = judged.steps[0]
    assert (step.status, step.band, step.mentions, step.review) == ("not mentioned", None, (), "rejected")


def test_the_last_word_on_a_link_holds_and_others_are_left_alone() -> None:
    own = thread()
    elsewhere = replace(reject_step(own, own.steps[0]), step=replace(step_id(own, own.inspection), index=2))
    words = [reject_step(own, own.steps[0]), confirm_step(own, own.steps[0]), elsewhere]
    (judged,) = with_verdicts([own], words)
    assert judged.steps[0].review == "confirmed"
    assert with_verdicts([own], [elsewhere]) == (own,)


def test_what_was_confirmed_holds_though_the_program_comes_to_another_status() -> None:
    own = thread()
    kept = confirm_step(own, own.steps[0])
    changed = replace(own, steps=(replace(own.steps[0], status="raised again"),))
    (judged,) = with_verdicts([changed], [kept])
    assert judged.steps[0].status == "mentioned"


def test_a_correction_to_the_same_status_confirms_it() -> None:
    own = thread()
    assert correct_step(own, own.steps[0], "mentioned") == confirm_step(own, own.steps[0])


def test_a_word_on_one_improvement_is_not_on_another_that_took_its_place() -> None:
    own = thread()
    kept = reject_step(own, own.steps[0])
    other = replace(own, improvement=replace(own.improvement, text="Advocacy for parents."))
    wrapped = replace(own, improvement=replace(own.improvement, text="Advocacy  for\nchildren"))
    assert with_verdicts([other], [kept]) == (other,)
    assert with_verdicts([wrapped], [kept])[0].steps[0].review == "rejected"


def test_a_verdict_is_kept_as_json() -> None:
    own = thread()
    kept = confirm_step(own, own.steps[0])
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Verdict) == kept
