"""Search for phrases in inspection reports, find recurring phrases, and count who uses a phrase.

In a notebook:

    from reinspect.phrases import Index, Searcher, SearchScope
    index = Index.build((reading.document.sha256, reading.passages) for reading in readings)
    scope = SearchScope(roles=frozenset({"improvement"}))
    for hit in Searcher(index).search("managment oversigt", scope, limit=20).hits:
        print(hit.score, hit.phrase, "|", hit.sentence, hit.page, hit.passage.paragraph)

`Index.build` takes the sha256 and the passages of each document. `with_documents` and `without_documents` add or remove
documents without reading the others again. `save` and `load` keep an index in a folder of memory-mapped files, and
`append_to` adds documents there without writing the others again.

`Searcher.search` returns a `SearchResult`: the exact number of sentences that hold the phrase, the number in each
document, and the best sentences as `Hit`s with the matched words marked.

    from reinspect.phrases import TextOrigin, mine
    origins = {sha256: TextOrigin(inspection="camden-2022-04-25-ilacs", year=2022, authority="camden"), ...}
    for phrase in mine(index, origins, documents=camden, order="issues"):
        print(phrase.phrase, phrase.inspections, phrase.years, phrase.variants, phrase.log_ratio)

`mine` returns `RecurringPhrase`s, with the variants of a phrase merged, in one of three orders: "issues" (criticised
more than other phrases), "themes" (widely used) and "distinctive" (used more than in other documents). It uses the
word lists in `words.toml`.

    from reinspect.phrases import phrase_usage
    inspections = {sha256: store.inspection(identifier) for identifier, sha256 in store.primary_texts().items()}
    for share in phrase_usage(index, ["drift and delay", "drift or delay"], inspections).by_grade:
        print(share.name, share.uses, "of", share.of, share.log_ratio, share.bound)

`phrase_usage` counts the inspections of each year, framework and authority that use a phrase, and the strands of each
grade. `contrast` finds the phrases that distinguish two groups of documents.

Importing this package loads neither numpy nor RapidFuzz. Accessing `Index`, `Searcher` or `mine` does.
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
    from reinspect.phrases.search.searcher import Searcher
    from reinspect.phrases.types import UsageShare
    from reinspect.phrases.usage import PhraseUsage, contrast, phrase_usage

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
    "Searcher",
    "TextOrigin",
    "UsageShare",
    "contrast",
    "mine",
    "parse_query",
    "phrase_usage",
]

# Names that are imported on first access, with their modules.
_LAZY = {
    "Index": "index.index",
    "IndexUnusableError": "index.column_file",
    "Searcher": "search.searcher",
    "mine": "mining.mine",
} | dict.fromkeys(("PhraseUsage", "UsageShare", "phrase_usage", "contrast"), "usage")


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
