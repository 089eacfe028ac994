"""What is printed instead, where no text has the words as they were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reinspect.phrases.query import Found, Selection, parse_query
from reinspect.phrases.words import lexicon, words

if TYPE_CHECKING:
    from reinspect.phrases.index import Index


def with_instead(index: Index, typed: str, found: Found, within: Selection) -> Found:
    """What was found, and how many sentences print the words that the best of them print most often.

    As it is where the words stand as typed, where nothing was found, where exact words were wanted, and where those
    printed are only some of the words typed: sentences with them alone need not be among those found.
    """
    query = parse_query(typed)
    if found.word_for_word or not found.hits or query.exact:
        return found
    (printed, _), *_ = Counter(" ".join(hit.phrase.casefold().split()) for hit in found.hits).most_common(1)
    if _telling(words(printed)) < _telling(query.words):
        return found
    so_printed = index.search(f'"{printed}"', replace(within, without=(*within.without, *query.without)), limit=0).total
    return replace(found, printed=printed, so_printed=so_printed) if so_printed <= found.total else found


def _telling(run: Iterable[str]) -> int:
    """How many of these words say something."""
    return sum(word not in lexicon().stop for word in run)
