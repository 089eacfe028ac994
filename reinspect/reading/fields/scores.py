"""Read the score that some inspectorates print next to a grade: "Good 24/36", or "70 %".

A framework file gives the greatest score of a strand (`score_of = 36`; 100 for a percentage). A number that is greater
is not a score. Scores are shown next to the word, and never compared or counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Judgement
from reinspect.reading.layout.lines import PrintedLine

_LINES_BELOW = 2
_PERCENT = 100


def with_scores(
    judgements: Sequence[Judgement], framework: Framework, lines: Sequence[PrintedLine]
) -> tuple[Judgement, ...]:
    """Return the judgements with the scores that are printed on the lines of their grades, or directly below."""
    if not any(strand.score_of for strand in framework.strands):
        return tuple(judgements)
    rows = {
        i
        for i, line in enumerate(lines)
        for other in judgements
        if other.evidence and line.page == other.evidence.page and line.start <= other.evidence.start < line.end
    }
    return tuple(_with_score(judgement, framework, lines, rows) for judgement in judgements)


def _with_score(
    judgement: Judgement, framework: Framework, lines: Sequence[PrintedLine], rows: Collection[int]
) -> Judgement:
    """Return a judgement with its score; `rows` are the indexes of the lines that print a grade."""
    strand, evidence = framework.strand(judgement.strand), judgement.evidence
    if strand is None or not strand.score_of or evidence is None:
        return judgement
    for i, line in enumerate(lines):
        if line.page == evidence.page and line.start <= evidence.start < line.end:
            end = min((row for row in rows if row > i), default=len(lines))
            text = " ".join(below.text for below in lines[i : min(i + 1 + _LINES_BELOW, end)])
            return msgspec.structs.replace(judgement, score=_find_score(text, strand.score_of))
    return judgement


def _find_score(text: str, greatest: int) -> int | None:
    """Return the first score in a text, or None: "Good 24/36" -> 24."""
    form = r"\s*(?:/|out of)\s*" + str(greatest) + r"(?!\d)"
    if greatest == _PERCENT:
        form = rf"(?:\s*%|{form})"
    found = re.search(rf"(?<![\d/])(\d{{1,3}}){form}", text)
    score = int(found[1]) if found else None
    return score if score is not None and score <= greatest else None
