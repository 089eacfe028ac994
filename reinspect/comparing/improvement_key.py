"""Recognise the text of an improvement when it was read again."""

from __future__ import annotations


def improvement_key(text: str) -> tuple[str, ...]:
    """Return the words of an improvement, which stay the same where its lines or signs are read differently."""
    from reinspect.phrases.words import words

    return tuple(words(text))
