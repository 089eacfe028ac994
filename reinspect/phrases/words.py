"""Split a text into words, and decide which forms count as the same word.

    "The children's decision-making"  ->  the, children, decision, making

A word is a run of letters and digits. A hyphen separates two words, so "decision making" finds "decision-making". A
possessive ending is dropped. Splitting never changes the length of the text, so every word can be marked where it is
printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from reinspect.errors import ReinspectError
from reinspect.shipped_toml import decode_toml

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*|['\u2019\u02bc\u00b4`][^\W_]+)*")
# A full stop ends a sentence if a capital or a number follows, but not in "St. Helens" or "e.g. Camden".
SENTENCE_END = re.compile(
    r"[.!?](?=[\"'\u201d\u2019)\]]*\s+[\"'\u201c\u2018(\[]?[A-Z\d])"
    r"(?<!\bSt\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bNo\.)(?<!\be\.g\.)(?<!\bi\.e\.)"
)
# The separator between two passages of a document while it is split into words.
PASSAGE_END = "\x1e"
END = re.compile(f"{SENTENCE_END.pattern}|{PASSAGE_END}")

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
_POSSESSIVE = re.compile(r"'s?$")


@lru_cache(maxsize=50_000)
def canonical(word: str) -> str:
    """Normalise a word: lower case, without accents or possessive ending ("Zoë’s" -> "zoe")."""
    word = word.translate(_APOSTROPHES)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _POSSESSIVE.sub("", word.casefold()) or word


def words(text: str) -> list[str]:
    """Return the words of a text, normalised by `canonical`: "The children's views" -> ["the", "children", "views"]."""
    return [canonical(word) for word in WORD.findall(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each word of a text: "an audit" -> [(0, 2), (3, 8)]."""
    return [match.span() for match in WORD.finditer(text)]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The word lists that search and mining use, such as stop words and irregular plurals.

    Comments in `words.toml` explain each list.
    """

    stop: frozenset[str]
    prefixes: frozenset[str]
    generic: frozenset[str]
    verbs: frozenset[str]
    closing: frozenset[str]
    linking: frozenset[str]
    evaluative: frozenset[str]
    plain_names: frozenset[str]
    weakness: frozenset[str]
    months: frozenset[str]
    furniture: frozenset[str]
    aspects: frozenset[str]
    no_adverbs: frozenset[str]
    plurals: dict[str, str]
    unfolded: frozenset[str]
    negating: tuple[str, ...]
    denying: frozenset[str]
    stands_for: dict[str, tuple[str, ...]]


@cache
def lexicon(path: Path | None = None) -> Lexicon:
    """Return the word lists in the TOML file `path`, by default the shipped file.

    Raises:
        ReinspectError: the file cannot be read or has an unknown or wrong entry.
    """
    path = path or Path(__file__).with_name("words.toml")
    try:
        raw = decode_toml(path, dict[str, Any])
        lists = {key: value.split() if isinstance(value, str) else value for key, value in raw.items()}
        return msgspec.convert(lists, Lexicon)
    except (OSError, msgspec.MsgspecError, AttributeError) as fault:
        raise ReinspectError(f"{path}: the word lists cannot be read: {fault}") from fault


def fold(word: str, lists: Lexicon | None = None) -> str:
    """Return the singular of a word: "families" -> "family"."""
    lists = lists or lexicon()
    if word in lists.plurals:
        return lists.plurals[word]
    if len(word) < 4 or word in lists.unfolded or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]
