"""Join the words that a document divides at line ends, if it is known to divide words.

    "good over-" "sight"      "good oversight"
    "multi-" "agency work"    "multi-agency work": most reports divide no words, and this hyphen is real

A document is known to divide words if one of the joined words is known and its second part alone is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.reading.vocabulary import is_syllable_break

_LETTERS_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_PART = 40
"""Number of letters before a hyphen that are looked at; no known word is longer."""


def join_divided_words(texts: Sequence[str], hyphen: re.Pattern[str], kept: str) -> list[str]:
    """Return the texts with the divided words joined. `hyphen` matches a hyphen at a line end.

    `kept` replaces every other such hyphen; it is a template of `re`, so r"\\g<0>" leaves the hyphen as it is.
    """
    divided = {pair for text in texts for match in hyphen.finditer(text) if (pair := _parts(match))}
    divides_words = any(is_syllable_break(first, second) for first, second in divided)
    breaks = {pair for pair in divided if divides_words and is_syllable_break(*pair, divides_words)}
    whole = "\n".join(texts).lower() if breaks else ""
    joined = {pair for pair in breaks if not _is_printed("-".join(pair).lower(), whole)}

    def join(match: re.Match[str]) -> str:
        return "" if _parts(match) in joined else match.expand(kept)

    return [hyphen.sub(join, text) for text in texts]


def _parts(hyphen: re.Match[str]) -> tuple[str, str] | None:
    """Return the letters before and after a hyphen, or None if there are none on one side."""
    text, start, end = hyphen.string, hyphen.start(), hyphen.end()
    first = _LETTERS_BEFORE.search(text, max(0, start - _LONGEST_PART), start)
    second = _LETTERS_AFTER.match(text, end)
    return (first[0], second[0]) if first and second else None


def _is_printed(word: str, text: str) -> bool:
    """Return whether a text has a word that no other letter goes before or follows."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not _LETTER.search(text[max(0, start - 1) : start] + text[end : end + 1]):
            return True
        start = text.find(word, start + 1)
    return False
