"""Share of sentences found when a person types a phrase in another way than the reports print it.

    python -m benchmarks.quality.typed_queries FOLDER [--show]

FOLDER holds reports. `typed_queries.jsonl` has queries as a quality officer types them (typos in two words, words
joined and misspelt, cut short, acronyms and their long forms ...), each with the phrase intended. The truth is every
sentence that prints the phrase, in singular or plural. "found" is the mean share of these that a query finds; "first
20" the share of the first 20 hits that print the phrase (of as many as there are); "nothing" counts the queries that
find none. Each query is asked twice: as the command asks it, and as the app does, where the last word is still being
typed.

The second table is about the false friends of `false_friends.jsonl`, such as "inadequate" for "adequate": "hits" of
the query, "taken" hits with the false friend, "claimed" those of them that claim to be an exact match, "before" those
of them ranked above an exact match.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.material import CORPUS, folder, json_lines
from benchmarks.phrase_corpus import build_index, texts
from reinspect.phrases import Hit
from reinspect.phrases.search.exact import sentences
from reinspect.phrases.search.searcher import Searcher
from reinspect.phrases.words import canonical

QUERIES = Path(__file__).with_name("typed_queries.jsonl")
FALSE_FRIENDS = Path(__file__).with_name("false_friends.jsonl")
FIRST = 20


class Recall(NamedTuple):
    """The share of the true sentences that a query finds, in all and among the first 20."""

    found: float
    first: float


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--show", action="store_true", help="print each query of the tuned set that falls short")
    options = parser.parse_args()
    searcher = Searcher(build_index(texts(options.folder)))
    print_queries(searcher, options.show)
    print_false_friends(searcher)


def print_queries(searcher: Searcher, show: bool) -> None:
    """Print a row for each set of queries and, for the set used to tune the search, for each kind."""
    print(f"{'queries':32} {'number':>6} | {'found':>6} {'first 20':>8} {'nothing':>7} | in the app: the same")
    recalls: dict[str, list[tuple[Recall, Recall]]] = defaultdict(list)
    for query in json_lines(QUERIES):
        both = recall(searcher, query, prefix=False), recall(searcher, query, prefix=True)
        recalls[query["set"]].append(both)
        if query["set"] == "tuned on":
            recalls[f"  {query['kind']}"].append(both)
            if show and min(*both[0], *both[1]) < 0.95:
                print(f"    {query['query']} -> {query['intended']}: {both[0]} {both[1]}")
    for name, own in recalls.items():
        command, app = zip(*own, strict=True)
        print(f"{name:32} {len(own):>6} | {summary(command)} | {summary(app)}")


def print_false_friends(searcher: Searcher) -> None:
    """Print a row for each kind of false friend."""
    print(f"\n{'false friends':32} {'number':>6} | {'hits':>6} {'taken':>6} {'claimed':>7} {'before':>7}")
    for kind in ("opposite", "another word"):
        counts = [count_false_hits(searcher, friend) for friend in json_lines(FALSE_FRIENDS) if friend["kind"] == kind]
        hits, taken, claimed, before = np.sum(counts, axis=0)
        print(f"{kind:32} {len(counts):>6} | {hits:>6} {taken:>6} {claimed:>7} {before:>7}")


def recall(searcher: Searcher, query: dict[str, str], prefix: bool) -> Recall:
    """Ask a query and compare its hits with the sentences that print the intended phrase."""
    index = searcher.index
    true = {sentence_of(hit) for hit in sentences(index, [query["intended"]], index.texts.documents, len(index.order))}
    found = [sentence_of(hit) for hit in searcher.search(query["query"], limit=len(index.order), prefix=prefix).hits]
    first = len(true.intersection(found[:FIRST])) / min(FIRST, len(true)) if true else 1.0
    return Recall(len(true.intersection(found)) / max(len(true), 1), first)


def count_false_hits(searcher: Searcher, friend: dict[str, str]) -> tuple[int, int, int, int]:
    """Return four numbers: hits, false hits, false hits that claim to be exact, false hits before an exact one."""
    hits = searcher.search(friend["query"], limit=len(searcher.index.order)).hits
    false = [number for number, hit in enumerate(hits) if friend["other"] in highlighted_words(hit)]
    last_exact = max((number for number, hit in enumerate(hits) if hit.word_for_word), default=-1)
    claimed = sum(hits[number].word_for_word for number in false)
    return len(hits), len(false), claimed, sum(number < last_exact for number in false)


def highlighted_words(hit: Hit) -> list[str]:
    """Return the highlighted words of a hit in the index's spelling."""
    return [canonical(hit.passage.text[start:end]) for start, end in hit.spans]


def sentence_of(hit: Hit) -> tuple[str, int, int]:
    """Identify the sentence of a hit: document, passage number, first character."""
    return hit.document, hit.number, hit.context[0]


def summary(recalls: Iterable[Recall]) -> str:
    """Return the means of several queries and the number of queries that find nothing, as table columns."""
    found, first = np.array(list(recalls)).T
    return f"{found.mean():>6.3f} {first.mean():>8.3f} {int((found == 0).sum()):>7}"


if __name__ == "__main__":
    main()
