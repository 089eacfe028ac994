"""What is asked of the index, and what it answers: plain data, no numpy."""

from __future__ import annotations

import re

import msgspec

from reinspect.model import Passage, Role
from reinspect.phrases.words import words

# A phrase longer than this is searched by its first words alone.
LONGEST = 24
_LONGEST_WORD = 40
_QUOTED = re.compile(
    r'(-?)["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)
_WITHOUT = re.compile(r"(?:^|(?<=\s))-(?=\w)(\S+)")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase to find: `words` with typos allowed, `exact` runs of words that must stand so, `without` none of these.

    Every word is canonical (`reinspect.phrases.words.canonical`). Without words and exact runs nothing is found.
    """

    words: tuple[str, ...] = ()
    exact: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """The query a person typed: `managment oversigt "exact words" -without`. Any text is a query; none raises.

    A quotation mark that is not closed is ignored. `-word` and `-"several words"` exclude each of their words.
    """
    exact: list[tuple[str, ...]] = []
    without: list[str] = []
    for minus, quoted in _QUOTED.findall(text):
        if minus:
            without += words(quoted)
        elif run := words(quoted)[:LONGEST]:
            exact.append(tuple(run))
    rest = _QUOTED.sub(" ", text)
    for excluded in _WITHOUT.findall(rest):
        without += words(excluded)
    typed = [word[:_LONGEST_WORD] for word in words(_WITHOUT.sub(" ", rest))]
    return Query(words=tuple(typed[:LONGEST]), exact=tuple(exact), without=tuple(without))


class SearchScope(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look. None means everywhere.

    `documents` are sha256; `roles=("improvement", "priority action")` are improvements only; a hit whose sentence holds
    a word of `without` is left out. `first` are documents in the order in which hits of equal score should come.
    """

    documents: frozenset[str] | None = None
    strands: frozenset[str | None] | None = None
    roles: frozenset[Role] | None = None
    without: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence that holds the phrase.

    `score` is 0-100. `number` is the passage's place (from 0) among the passages of its document; `page` is the page
    the matched words are printed on. `spans` are the matched words as half-open spans of `passage.text`, `phrase` the
    words from the first to the last of them as printed, and `context` is the span of the sentence in `passage.text`.
    `word_for_word` is false where other words than those sought, or the same in another order, were taken for them.
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
    """All that was found: the exact number of sentences, the best of them in order, and the number in each document.

    `word_for_word` counts the sentences in which the words stand as typed, next to each other and in that order. Where
    there is none, `printed` may be the words that stand there instead most often, in `so_printed` sentences.
    """

    total: int = 0
    word_for_word: int = 0
    printed: str = ""
    so_printed: int = 0
    hits: tuple[Hit, ...] = ()
    by_document: dict[str, int] = {}


class PassageUse(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that holds a phrase: its document, its place (from 0) in that, its strand, and how often it does."""

    document: str
    number: int
    strand: str | None
    count: int
