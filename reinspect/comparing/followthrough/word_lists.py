"""Load the word lists of follow-through: the subjects of inspection (`subjects.toml`) and how often each is met.

For example:

    a line of subjects.toml   "return home interviews" = "return home interview, rhi, interview ~ missing"
    its first pattern         Pattern("Return home interviews", ("return", "home", "interview"))
    its last (near another)   Pattern("Return home interviews", ("interview",), nearby=("miss",))
    by frequencies.toml       rarity("Plans") = 0.22, rarity("Independent visitors") = 0.60
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reinspect.comparing.followthrough.stems import is_subject_name, stem, stem_words
from reinspect.errors import ReinspectError
from reinspect.shipped_toml import decode_toml

# Below this rarity a subject is broad, such as "Plans": nearly every text names it.
BROAD = 0.3


class Frequencies(msgspec.Struct, frozen=True, kw_only=True):
    """The number of sentences with each subject and with each word stem, out of `sentences` in all."""

    sentences: int
    subjects: dict[str, int]
    words: dict[str, int]


class Pattern(NamedTuple):
    """A way to name a subject: these word stems, one after another.

    The stems `nearby`, if any, must be a few words before or after.
    """

    term: str
    stems: tuple[str, ...]
    nearby: tuple[str, ...] = ()


class SubjectLists(msgspec.Struct, frozen=True, eq=False):
    """The word lists of `subjects.toml`, ready for use.

    - `patterns`: the ways to name each subject, by their first word stem.
    - `near`: the related subjects of each subject.
    - `people`: the subjects that are groups of people, such as "Care leavers".
    - `strands`: the strand about each group of people; `joint`: the strands that a joint strand covers.
    - `aspects`: word stems that go with every subject, such as "quality".
    - `small`: words that are ignored; `stop`: word stems that are ignored.
    - `purposes`: finds words that begin a purpose, such as "so that".
    """

    patterns: Mapping[str, tuple[Pattern, ...]]
    near: Mapping[str, frozenset[str]]
    people: frozenset[str]
    strands: Mapping[str, str]
    joint: Mapping[str, frozenset[str]]
    aspects: frozenset[str]
    small: frozenset[str]
    stop: frozenset[str]
    purposes: re.Pattern[str]


@cache
def subject_lists() -> SubjectLists:
    """Load the word lists of `subjects.toml`.

    Raises:
        ReinspectError: the file cannot be read, or a pattern has no words.
    """
    from reinspect.phrases.words import lexicon

    raw, words = _load_toml("subjects.toml"), lexicon()
    lists = raw["words"]
    small = frozenset(lists["small"].split())
    aspects = {*lists["aspects"].split(), *words.verbs, *words.evaluative, *words.generic}
    return SubjectLists(
        patterns=_patterns({**raw["subjects"], **raw["people"]}, small),
        near=_both_ways({_subject_name(key): _subject_names(listed) for key, listed in raw["near"].items()}),
        people=frozenset(map(_subject_name, raw["people"])),
        strands={name: strand for strand, people in raw["strands"].items() for name in _subject_names(people)},
        joint={strand: frozenset(strands.split(", ")) for strand, strands in raw["joint"].items()},
        aspects=frozenset(map(stem, aspects)),
        small=small,
        stop=frozenset(map(stem, words.stop)),
        purposes=re.compile(rf"\b(?:{'|'.join(map(re.escape, lists['purposes']))})\b", re.IGNORECASE),
    )


@cache
def frequencies() -> Frequencies:
    """Load the word counts of `frequencies.toml`.

    Raises:
        ReinspectError: the file cannot be read.
    """
    try:
        return msgspec.convert(_load_toml("frequencies.toml"), Frequencies)
    except msgspec.ValidationError as error:
        raise ReinspectError(f"frequencies.toml: {error}") from error


def rarity(term: str) -> float:
    """Return how rare a term is in reports, from 0 (in every sentence) to 1 (never counted)."""
    counts = frequencies()
    count = (counts.subjects if is_subject_name(term) else counts.words).get(term, 0)
    return 1 - math.log1p(count) / math.log1p(counts.sentences)


def specific_subjects(terms: Iterable[str]) -> frozenset[str]:
    """Return the subjects among these terms, without groups of people and broad subjects such as "Plans"."""
    people = subject_lists().people
    return frozenset(term for term in terms if is_subject_name(term) and term not in people and rarity(term) >= BROAD)


def strands_of(terms: Iterable[str], within: str | None = None) -> frozenset[str]:
    """Return the strands about the people that these terms name.

    If the terms name no people, use `within`, the strand of the section that the text stands in.
    """
    lists = subject_lists()
    named = frozenset(lists.strands[term] for term in terms if term in lists.strands)
    known = within is not None and (within in lists.joint or within in lists.strands.values())
    return named or (lists.joint.get(within, frozenset({within})) if within and known else frozenset())


def _patterns(listed: Mapping[str, str], small: frozenset[str]) -> dict[str, tuple[Pattern, ...]]:
    """Return the ways to name each subject, by their first word stem."""
    patterns: dict[str, list[Pattern]] = {}
    for key, phrases in listed.items():
        for phrase in phrases.split(","):
            stems, nearby = (
                tuple(word.term for word in stem_words(part, small)) for part in phrase.partition("~")[::2]
            )
            if not stems or ("~" in phrase) != bool(nearby):
                raise ReinspectError(f'subjects.toml: "{phrase.strip()}" of "{key}" has only small words; add another')
            patterns.setdefault(stems[0], []).append(Pattern(_subject_name(key), stems, nearby))
    return {first: tuple(found) for first, found in patterns.items()}


def _both_ways(near: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    both: dict[str, set[str]] = {}
    for key, names in near.items():
        for name in names:
            both.setdefault(key, set()).add(name)
            both.setdefault(name, set()).add(key)
    return {key: frozenset(names) for key, names in both.items()}


def _subject_names(listed: str) -> frozenset[str]:
    return frozenset(_subject_name(key.strip()) for key in listed.split(","))


def _subject_name(key: str) -> str:
    return key[:1].upper() + key[1:]


def _load_toml(name: str) -> dict[str, Any]:
    path = Path(__file__).with_name(name)
    try:
        return decode_toml(path, dict[str, Any])
    except (OSError, msgspec.MsgspecError) as error:
        raise ReinspectError(f"{path}: the list cannot be read: {error}") from error
