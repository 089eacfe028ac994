"""How fast and how completely phrases are found, beside brute force and other engines.

    python -m benchmarks.phrase_search FOLDER [--more QUERIES.jsonl] [--copies 5] [--show]

FOLDER holds reports. The truth is brute force: sentences, no shorter than the query, with RapidFuzz's partial_ratio at
85 or more. Every engine answers every query in turn, three times, and its least processor time counts (others may be at
work on the machine). Odd queries were tuned on; even ones are reported apart. tantivy is measured where it is
installed, SQLite where it has FTS5.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.phrase_corpus import copies, sentences, texts
from reinspect.model import Passage
from reinspect.phrases import Index
from reinspect.phrases.query import parse_query

HERE = Path(__file__).parent
TRUTH, LIMIT, RUNS = 85, 50, 3


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--more", type=Path, help="another file of queries")
    options.add_argument("--copies", type=int, default=1)
    options.add_argument("--show", action="store_true", help="print the first hits of every query")
    asked = options.parse_args()
    queries = [line for path in filter(None, (asked.more, HERE / "phrase_queries.jsonl")) for line in lines(path)]
    held = list(copies(texts(asked.folder), asked.copies))
    pairs = [(text.sha256, text.passages) for text in held]
    index = made(pairs)
    written = sentences(index)
    engines: dict[str, Callable[[str], int]] = {
        "ours, 50 hits with context": lambda query: index.search(query, limit=LIMIT).total,
        "ours, the count alone": lambda query: index.search(query, limit=0).total,
        "brute force, cut off at 85": lambda query: len(brute(written, query)),
    }
    engines |= sqlite(written) | tantivy(written)
    print(f"\n{'engine':30} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    medians = {
        name: report(name, [least(engine, query["query"]) for query in queries]) for name, engine in engines.items()
    }
    brute_force = medians["brute force, cut off at 85"]
    for name in list(medians)[:2]:
        print(f"brute force / {name}: {brute_force / medians[name]:.0f} times (of medians)")
    report("ours, every keystroke from 3rd", keystrokes(index, [query["intended"] for query in queries]))
    print(f"\n{'queries':10} {'number':>6} {'micro':>7} {'macro':>7} {'planted':>8} {'first 20':>9}")
    for name, half in (("tuned on", queries[0::2]), ("held out", queries[1::2])):
        print(f"{name:10} {len(half):>6} " + " ".join(f"{figure:>8.3f}" for figure in recall(index, written, half)))
    if asked.show:
        show(index, queries)


def lines(path: Path) -> list[dict[str, str]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def made(pairs: Sequence[tuple[str, Sequence[Passage]]]) -> Index:
    """The index, with what it cost to make, save, load and extend it (least processor time)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        index = Index.build(pairs)
        less = index.without_documents([pairs[-1][0]])
        costs = {
            "build": seconds(lambda: Index.build(pairs)),
            "save": seconds(lambda: index.save(path)),
            "load": seconds(lambda: Index.load(path)),
            "one more document": seconds(lambda: less.with_documents(pairs[-1:])),
        }
        size = path.stat().st_size / 1e6
        print(
            f"{len(pairs)} documents, {len(index.sentence_document)} sentences, {len(index.order)} words, {size:.1f} MB"
        )
        print(", ".join(f"{name} {cost:.3f} s" for name, cost in costs.items()))
        return Index.load(path)


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def least(engine: Callable[[str], int], query: str) -> float:
    """The least processor time of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        begun = time.thread_time()
        engine(query)
        times.append(time.thread_time() - begun)
    return min(times) * 1000


def report(name: str, times: Sequence[float]) -> float:
    """Print a row of figures; the median."""
    print(f"{name:30} {median(times):>8.2f} {np.percentile(times, 95):>8.2f} {max(times):>8.2f}")
    return median(times)


def keystrokes(index: Index, phrases: Sequence[str]) -> list[float]:
    """The time of every keystroke from the third on, each measured once, as it is when someone types."""
    times = []
    for phrase in phrases:
        for typed in range(3, len(phrase) + 1):
            begun = time.thread_time()
            index.search(phrase[:typed], limit=LIMIT, prefix=not phrase[:typed].endswith(" "))
            times.append((time.thread_time() - begun) * 1000)
    return times


def brute(written: Sequence[str], query: str) -> list[int]:
    """The sentences that brute force finds."""
    normal = " ".join(parse_query(query).words)
    scores = process.cdist([normal], written, scorer=fuzz.partial_ratio, score_cutoff=TRUTH)[0]
    # partial_ratio swaps its arguments when the sentence is the shorter: "and" would be in everything.
    return [number for number in np.flatnonzero(scores).tolist() if len(written[number]) >= len(normal)]


def recall(index: Index, written: Sequence[str], queries: Sequence[dict[str, str]]) -> tuple[float, ...]:
    """Of brute force's sentences the part found, in all and by query; of those with the phrase; and of the first 20."""
    found_of, true_of, shares, planted_shares, firsts = 0, 0, [], [], []
    for query in queries:
        found = index.search(query["query"], limit=len(written))
        numbers = {(hit.document, hit.number, hit.context[0]) for hit in found.hits}
        truth = brute(written, query["query"])
        intended = " ".join(parse_query(query["intended"]).words)
        planted = [number for number, sentence in enumerate(written) if f" {intended} " in f" {sentence} "]
        keys = sentence_keys(index, {*truth, *planted})
        hits = [keys[number] in numbers for number in truth]
        found_of, true_of = found_of + sum(hits), true_of + len(hits)
        shares += [sum(hits) / len(hits)] if hits else []
        planted_shares += [sum(keys[number] in numbers for number in planted) / len(planted)] if planted else []
        head = [" ".join(parse_query(hit.sentence).words) for hit in found.hits[:20]]
        firsts += [sum(intended in sentence for sentence in head) / min(20, len(planted))] if planted else []
    return found_of / true_of, float(np.mean(shares)), float(np.mean(planted_shares)), float(np.mean(firsts))


