"""The passages of a later text that stand behind a status of follow-through, ready to print."""

from __future__ import annotations

from typing import NamedTuple

from reinspect.comparing.followthrough.threads import Step
from reinspect.model import Evidence


class QuotedPassage(NamedTuple):
    """A sentence of a later text. `tone` is "listed" if the text lists it as something to improve."""

    quote: str
    tone: str
    evidence: Evidence
    highlights: tuple[tuple[int, int], ...] = ()


def first_passage(step: Step | None) -> QuotedPassage | None:
    """Return the passage to quote first, or None."""
    if step is None or not step.mentions:
        return None
    mention = step.mentions[0]
    tone = "listed" if mention.is_listed else mention.evaluation.tone
    return QuotedPassage(mention.quote, tone, mention.evidence, mention.highlights)
