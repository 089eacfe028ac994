"""The table of follow-through: a row for each recommendation and each later text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.exporting.quoted_passage import QuotedPassage, supporting_passage
from reinspect.exporting.tables.shared_columns import inspection_columns, joined, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, number, tabulate, text, whole


class FollowedStep(NamedTuple):
    """One recommendation in one later text; `step` is None if there is no later text."""

    thread: Thread
    step: Step | None

    @property
    def quoted(self) -> QuotedPassage | None:
        """The passage that is quoted first, or None."""
        return supporting_passage(self.step)


def follow_steps_table(threads: Iterable[Thread]) -> TidyTable:
    """Return a row for each recommendation and later text; one row for a recommendation without a later text."""
    steps = (FollowedStep(thread, step) for thread in threads for step in thread.steps or (None,))
    return tabulate("follow_steps", "one recommendation and one later report or letter", _STEPS, steps)


_STEPS: Fields[FollowedStep] = (
    *inspection_columns("thread.inspection"),
    whole("index", "position of the recommendation in its list, from 1", lambda row: row.thread.improvement.index),
    whole("number", "printed number of the recommendation", lambda row: row.thread.improvement.number),
    text("text", "words of the recommendation", lambda row: row.thread.improvement.text),
    text("strand", "key of the graded subject", lambda row: row.thread.improvement.strand),
    text("tags", "printed references", lambda row: joined(row.thread.improvement.tags)),
    *inspection_columns("step.inspection", "later_"),
    text("status", "what the later text says of it", lambda row: row.step.status if row.step else None),
    number("confidence", "how likely the status is right, 0 to 1", lambda r: r.step.confidence if r.step else None),
    text("review", "a person's decision on the status", lambda row: row.step.review if row.step else None),
    text("tone", "tone of the quote", lambda row: row.quoted.tone if row.quoted else None),
    text("quote", "sentence of the later text that is quoted first", lambda r: r.quoted.quote if r.quoted else None),
    *place_columns("quoted.evidence", "step.inspection"),
    text("role", "list that has it: improvement or priority action", lambda row: row.thread.role),
)
