"""How everything grows: the same program on 1, 10 and 30 times as many reports, and a search among 10,000.

    python -m benchmarks.growth [--times 1 10 30] [--index 10000] [--json FILE] [FOLDER]

The further reports are made from those of FOLDER (../shared/corpus, else reports written for the tests): each copy is
of another authority, and in its prose one long word in ten is another word of the corpus and one word in 500 has lost a
letter, so that no two sentences agree and the vocabulary goes on growing. They are text files in a temporary folder,
which the real `add` reads, in its limited processes, into a store that grows from one size to the next; so reading PDF
is not in these figures. `in proportion` is the first size's figure times as many: above 1 is worse than linear.
The 10,000 go straight into an index, as passages.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.figures import HEAD, Apart, Row, apart, keep, line, machine
from benchmarks.kept_store import folder_of_reports
from benchmarks.phrase_corpus import Text, texts
from benchmarks.phrase_search import HERE, LIMIT, least, lines
from reinspect.authorities import authorities
from reinspect.model import Authority, Passage, Reading
from reinspect.phrases import Index, Searcher
from reinspect.reading.worker_pool import read_files
from store import Store
from store.caches import index_path

_PROSE = 60
_CHANGED, _WORN = 0.1, 0.002
_PROPORTION = "in proportion"
_WORD = re.compile(r"[a-z]{5,}")


def main() -> int:
    """Print the tables, and how far it has come."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    options.add_argument("--times", type=int, nargs="+", default=[1, 10, 30])
    options.add_argument("--index", type=int, default=10_000, help="reports in the index alone; 0 for none")
    options.add_argument("--json", type=Path, metavar="FILE", help="keep the run there")
    asked = options.parse_args()
    folder = folder_of_reports(asked.folder)
    rows: list[Row] = []
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for row in chain(grown(folder, sorted(asked.times)), among(folder, asked.index)):
        print(line(row), flush=True)
        rows.append(row)
    if asked.json:
        keep(asked.json, rows)
    return 0


