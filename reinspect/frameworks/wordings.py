"""Split a printed wording into words, the same way for the wordings of framework files and for the pages of a report.

    "Requires improvement and/or support"   ("requires", "improvement", "and", "or", "support")

So a wording is found whatever signs are printed between its words.
"""

from __future__ import annotations

import re

APOSTROPHES = "’‘ʼ`´′\N{REPLACEMENT CHARACTER}"
"""Characters printed for the apostrophe within a word; the last one where the letter was lost in conversion."""
LETTERS = rf"[^\W_]+(?:['{APOSTROPHES}.&-][^\W_]+)*|&"
"""A regular expression for one word."""
_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_WORD = re.compile(LETTERS)


def fold_words(text: str) -> tuple[str, ...]:
    """Split a text into words in small letters with plain apostrophes.

    "Children’s services"  -> ("children's", "services")
    """
    return tuple(_WORD.findall(fold(text)))


def fold(text: str) -> str:
    """Return a text in small letters with plain apostrophes."""
    # ASCII text takes a faster path.
    return text.lower().replace("`", "'") if text.isascii() else text.lower().translate(_PLAIN_APOSTROPHE)
