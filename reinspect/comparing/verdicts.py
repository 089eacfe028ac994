"""Verdicts: a person's word on a step of a follow-through, which outranks what was worked out (design.md 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from reinspect.comparing.following import Status, Step, Thread
from reinspect.model import Inspection

Word = Literal["confirmed", "corrected", "rejected"]


class Link(msgspec.Struct, frozen=True, order=True):
    """One step of one thread: the improvement by its inspection's id and its `index` there, and the later inspection.

    It holds as long as the improvement keeps its place, whatever the passages are that were found.
    """

    inspection: str
    index: int
    later: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on a link, and the status that holds by it.

    A status once confirmed holds, though a newer program should come to another. What is rejected is not spoken of
    there at all: its status is "not mentioned".
    """

    link: Link
    word: Word
    status: Status

    @classmethod
    def on(cls, thread: Thread, step: Step, corrected: Status | None = None, *, rejected: bool = False) -> Verdict:
        """The verdict that confirms a step as it stands, corrects its status, or rejects its link."""
        link = link_of(thread, step.inspection)
        if rejected:
            return cls(link=link, word="rejected", status="not mentioned")
        if corrected is None or corrected == step.status:
            return cls(link=link, word="confirmed", status=step.status)
        return cls(link=link, word="corrected", status=corrected)


def link_of(thread: Thread, later: Inspection) -> Link:
    """The key under which a person's word on a thread's step is kept."""
    return Link(thread.inspection.id, thread.improvement.index, later.id)


def with_verdicts(threads: Iterable[Thread], verdicts: Iterable[Verdict]) -> tuple[Thread, ...]:
    """The threads as people have them: a later verdict on the same link takes the place of an earlier one."""
    spoken = {verdict.link: verdict for verdict in verdicts}
    return tuple(
        replace(
            thread, steps=tuple(_judged(step, spoken.get(link_of(thread, step.inspection))) for step in thread.steps)
        )
        for thread in threads
    )


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
