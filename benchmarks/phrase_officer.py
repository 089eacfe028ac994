"""How completely a phrase is found that a person types otherwise than the texts print it.

    python -m benchmarks.phrase_officer FOLDER [--show]

FOLDER holds reports. `phrase_officer.jsonl` has queries as a quality officer types them (typos in two words, words
joined and misspelt, cut short, acronyms and their long forms...) and the phrase that is meant. The truth is every
sentence that prints the phrase, in any number. `found` is the mean share of these that a query finds; `first 20` how
many of the first 20 sentences hold it, of as many as could; `nothing` counts the queries that find none of them. Each
query is asked twice: as the command asks, and as the app does, where the last word is still being typed.

Below stand the false friends of `phrase_friends.jsonl`: in how many hits another word ("inadequate") is taken for the
one that is typed ("adequate"), in how many of these the hit claims to be word for word, and how many come before one
that is.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import texts
from benchmarks.phrase_search import HERE, lines
from reinspect.phrases import Hit, Index, Searcher
from reinspect.phrases.search.exact import sentences
from reinspect.phrases.words import canonical

QUERIES = HERE / "phrase_officer.jsonl"
FRIENDS = HERE / "phrase_friends.jsonl"
FIRST = 20


class Measure(NamedTuple):
    """What a query finds of the sentences that hold its phrase."""

    found: float
    first: float


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    options.add_argument("--show", action="store_true", help="print each query of the first set that falls short")
    asked = options.parse_args()
    searcher = Searcher(Index.build([(text.sha256, text.passages) for text in texts(asked.folder)]))
    print(f"{'queries':32} {'number':>6} | {'found':>6} {'first 20':>8} {'nothing':>7} | in the app: the same")
    measured: dict[str, list[tuple[Measure, Measure]]] = defaultdict(list)
    for query in lines(QUERIES):
        both = measure(searcher, query, prefix=False), measure(searcher, query, prefix=True)
        measured[query["set"]].append(both)
        if query["set"] == "tuned on":
            measured[f"  {query['kind']}"].append(both)
            if asked.show and min(*both[0], *both[1]) < 0.95:
                print(f"    {query['query']} -> {query['intended']}: {both[0]} {both[1]}")
    for name, each in measured.items():
        command, app = zip(*each, strict=True)
        print(f"{name:32} {len(each):>6} | {told(command)} | {told(app)}")
    print(f"\n{'false friends':32} {'number':>6} | {'hits':>6} {'taken':>6} {'claimed':>7} {'before':>7}")
    for kind in ("opposite", "another word"):
        friends = [mistaken(searcher, friend) for friend in lines(FRIENDS) if friend["kind"] == kind]
        hits, taken, claimed, before = np.sum(friends, axis=0)
        print(f"{kind:32} {len(friends):>6} | {hits:>6} {taken:>6} {claimed:>7} {before:>7}")


def measure(searcher: Searcher, query: dict[str, str], prefix: bool) -> Measure:
    """How much of what is meant a query finds, and how much of that is among the first."""
    index = searcher.index
    meant = {key(hit) for hit in sentences(index, [query["intended"]], index.texts.documents, len(index.order))}
    found = [key(hit) for hit in searcher.search(query["query"], limit=len(index.order), prefix=prefix).hits]
    first = len(meant.intersection(found[:FIRST])) / min(FIRST, len(meant)) if meant else 1.0
    return Measure(len(meant.intersection(found)) / max(len(meant), 1), first)


def mistaken(searcher: Searcher, friend: dict[str, str]) -> tuple[int, int, int, int]:
    """How many hits a query has, how many with the other word, how many of these claim or precede the very words."""
    hits = searcher.search(friend["query"], limit=len(searcher.index.order)).hits
    taken = [number for number, hit in enumerate(hits) if friend["other"] in matched(hit)]
    last = max((number for number, hit in enumerate(hits) if hit.word_for_word), default=-1)
    return len(hits), len(taken), sum(hits[each].word_for_word for each in taken), sum(each < last for each in taken)


def matched(hit: Hit) -> list[str]:
    """The words that are marked in a hit, as the index knows them."""
    return [canonical(hit.passage.text[start:end]) for start, end in hit.spans]


def key(hit: Hit) -> tuple[str, int, int]:
    """Which sentence a hit is."""
    return hit.document, hit.number, hit.context[0]


def told(measures: Iterable[Measure]) -> str:
    """The means of several queries, and how many of them find nothing."""
    found, first = np.array(list(measures)).T
    return f"{found.mean():>6.3f} {first.mean():>8.3f} {int((found == 0).sum()):>7}"


if __name__ == "__main__":
    main()
