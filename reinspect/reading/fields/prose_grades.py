"""Grades that a report prints in a sentence and not in a table row: an overall judgement, a board's, a heading's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.frameworks import Framework, Strand
from reinspect.model import Judgement
from reinspect.reading.fields.templates import ends, matches
from reinspect.reading.layout.lines import PrintedLine
from reinspect.reading.layout.words import evidence, printed

_REST = re.compile(r"[\W\d]*(?:because\b.*|overall\W*)?")
"""What may follow a grade that is a judgement: "good because:" is one, "good at listening" is not."""


def prose_grade(lines: Sequence[PrintedLine], strand: Strand, framework: Framework, document: str) -> Judgement | None:
    """The strand's judgement from the first line that opens with one of its sentences, or None."""
    for match in matches(lines, strand.prose, framework):
        if not ends(match, lines, _REST):
            continue
        label = [word for word in match.words if word not in match.grade_words]
        words = printed(match.grade_words, lines, match.line)
        return Judgement(
            strand=strand.key,
            grade=match.grade,
            not_judged=None if match.grade else words,
            printed=words,
            label=printed(label, lines, match.line),
            evidence=evidence(document, match.grade_words),
        )
    return None
