"""Growth of time and memory with 1, 10 and 30 times as many reports, and search among 10,000.

    python -m benchmarks.speed.growth [--times 1 10 30] [--index 10000] [--json FILE] [FOLDER]

The additional reports are made from those of FOLDER (default: ../shared/corpus; without it, invented reports). Each
copy is of another authority. In its prose one long word in ten is replaced by another word of the corpus, and one
word in 500 has lost a letter, so that no two sentences are equal and the vocabulary goes on growing. The copies are
text files, which the real `add` reads in its limited processes into one store that grows from size to size; so the
figures do not include reading PDF. The peer "in proportion" is the first size's figure times the growth: above 1 is
worse than linear.

The 10,000 go straight into an index, as passages. Every step runs in a new process. A query is timed with new words:
nothing is kept of the words of earlier queries.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.figures import HEAD, ProcessResult, Row, in_new_process, machine, save_run, table_line
from benchmarks.kept_store import folder_of_reports
from benchmarks.material import MISSPELT_QUERIES, json_lines
from benchmarks.phrase_corpus import Text, forget_words, texts
from benchmarks.speed.phrase_search import LIMIT, least_ms
from reinspect.authorities import authorities
from reinspect.model import Authority, Passage, Reading
from reinspect.phrases import Index
from reinspect.phrases.search.searcher import Searcher
from reinspect.reading.worker_pool import read_files
from store import Store
from store.caches import index_path

_PROSE = 60  # a line with at least this many characters is prose
_REPLACED, _MISSPELT = 0.1, 0.002
_WORD = re.compile(r"[a-z]{5,}")


def main() -> int:
    """Print the tables, and the progress on stderr."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--times", type=int, nargs="*", default=[1, 10, 30])
    parser.add_argument("--index", type=int, default=10_000, help="reports in the index alone; 0 for none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the run to this file")
    options = parser.parse_args()
    folder = folder_of_reports(options.folder)
    rows: list[Row] = []
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for row in chain(measure_sizes(folder, sorted(options.times)), measure_index(folder, options.index)):
        print(table_line(row), flush=True)
        rows.append(row)
    if options.json:
        save_run(options.json, rows)
    return 0


def print_progress(words: str) -> None:
    """Print the time and what is being done, on stderr."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


# Making more reports


class WordChanger:
    """Replaces and misspells words of a text at random, the same ones each time for the same seed."""

    def __init__(self, pages: Iterable[str], seed: int) -> None:
        self._words = [word for page in pages for word in _WORD.findall(page)]
        self._chance = random.Random(seed)

    def change(self, text: str) -> str:
        """Return the text with some of its words changed."""
        return _WORD.sub(lambda match: self._change_word(match.group()), text)

    def _change_word(self, word: str) -> str:
        chance = self._chance.random()
        if chance < _MISSPELT:
            cut = self._chance.randrange(1, len(word))
            return word[:cut] + word[cut + 1 :]
        return self._chance.choice(self._words) if chance < _REPLACED else word


def write_copies(readings: list[Reading], turns: range, folder: Path) -> None:
    """Write one text file for each reading and turn. Every turn is of other authorities; turn 0 changes nothing."""
    known = [authority for authority in authorities().all() if not authority.successors]
    places = {authority.slug: place for place, authority in enumerate(known)}
    for turn in turns:
        changer = WordChanger((page for reading in readings for page in reading.pages), turn)
        for number, reading in enumerate(readings):
            own = _authority(reading)
            other = known[(places[own.slug] + turn) % len(known)] if own and own.slug in places else own
            pages = list(reading.pages) if turn == 0 else [_copy(page, changer, own, other) for page in reading.pages]
            (folder / f"{turn:03}-{number:04}.txt").write_text("\f".join(pages), encoding="utf-8")


def _copy(page: str, changer: WordChanger, own: Authority | None, other: Authority | None) -> str:
    # Short lines are labels, grades, headings and dates. They stay, so that the copy can be read as a report.
    changed = "\n".join(changer.change(text) if len(text) >= _PROSE else text for text in page.split("\n"))
    if own is None or other is None:
        return changed
    names = sorted((own.name, *own.aliases), key=len, reverse=True)
    return re.sub("|".join(rf"\b{re.escape(name)}\b" for name in names), other.name, changed)


def _authority(reading: Reading) -> Authority | None:
    printed = reading.facts.authority
    return authorities().by_slug(printed.slug) if printed and printed.slug else None


# The steps that are measured, each in a new process


def add(store: Path, folder: Path) -> int:
    """Add a folder as `reinspect add` does; return the number of documents then in the store."""
    from store.file_import import import_files

    opened = Store.open(store)
    for _ in import_files(opened, sorted(folder.iterdir())):
        pass
    return len(opened.stored_documents())


def reconcile(store: Path) -> int:
    """Open the store and reconcile every inspection; return their number."""
    return len(Store.open(store).inspections())


def build_index(store: Path) -> int:
    """Build the phrase index from the stored passages; return its number of sentences."""
    shutil.rmtree(index_path(store), ignore_errors=True)
    return len(Store.open(store).index().sentence_document)


def size_of_files(folder: Path) -> int:
    """Return the number of bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


class SearchTimes(NamedTuple):
    """Seconds of the first search of a process, opening included, and milliseconds of each query with new words."""

    first: float
    queries: list[float]


def search(store: Path) -> SearchTimes:
    """Open the store and ask every query of the benchmark."""
    started = time.process_time()
    return _search(Store.open(store).index(), started)


