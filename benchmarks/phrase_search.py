"""How fast and how completely phrases are found, beside brute force and other engines.

    python -m benchmarks.phrase_search FOLDER [--more QUERIES.jsonl] [--copies 5] [--show]

FOLDER holds reports. The truth is brute force: sentences, no shorter than the query, with RapidFuzz's partial_ratio at
85 or more, but for those where it takes a word for its opposite. Every engine answers every query in turn, three times,
and its least processor time counts (others may be at work on the machine). Beside them stand the floors: one scan of
the text for the query as it is typed, and one pass over the places of all words that are like its own. Odd queries were
tuned on; even ones stand apart. tantivy is measured where it is installed (`pip install tantivy`), SQLite where it has
FTS5.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from statistics import median

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import copies, sentences, texts
from reinspect.model import Passage
from reinspect.phrases import Index, Searcher
from reinspect.phrases.query import parse_query
from reinspect.phrases.search.similar_words import LONGEST_EXACT, QueryWord
from reinspect.phrases.words import lexicon

HERE = Path(__file__).parent
TRUTH, LIMIT, RUNS = 85, 50, 3
OURS = "ours, 50 hits with context"


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    options.add_argument("--more", type=Path, help="another file of queries")
    options.add_argument("--copies", type=int, default=1)
    options.add_argument("--show", action="store_true", help="print the first hits of every query")
    asked = options.parse_args()
    queries = [line for path in filter(None, (asked.more, HERE / "phrase_queries.jsonl")) for line in lines(path)]
    held = list(copies(texts(asked.folder), asked.copies))
    pairs = [(text.sha256, text.passages) for text in held]
    index = made(pairs)
    searcher = Searcher(index)
    written = sentences(index)
    truths = {query["query"]: truth(written, query) for query in queries}
    peers = {"brute force, cut off at 85": lambda query: brute(written, query), **sqlite(written), **tantivy(written)}
    engines: dict[str, Callable[[str], object]] = {
        OURS: lambda query: searcher.search(query, limit=LIMIT),
        "ours, the count alone": lambda query: searcher.search(query, limit=0),
        "ours, words never met before": lambda query: cold(searcher, query),
        **peers,
        **floors(searcher, written),
    }
    times = {name: [least(engine, query["query"]) for query in queries] for name, engine in engines.items()}
    found = {name: {query: peer(query) for query in truths} for name, peer in peers.items()}
    found[OURS] = {query: ours(searcher, query) for query in truths}
    print(f"\n{'engine':34} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7} {'ours is':>9} {'recall':>7}")
    for name, each in times.items():
        faster = f"{median(each) / median(times[OURS]):>7.1f} x"
        print(f"{row(name, each)} {faster} {f'{share(found[name], truths):>7.3f}' if name in found else ''}")
    print(row("ours, every keystroke from 3rd", keystrokes(searcher, [query["intended"] for query in queries])))
    print(f"\n{'queries':10} {'number':>6} {'micro':>8} {'macro':>8} {'planted':>8} {'first 20':>8}")
    for name, half in (("tuned on", queries[0::2]), ("held out", queries[1::2]), ("all", queries)):
        shares = recall(searcher, written, half, truths)
        print(f"{name:10} {len(half):>6} " + " ".join(f"{each:>8.3f}" for each in shares))
    if asked.show:
        show(searcher, queries)


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


def least(engine: Callable[[str], object], query: str) -> float:
    """The least processor time of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        begun = time.thread_time()
        engine(query)
        times.append(time.thread_time() - begun)
    return min(times) * 1000


def row(name: str, times: Sequence[float]) -> str:
    """A name and its median, 95th percentile and longest time."""
    return f"{name:34} {median(times):>7.2f} {np.percentile(times, 95):>7.2f} {max(times):>7.2f}"


def cold(searcher: Searcher, query: str) -> object:
    """A search for which nothing is kept of the words of those before."""
    searcher.similar_words.forget()
    searcher.compounds.forget()
    return searcher.search(query, limit=LIMIT)


def ours(searcher: Searcher, query: str) -> list[int]:
    """The sentences that we find, by their numbers."""
    found = searcher.search(query, limit=len(searcher.index.sentence_document))
    numbers = sentence_numbers(searcher.index)
    return [numbers[hit.document, hit.number, hit.context[0]] for hit in found.hits]


def share(found: dict[str, list[int]], truths: dict[str, list[int]]) -> float:
    """The part of brute force's sentences that is found, in all queries together."""
    hits = sum(len({*truth} & {*found[query]}) for query, truth in truths.items())
    return hits / sum(map(len, truths.values()))


def floors(searcher: Searcher, written: Sequence[str]) -> dict[str, Callable[[str], object]]:
    """What no engine can do without: reading the text once, or the places of the words in question once."""
    index, text = searcher.index, "\n".join(written)

    def places(query: str) -> int:
        words = [searcher.similar_words.similarity(QueryWord(word)).matches for word in parse_query(query).words]
        return sum(int(index.texts.tokens.take(index.places_of(forms)).max(initial=0)) for forms in words)

    return {"floor: one scan of the text": text.count, "floor: the places of like words": places}


