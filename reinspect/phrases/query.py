"""The queries and results of the phrase search, as plain data without numpy."""

from __future__ import annotations

import re
from typing import Protocol

import msgspec

from reinspect.model import Evidence, Passage, Role
from reinspect.phrases.words import words

LONGEST_QUERY = 1000
"""Of a longer query only this many characters are read."""
# Of a longer phrase only this many words, and of a longer word only this many letters, are searched for.
_MOST_WORDS = 24
_LONGEST_WORD = 40
_QUOTED = re.compile(
    r'(-?)["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)
_EXCLUDED = re.compile(r"(?:^|(?<=\s))-(?=\w)(\S+)")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase to find. All words are in lower case, without accents (`reinspect.phrases.words.canonical`).

    - `words`: words to find, with typing errors allowed.
    - `exact`: runs of words to find exactly as given.
    - `without`: words that a found sentence must not contain.

    A query with neither `words` nor `exact` finds nothing.
    """

    words: tuple[str, ...] = ()
    exact: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Parse a query as a person types it: `managment oversigt "exact words" -without`.

    Any text is a valid query. `-word` excludes a word, and `-"several words"` excludes each of several words. A
    quotation mark that is never closed is ignored. A query that is too long is cut: `what_is_cut` says so.
    """
    text = text[:LONGEST_QUERY]
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


def reason_to_find_nothing(text: str) -> str:
    """Return why a query finds nothing in any text, such as "£", in words for the person; "" if it has a word."""
    query = parse_query(text)
    if query.words or query.exact:
        return ""
    if query.without:
        return "There are only words to leave out. Type a word to find too."
    if text.strip(" \"'"):
        return "Signs alone are not searched: reinspect searches for words and numbers. Type a word near it."
    return "There is no word to find. Type one."


def what_is_cut(text: str) -> str:
    """Return how much of a query that is too long is searched for, in words for the person; "" if it is all of it."""
    query = parse_query(text)
    unquoted = _EXCLUDED.sub(" ", _QUOTED.sub(" ", text[:LONGEST_QUERY]))
    quoted = [run for minus, run in _QUOTED.findall(text[:LONGEST_QUERY]) if not minus]
    if any(len(words(run)) > _MOST_WORDS for run in quoted):
        return f"Of words in quotes only the first {_MOST_WORDS} are searched for."
    if len(words(unquoted)) > len(query.words):
        return f"Only the first {_MOST_WORDS} words are searched for."
    return f"Only the first {LONGEST_QUERY:,} characters are searched for." if len(text) > LONGEST_QUERY else ""


class SearchScope(msgspec.Struct, frozen=True, kw_only=True):
    """The passages that a search may return. None means no restriction.

    - `documents`: the sha256 of the documents to search.
    - `strands`: the inspected areas that a passage may be about.
    - `roles`: the kinds of passage; `{"improvement", "priority action"}` finds only improvements.
    - `without`: words that a found sentence must not contain.
    - `first`: the documents that come first, in this order, among hits with equal scores.
    """

    documents: frozenset[str] | None = None
    strands: frozenset[str | None] | None = None
    roles: frozenset[Role] | None = None
    without: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence that holds the searched phrase.

    - `score`: 0 to 100.
    - `document`: the sha256 of the document; `number`: the position (from 0) of the passage in the document.
    - `page`: the page on which the first matched word is printed.
    - `phrase`: the printed text from the first matched word to the last.
    - `spans`: the start and end of each matched word in `passage.text`.
    - `context`: the start and end of the sentence in `passage.text`.
    - `word_for_word`: whether the sentence has the typed words unchanged and in the typed order.
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
        """The whole sentence, as printed."""
        return self.passage.text[slice(*self.context)]

    @property
    def evidence(self) -> Evidence:
        """The place of the passage on the page where the matched words are printed."""
        return self.passage.evidence_on(self.page)


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a search: exact counts of the sentences found, and the best sentences as `hits`.

    - `total`: the number of sentences found; `by_document`: the number in each document (sha256).
    - `word_for_word`: the number of sentences that hold the typed words unchanged and next to each other.
    - `suggestion`: a likely correction of a misspelt query, or "".
    - `suggestion_count`: the number of sentences that hold the suggestion.
    """

    total: int = 0
    word_for_word: int = 0
    suggestion: str = ""
    suggestion_count: int = 0
    hits: tuple[Hit, ...] = ()
    by_document: dict[str, int] = {}


class PassageUse(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that holds a phrase `count` times.

    `number` is the position (from 0) of the passage in `document`, a sha256.
    """

    document: str
    number: int
    strand: str | None
    count: int


class PhraseSearch(Protocol):
    """The interface of a search for phrases, over one index or over divided texts."""

    def search(
        self, query: str | Query, scope: SearchScope | None = None, limit: int = 50, prefix: bool = False
    ) -> SearchResult:
        """Find the sentences that hold a phrase, best first, as `Searcher.search` does."""
