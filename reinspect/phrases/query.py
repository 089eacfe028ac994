"""Queries and search results: plain data, no numpy."""

from __future__ import annotations

import re

import msgspec

from reinspect.model import Passage, Role
from reinspect.phrases.words import words

# Of a longer phrase only this many words, and of a longer word only this many letters, are searched for.
_MOST_WORDS = 24
_LONGEST_WORD = 40
_QUOTED = re.compile(
    r'(-?)["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)
_EXCLUDED = re.compile(r"(?:^|(?<=\s))-(?=\w)(\S+)")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase to find. All words are canonical (`reinspect.phrases.words.canonical`).

    `words` may contain typing errors. Each run of `exact` words must occur exactly so. Sentences with a word of
    `without` are left out. A query without words and exact runs finds nothing.
    """

    words: tuple[str, ...] = ()
    exact: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Return the query that a person typed: `managment oversigt "exact words" -without`.

    Any text is a query. A quotation mark that is not closed is ignored. `-word` and `-"several words"` exclude each of
    their words.
    """
    exact: list[tuple[str, ...]] = []
    without: list[str] = []
    for minus, quoted in _QUOTED.findall(text):
        if minus:
            without += words(quoted)
        elif run := words(quoted)[:_MOST_WORDS]:
            exact.append(tuple(run))
    unquoted = _QUOTED.sub(" ", text)
    for excluded in _EXCLUDED.findall(unquoted):
        without += words(excluded)
    typed = [word[:_LONGEST_WORD] for word in words(_EXCLUDED.sub(" ", unquoted))]
    return Query(words=tuple(typed[:_MOST_WORDS]), exact=tuple(exact), without=tuple(without))


class SearchScope(msgspec.Struct, frozen=True, kw_only=True):
    """The passages to search; None means all.

    `documents` are sha256. `roles=frozenset({"improvement", "priority action"})` searches improvements only. Sentences
    with a word of `without` are left out. Hits with equal scores come in the order of the documents in `first`.
    """

    documents: frozenset[str] | None = None
    strands: frozenset[str | None] | None = None
    roles: frozenset[Role] | None = None
    without: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence that holds the phrase.

    `score` is 0 to 100. `number` is the position (from 0) of the passage in its document; `page` is the page of the
    matched words. `spans` are the matched words, and `context` is the sentence, as half-open spans of `passage.text`.
    `phrase` is the printed text from the first to the last matched word. `word_for_word` is False if a matched word
    differs from the typed one, or if the words are in another order.
    """

    score: float
    document: str
    number: int
    page: int
    phrase: str
    spans: tuple[tuple[int, int], ...]
    context: tuple[int, int]
    passage: Passage
    word_for_word: bool = True

    @property
    def sentence(self) -> str:
        """The sentence that holds the phrase, as printed."""
        return self.passage.text[slice(*self.context)]


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences found: their exact number in all and in each document, and the best of them as `hits`.

    `word_for_word` counts the sentences that hold the words as typed, next to each other and in that order. If there
    is none, `suggestion` may be the commonest phrase of the hits, which `suggestion_count` sentences hold.
    """

    total: int = 0
    word_for_word: int = 0
    suggestion: str = ""
    suggestion_count: int = 0
    hits: tuple[Hit, ...] = ()
    by_document: dict[str, int] = {}


class PassageUse(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that holds a phrase `count` times. `number` is its position (from 0) in its document."""

    document: str
    number: int
    strand: str | None
    count: int
