"""The passages of a later text that stand behind a status of follow-through, ready to print."""

from __future__ import annotations

from typing import NamedTuple

from reinspect.comparing.followthrough.steps import Step
from reinspect.model import Evidence


class QuotedPassage(NamedTuple):
    """A sentence of a later text. `tone` is its mark: praise, criticism, both, neutral or listed."""

    quote: str
    tone: str
    evidence: Evidence
    highlights: tuple[tuple[int, int], ...] = ()


def first_passage(step: Step | None) -> QuotedPassage | None:
    """Return the passage to quote first, or None."""
    if step is None or not step.passages:
        return None
    shown = step.passages[0]
    return QuotedPassage(shown.quote, shown.mark, shown.evidence, shown.highlights)


def praising_passage(step: Step) -> QuotedPassage | None:
    """Return the likeliest of the passages that praise, else the likeliest of all, or None."""
    praising = (shown for shown in step.passages if shown.mark == "praise")
    shown = next(praising, next(iter(step.passages), None))
    return QuotedPassage(shown.quote, shown.mark, shown.evidence, shown.highlights) if shown else None
