"""Suggest a correction of a mistyped phrase: the phrase that the found sentences use most often.

"managment oversigt" is nowhere printed as typed; the suggestion is "management oversight".

Where several words find little, each is counted alone, so that a person sees which of them is rare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from reinspect.phrases.query import PhraseSearch, Query, SearchResult, SearchScope, parse_query
from reinspect.phrases.words import lexicon, words

# A result is small below this number of sentences, and one word finds far more from this many times the number on.
_LITTLE, _FAR_MORE = 10, 10
_MOST_COUNTED = 6


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


def count_alone(
    searcher: PhraseSearch, typed: str, found: SearchResult, scope: SearchScope, *, prefix: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield each word of a search with the number of sentences that have it, if the whole search finds far less.

    Yield nothing for one word or very many, and where no word finds far more. With `prefix`, the last word may be
    incomplete.
    """
    query = parse_query(typed)
    content = tuple(word for word in dict.fromkeys(query.words) if word not in lexicon().stop)
    parts = [*(Query(words=(word,)) for word in content), *(Query(exact=(run,)) for run in dict.fromkeys(query.exact))]
    if found.total >= _LITTLE or not 1 < len(parts) <= _MOST_COUNTED:
        return
    narrowed = replace(scope, without=(*scope.without, *query.without))
    counts = [
        searcher.search(part, narrowed, limit=0, prefix=prefix and part.words == query.words[-1:]).total
        for part in parts
    ]
    if max(counts) >= max(_FAR_MORE * found.total, 1):
        for part, count in zip(parts, counts, strict=True):
            yield " ".join((*part.words, *(word for run in part.exact for word in run))), count


def _count_content(phrase: Iterable[str]) -> int:
    """Return the number of words that are not stop words."""
    return sum(word not in lexicon().stop for word in phrase)
