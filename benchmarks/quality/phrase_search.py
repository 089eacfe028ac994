"""Recall and precision of phrase search, judged by what the person who types a query means.

    python -m benchmarks.quality.phrase_search FOLDER [--copies 5] [--show]

FOLDER holds reports. `meant_phrases.jsonl` has 50 queries with spelling errors. A person labelled each: which forms of
every word mean the same ("delay", "delays"), which come near ("delayed"), and which other phrases say it. An example:

    query     "drfit and delay"
    right     "There is drift and some delay."          all words in a form that means the same, close together
    near      "Cases drifted and were delayed."         found or not, it does not count
    wrong     "Draft plans are delayed."

Recall is the share of the right sentences that are found. Precision is the share of the found sentences that are right
or near. "First 20" is the precision of the first 20 hits. Rows 1, 3, 5, ... of the file may be used to tune the search;
rows 2, 4, 6, ... are held out. The times are the least of three runs, in milliseconds of processor time, with words
that the search has not met before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.material import CORPUS, folder, json_lines
from benchmarks.phrase_corpus import build_index, forget_words, multiply, sentences, texts
from benchmarks.search_engines import Engine, exhaustive, ours, sqlite, tantivy
from benchmarks.speed.phrase_search import LIMIT, least_ms
from reinspect.phrases.query import parse_query
from reinspect.phrases.search.searcher import Searcher

LABELS = Path(__file__).with_name("meant_phrases.jsonl")
FIRST = 20
# Words that may stand between the words of a phrase that is right, and of one that is near.
_SLACK, _NEAR_SLACK = 2, 6


class Word(msgspec.Struct, frozen=True):
    """The forms of one word of a phrase: those that mean the same, and those that come near."""

    means: list[str]
    near: list[str]


class LabelledQuery(msgspec.Struct, frozen=True, rename={"others": "or", "near_phrases": "near"}):
    """A query as typed, the phrase intended, and the labels of a person.

    `others` are phrases that mean the same, `near_phrases` those that come near.
    """

    query: str
    intended: str
    words: list[Word]
    others: list[str] = []
    near_phrases: list[str] = []


class Truth(msgspec.Struct, frozen=True):
    """The numbers of the sentences that are right for a query, and of those that are right or near."""

    right: frozenset[int]
    acceptable: frozenset[int]


class Quality(msgspec.Struct, frozen=True):
    """The answer of an engine to one query, judged: shares from 0 to 1."""

    recall: float
    precision: float
    first: float


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print each query that falls short, with two examples")
    options = parser.parse_args()
    index = build_index(multiply(texts(options.folder), options.copies))
    searcher, written = Searcher(index), sentences(index)
    queries = labelled_queries()
    truths = [find_truth(written, query) for query in queries]
    engines: dict[str, Engine] = {
        "ours": partial(ours, searcher),
        "RapidFuzz, every sentence": partial(exhaustive, written),
        **sqlite(written),
        **tantivy(written),
    }
    print(f"{len(written)} sentences\n\n{'engine':34} {'queries':10} {'recall':>7} {'precision':>9} {'first 20':>8}")
    for name, engine in engines.items():
        answers = [engine(query.query) for query in queries]
        qualities = [judge(answer, truth) for answer, truth in zip(answers, truths, strict=True)]
        for part, rows in (("tuned on", slice(0, None, 2)), ("held out", slice(1, None, 2)), ("all", slice(None))):
            print(f"{name:34} {part:10} {means(qualities[rows])}")
        if options.show and name == "ours":
            show(written, queries, truths, answers)
    print_times(searcher, queries)


def labelled_queries() -> list[LabelledQuery]:
    """Return the labelled queries in the order of the file."""
    return msgspec.convert(json_lines(LABELS), list[LabelledQuery])


def find_truth(written: Sequence[str], query: LabelledQuery) -> Truth:
    """Return the sentences that a query means."""
    length = len(parse_query(query.intended).words)
    strict = [{*word.means} for word in query.words]
    loose = [{*word.means, *word.near} for word in query.words]
    right, acceptable = set(), set()
    for number, sentence in enumerate(written):
        padded = f" {sentence} "
        if any(f" {phrase} " in padded for phrase in query.others):
            right.add(number)
        if any(f" {phrase} " in padded for phrase in query.near_phrases):
            acceptable.add(number)
        # Most sentences lack a word; looking closely at the others alone saves time.
        if all(any(form in sentence for form in forms) for forms in loose):
            tokens = sentence.split()
            if holds_words(tokens, strict, length + _SLACK):
                right.add(number)
            elif holds_words(tokens, loose, length + _NEAR_SLACK):
                acceptable.add(number)
    return Truth(frozenset(right), frozenset(right | acceptable))


def holds_words(tokens: Sequence[str], groups: Sequence[set[str]], longest: int) -> bool:
    """Return whether `longest` words or fewer, next to each other, hold a different word of each group."""
    places = [[place for place, token in enumerate(tokens) if token in forms] for forms in groups]
    return any(len({*chosen}) == len(groups) and max(chosen) - min(chosen) < longest for chosen in product(*places))


def judge(found: Sequence[int], truth: Truth) -> Quality:
    """Compare the sentences that an engine found, best first, with the truth."""
    right = len(truth.right.intersection(found))
    return Quality(
        recall=right / len(truth.right) if truth.right else 1.0,
        precision=_share(found, truth.acceptable),
        first=_share(found[:FIRST], truth.acceptable),
    )


def _share(found: Sequence[int], acceptable: frozenset[int]) -> float:
    return len(acceptable.intersection(found)) / len(found) if found else 1.0


def means(qualities: Sequence[Quality]) -> str:
    """Return the means over several queries as the columns of the table."""
    recall, precision, first = np.mean([msgspec.structs.astuple(quality) for quality in qualities], axis=0)
    return f"{recall:>7.3f} {precision:>9.3f} {first:>8.3f}"


def show(
    written: Sequence[str], queries: Sequence[LabelledQuery], truths: Sequence[Truth], answers: Sequence[Sequence[int]]
) -> None:
    """Print the queries that may be used for tuning and fall short, with two missed and two wrong sentences each."""
    for query, truth, found in list(zip(queries, truths, answers, strict=True))[0::2]:
        quality = judge(found, truth)
        if min(quality.recall, quality.precision) < 0.98:
            print(f"    {query.query}: recall {quality.recall:.3f}, precision {quality.precision:.3f}")
            for line in (
                *_examples(written, truth.right.difference(found), "missed"),
                *_examples(written, frozenset(found) - truth.acceptable, "wrong"),
            ):
                print(f"        {line}")


def _examples(written: Sequence[str], numbers: frozenset[int], label: str) -> Iterator[str]:
    for number in sorted(numbers)[:2]:
        yield f"{label} ({len(numbers)}): {written[number][:150]}"


def print_times(searcher: Searcher, queries: Sequence[LabelledQuery]) -> None:
    """Print the milliseconds of a query: the median and the 95th percentile."""
    times = [
        least_ms(partial(searcher.search, limit=LIMIT), query.query, partial(forget_words, searcher))
        for query in queries
    ]
    print(f"\nours, milliseconds a query: median {np.median(times):.2f}, 95 % {np.percentile(times, 95):.2f}")


if __name__ == "__main__":
    main()
