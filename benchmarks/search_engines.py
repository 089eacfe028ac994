"""The search engines that ours is compared with. Each takes a query and returns sentence numbers.

Exhaustive search is the truth: every sentence, no shorter than the query, to which RapidFuzz's `partial_ratio` gives
85 or more. The other engines look up candidates in their own way; the same score then decides.

    written = sentences(index)      # ["managers know their service well", ...]
    engines = {"RapidFuzz": partial(exhaustive, written), **sqlite(written), **tantivy(written)}
    engines["RapidFuzz"]("managers oversite")      # [17, 203, ...]
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from reinspect.phrases import Index
from reinspect.phrases.query import parse_query
from reinspect.phrases.search.searcher import Searcher

LEAST_SCORE = 85
Engine = Callable[[str], list[int]]


def exhaustive(written: Sequence[str], query: str) -> list[int]:
    """Score every sentence; return the numbers of those with `LEAST_SCORE` or more."""
    normal = " ".join(parse_query(query).words)
    if not written:
        return []
    scores = process.cdist([normal], written, scorer=fuzz.partial_ratio, score_cutoff=LEAST_SCORE)[0]
    # partial_ratio swaps its arguments when the sentence is the shorter one: "and" would match everything.
    return [number for number in np.flatnonzero(scores).tolist() if len(written[number]) >= len(normal)]


def ours(searcher: Searcher, query: str) -> list[int]:
    """Return the numbers of all sentences that our search finds, best first."""
    result = searcher.search(query, limit=len(searcher.index.sentence_document))
    numbers = sentence_numbers(searcher.index)
    return [numbers[hit.document, hit.number, hit.context[0]] for hit in result.hits]


@cache
def sentence_numbers(index: Index) -> dict[tuple[str, int, int], int]:
    """Map the document, passage number and first character of every sentence to the sentence's number."""
    texts, passages = index.texts, index.texts.sentence_passage
    documents = texts.passage_document[passages]
    columns = (documents, passages - index.first_passage[documents], texts.token_start[texts.sentence_start[:-1]])
    keys = zip(*(column.tolist() for column in columns), strict=True)
    return {(texts.documents[document], place, first): number for number, (document, place, first) in enumerate(keys)}


def sqlite(written: Sequence[str]) -> dict[str, Engine]:
    """Return SQLite's trigram search: any shared trigram, the best 2,000 scored again. Empty without FTS5."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("create virtual table texts using fts5(sentence, tokenize='trigram')")
    except sqlite3.OperationalError:
        return {}
    database.executemany("insert into texts values (?)", ((sentence,) for sentence in written))

    def search(query: str) -> list[int]:
        trigrams = " OR ".join(f'"{query[start : start + 3]}"' for start in range(len(query) - 2))
        select = "select rowid - 1 from texts where texts match ? order by rank limit 2000"
        candidates = [row[0] for row in database.execute(select, (trigrams,))]
        return _score_again(written, candidates, query)

    return {"SQLite FTS5 trigrams, best 2,000": search}


def tantivy(written: Sequence[str]) -> dict[str, Engine]:
    """Return tantivy's fuzzy search: at most two typos a word, all hits scored again. Empty if not installed."""
    try:
        import tantivy as engine
    except ImportError:
        return {}
    builder = engine.SchemaBuilder()
    builder.add_text_field("sentence", stored=False)
    builder.add_integer_field("number", stored=True)
    schema = builder.build()
    index = engine.Index(schema)
    writer = index.writer()
    for number, sentence in enumerate(written):
        writer.add_document(engine.Document(sentence=sentence, number=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[int]:
        words = [
            (engine.Occur.Must, engine.Query.fuzzy_term_query(schema, "sentence", word, min(2, len(word) // 4)))
            for word in parse_query(query).words
        ]
        hits = searcher.search(engine.Query.boolean_query(words), len(written)).hits
        return _score_again(written, [searcher.doc(address)["number"][0] for _, address in hits], query)

    return {"tantivy, fuzzy words, all hits": search}


def _score_again(written: Sequence[str], candidates: Sequence[int], query: str) -> list[int]:
    """Return the candidates that exhaustive search would find."""
    return [candidates[number] for number in exhaustive([written[number] for number in candidates], query)]
