"""The English words that the program knows, used to check that extracted text is language.

    is_word("oversight")                True
    is_syllable_break("manage", "ment") True: "management" is a word, "ment" is not
    is_syllable_break("multi", "agency") False: "multi-agency" is printed with its hyphen

`data/words/words.txt` has the words of an English dictionary, and the words and hyphenated words of several reports.
It is loaded with the first file. A set of all 64,000 would be an eighth of the memory of a process that reads, so the
words stay lines of text, and a word is looked for among those with the same first letters. What was found is kept for
the next time, because a text repeats its words.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import filterfalse

from reinspect.errors import ReinspectError
from reinspect.record import data_folder

WORDS_FILE = "words/words.txt"
_ENDINGS = ("'s", "s", "ed", "d", "ing", "ly", "er", "ers", "ness", "al")
"""Endings of words that a dictionary may leave out."""
_SHORTEST_STEM = 4
_HYPHENATING = {"co", "re", "pre", "non", "de"}
"""First parts after which a hyphen is often printed on purpose: "co-ordinator"."""


_FIRST_LETTERS = 3
_WITH_SAME_FIRST_LETTERS = re.compile(rf"^(?:(.{{{_FIRST_LETTERS}}}).*\n(?:\1.*\n)*|.+\n)", re.MULTILINE)
_HASHES = 1 << 18
_MOST_KEPT = 8192


class KnownWords:
    """A set of words that takes little memory: `"care" in words`, `{"care", "caer"} - words`."""

    def __init__(self, words: str) -> None:
        """Take the words of a text, each on its own line. `knows("care")` is quicker than `"care" in words`."""
        self.knows = _Answers(words).__getitem__

    def __contains__(self, word: str) -> bool:
        return self.knows(word)

    def __rsub__(self, words: set[str]) -> set[str]:
        return set(filterfalse(self.knows, words))


class _Answers(dict[str, bool]):
    """Answers to "is this a known word?": `answers["caer"]` is False. Words that were found are kept."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._lines: dict[str, str] = {}
        for lines in _WITH_SAME_FIRST_LETTERS.finditer(words):
            first = lines[1] or lines[0].strip()
            self._lines[first] = self._lines.get(first, "\n") + lines[0]
        # Most texts that are no words have a hash that no word has, which is quicker to see.
        self._hashes = bytearray(_HASHES)
        for code in map(hash, words.split()):
            self._hashes[code % _HASHES] = True

    def __missing__(self, word: str) -> bool:
        if not self._hashes[hash(word) % _HASHES]:
            return False
        answer = f"\n{word}\n" in self._lines.get(word[:_FIRST_LETTERS], "") and "\n" not in word
        if answer:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = answer
        return answer


@cache
def known_words() -> KnownWords:
    """Return all known words in small letters, hyphenated words included.

    Raises:
        ReinspectError: the shipped list is missing or damaged.
    """
    path = data_folder() / WORDS_FILE
    try:
        return KnownWords(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise ReinspectError(f"{path}: the shipped words cannot be read ({error}); install reinspect again") from error


def is_word(text: str) -> bool:
    """Return whether a text is a known word, in any case, or a known word with a common ending."""
    word = text.lower().replace("’", "'")
    knows = known_words().knows
    if knows(word):
        return True
    if not word.endswith(_ENDINGS):
        return False
    return any(
        len(word) - len(ending) >= _SHORTEST_STEM and knows(word.removesuffix(ending))
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