def keystrokes(searcher: Searcher, phrases: Sequence[str]) -> list[float]:
    """The time of every keystroke from the third on, each measured once, as it is when someone types."""
    times = []
    for phrase in phrases:
        for typed in range(3, len(phrase) + 1):
            begun = time.thread_time()
            searcher.search(phrase[:typed], limit=LIMIT, prefix=not phrase[:typed].endswith(" "))
            times.append((time.thread_time() - begun) * 1000)
    return times


def brute(written: Sequence[str], query: str) -> list[int]:
    """The sentences that brute force finds."""
    normal = " ".join(parse_query(query).words)
    if not written:
        return []
    scores = process.cdist([normal], written, scorer=fuzz.partial_ratio, score_cutoff=TRUTH)[0]
    # partial_ratio swaps its arguments when the sentence is the shorter: "and" would be in everything.
    return [number for number in np.flatnonzero(scores).tolist() if len(written[number]) >= len(normal)]


def truth(written: Sequence[str], query: dict[str, str]) -> list[int]:
    """The sentences that brute force finds, but for those where it takes a word for its opposite ("instability")."""
    found = brute(written, query["query"])
    opposites = [re.escape(word) for each in parse_query(query["intended"]).words for word in opposites_of(each)]
    kept = [re.sub(rf"\b({'|'.join(opposites)})", "", written[number]) for number in found]
    return [found[number] for number in brute(kept, query["query"])]


def opposites_of(word: str) -> list[str]:
    """A word with letters before it that turn it into its opposite, or without them."""
    return [
        opposite
        for prefix in lexicon().negating
        for opposite in (prefix + word, word.removeprefix(prefix))
        if opposite != word and len(opposite) > LONGEST_EXACT
    ]


def recall(
    searcher: Searcher, written: Sequence[str], queries: Sequence[dict[str, str]], truths: dict[str, list[int]]
) -> tuple[float, ...]:
    """Of brute force's sentences the part found, in all and by query; of those with the phrase; and of the first 20."""
    found_of, true_of, shares, planted_shares, firsts = 0, 0, [], [], []
    for query in queries:
        found, truth = ours(searcher, query["query"]), {*truths[query["query"]]}
        intended = " ".join(parse_query(query["intended"]).words)
        planted = {number for number, sentence in enumerate(written) if f" {intended} " in f" {sentence} "}
        found_of, true_of = found_of + len(truth & {*found}), true_of + len(truth)
        shares += [len(truth & {*found}) / len(truth)] if truth else []
        planted_shares += [len(planted & {*found}) / len(planted)] if planted else []
        head = sum(intended in written[number] for number in found[:20])
        firsts += [head / min(20, len(planted))] if planted else []
    return found_of / true_of, float(np.mean(shares)), float(np.mean(planted_shares)), float(np.mean(firsts))


@cache
def sentence_numbers(index: Index) -> dict[tuple[str, int, int], int]:
    """The number of every sentence by its document, its passage and its first character."""
    texts, passages = index.texts, index.texts.sentence_passage
    documents = texts.passage_document[passages]
    columns = (documents, passages - index.first_passage[documents], texts.token_start[texts.sentence_start[:-1]])
    keys = zip(*(column.tolist() for column in columns), strict=True)
    return {(texts.documents[document], place, first): number for number, (document, place, first) in enumerate(keys)}


def sqlite(written: Sequence[str]) -> dict[str, Callable[[str], list[int]]]:
    """SQLite's trigram index: any shared trigram, the best 2,000 scored again."""
    held = sqlite3.connect(":memory:")
    try:
        held.execute("create virtual table texts using fts5(sentence, tokenize='trigram')")
    except sqlite3.OperationalError:
        return {}
    held.executemany("insert into texts values (?)", ((sentence,) for sentence in written))

    def search(query: str) -> list[int]:
        trigrams = " OR ".join(f'"{query[start : start + 3]}"' for start in range(len(query) - 2))
        sought = "select rowid - 1 from texts where texts match ? order by rank limit 2000"
        candidates = [row[0] for row in held.execute(sought, (trigrams,))]
        return rescored(written, candidates, query)

    return {"SQLite FTS5 trigrams, best 2,000": search}


def tantivy(written: Sequence[str]) -> dict[str, Callable[[str], list[int]]]:
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

    def search(query: str) -> list[int]:
        words = [
            (engine.Occur.Must, engine.Query.fuzzy_term_query(schema, "sentence", word, min(2, len(word) // 4)))
            for word in parse_query(query).words
        ]
        hits = searcher.search(engine.Query.boolean_query(words), len(written)).hits
        return rescored(written, [searcher.doc(address)["number"][0] for _, address in hits], query)

    return {"tantivy, fuzzy words, all hits": search}


def rescored(written: Sequence[str], candidates: Sequence[int], query: str) -> list[int]:
    """Those of some sentences that brute force would find."""
    return [candidates[number] for number in brute([written[number] for number in candidates], query)]


def show(searcher: Searcher, queries: Sequence[dict[str, str]]) -> None:
    """The first hits of every query."""
    for query in queries:
        found = searcher.search(query["query"], limit=5)
        print(f"\n{query['query']} ({found.total} in {len(found.by_document)} documents)")
        for hit in found.hits:
            print(f"  {hit.score:5.1f} {hit.phrase}")


if __name__ == "__main__":
    main()
