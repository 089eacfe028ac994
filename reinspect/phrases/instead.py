"""What is printed instead, where no text has the words as they were typed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reinspect.phrases.query import Found, Selection, parse_query

if TYPE_CHECKING:
    from reinspect.phrases.index import Index


def with_instead(index: Index, typed: str, found: Found, within: Selection) -> Found:
    """What was found, and how many sentences print the words that the best of them print most often.

    As it is where the words stand as typed, where nothing was found, and where exact words were wanted.
    """
    query = parse_query(typed)
    if found.word_for_word or not found.hits or query.exact:
        return found
    (printed, _), *_ = Counter(" ".join(hit.phrase.casefold().split()) for hit in found.hits).most_common(1)
    so_printed = index.search(f'"{printed}"', replace(within, without=(*within.without, *query.without)), limit=0)
    return replace(found, printed=printed, so_printed=so_printed.total)
