"""Compare two texts word by word and mark the words that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Marks = tuple[tuple[int, int], ...]


def marked_words(a: str, b: str) -> tuple[float, Marks, Marks]:
    """Compare the words of two texts, ignoring case and punctuation.

    Return the share of common words, from 0 to 1, and the character spans in `a` and in `b` that differ.
    """
    from rapidfuzz.distance import Indel

    from reinspect.phrases.words import spans, words

    words_a, words_b = words(a), words(b)
    spans_a, spans_b = spans(a), spans(b)
    changed = [step for step in Indel.opcodes(words_a, words_b) if step.tag != "equal"]
    return (
        Indel.normalized_similarity(words_a, words_b),
        _character_spans(spans_a, ((step.src_start, step.src_end) for step in changed)),
        _character_spans(spans_b, ((step.dest_start, step.dest_end) for step in changed)),
    )


def _character_spans(spans: Sequence[tuple[int, int]], runs: Iterable[tuple[int, int]]) -> Marks:
    """Turn runs of words (first word, last word + 1) into spans of characters."""
    return tuple((spans[first][0], spans[last - 1][1]) for first, last in runs if last > first)
