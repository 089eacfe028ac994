"""Phrases: found with typos, and those that recur ranked by meaning.

In a notebook:

    from reinspect.phrases import Index, Occasion, Selection, mine
    index = Index.build((reading.document.sha256, reading.passages) for reading in readings)
    found = index.search("managment oversigt", within=Selection(roles=frozenset({"improvement"})), limit=20)
    for hit in found.hits:
        print(hit.score, hit.phrase, "|", hit.sentence, hit.page, hit.passage.paragraph)

`Index.build` takes `(sha256, passages)` pairs; `with_documents` and `without_documents` give a new index without
reading the rest again; `save` and `load` keep it in one file that is memory-mapped, and `load` raises
`IndexUnusableError` when that file is missing, damaged or stale. `search` returns `Found`: the exact number of
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

`saying` tells how many inspections of each year, framework and authority use a phrase, and how many strands of each
grade; `told_apart` gives the phrases that tell two groups of documents apart.

Importing this package loads neither numpy nor RapidFuzz; naming `Index` or `mine` does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reinspect.phrases.query import Found, Hit, Query, Selection, Use, parse_query
from reinspect.phrases.recurring import Occasion, Order, RecurringPhrase

if TYPE_CHECKING:
    from reinspect.phrases.columns import IndexUnusableError
    from reinspect.phrases.index import Index
    from reinspect.phrases.mining import mine
    from reinspect.phrases.telling import Saying, Share, saying, told_apart

__all__ = [
    "Found",
    "Hit",
    "Index",
    "IndexUnusableError",
    "Occasion",
    "Order",
    "Query",
    "RecurringPhrase",
    "Saying",
    "Selection",
    "Share",
    "Use",
    "mine",
    "parse_query",
    "saying",
    "told_apart",
]

_WHEN_NAMED = {"Index": "index", "IndexUnusableError": "columns", "mine": "mining"} | dict.fromkeys(
    ("Saying", "Share", "saying", "told_apart"), "telling"
)


def __getattr__(name: str) -> object:
    if name not in _WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHEN_NAMED[name]}"), name)
