"""A suggestion for a phrase with a typing error: the words that the found sentences use most often.

"managment oversigt" is nowhere printed as typed; the suggestion is "management oversight".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from reinspect.phrases.query import SearchResult, SearchScope, parse_query
from reinspect.phrases.search.searcher import Searcher
from reinspect.phrases.words import lexicon, words


def with_suggestion(searcher: Searcher, typed: str, found: SearchResult, scope: SearchScope) -> SearchResult:
    """Return `found` with a suggestion: the commonest phrase of its hits and the number of sentences that hold it.

    `found` is returned unchanged if a sentence has the words as typed, if the query quotes exact words, or if no hit
    has as many content words as were typed. A phrase with fewer words is never suggested, because `found` would not
    include all sentences with it.
    """
    query = parse_query(typed)
    if found.word_for_word or not found.hits or query.exact:
        return found
    phrases = (" ".join(hit.phrase.casefold().split()) for hit in found.hits)
    complete = Counter(phrase for phrase in phrases if _count_content(words(phrase)) >= _count_content(query.words))
    if not complete:
        return found
    (suggestion, _), *_ = complete.most_common(1)
    narrowed = replace(scope, without=(*scope.without, *query.without))
    count = searcher.search(f'"{suggestion}"', narrowed, limit=0).total
    return replace(found, suggestion=suggestion, suggestion_count=count) if count <= found.total else found


def _count_content(phrase: Iterable[str]) -> int:
    """Return the number of words that are not stop words."""
    return sum(word not in lexicon().stop for word in phrase)