def sentence_keys(index: Index, numbers: set[int]) -> dict[int, tuple[str, int, int]]:
    """Document, passage and first character of sentences by their number."""
    from reinspect.phrases.words import WORD

    keys = {}
    for number in numbers:
        passage = index.texts.sentence_passage[number].item()
        document = index.texts.passage_document[passage].item()
        first = WORD.search(index.texts.passage(passage).text, index.texts.sentence_opening[number].item())
        place = passage - index.first_passage[document].item()
        keys[number] = (index.texts.documents[document], place, first.start() if first else 0)
    return keys


def sqlite(written: Sequence[str]) -> dict[str, Callable[[str], int]]:
    """SQLite's trigram index: any shared trigram, the best 2,000 scored again."""
    held = sqlite3.connect(":memory:")
    try:
        held.execute("create virtual table texts using fts5(sentence, tokenize='trigram')")
    except sqlite3.OperationalError:
        return {}
    held.executemany("insert into texts values (?)", ((sentence,) for sentence in written))

    def search(query: str) -> int:
        trigrams = " OR ".join(f'"{query[start : start + 3]}"' for start in range(len(query) - 2))
        sought = "select sentence from texts where texts match ? order by rank limit 2000"
        candidates = [row[0] for row in held.execute(sought, (trigrams,))]
        return int((process.cdist([query], candidates, scorer=fuzz.partial_ratio, score_cutoff=TRUTH) > 0).sum())

    return {"SQLite FTS5 trigrams, best 2,000": search}


def tantivy(written: Sequence[str]) -> dict[str, Callable[[str], int]]:
    """tantivy: every word must be there with two typos at most, all hits scored again."""
    try:
        import tantivy as engine
    except ImportError:
        return {}
    builder = engine.SchemaBuilder()
    builder.add_text_field("sentence", stored=False)
    builder.add_integer_field("number", stored=True)
    schema = builder.build()
    held = engine.Index(schema)
    writer = held.writer()
    for number, sentence in enumerate(written):
        writer.add_document(engine.Document(sentence=sentence, number=number))
    writer.commit()
    held.reload()
    searcher = held.searcher()

    def search(query: str) -> int:
        words = [
            (engine.Occur.Must, engine.Query.fuzzy_term_query(schema, "sentence", word, min(2, len(word) // 4)))
            for word in parse_query(query).words
        ]
        hits = searcher.search(engine.Query.boolean_query(words), len(written)).hits
        candidates = [written[searcher.doc(address)["number"][0]] for _, address in hits]
        if not candidates:
            return 0
        return int((process.cdist([query], candidates, scorer=fuzz.partial_ratio, score_cutoff=TRUTH) > 0).sum())

    return {"tantivy, fuzzy words, all hits": search}


def show(index: Index, queries: Sequence[dict[str, str]]) -> None:
    """The first hits of every query."""
    for query in queries:
        found = index.search(query["query"], limit=5)
        print(f"\n{query['query']} ({found.total} in {len(found.by_document)} documents)")
        for hit in found.hits:
            print(f"  {hit.score:5.1f} {hit.phrase}")


if __name__ == "__main__":
    main()
