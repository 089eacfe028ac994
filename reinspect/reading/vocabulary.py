"""The English words that the program knows, used to check that extracted text is language.

    is_word("oversight")                True
    is_syllable_break("manage", "ment") True: "management" is a word, "ment" is not
    is_syllable_break("multi", "agency") False: "multi-agency" is printed with its hyphen

`data/words/words.txt` has the words of an English dictionary, and the words and hyphenated words of several reports.
It is loaded with the first file.
"""

from __future__ import annotations

from functools import cache

from reinspect.errors import ReinspectError
from reinspect.record import data_folder

WORDS_FILE = "words/words.txt"
_ENDINGS = ("'s", "s", "ed", "d", "ing", "ly", "er", "ers", "ness", "al")
"""Endings of words that a dictionary may leave out."""
_SHORTEST_STEM = 4
_HYPHENATING = {"co", "re", "pre", "non", "de"}
"""First parts after which a hyphen is often printed on purpose: "co-ordinator"."""


@cache
def known_words() -> frozenset[str]:
    """Return all known words in small letters, hyphenated words included.

    Raises:
        ReinspectError: the shipped list is missing or damaged.
    """
    path = data_folder() / WORDS_FILE
    try:
        return frozenset(path.read_text("ascii").split())
    except (OSError, ValueError) as error:
        raise ReinspectError(f"{path}: the shipped words cannot be read ({error}); install reinspect again") from error


def is_word(text: str) -> bool:
    """Return whether a text is a known word, in any case, or a known word with a common ending."""
    word = text.lower().replace("’", "'")
    words = known_words()
    if word in words:
        return True
    if not word.endswith(_ENDINGS):  # this is asked of each word in doubt, and most have no such ending
        return False
    return any(
        len(word) - len(ending) >= _SHORTEST_STEM and word.removesuffix(ending) in words
        for ending in _ENDINGS
        if word.endswith(ending)
    )


def is_syllable_break(first: str, second: str, divides_words: bool = False) -> bool:
    """Return whether a hyphen at a line end only divides a word, so that the word is printed without it elsewhere.

    `first` and `second` are the parts before and after the hyphen. Where the document is known to divide words at line
    ends (`divides_words`), even a part that is a word itself may be part of a longer one ("over", "sight").
    """
    first, second = first.lower(), second.lower()
    words = known_words()
    if f"{first}-{second}" in words or first + second not in words:
        return False
    return divides_words or (second not in words and first not in _HYPHENATING)
