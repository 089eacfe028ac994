"""Turn the lists of phrases of `tone.toml` and `qualities.toml` into regular expressions."""

from __future__ import annotations

import re


def any_phrase(listed: str) -> str:
    """Turn a comma-separated list of phrases into one regular expression; "*" is any ending."""
    # The longest first, so that a phrase wins over its own beginning.
    phrases = sorted(filter(None, (" ".join(phrase.split()) for phrase in listed.split(","))), key=len, reverse=True)
    escaped = (re.escape(phrase).replace(r"\*", "[a-z-]*").replace(r"\ ", r"\s+") for phrase in phrases)
    return rf"(?<![\w-])(?:{'|'.join(escaped)})(?![\w])"
