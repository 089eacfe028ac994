"""Verdicts: a person's word on a step of a follow-through, which outranks what was worked out (design.md 5)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from reinspect.comparing.followthrough.threads import Step, Thread
from reinspect.model import Inspection, Status, StepId, Verdict


def confirmed(thread: Thread, step: Step) -> Verdict:
    """The verdict that a step is right: its status holds, though a newer program should come to another."""
    return Verdict(
        link=link_of(thread, step.inspection),
        improvement=thread.improvement.text,
        word="confirmed",
        status=step.status,
    )


def corrected(thread: Thread, step: Step, status: Status) -> Verdict:
    """The verdict that a step has another status; confirmed where it is the same."""
    right = confirmed(thread, step)
    return right if status == step.status else replace(right, word="corrected", status=status)


def rejected(thread: Thread, step: Step) -> Verdict:
    """The verdict that the later inspection does not speak of the improvement at all."""
    return replace(confirmed(thread, step), word="rejected", status="not mentioned")


def link_of(thread: Thread, later: Inspection) -> StepId:
    """What a verdict on a thread's step is kept under."""
    return StepId(thread.inspection.id, thread.improvement.index, later.id)


def with_verdicts(threads: Iterable[Thread], verdicts: Iterable[Verdict]) -> tuple[Thread, ...]:
    """The threads as people have them: the last verdict on a link holds, as long as it is on the same improvement."""
    spoken = {(verdict.link, _same(verdict.improvement)): verdict for verdict in verdicts}

    def judged(thread: Thread) -> Thread:
        of = _same(thread.improvement.text)
        steps = (_judged(step, spoken.get((link_of(thread, step.inspection), of))) for step in thread.steps)
        return replace(thread, steps=tuple(steps))

    return tuple(map(judged, threads))


def _same(text: str) -> tuple[str, ...]:
    """What does not change of a text when a newer reader lays it out in another way."""
    from reinspect.phrases.words import words

    return tuple(words(text))


def _judged(step: Step, verdict: Verdict | None) -> Step:
    if verdict is None:
        return step
    silent = verdict.status == "not mentioned"
    return replace(
        step,
        status=verdict.status,
        band=None if silent else "recurs",
        confidence=1.0,
        mentions=() if silent else step.mentions,
        word=verdict.word,
    )
