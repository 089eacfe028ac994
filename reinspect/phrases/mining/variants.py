"""Group phrases that are variants of one another, such as "managerial oversight" and "oversight by managers"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from reinspect.phrases.words import Lexicon

# RapidFuzz's ratio from which two words are one: with any common stem, and with a long common stem.
_SAME_WORD, _SAME_WORD_LONG_STEM = 84, 60
# A common stem is long if it has this share of the longer word's letters.
_LONG_STEM = 0.55
SHORTEST_STEM = 4
"""Forms of one word have at least this many first letters in common."""
# Endings that make another word: care and carer, partner and partnership, centre and centred.
_OTHER_WORD_ENDINGS = ("d", "r", "er", "or", "ship")
_MOST_ADDED_LETTERS = 4
_CONJUNCTIONS = frozenset({"and", "or"})


def content_words(phrase: Sequence[str], lists: Lexicon) -> tuple[str, ...]:
    """Return the words of a phrase that carry meaning: "drift and delay" -> ("drift", "delay")."""
    return tuple(word for word in phrase if word not in lists.stop and word not in lists.prefixes)


def are_variants(one: Sequence[str], other: Sequence[str], lists: Lexicon) -> bool:
    """Return whether two phrases mean the same: "management oversight" and "oversight by managers"."""
    # The content words must have the same stems: in the same order, or in the reverse order if just one of the phrases
    # has a small word, such as "by".
    first, second = content_words(one, lists), content_words(other, lists)
    if len(first) != len(second) or _CONJUNCTIONS.isdisjoint(one) != _CONJUNCTIONS.isdisjoint(other):
        return False
    # "Quality assessments" are good ones: they say nothing of the "quality of assessments".
    one_has_small_word = (len(one) > len(first)) != (len(other) > len(second))
    return all(map(same_stem, first, reversed(second) if one_has_small_word else second))


@lru_cache(maxsize=65536)
def same_stem(one: str, other: str) -> bool:
    """Return whether two words are forms of one word: "permanence" and "permanency"."""
    if one == other:
        return True
    if one[:1] != other[:1]:
        return False
    short, long = sorted((one, other), key=len)
    stem = next((place for place, letter in enumerate(short) if long[place] != letter), len(short))
    if stem < SHORTEST_STEM or long.removeprefix(short) in _OTHER_WORD_ENDINGS:
        return False
    ratio = fuzz.ratio(one, other)
    only_ending_added = stem == len(short) and len(long) - stem <= _MOST_ADDED_LETTERS
    long_stem = stem / len(long) >= _LONG_STEM
    return only_ending_added or ratio >= _SAME_WORD or (long_stem and ratio >= _SAME_WORD_LONG_STEM)


def group_variants(phrases: Sequence[Sequence[str]], lists: Lexicon) -> list[list[int]]:
    """Group phrases that mean the same. A group is a list of positions in `phrases`."""
    # A phrase joins the first group of whose first phrase it is a variant.
    groups: list[list[int]] = []
    by_letters: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        letters = "".join(sorted(word[0] for word in content_words(phrase, lists)))
        candidates = by_letters.setdefault(letters, [])
        group = next((group for group in candidates if are_variants(phrases[groups[group][0]], phrase, lists)), None)
        if group is None:
            candidates.append(len(groups))
            groups.append([number])
        else:
            groups[group].append(number)
    return groups
