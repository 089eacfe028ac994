"""Find passages of one report that the other report prints as two or more passages in a row.

2022   "Audits are regular. Managers act on what they find."      partner: the first sentence below
2025   "Audits are regular."                                      with both, all words are found again,
       "Managers act on what they find."                          so this is not a new passage
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from reinspect.comparing.marked_words import marked_words

# Smallest share of words that a passage and all its parts have in common, and smallest share of a part's words that
# stand in the passage.
_SAME, _CONTAINED = 0.6, 0.6

Parts = tuple[int, ...]


def find_parts(
    texts: Sequence[str], others: Sequence[str], partners: Mapping[int, int], free: Set[int], keys: Sequence[object]
) -> dict[int, Parts]:
    """Return for each text with a partner all its parts among `others`: {position in `texts`: positions in `others`}.

    `partners` maps a position in `texts` to one in `others`. Only the `others` in `free` may be added. `keys` has one
    entry for each of `others`: parts of one passage have the same key and stand next to each other.
    """
    left = set(free)
    parts: dict[int, Parts] = {}
    for place, partner in sorted(partners.items()):
        parts[place] = _extend(texts[place], others, (partner,), left, keys)
        left -= set(parts[place])
    return parts


def _extend(text: str, others: Sequence[str], parts: Parts, free: Set[int], keys: Sequence[object]) -> Parts:
    """Add neighbours to `parts` as long as each makes the parts together more like `text`."""
    while True:
        around = parts[0] - 1, parts[-1] + 1
        neighbours = [place for place in around if place in free and keys[place] == keys[parts[0]]]
        longer = [tuple(sorted((*parts, place))) for place in neighbours if _contains(text, others[place])]
        if not longer:
            return parts
        best = max(longer, key=lambda chosen: _similarity(text, others, chosen))
        more = _similarity(text, others, best)
        if more < _SAME or more <= _similarity(text, others, parts):
            return parts
        parts = best


def _similarity(text: str, others: Sequence[str], parts: Parts) -> float:
    """Return the share of words that a text and the parts together have in common, from 0 to 1."""
    from rapidfuzz.distance import Indel

    from reinspect.phrases.words import words

    return Indel.normalized_similarity(words(text), words(join_parts([others[place] for place in parts])))


def _contains(text: str, part: str) -> bool:
    """Return whether most words of `part` stand in `text`, in the same order."""
    from reinspect.phrases.words import spans, words

    most_missing = (1 - _CONTAINED) * len(part)
    known = set(words(text))
    # Words that the text does not have at all are missing in any order; they alone rule out most neighbours.
    unknown = sum(end - start for (start, end), word in zip(spans(part), words(part), strict=True) if word not in known)
    if unknown > most_missing:
        return False
    _, _, missing = marked_words(text, part)
    return sum(end - start for start, end in missing) <= most_missing


def join_parts(texts: Sequence[str]) -> str:
    """Return the texts as one, each on a line of its own."""
    return "\n".join(texts)
