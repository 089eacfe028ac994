"""How fast recurring phrases are mined, in how much memory, beside its peers, and what the first of them are.

    python -m benchmarks.phrase_mining FOLDER [--show camden] [--copies 5]

FOLDER holds reports. Every way of mining runs in a process of its own, so that its peak of memory is its own; the
processor time is that of the mining alone, the least of three (of one where that took five seconds). `times ours` sets
each way beside the first; the floor is one pass over the tokens, which no counting can do without. scikit-learn and
nltk (`pip install scikit-learn nltk`) are measured where they are installed. --show prints the first forty phrases of
each order, for everything (`all`) or for one authority, to be judged by a reader.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import Text, copies, sentences, texts
from reinspect.phrases import Index, Order, RecurringPhrase, mine

ORDERS: tuple[Order, ...] = ("issues", "themes", "distinctive")
WANTED: tuple[tuple[Order, str, str, int], ...] = (
    ("issues", "", "management oversight", 20),
    ("issues", "", "drift and delay", 20),
    ("issues", "", "timeliness of initial health assessments", 60),
    ("themes", "camden", "family group conferences", 20),
)
RUNS, LONG, SHOWN = 3, 5.0, 40


def main() -> None:
    """Print the tables, or be one of the processes that are measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    options.add_argument("--copies", type=int, default=1)
    options.add_argument("--show", metavar="AUTHORITY", help="an authority's slug, or all")
    options.add_argument("--way", help=argparse.SUPPRESS)
    asked = options.parse_args()
    held = list(copies(texts(asked.folder), asked.copies))
    if asked.way:
        print(json.dumps(measured(asked.way, held)))
        return
    print(f"{len(held)} documents\n{'way':36} {'seconds':>8} {'times ours':>11} {'MB more':>8} {'phrases':>8}")
    ours = 0.0
    for way, (needs, _) in ways(held).items():
        if needs and not find_spec(needs):
            print(f"{way:36} not installed")
            continue
        command = [sys.executable, "-m", "benchmarks.phrase_mining", str(asked.folder), "--way", way]
        run = subprocess.run([*command, "--copies", str(asked.copies)], capture_output=True, text=True, check=True)
        found = json.loads(run.stdout)
        ours = ours or found["seconds"]
        more = found["peak"] - found["before"]
        print(f"{way:36} {found['seconds']:>8.3f} {found['seconds'] / ours:>11.2f} {more:>8.0f} {found['phrases']:>8}")
    index = Index.build((text.sha256, text.passages) for text in held)
    print("\nwhere the wanted phrases stand")
    for order, authority, phrase, within in WANTED:
        listed = phrases_of(index, held, order, authority)
        place = next((place for place, each in enumerate(listed, 1) if each.phrase == phrase), None)
        print(f"{order:12} {authority or 'all':8} {phrase:42} {place or 'not listed':>10} (wanted: first {within})")
    if asked.show:
        show(index, held, "" if asked.show == "all" else asked.show)


def ways(held: list[Text]) -> dict[str, tuple[str, Callable[[Index], int]]]:
    """The ways of mining by name: the package that one needs, and what gives the number of phrases it found."""
    one = held[0].occasion.authority
    return {
        "everything, issues": ("", lambda index: len(phrases_of(index, held, "issues"))),
        "everything, themes": ("", lambda index: len(phrases_of(index, held, "themes"))),
        f"{one}, issues": ("", lambda index: len(phrases_of(index, held, "issues", one))),
        f"{one}, distinctive": ("", lambda index: len(phrases_of(index, held, "distinctive", one))),
        "floor: one pass over the tokens": ("", lambda index: int(np.count_nonzero(np.bincount(index.texts.tokens)))),
        "scikit-learn, counts of 2-7 words": ("sklearn", scikit_learn),
        "nltk, likelihood of 2 and 3 words": ("nltk", nltk),
    }


def measured(way: str, held: list[Text]) -> dict[str, float]:
    """What one way costs, the index not counted in its time."""
    index = Index.build((text.sha256, text.passages) for text in held)
    work = ways(held)[way][1]
    before = peak()
    times: list[float] = []
    phrases = 0
    while len(times) < RUNS and sum(times) < LONG:
        begun = time.process_time()
        phrases = work(index)
        times.append(time.process_time() - begun)
    return {"seconds": min(times), "peak": peak(), "before": before, "phrases": phrases}


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def phrases_of(index: Index, held: list[Text], order: Order, authority: str = "") -> tuple[RecurringPhrase, ...]:
    """The phrases of an authority, or of everything."""
    occasions = {text.sha256: text.occasion for text in held}
    documents = [text.sha256 for text in held if text.occasion.authority == authority] if authority else None
    return mine(index, occasions, documents=documents, order=order, limit=200)


def scikit_learn(index: Index) -> int:
    """Document frequencies of runs of two to seven words."""
    from sklearn.feature_extraction.text import CountVectorizer

    written: dict[int, list[str]] = {}
    for document, sentence in zip(index.sentence_document.tolist(), sentences(index), strict=True):
        written.setdefault(document, []).append(sentence)
    counts = CountVectorizer(ngram_range=(2, 7), min_df=2).fit_transform(" | ".join(each) for each in written.values())
    return int(((counts > 0).sum(axis=0) > 1).sum())


def nltk(index: Index) -> int:
    """Likelihood ratios of runs of two and of three words."""
    from nltk.collocations import (
        BigramAssocMeasures,
        BigramCollocationFinder,
        TrigramAssocMeasures,
        TrigramCollocationFinder,
    )

    words = [sentence.split() for sentence in sentences(index)]
    found = 0
    for finder, measure in (
        (BigramCollocationFinder.from_documents(words), BigramAssocMeasures.likelihood_ratio),
        (TrigramCollocationFinder.from_documents(words), TrigramAssocMeasures.likelihood_ratio),
    ):
        finder.apply_freq_filter(3)
        found += len(finder.score_ngrams(measure))
    return found


def show(index: Index, held: list[Text], authority: str) -> None:
    """The first phrases of every order."""
    for order in ORDERS:
        print(f"\n{order}, {authority or 'everything'}")
        for place, each in enumerate(phrases_of(index, held, order, authority)[:SHOWN], 1):
            variants = "; ".join(each.variants[:4])
            print(f"{place:>4} {each.phrase:48} {each.inspections:>4} {each.count:>5}  {variants}")


if __name__ == "__main__":
    main()