def mine(store: Path) -> int:
    """Mine the recurring phrases of everything; return their number."""
    from reinspect.answers.recurring import text_origins
    from reinspect.phrases import mine as mine_index

    opened = Store.open(store)
    return len(mine_index(opened.index(), text_origins(opened), limit=200))


def search_large_index(folder: Path, reports: int) -> tuple[float, int, SearchTimes]:
    """Build an index of that many reports and ask every query; return seconds of building, sentences, and times."""
    started = time.process_time()
    index = Index.build(_texts(texts(folder), reports))
    built = time.process_time() - started
    return built, len(index.sentence_document), _search(index, time.process_time())


def _texts(corpus: list[Text], reports: int) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yield the passages of that many reports: first the corpus as it is, then copies with changed words."""
    for number in range(reports):
        text = corpus[number % len(corpus)]
        if number % len(corpus) == 0:
            changer = WordChanger((passage.text for other in corpus for passage in other.passages), number)
        changed = (msgspec.structs.replace(passage, text=changer.change(passage.text)) for passage in text.passages)
        yield f"{text.sha256}-{number}", tuple(changed if number >= len(corpus) else text.passages)


def _search(index: Index, started: float) -> SearchTimes:
    queries = [query["query"] for query in json_lines(MISSPELT_QUERIES)]
    searcher = Searcher(index)
    searcher.search(queries[0], limit=LIMIT)
    first = time.process_time() - started
    engine, before = partial(searcher.search, limit=LIMIT), partial(forget_words, searcher)
    return SearchTimes(first, [least_ms(engine, query, before) for query in queries])


# The tables


def measure_sizes(folder: Path, sizes: list[int]) -> Iterator[Row]:
    """Yield the rows of every size of the store."""
    if not sizes:
        return
    print_progress(f"reading {folder}")
    readings = [reading for reading in read_files(sorted(folder.rglob("*.pdf")), jobs=2) if reading.reason is None]
    with tempfile.TemporaryDirectory(prefix="reinspect-growth-") as name:
        place, done, first = Path(name), 0, dict[str, float]()
        store = place / "store"
        for size in sizes:
            copies = place / f"copies-{size}"
            copies.mkdir()
            write_copies(readings, range(done, size), copies)
            added = len(readings) * (size - done)
            print_progress(f"{size} times: adding {added} texts")
            adding = in_new_process(add, store, copies)
            print_progress(f"{size} times: open, index, search, mine")
            done = size
            for figure in _figures(store, adding, added):
                first.setdefault(figure.what, figure.value)
                yield _row(figure, first[figure.what], size / sizes[0], len(readings) * size)


class GrowthFigure(NamedTuple):
    """A figure of one size. `grows` is True if it may grow in proportion to the number of reports."""

    what: str
    unit: str
    value: float
    clock: float | None = None
    grows: bool = True


def _row(figure: GrowthFigure, first: float, growth: float, reports: int) -> Row:
    return Row(
        part="growth",
        what=f"{figure.what}, {reports:,} reports",
        unit=figure.unit,
        ours=figure.value,
        clock=figure.clock,
        peer="in proportion" if figure.grows else "as at first",
        theirs=first * (growth if figure.grows else 1),
        target="50 ms" if "95 %" in figure.what else "",
    )


def _figures(store: Path, adding: ProcessResult, added: int) -> Iterator[GrowthFigure]:
    """Run every step on the store and yield its figures."""
    per_report = 1000 / added
    yield GrowthFigure("add, a report", "ms", per_report * adding.processor, per_report * adding.clock, grows=False)
    yield GrowthFigure("memory of add", "MB", adding.peak)
    opening = in_new_process(reconcile, store)
    yield GrowthFigure("open and reconcile all", "ms", 1000 * opening.processor, 1000 * opening.clock)
    yield GrowthFigure("memory of that", "MB", opening.peak)
    indexing = in_new_process(build_index, store)
    yield GrowthFigure("build the index", "s", indexing.processor, indexing.clock)
    yield GrowthFigure("memory of that index", "MB", indexing.peak)
    yield GrowthFigure("the index's files", "MB", size_of_files(index_path(store)) / 1e6)
    searching = in_new_process(search, store)
    yield GrowthFigure("first search, opening included", "s", searching.result.first)
    yield from _query_figures(searching.result)
    yield GrowthFigure("memory of a search", "MB", searching.peak)
    mining = in_new_process(mine, store)
    yield GrowthFigure("recurring phrases of everything", "s", mining.processor, mining.clock)
    yield GrowthFigure("memory of mining", "MB", mining.peak)


def _query_figures(times: SearchTimes) -> Iterator[GrowthFigure]:
    yield GrowthFigure("search with new words, median", "ms", float(np.median(times.queries)))
    yield GrowthFigure("search with new words, 95 %", "ms", float(np.percentile(times.queries, 95)))


def measure_index(folder: Path, reports: int) -> Iterator[Row]:
    """Yield the rows of an index of that many reports."""
    if not reports:
        return
    print_progress(f"an index of {reports:,} reports")
    process = in_new_process(search_large_index, folder, reports)
    built, sentences, times = process.result
    size = f"{reports:,} reports in the index, {sentences:,} sentences"
    yield Row(part="growth", what=f"build it, {size}", unit="s", ours=built)
    for figure in _query_figures(times):
        target = "50 ms" if "95 %" in figure.what else ""
        yield Row(part="growth", what=f"{figure.what}, {size}", unit="ms", ours=figure.value, target=target)
    yield Row(part="growth", what=f"memory of building and searching it, {size}", unit="MB", ours=process.peak)


if __name__ == "__main__":
    sys.exit(main())
