"""Check that the text of a page is English, and not garbled by a font that does not name its letters."""

from __future__ import annotations

import re

from reinspect.reading.vocabulary import is_word

_WORD = re.compile(r"[^\W\d_]+")
_FREQUENT = frozenset(
    (
        *("the", "and", "of", "to", "in", "for", "is", "are", "a", "that", "with", "as", "on", "by", "their"),
        *("they", "be", "have", "not", "this", "from", "it", "or", "was", "were", "at", "has", "which", "who"),
        *("when", "all", "an", "will", "we", "i", "you", "our", "your"),
    )
)
_FEWEST_WORDS = 25
"""Number of words from which a page can be judged."""
_LEAST_FREQUENT = 0.1
"""Least share of frequent words; English prose has three times as many."""
_LEAST_KNOWN = 0.5
"""Least share of known words, for a page of few frequent words such as a table or a list of names."""


def reads_as_english(page: str) -> bool:
    """Return whether the words of a page are mostly English words; a page of few words always passes."""
    parts = page.lower().split()
    mixed = [part for part in parts if not part.isalpha()]
    others = _WORD.findall(" ".join(mixed))
    count = len(parts) - len(mixed) + len(others)
    if count < _FEWEST_WORDS:
        return True
    if sum(map(_FREQUENT.__contains__, (*parts, *others))) >= _LEAST_FREQUENT * count:
        return True
    words = (*filter(str.isalpha, parts), *others)
    return sum(len(word) > 1 and is_word(word) for word in words) >= _LEAST_KNOWN * count
