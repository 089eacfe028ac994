"""Share of the sentences that a reader or an inspector points at and the search by meaning finds.

    python -m benchmarks.quality.meaning [--shared ../shared]

- References: inspectors print the paragraph behind an improvement, "(paragraphs 33, 34)". The improvement is asked for
  in its own report; is a named paragraph the first one found, or among the first three?
- Marks: each marked cell with a sentence on the matter. The improvement is asked for in the later text; is the first
  sentence found one that a reader marked as on the matter, and is one of the first three?

The vectors were learned from the reports, but from no label. The time is that of one search over the whole corpus.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from benchmarks.follow_cells import Cell, load_marked_cells, sentence_key
from benchmarks.material import SHARED, folder
from benchmarks.quality.follow_through import REFERENCE, numbers_named
from reinspect.model import Reading
from reinspect.phrases.index.index import Index
from reinspect.phrases.query import SearchScope
from reinspect.phrases.search.meaning import MeaningSearch
from reinspect.reading.worker_pool import read_files

_LISTED = frozenset({"improvement", "priority action"})
_FINDINGS = frozenset({"finding", "summary"})


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    shared = Path(parser.parse_args().shared)
    paths = sorted((shared / "corpus").glob("*/*/*.pdf"))
    names = [path.relative_to(shared / "corpus").as_posix() for path in paths]
    readings = dict(zip(names, read_files(paths, jobs=2), strict=True))
    search = MeaningSearch(Index.build([(one.document.sha256, one.passages) for one in readings.values()]))
    print_references(search, list(readings.values()))
    print_marks(search, readings, load_marked_cells(shared / "phrases_data" / "follow_cells.jsonl"))
    print_time(search, [one.text for reading in readings.values() for one in reading.facts.improvements][:200])


def print_references(search: MeaningSearch, readings: Sequence[Reading]) -> None:
    """Print how often a paragraph that inspectors name is found."""
    first = among = number = 0
    for reading in readings:
        scope = SearchScope(documents=frozenset({reading.document.sha256}), roles=_FINDINGS)
        for improvement in reading.facts.improvements:
            if named := numbers_named(improvement):
                hits = search.search(REFERENCE.sub("", improvement.text), scope, 50)
                found = list(dict.fromkeys(hit.passage.paragraph for hit in hits if hit.passage.paragraph))
                number += 1
                first += bool(named.intersection(found[:1]))
                among += bool(named.intersection(found[:3]))
    if number:
        print(f"references: {number}; first {first / number:.2f}, among three {among / number:.2f}")


def print_marks(search: MeaningSearch, readings: dict[str, Reading], cells: Sequence[Cell]) -> None:
    """Print how often a sentence that a reader marked as on the matter is found."""
    first = among = number = 0
    for cell in cells:
        wanted = {key for key, mark in cell.marks.items() if mark != "x"}
        if wanted:
            asked = next(one.text for one in readings[cell.origin].facts.improvements if one.index == cell.index)
            scope = SearchScope(documents=frozenset({readings[cell.file].document.sha256}), roles=_FINDINGS | _LISTED)
            found = [sentence_key(hit.sentence) for hit in search.search(asked, scope, 3)]
            number += 1
            first += bool(wanted.intersection(found[:1]))
            among += bool(wanted.intersection(found))
    print(f"marked cells: {number}; first {first / number:.2f}, among three {among / number:.2f}")


def print_time(search: MeaningSearch, asked: Sequence[str]) -> None:
    """Print the processor time of one search over everything."""
    started = process_time()
    for text in asked:
        search.search(text)
    sentences = len(search.index.sentence_document)
    print(f"one search over {sentences} sentences: {1000 * (process_time() - started) / len(asked):.0f} ms")


if __name__ == "__main__":
    main()