def say(words: str) -> None:
    """How far it has come, on stderr."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


# Making more reports


class Wear:
    """Words of a corpus put in place of others, by chance but always the same."""

    def __init__(self, pages: Iterable[str], seed: int) -> None:
        self._words = [word for page in pages for word in _WORD.findall(page)]
        self._chance = random.Random(seed)

    def worn(self, text: str) -> str:
        """The text with some of its words changed."""
        return _WORD.sub(lambda found: self._other(found.group()), text)

    def _other(self, word: str) -> str:
        chance = self._chance.random()
        if chance < _WORN:
            cut = self._chance.randrange(1, len(word))
            return word[:cut] + word[cut + 1 :]
        return self._chance.choice(self._words) if chance < _CHANGED else word


def copies(readings: list[Reading], turns: range, folder: Path) -> None:
    """Write a text file for each reading and turn, each turn of other authorities; turn 0 leaves all as it is."""
    known = [each for each in authorities().all() if not each.successors]
    places = {each.slug: place for place, each in enumerate(known)}
    for turn in turns:
        wear = Wear((page for reading in readings for page in reading.pages), turn)
        for number, reading in enumerate(readings):
            own = _authority(reading)
            other = known[(places[own.slug] + turn) % len(known)] if own and own.slug in places else own
            pages = list(reading.pages) if turn == 0 else [_copied(page, wear, own, other) for page in reading.pages]
            (folder / f"{turn:03}-{number:04}.txt").write_text("\f".join(pages), encoding="utf-8")


def _copied(page: str, wear: Wear, own: Authority | None, other: Authority | None) -> str:
    # Short lines are labels, grades, headings and dates: they stay, so that the copy reads as a report.
    worn = "\n".join(wear.worn(text) if len(text) >= _PROSE else text for text in page.split("\n"))
    if own is None or other is None:
        return worn
    names = sorted((own.name, *own.aliases), key=len, reverse=True)
    return re.sub("|".join(rf"\b{re.escape(name)}\b" for name in names), other.name, worn)


def _authority(reading: Reading) -> Authority | None:
    printed = reading.facts.authority
    return authorities().by_slug(printed.slug) if printed and printed.slug else None


# What is measured, each in a process of its own


def add(store: Path, folder: Path) -> int:
    """Add a folder as `reinspect add` does; how many documents are held then."""
    from store.file_import import import_files

    opened = Store.open(store)
    for _ in import_files(opened, sorted(folder.iterdir())):
        pass
    return len(opened.stored_documents())


def settle(store: Path) -> int:
    """Open the store and settle every inspection."""
    return len(Store.open(store).inspections())


def index_anew(store: Path) -> int:
    """Make the index from the kept passages; its sentences."""
    index_path(store).unlink(missing_ok=True)
    return len(Store.open(store).index().sentence_document)


class Searched(NamedTuple):
    """Seconds of the first search of a process, opening included, and milliseconds of each query after it."""

    first: float
    queries: list[float]


def search(store: Path) -> Searched:
    """Every query of the benchmark on a store."""
    begun = time.process_time()
    index = Store.open(store).index()
    return _searched(index, begun)


def mine(store: Path) -> int:
    """The recurring phrases of everything; how many."""
    from reinspect.phrases import mine as mined
    from tui.cli.commands.phrases import occasions

    opened = Store.open(store)
    return len(mined(opened.index(), occasions(opened), limit=200))


def search_among(folder: Path, reports: int) -> tuple[float, int, Searched]:
    """Seconds to make an index of so many reports, its sentences, and every query on it."""
    begun = time.process_time()
    index = Index.build(_so_many(texts(folder), reports))
    built, begun = time.process_time() - begun, time.process_time()
    return built, len(index.sentence_document), _searched(index, begun)


def _so_many(held: list[Text], reports: int) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    for number in range(reports):
        text = held[number % len(held)]
        if number % len(held) == 0:
            wear = Wear((passage.text for each in held for passage in each.passages), number)
        worn = (msgspec.structs.replace(passage, text=wear.worn(passage.text)) for passage in text.passages)
        yield f"{text.sha256}-{number}", tuple(worn if number >= len(held) else text.passages)


def _searched(index: Index, begun: float) -> Searched:
    queries = [query["query"] for query in lines(HERE / "phrase_queries.jsonl")]
    searcher = Searcher(index)
    searcher.search(queries[0], limit=LIMIT)
    first = time.process_time() - begun
    return Searched(first, [least(lambda query: searcher.search(query, limit=LIMIT).total, query) for query in queries])


# The tables


def grown(folder: Path, sizes: list[int]) -> Iterator[Row]:
    """The rows of every size."""
    say(f"reading {folder}")
    readings = [each for each in read_files(sorted(folder.rglob("*.pdf")), jobs=2) if each.reason is None]
    with tempfile.TemporaryDirectory(prefix="reinspect-growth-") as name:
        place, done, first = Path(name), 0, dict[str, float]()
        store = place / "store"
        for size in sizes:
            papers = place / f"papers-{size}"
            papers.mkdir()
            copies(readings, range(done, size), papers)
            say(f"{size} times: adding {len(readings) * (size - done)} texts")
            added, number = apart(add, store, papers), len(readings) * (size - done)
            say(f"{size} times: open, index, search, mine")
            done = size
            for what, unit, figure, clock, linear in _at_size(store, added, number):
                first.setdefault(what, figure)
                proportion = first[what] * (size / sizes[0] if linear else 1)
                yield Row(
                    part="growth",
                    what=f"{what}, {len(readings) * size:,} reports",
                    unit=unit,
                    ours=figure,
                    clock=clock,
                    peer=_PROPORTION if linear else "as at first",
                    theirs=proportion,
                    wanted="50 ms" if "95 %" in what else "",
                )


Figure = tuple[str, str, float, float | None, bool]


def _at_size(store: Path, added: Apart, number: int) -> Iterator[Figure]:
    """Figures of one size: what, unit, figure, by the clock, and whether it may grow with the number of reports."""
    yield "add, a report", "ms", 1000 * added.processor / number, 1000 * added.clock / number, False
    yield "memory of add", "MB", added.peak, None, True
    settled = apart(settle, store)
    yield "open and settle all", "ms", 1000 * settled.processor, 1000 * settled.clock, True
    yield "memory of that", "MB", settled.peak, None, True
    indexed = apart(index_anew, store)
    yield "make the index anew", "s", indexed.processor, indexed.clock, True
    yield "memory of that index", "MB", indexed.peak, None, True
    yield "the index's file", "MB", index_path(store).stat().st_size / 1e6, None, True
    searched = apart(search, store)
    yield from _found(searched.gave)
    yield "memory of a search", "MB", searched.peak, None, True
    mined = apart(mine, store)
    yield "recurring phrases of everything", "s", mined.processor, mined.clock, True
    yield "memory of mining", "MB", mined.peak, None, True


def _found(searched: Searched) -> Iterator[Figure]:
    yield "first search, opening included", "s", searched.first, None, True
    yield "search, median", "ms", float(np.median(searched.queries)), None, True
    yield "search, 95 %", "ms", float(np.percentile(searched.queries, 95)), None, True


def among(folder: Path, reports: int) -> Iterator[Row]:
    """The rows of an index of so many reports."""
    if not reports:
        return
    say(f"an index of {reports:,} reports")
    done = apart(search_among, folder, reports)
    built, sentences, searched = done.gave
    at = f"{reports:,} reports in the index, {sentences:,} sentences"
    yield Row(part="growth", what=f"make it, {at}", unit="s", ours=built)
    for what, unit, figure, _, _ in list(_found(searched))[1:]:
        yield Row(part="growth", what=f"{what}, {at}", unit=unit, ours=figure, wanted="50 ms" if "95" in what else "")
    yield Row(part="growth", what=f"memory of making and searching it, {at}", unit="MB", ours=done.peak)


if __name__ == "__main__":
    sys.exit(main())
