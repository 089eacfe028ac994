"""Share of improvements that get the theme that a reader gave them.

    python -m benchmarks.quality.themes [SHARED] [--show]

SHARED is the folder with `corpus/` and `phrases_data/themes.jsonl`: 160 improvements with a theme each, some with a
second one. "theme" is the share whose first theme is the reader's; "either" the share whose first theme is one of the
reader's two; "none" counts those without a theme. Pairs are pairs of improvements: precision is the share of pairs with
the same theme here that have the same theme for the reader, recall the reverse.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.material import SHARED, folder, json_lines
from reinspect.comparing.themes.classify import classify
from reinspect.reading.worker_pool import read_files


class Labelled(NamedTuple):
    """An improvement with the theme found here and the themes a reader gave it."""

    text: str
    found: str | None
    theme: str
    second: str | None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=SHARED)
    parser.add_argument("--show", action="store_true", help="print the improvements with another theme")
    options = parser.parse_args()
    rows = label_improvements(Path(options.folder))
    first, either = share(rows, either=False), share(rows, either=True)
    none = sum(row.found is None for row in rows)
    print(f"{len(rows)} improvements: theme {first:.3f}, either {either:.3f}, none {none}")
    precision, recall = compare_pairs(rows)
    print(f"pairs: precision {precision:.3f}, recall {recall:.3f}")
    if options.show:
        for row in rows:
            if row.found not in (row.theme, row.second):
                print(f"  {row.found} for {row.theme} ({row.second}): {row.text[:150]}")


def label_improvements(shared: Path) -> list[Labelled]:
    """Return the labelled improvements with the theme found here."""
    labels = json_lines(shared / "phrases_data" / "themes.jsonl")
    files = sorted({shared / "corpus" / label["file"] for label in labels})
    lists = {Path(reading.file): reading.facts.improvements for reading in read_files(files, jobs=2)}
    rows = []
    for label in labels:
        text = lists[shared / "corpus" / label["file"]][label["index"] - 1].text
        rows.append(Labelled(text, classify(text).theme, label["theme"], label["second"]))
    return rows


def share(rows: Sequence[Labelled], *, either: bool) -> float:
    """Return the share of improvements with the reader's theme, or with either of the reader's two."""
    return sum(row.found == row.theme or (either and row.found == row.second) for row in rows) / len(rows)


def compare_pairs(rows: Sequence[Labelled]) -> tuple[float, float]:
    """Return precision and recall over all pairs of improvements."""
    both = here = reader = 0
    for a, b in combinations(rows, 2):
        same_here, same_reader = a.found is not None and a.found == b.found, a.theme == b.theme
        both, here, reader = both + (same_here and same_reader), here + same_here, reader + same_reader
    return both / here, both / reader


if __name__ == "__main__":
    main()
