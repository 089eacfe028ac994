"""Measure a search over texts that are divided among Dask workers, for several numbers of workers (docs/scale.md).

    python -m benchmarks.speed.search_at_scale FOLDER [--copies 1 5] [--workers 1 2]

FOLDER holds reports; `--copies` multiplies them, with misspelt words (`phrase_corpus.multiply`). For each size and
number of workers: the seconds until every worker has cut, indexed and holds its part; the milliseconds of a query with
new words and of the same query again, median and 95th percentile; the memory of a worker; and whether every hit and
count is that of one process, which stands in the first line of each size. Needs Dask: `pip install '.[cluster]'`.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.material import CORPUS, MISSPELT_QUERIES, folder, json_lines
from benchmarks.phrase_corpus import build_index, multiply, texts
from reinspect.phrases.query import PhraseSearch, SearchResult
from reinspect.phrases.search.searcher import Searcher
from tui.cli.cluster import divided_search

_LIMIT = 20


def main() -> None:
    """Print a line for one process and for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 5])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    queries = [line["query"] for line in json_lines(MISSPELT_QUERIES)]
    print(" reports  workers  held after s   new words ms (95 %)   again ms (95 %)   MB a worker   same answers")
    for copies in options.copies:
        corpus = [(text.sha256, text.passages) for text in multiply(texts(options.folder), copies)]
        started = time.perf_counter()
        alone = Searcher(build_index(multiply(texts(options.folder), copies)))
        wanted = print_line(len(corpus), "none", time.perf_counter() - started, alone, queries)
        for workers in options.workers:
            measure(corpus, workers, queries, wanted)


def measure(
    corpus: Sequence[tuple[str, Sequence[object]]], workers: int, queries: Sequence[str], wanted: list[SearchResult]
) -> None:
    """Print the line of one number of workers."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local,
        Client(local) as client,
    ):
        started = time.perf_counter()
        with divided_search(local.scheduler_address, corpus) as together:  # type: ignore[arg-type]
            held = time.perf_counter() - started
            print_line(
                len(corpus),
                str(workers),
                held,
                together,
                queries,
                memory=lambda: max(client.run(peak_megabytes).values()),
                wanted=wanted,
            )


def print_line(
    reports: int,
    workers: str,
    held: float,
    searcher: PhraseSearch,
    queries: Sequence[str],
    *,
    memory: Callable[[], float | None] = lambda: None,
    wanted: list[SearchResult] | None = None,
) -> list[SearchResult]:
    """Ask every query twice, print the figures, and return the results."""
    times: list[list[float]] = [[], []]
    found: list[SearchResult] = []
    for query in queries:
        for again in times:
            started = time.perf_counter()
            result = searcher.search(query, limit=_LIMIT)
            again.append(1000 * (time.perf_counter() - started))
        found.append(result)
    shown = "   ".join(f"{np.median(each):>9.1f} ({np.percentile(each, 95):>6.1f})" for each in times)
    megabytes, same = memory(), "" if wanted is None else found == wanted
    print(f"{reports:>8}  {workers:>7}  {held:>12.1f}   {shown}   {megabytes or '':>11}   {same}", flush=True)
    return found


def peak_megabytes() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
