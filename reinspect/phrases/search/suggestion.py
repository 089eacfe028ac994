"""What is printed instead, where no text has the words as they were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reinspect.phrases.query import SearchResult, SearchScope, parse_query
from reinspect.phrases.words import lexicon, words

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


def with_suggestion(index: Index, typed: str, found: SearchResult, within: SearchScope) -> SearchResult:
    """What was found, and how many sentences print the words that the best of them print most often.

    Words that are only some of those typed are not told: not all sentences with them are among those found. As it is
    where the words stand as typed, where exact words were wanted, and where nothing is left to tell.
    """
    query = parse_query(typed)
    if found.word_for_word or not found.hits or query.exact:
        return found
    phrases = (" ".join(hit.phrase.casefold().split()) for hit in found.hits)
    whole = Counter(phrase for phrase in phrases if _telling(words(phrase)) >= _telling(query.words))
    if not whole:
        return found
    (printed, _), *_ = whole.most_common(1)
    so_printed = index.search(f'"{printed}"', replace(within, without=(*within.without, *query.without)), limit=0).total
    return replace(found, printed=printed, so_printed=so_printed) if so_printed <= found.total else found


def _telling(run: Iterable[str]) -> int:
    """How many of these words say something."""
    return sum(word not in lexicon().stop for word in run)
