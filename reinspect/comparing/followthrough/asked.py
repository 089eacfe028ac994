"""Prepare what an improvement asks for, so that the sentences of later texts can be compared with it.

The leading clause says what the improvement is about, and the rest why, or what is wrong:

    text       "The timeliness of return home interviews, so that risks are understood."
    leading    "The timeliness of return home interviews"
    rest       ", so that risks are understood."
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from reinspect.comparing.followthrough.openings import without_opening
from reinspect.comparing.followthrough.qualities import find_qualities
from reinspect.comparing.followthrough.subjects import Subject, leading_end, subject_of
from reinspect.comparing.followthrough.terms import find_terms
from reinspect.phrases.vectors import WordVectors

# A leading clause of fewer characters is only "Ensure that", and the whole text is used.
_SHORTEST_LEADING = 16


class Asked(msgspec.Struct, frozen=True, eq=False):
    """An improvement, prepared: its text, its subject, and the stems, known words and qualities of its parts.

    `words`, `leading_words` and `rest_words` are rows of the word vectors. `bare` is the improvement without an opening
    that only says who is to act ("The force should"), or None if it has none; other improvements are compared with it.
    """

    text: str
    subject: Subject
    stems: frozenset[str]
    leading_stems: frozenset[str]
    qualities: frozenset[str]
    leading_qualities: frozenset[str]
    words: list[int]
    leading_words: list[int]
    rest_words: list[int]
    bare: Asked | None = None


def prepare(text: str, abbreviations: Mapping[str, str], vectors: WordVectors) -> Asked:
    """Prepare the text of an improvement; `abbreviations` are those that its report explains."""
    bare = without_opening(text)
    end = leading_end(text)
    has_rest = end >= _SHORTEST_LEADING
    leading = text[:end] if has_rest else text
    words = vectors.find_words(text)
    stems = [match for match in find_terms(text, abbreviations) if not match.is_subject]
    return Asked(
        text=text,
        subject=subject_of(text, abbreviations),
        stems=frozenset(match.term for match in stems),
        leading_stems=frozenset(match.term for match in stems if match.start < len(leading)),
        qualities=find_qualities(text),
        leading_qualities=find_qualities(leading),
        words=words,
        leading_words=vectors.find_words(leading) or words,
        rest_words=vectors.find_words(text[end:]) if has_rest else [],
        bare=prepare(bare, abbreviations, vectors) if bare != text else None,
    )
