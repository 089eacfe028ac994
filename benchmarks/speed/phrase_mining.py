"""Time and memory of mining recurring phrases, compared with scikit-learn and nltk.

    python -m benchmarks.speed.phrase_mining FOLDER [--copies 5]

FOLDER holds reports. Every way of mining runs in a process of its own, so that its peak memory is its own. The index
is built before the clock starts. "First" is the first time in that process: columns of the index and caches of words
are still empty. "Again" is the least of the next two. The floor is one pass over the tokens, which no counting can
avoid. scikit-learn and nltk only count; they are measured where they are installed (`pip install scikit-learn nltk`).
The phrases themselves are judged by `benchmarks.quality.phrase_mining`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.figures import Row, in_new_process, peak_memory
from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import Text, build_index, multiply, sentences, texts
from reinspect.phrases import Index, Order, RecurringPhrase, mine

AGAIN, LONG = 2, 5.0  # how often a way is repeated, and after how many seconds it is not
FLOOR = "one pass over the tokens"
Figures = dict[str, float]


def main() -> None:
    """Print the table, or run as one of the measured processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    options = parser.parse_args()
    corpus = list(multiply(texts(options.folder), options.copies))
    if options.way:
        print(json.dumps(measure(options.way, corpus)))
        return
    print(f"{len(corpus)} documents")
    print(f"{'way':36} {'first s':>8} {'again s':>8} {'to ours':>8} {'MB more':>8} {'phrases':>8}")
    ours = 0.0
    for way, (package, _) in ways(corpus).items():
        if package and not find_spec(package):
            print(f"{way:36} not installed")
            continue
        command = [sys.executable, "-m", "benchmarks.speed.phrase_mining", str(options.folder), "--way", way]
        run = subprocess.run([*command, "--copies", str(options.copies)], capture_output=True, text=True, check=True)
        figures = json.loads(run.stdout)
        ours = ours or figures["first"]
        seconds = f"{figures['first']:>8.3f} {figures['again']:>8.3f} {figures['first'] / ours:>8.2f}"
        print(f"{way:36} {seconds} {_more_memory(figures):>8.0f} {figures['phrases']:>8}")


def ways(corpus: list[Text]) -> dict[str, tuple[str, Callable[[Index], int]]]:
    """Return the ways of mining by name: the package that a way needs, and a function that counts its phrases."""
    authority = corpus[0].origin.authority
    return {
        "everything, issues": ("", lambda index: len(mine_phrases(index, corpus, "issues"))),
        "everything, themes": ("", lambda index: len(mine_phrases(index, corpus, "themes"))),
        f"{authority}, issues": ("", lambda index: len(mine_phrases(index, corpus, "issues", authority))),
        f"{authority}, distinctive": ("", lambda index: len(mine_phrases(index, corpus, "distinctive", authority))),
        FLOOR: ("", lambda index: int(np.count_nonzero(np.bincount(index.texts.tokens)))),
        "scikit-learn, counts of 2-7 words": ("sklearn", scikit_learn),
        "nltk, likelihood of 2 and 3 words": ("nltk", nltk),
    }


def measure(way: str, corpus: list[Text]) -> Figures:
    """Return the seconds ("first", "again"), memory in MB ("before", "peak") and number of "phrases" of one way."""
    index = build_index(corpus)
    work = ways(corpus)[way][1]
    before = peak_memory()
    times: list[float] = []
    phrases = 0
    while len(times) <= AGAIN and sum(times) < LONG:
        started = time.process_time()
        phrases = work(index)
        times.append(time.process_time() - started)
    again = min(times[1:], default=times[0])
    return {"first": times[0], "again": again, "peak": peak_memory(), "before": before, "phrases": phrases}


def mine_phrases(index: Index, corpus: list[Text], order: Order, authority: str = "") -> tuple[RecurringPhrase, ...]:
    """Return the recurring phrases of an authority, or of everything."""
    origins = {text.sha256: text.origin for text in corpus}
    documents = [text.sha256 for text in corpus if text.origin.authority == authority] if authority else None
    return mine(index, origins, documents=documents, order=order, limit=200)


def scikit_learn(index: Index) -> int:
    """Count in how many documents each sequence of two to seven words occurs."""
    from sklearn.feature_extraction.text import CountVectorizer

    documents: dict[int, list[str]] = {}
    for document, sentence in zip(index.sentence_document.tolist(), sentences(index), strict=True):
        documents.setdefault(document, []).append(sentence)
    texts = (" | ".join(document) for document in documents.values())
    counts = CountVectorizer(ngram_range=(2, 7), min_df=2).fit_transform(texts)
    return int(((counts > 0).sum(axis=0) > 1).sum())


def nltk(index: Index) -> int:
    """Compute the likelihood ratio of every sequence of two and of three words."""
    from nltk.collocations import (
        BigramAssocMeasures,
        BigramCollocationFinder,
        TrigramAssocMeasures,
        TrigramCollocationFinder,
    )

    words = [sentence.split() for sentence in sentences(index)]
    phrases = 0
    for finder, likelihood in (
        (BigramCollocationFinder.from_documents(words), BigramAssocMeasures.likelihood_ratio),
        (TrigramCollocationFinder.from_documents(words), TrigramAssocMeasures.likelihood_ratio),
    ):
        finder.apply_freq_filter(3)
        phrases += len(finder.score_ngrams(likelihood))
    return phrases


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of mining."""
    known = ways(texts(folder))
    installed = [way for way, (package, _) in known.items() if not package or find_spec(package)]
    figures: dict[str, Figures] = {way: in_new_process(measure_in, way, folder).result for way in installed}
    peers = [way for way in installed if known[way][0]]
    own = [way for way in installed if not known[way][0] and way != FLOOR]
    for peer in peers:
        yield _row(f"{own[0]}, first time, {peer}", figures, own[0], "first", peer)
    for way in own if not peers else own[1:]:
        yield _row(f"{way}, first time", figures, way, "first")
    yield _row(f"{own[0]}, again", figures, own[0], "again")
    for peer in peers:
        yield Row(
            part="mining",
            what=f"memory in addition to the index, {peer}",
            unit="MB",
            ours=_more_memory(figures[own[0]]),
            peer=peer,
            theirs=_more_memory(figures[peer]),
        )


def measure_in(way: str, folder: Path) -> Figures:
    """Measure one way on the reports of a folder. Call it in a new process, because memory is measured too."""
    return measure(way, texts(folder))


def _row(what: str, figures: dict[str, Figures], way: str, field: str, peer: str = "") -> Row:
    return Row(
        part="mining",
        what=what,
        unit="ms",
        ours=1000 * figures[way][field],
        peer=peer,
        theirs=1000 * figures[peer][field] if peer else None,
        floor=FLOOR,
        least=1000 * figures[FLOOR]["again"],
    )


def _more_memory(figures: Figures) -> float:
    return figures["peak"] - figures["before"]


if __name__ == "__main__":
    main()
