"""Suggest a correction of a mistyped phrase: the phrase that the found sentences use most often.

"managment oversigt" is nowhere printed as typed; the suggestion is "management oversight".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from reinspect.phrases.query import PhraseSearch, SearchResult, SearchScope, parse_query
from reinspect.phrases.words import lexicon, words


def with_suggestion(searcher: PhraseSearch, typed: str, found: SearchResult, scope: SearchScope) -> SearchResult:
    """Add a correction of the typed phrase to a search result, if no sentence holds the phrase as typed.

    The correction is the commonest phrase among the hits: "management oversight" for "managment oversigt". A result
    that needs no correction, or has none to offer, is returned unchanged.
    """
    query = parse_query(typed)
    if found.word_for_word or not found.hits or query.exact:
        return found
    phrases = (" ".join(hit.phrase.casefold().split()) for hit in found.hits)
    # A phrase with fewer content words is not suggested, because not all sentences with it would be among those found.
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
