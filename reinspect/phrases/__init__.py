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

__all__ = [
    "Found",
    "Hit",
    "Index",
    "IndexUnusableError",
    "Occasion",
    "Order",
    "Query",
    "RecurringPhrase",
    "Selection",
    "Use",
    "mine",
    "parse_query",
]

_WHEN_NAMED = {"Index": "index", "IndexUnusableError": "columns", "mine": "mining"}


def __getattr__(name: str) -> object:
    if name not in _WHEN_NAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHEN_NAMED[name]}"), name)
