"""Share of sentences that a misspelt query finds, compared with exhaustive search, SQLite and tantivy.

    python -m benchmarks.quality.phrase_search FOLDER [--more QUERIES.jsonl] [--copies 5] [--show]

FOLDER holds reports. The truth is exhaustive search: every sentence, no shorter than the query, to which RapidFuzz's
`partial_ratio` gives 85 or more, except where it mistakes a word for its opposite ("stability", "instability").

Columns of the second table: "micro" is the share of all true sentences found, "macro" the mean share of a query,
"planted" the mean share of the sentences that print the intended phrase, "first 20" the share of the first 20 hits
that print it. Odd queries were used to tune the search; even ones were not.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.material import CORPUS, MISSPELT_QUERIES, folder, json_lines
from benchmarks.phrase_corpus import build_index, multiply, sentences, texts
from benchmarks.search_engines import Engine, exhaustive, ours, sqlite, tantivy
from reinspect.phrases.query import parse_query
from reinspect.phrases.search.searcher import Searcher
from reinspect.phrases.search.similar_words import LONGEST_EXACT
from reinspect.phrases.words import lexicon

FIRST = 20
Query = dict[str, str]
Truths = dict[str, list[int]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--more", type=Path, help="another file of queries")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the first hits of every query")
    options = parser.parse_args()
    queries = [line for path in filter(None, (options.more, MISSPELT_QUERIES)) for line in json_lines(path)]
    index = build_index(multiply(texts(options.folder), options.copies))
    searcher, written = Searcher(index), sentences(index)
    truths = {query["query"]: truth(written, query) for query in queries}
    engines: dict[str, Engine] = {
        "ours": partial(ours, searcher),
        "RapidFuzz, every sentence": partial(exhaustive, written),
        **sqlite(written),
        **tantivy(written),
    }
    print(f"{len(written)} sentences\n\n{'engine':34} {'share of the true sentences':>28}")
    for name, engine in engines.items():
        print(f"{name:34} {share_found(engine, truths):>28.3f}")
    print(f"\n{'queries':10} {'number':>6} {'micro':>8} {'macro':>8} {'planted':>8} {'first 20':>8}")
    for name, half in (("tuned on", queries[0::2]), ("held out", queries[1::2]), ("all", queries)):
        print(
            f"{name:10} {len(half):>6} "
            + " ".join(f"{figure:>8.3f}" for figure in recall(searcher, written, half, truths))
        )
    if options.show:
        show(searcher, queries)


def truth(written: Sequence[str], query: Query) -> list[int]:
    """Return the sentences that exhaustive search finds, without those found only through a word's opposite."""
    found = exhaustive(written, query["query"])
    opposites = [re.escape(word) for typed in parse_query(query["intended"]).words for word in opposites_of(typed)]
    without_opposites = [re.sub(rf"\b({'|'.join(opposites)})", "", written[number]) for number in found]
    return [found[number] for number in exhaustive(without_opposites, query["query"])]


def opposites_of(word: str) -> list[str]:
    """Return the word with each negating prefix added or removed: "stability" -> "instability"."""
    return [
        opposite
        for prefix in lexicon().negating
        for opposite in (prefix + word, word.removeprefix(prefix))
        if opposite != word and len(opposite) > LONGEST_EXACT
    ]


def share_found(engine: Engine, truths: Truths) -> float:
    """Return the share of the true sentences of all queries that an engine finds."""
    hits = sum(len({*numbers} & {*engine(query)}) for query, numbers in truths.items())
    return hits / sum(map(len, truths.values()))


def recall(searcher: Searcher, written: Sequence[str], queries: Sequence[Query], truths: Truths) -> tuple[float, ...]:
    """Return our shares for these queries: micro, macro, planted, first 20 (see the head of this file)."""
    hits, true, shares, planted_shares, first_shares = 0, 0, [], [], []
    for query in queries:
        found, numbers = ours(searcher, query["query"]), {*truths[query["query"]]}
        intended = " ".join(parse_query(query["intended"]).words)
        planted = {number for number, sentence in enumerate(written) if f" {intended} " in f" {sentence} "}
        hits, true = hits + len(numbers & {*found}), true + len(numbers)
        if numbers:
            shares.append(len(numbers & {*found}) / len(numbers))
        if planted:
            planted_shares.append(len(planted & {*found}) / len(planted))
            first = sum(intended in written[number] for number in found[:FIRST])
            first_shares.append(first / min(FIRST, len(planted)))
    return hits / true, float(np.mean(shares)), float(np.mean(planted_shares)), float(np.mean(first_shares))


def show(searcher: Searcher, queries: Sequence[Query]) -> None:
    """Print the first hits of every query."""
    for query in queries:
        result = searcher.search(query["query"], limit=5)
        print(f"\n{query['query']} ({result.total} in {len(result.by_document)} documents)")
        for hit in result.hits:
            print(f"  {hit.score:5.1f} {hit.phrase}")


if __name__ == "__main__":
    main()
