"""The passages of a later text that stand behind a status of follow-through, ready to print."""

from __future__ import annotations

from typing import NamedTuple

from reinspect.comparing.followthrough.steps import Step
from reinspect.model import Evidence


class QuotedPassage(NamedTuple):
    """A sentence of a later text. `tone` is its mark: good, critical, mixed, neutral or listed."""

    quote: str
    tone: str
    evidence: Evidence
    highlights: tuple[tuple[int, int], ...] = ()


def supporting_passage(step: Step | None) -> QuotedPassage | None:
    """Return the passage to quote for the status of a step, or None."""
    shown = step.supporting if step else None
    return QuotedPassage(shown.quote, shown.mark, shown.evidence, shown.highlights) if shown else None
