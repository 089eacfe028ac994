"""Reduce words to stems, so that their inflections are equal: "planning" -> "plan", "assessments" -> "assess"."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_SHORTEST_STEM = 4
_ENDINGS = """
fulness eliness iness ation ition ement ment ness ance ence ency ingly edly ously ally ing ies ied ion ity ous ful
ely ed er or ly al e y
"""


class TermMatch(NamedTuple):
    """A term found in a text, with its span of characters (`end` is excluded).

    A term is the name of a subject, with a capital letter ("Return home interviews"), or a word stem ("plan").
    """

    term: str
    start: int
    end: int

    @property
    def is_subject(self) -> bool:
        """True for the name of a subject, False for a word stem."""
        return is_subject_name(self.term)


def is_subject_name(term: str) -> bool:
    """Return True if a term is the name of a subject, not a word stem. Only names begin with a capital letter."""
    return term[:1].isupper()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word: "planning" -> "plan", "assessments" -> "assess"."""
    from reinspect.phrases.words import fold

    word = fold(word)
    for ending in _ENDINGS.split():
        # At least four letters are left.
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    # A doubled consonant at the end becomes one.
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl"
    return word[:-1] if doubled else word


def stem_words(text: str, small: frozenset[str]) -> list[TermMatch]:
    """Return the stems of the words of a text with their spans, leaving out `small` words such as "of"."""
    from reinspect.phrases.words import WORD, canonical

    found = ((canonical(match[0]), match.span()) for match in WORD.finditer(text))
    return [TermMatch(stem(word), *span) for word, span in found if word not in small]
