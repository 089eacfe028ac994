"""Find a grade that is printed in a sentence rather than in a table.

Examples: "Overall effectiveness: Grade 3 (adequate)", "Children's services in Camden are good".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.frameworks import Framework, Strand
from reinspect.model import Judgement
from reinspect.reading.fields.templates import ends_sentence, find_matches
from reinspect.reading.layout.lines import PrintedLine
from reinspect.reading.layout.words import cite_words, join_words

_AFTER_GRADE = re.compile(r"[\W\d]*(?:because\b.*|overall\W*)?")
"""Text that may follow a grade in a judgement: "good because:" is one, "good at listening" is not."""


def find_prose_grade(
    lines: Sequence[PrintedLine], strand: Strand, framework: Framework, document: str
) -> Judgement | None:
    """Find a printed sentence that states the grade of a strand (judged area); return the judgement, or None.

    `document` is the sha256 of the document.
    """
    for match in find_matches(lines, strand.prose, framework):
        if not ends_sentence(match, lines, _AFTER_GRADE):
            continue
        label = [word for word in match.words if word not in match.grade_words]
        grade = join_words(match.grade_words, lines, match.line)
        return Judgement(
            strand=strand.key,
            grade=match.grade,
            not_judged=None if match.grade else grade,
            printed=grade,
            label=join_words(label, lines, match.line),
            evidence=cite_words(document, match.grade_words),
        )
    return None
