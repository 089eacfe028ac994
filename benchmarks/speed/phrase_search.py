"""Search speed: milliseconds a query, compared with exhaustive search, SQLite and tantivy.

    python -m benchmarks.speed.phrase_search FOLDER [--more QUERIES.jsonl] [--copies 5]

FOLDER holds reports. Every engine answers every query three times, and the least processor time counts. "New words"
means that nothing is kept of words typed before, as in a person's next query; "the same words again" repeats a query,
so that the index's cache of similar words answers. The other engines keep nothing of the kind. The floors are one
scan of the text for the query as typed, and one pass over the occurrences of all words similar to its own.

The share of sentences found is measured by `benchmarks.quality.phrase_search`. tantivy is measured where it is
installed (`pip install tantivy`), SQLite where it has FTS5.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.figures import Row, in_new_process
from benchmarks.material import CORPUS, MISSPELT_QUERIES, folder, json_lines
from benchmarks.phrase_corpus import Text, build_index, forget_words, multiply, sentences, texts
from benchmarks.search_engines import exhaustive, sqlite, tantivy
from reinspect.phrases import Index
from reinspect.phrases.query import parse_query
from reinspect.phrases.search.searcher import Searcher
from reinspect.phrases.search.similar_words import QueryWord

LIMIT, RUNS = 50, 3
NEW_WORDS, SAME_WORDS = "ours, new words", "ours, the same words again"
_TYPING = "ours, every key from the 3rd on"
_SCAN, _EXHAUSTIVE = "str.count of the words", "RapidFuzz, every sentence"
Times = dict[str, list[float]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--more", type=Path, help="another file of queries")
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args()
    queries = [line for path in filter(None, (options.more, MISSPELT_QUERIES)) for line in json_lines(path)]
    corpus = list(multiply(texts(options.folder), options.copies))
    index = build_and_print_costs(corpus)
    times = measure(index, queries)
    print(f"\n{'engine':36} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7} {'to ours':>9}")
    for name, own in times.items():
        ratio = median(own) / median(times[NEW_WORDS])
        print(f"{name:36} {median(own):>7.2f} {np.percentile(own, 95):>7.2f} {max(own):>7.2f} {ratio:>7.1f} x")


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of search."""
    corpus = texts(folder)
    index = build_index(corpus)
    queries = json_lines(MISSPELT_QUERIES)
    times = measure(index, queries)
    size = f"{len(index.sentence_document):,} sentences"
    row = partial(_row, times)
    peers = [name for name in times if not name.startswith(("ours", "floor")) and name != _SCAN]
    for peer in peers:
        yield row(f"{len(queries)} queries with new words, {size}, median", 50, NEW_WORDS, peer)
        yield row("95 % of them", 95, NEW_WORDS, peer)
    yield row("the same words again, median", 50, SAME_WORDS)
    yield row("95 % of them", 95, SAME_WORDS)
    yield row("while typing, every key from the third on, median", 50, _TYPING)
    yield row("95 % of them", 95, _TYPING)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "index"
        index.save(path)
        first = min(in_new_process(first_search, path, queries[0]["query"]).result for _ in range(RUNS))
    yield Row(part="search", what="the first search of a process: index loaded, word lists read", unit="ms", ours=first)


def _row(times: Times, what: str, percent: int, name: str, peer: str = "") -> Row:
    return Row(
        part="search",
        what=f"{what}, {peer}" if peer else f"{what} ({name.removeprefix('ours, ')})",
        unit="ms",
        ours=float(np.percentile(times[name], percent)),
        peer=peer,
        theirs=float(np.percentile(times[peer], percent)) if peer else None,
        floor=_SCAN,
        least=float(np.percentile(times[_SCAN], percent)),
        target="50 ms" if percent == 95 else "",
    )


def first_search(path: Path, query: str) -> float:
    """Load an index from its file and search it; return milliseconds of processor time. Call it in a new process."""
    started = time.process_time()
    Searcher(Index.load(path)).search(query, limit=LIMIT)
    return (time.process_time() - started) * 1000


def measure(index: Index, queries: Sequence[dict[str, str]]) -> Times:
    """Return the milliseconds of every query with every engine; the engines take turns."""
    written, searcher = sentences(index), Searcher(index)
    search, forget = partial(searcher.search, limit=LIMIT), partial(forget_words, searcher)
    engines: dict[str, tuple[Callable[[str], object], Callable[[], object] | None]] = {
        NEW_WORDS: (search, forget),
        SAME_WORDS: (search, None),
        "ours, new words, the count alone": (partial(searcher.search, limit=0), forget),
        _EXHAUSTIVE: (partial(exhaustive, written), None),
        **{name: (engine, None) for name, engine in {**sqlite(written), **tantivy(written)}.items()},
        _SCAN: ("\n".join(written).count, None),
        "floor: occurrences of similar words": (partial(_visit_similar_words, searcher), None),
    }
    times: Times = {name: [] for name in engines}
    for query in queries:
        for name, (engine, before) in engines.items():
            times[name].append(least_ms(engine, query["query"], before))
    times[_TYPING] = time_typing(searcher, [query["intended"] for query in queries])
    return times


def least_ms(engine: Callable[[str], object], query: str, before: Callable[[], object] | None = None) -> float:
    """Return the least processor time of several runs in milliseconds; `before` runs ahead of each, untimed.

    Without `before` the query is asked once, untimed, so that all runs repeat it.
    """
    if before is None:
        engine(query)
    times = []
    for _ in range(RUNS):
        if before:
            before()
        started = time.thread_time()
        engine(query)
        times.append(time.thread_time() - started)
    return min(times) * 1000


def time_typing(searcher: Searcher, phrases: Sequence[str]) -> list[float]:
    """Return the milliseconds of every key from the third on, each pressed once.

    Words typed in full are kept from key to key, as in the app; each phrase begins with nothing kept.
    """
    times = []
    for phrase in phrases:
        forget_words(searcher)
        for length in range(3, len(phrase) + 1):
            started = time.thread_time()
            searcher.search(phrase[:length], limit=LIMIT, prefix=not phrase[:length].endswith(" "))
            times.append((time.thread_time() - started) * 1000)
    return times


def _visit_similar_words(searcher: Searcher, query: str) -> int:
    """Visit the occurrences of all words similar to the query's: no search can do less."""
    index = searcher.index
    words = [searcher.similar_words.similarity(QueryWord(word)).matches for word in parse_query(query).words]
    return sum(int(index.texts.tokens.take(index.places_of(forms)).max(initial=0)) for forms in words)


def build_and_print_costs(corpus: Sequence[Text]) -> Index:
    """Build the index; print the processor time to build, save, load and extend it."""
    pairs = [(text.sha256, text.passages) for text in corpus]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "index"
        index = Index.build(pairs)
        less = index.without_documents([pairs[-1][0]])
        costs = {
            "build": _least_seconds(lambda: Index.build(pairs)),
            "save": _least_seconds(lambda: index.save(path)),
            "load": _least_seconds(lambda: Index.load(path)),
            "one more document": _least_seconds(lambda: less.with_documents(pairs[-1:])),
        }
        size = f"{len(index.sentence_document)} sentences, {len(index.order)} words"
        print(f"{len(pairs)} documents, {size}, {path.stat().st_size / 1e6:.1f} MB")
        print(", ".join(f"{name} {cost:.3f} s" for name, cost in costs.items()))
        return Index.load(path)


def _least_seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
