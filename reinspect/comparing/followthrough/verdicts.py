"""Verdicts: a person's decisions on the status of improvements, which override the program's."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.improvement_key import improvement_key
from reinspect.model import Inspection, Status, StepId, Verdict


def confirm_step(thread: Thread, step: Step) -> Verdict:
    """Return a verdict that confirms the status of a step, or its likeliest status if it is undecided."""
    # The status stays, even if a newer version of the program finds another one.
    return Verdict(
        step=step_id(thread, step.inspection),
        improvement=thread.improvement.text,
        review="confirmed",
        status=step.likely if step.status == "undecided" else step.status,
    )


def correct_step(thread: Thread, step: Step, status: Status) -> Verdict:
    """Return a verdict that gives a step another status, or confirms the status it has already.

    A status for an undecided step is a correction, since the program said none.
    """
    confirmed = confirm_step(thread, step)
    return confirmed if status == step.status else replace(confirmed, review="corrected", status=status)


def reject_step(thread: Thread, step: Step) -> Verdict:
    """Return a verdict that the later inspection does not mention the improvement at all."""
    return replace(confirm_step(thread, step), review="rejected", status="not mentioned")


def step_id(thread: Thread, later: Inspection) -> StepId:
    """Return the identity of the step of an improvement in a later inspection."""
    return StepId(thread.inspection.id, thread.improvement.index, later.id, thread.role)


def with_verdicts(threads: Iterable[Thread], verdicts: Iterable[Verdict]) -> tuple[Thread, ...]:
    """Return the threads, each step with the verdict that a person gave on it.

    If a step has several verdicts, the last one counts. A verdict given on other words than the improvement now has is
    left out.
    """
    by_step = {(verdict.step, improvement_key(verdict.improvement)): verdict for verdict in verdicts}

    def apply_verdicts(thread: Thread) -> Thread:
        words = improvement_key(thread.improvement.text)
        steps = (_apply(step, by_step.get((step_id(thread, step.inspection), words))) for step in thread.steps)
        return replace(thread, steps=tuple(steps))

    return tuple(map(apply_verdicts, threads))


def _apply(step: Step, verdict: Verdict | None) -> Step:
    if verdict is None:
        return step
    return replace(step, status=verdict.status, likely=verdict.status, confidence=1.0, review=verdict.review)
