"""Phrases: found with typos, and those that recur ranked by meaning.

In a notebook:

    from reinspect.phrases import Index, Occasion, Selection, mine
    index = Index.build((reading.document.sha256, reading.passages) for reading in readings)
    found = index.search("managment oversigt", within=Selection(roles=frozenset({"improvement"})), limit=20)
    for hit in found.hits:
        print(hit.score, hit.phrase, "|", hit.sentence, hit.page, hit.passage.paragraph)

`Index.build` takes `(sha256, passages)` pairs; `with_documents` and `without_documents` give a new index without
reading the rest again; `save` and `load` keep it in one file that is memory-mapped, and `load` raises
`IndexUnusableError` when that file is missing, damaged or stale. `search` returns `SearchResult`: the exact number of
sentences that hold the phrase, the best of them as `Hit`s with the matched words marked, and the number in each
document. `index.uses(["drift and delay", "drift or delay"])` gives every passage with these very words, to be counted.

    occasions = {sha256: Occasion(inspection="camden-2022-04-25-ilacs", year=2022, authority="camden"), ...}
    for phrase in mine(index, occasions, documents=camden, order="issues"):
        print(phrase.phrase, phrase.inspections, phrase.years, phrase.variants, phrase.log_ratio)

`mine` returns the phrases that recur, their variants merged, as `RecurringPhrase`s in one of three orders: "issues"
(criticised more than the rest), "themes" (used widely), "distinctive" (used more than in the background). The word
lists behind it are `words.toml`.

    held = {sha256: store.inspection(identifier) for identifier, sha256 in store.reading_texts().items()}
    said = saying(index, ["drift and delay", "drift or delay"], held)
    for share in said.by_grade:
        print(share.name, share.uses, "of", share.of, share.log_ratio, share.bound)

`phrase_usage` tells how many inspections of each year, framework and authority use a phrase, and how many strands of
each grade; `contrast` gives the phrases that tell two groups of documents apart.

Importing this package loads neither numpy nor RapidFuzz; naming `Index` or `mine` does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reinspect.phrases.query import Hit, PassageUse, Query, SearchResult, SearchScope, parse_query
from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin

if TYPE_CHECKING:
    from reinspect.phrases.index.column_file import IndexUnusableError
    from reinspect.phrases.index.index import Index
    from reinspect.phrases.mining.mine import mine
    from reinspect.phrases.usage import PhraseUsage, UsageShare, contrast, phrase_usage

__all__ = [
    "Hit",
    "Index",
    "IndexUnusableError",
    "Order",
    "PassageUse",
    "PhraseUsage",
    "Query",
    "RecurringPhrase",
    "SearchResult",
    "SearchScope",
    "TextOrigin",
    "UsageShare",
    "contrast",
    "mine",
    "parse_query",
    "phrase_usage",
]

_WHEN_NAMED = {
    "Index": "index.index",
    "IndexUnusableError": "index.column_file",
    "mine": "mining.mine",
} | dict.fromkeys(("PhraseUsage", "UsageShare", "phrase_usage", "contrast"), "usage")


def __getattr__(name: str) -> object:
    if name not in _WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHEN_NAMED[name]}"), name)
