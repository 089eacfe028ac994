"""Which phrases are forms of one another: "management oversight", "managerial oversight", "oversight by managers"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from reinspect.phrases.words import Lexicon

_ALIKE, _HALF_ALIKE = 84, 60
_STEM_SHARE = 0.55
_SHORTEST_STEM = 4
# What makes another word of one: "foster care" is not "foster carer", nor a partner a partnership, a centre centred.
_OTHER = ("d", "r", "er", "or", "ship")
_COORDINATING = frozenset({"and", "or"})


def content(phrase: Sequence[str], lists: Lexicon) -> tuple[str, ...]:
    """The words of a phrase that carry it."""
    return tuple(word for word in phrase if word not in lists.stop and word not in lists.prefixes)


def variants(one: Sequence[str], other: Sequence[str], lists: Lexicon) -> bool:
    """Whether two phrases are the same one.

    Their content words must agree one by one: in order; or, where just one of the phrases holds a small word ("of",
    "by"), the other way round.
    """
    first, second = content(one, lists), content(other, lists)
    if len(first) != len(second) or _COORDINATING.isdisjoint(one) != _COORDINATING.isdisjoint(other):
        return False
    if all(map(same_stem, first, second)):
        return True
    linked = (len(one) > len(first)) != (len(other) > len(second))
    return linked and all(map(same_stem, first, reversed(second)))


@lru_cache(maxsize=65536)
def same_stem(one: str, other: str) -> bool:
    """Whether two words are forms of one: "permanence", "permanency"; not "internal", "external"."""
    if one == other:
        return True
    if one[:1] != other[:1]:
        return False
    short, long = sorted((one, other), key=len)
    stem = next((place for place, letter in enumerate(short) if long[place] != letter), len(short))
    if stem < _SHORTEST_STEM or long.removeprefix(short) in _OTHER:
        return False
    likeness = fuzz.ratio(one, other)
    begun = stem == len(short) and len(long) - stem <= 4
    return begun or likeness >= _ALIKE or (stem / len(long) >= _STEM_SHARE and likeness >= _HALF_ALIKE)


def families(phrases: Sequence[Sequence[str]], lists: Lexicon) -> list[list[int]]:
    """The phrases by number, each family headed by its first; a phrase joins the first family whose head it varies."""
    found: list[list[int]] = []
    by_letters: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        letters = "".join(sorted(word[0] for word in content(phrase, lists)))
        alike = by_letters.setdefault(letters, [])
        head = next((family for family in alike if variants(phrases[found[family][0]], phrase, lists)), None)
        if head is None:
            alike.append(len(found))
            found.append([number])
        else:
            found[head].append(number)
    return found
