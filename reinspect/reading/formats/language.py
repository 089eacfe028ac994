"""Check that the text of a page is English, and not garbled by a font that does not name its letters."""

from __future__ import annotations

import re

from reinspect.reading.vocabulary import is_word, known_words

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_ONE_LETTER = {"a", "i", "s"}
_MOST_UNKNOWN = 0.2
"""Greatest share of words in small letters that are not known; the pages of 350 reports have less than a tenth."""
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
        return not _has_many_unknown(page)
    words = (*filter(str.isalpha, parts), *others)
    return sum(len(word) > 1 and is_word(word) for word in words) >= _LEAST_KNOWN * count


def _has_many_unknown(page: str) -> bool:
    """Return whether many words in small letters are not known, as where one letter is lost from each: "childr n"."""
    parts = page.split()
    # Most words are known as they are printed, and only what is left is looked at closely.
    in_doubt = [part for part in parts if len(part) == 1 or part not in known_words()]
    words = _SMALL_WORD.findall(" ".join(in_doubt))
    unknown = sum(not (word in _ONE_LETTER if len(word) == 1 else is_word(word)) for word in words)
    count = len(parts) - len(in_doubt) + len(words)
    return count >= _FEWEST_WORDS and unknown > _MOST_UNKNOWN * count
