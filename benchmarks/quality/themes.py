"""Share of improvements that get the theme that two readers gave them.

    python -m benchmarks.quality.themes [SHARED] [--show]

SHARED is the folder with `corpus/` and `phrases_data/themes.jsonl`: 160 improvements with a theme each, some with a
second one. A second reader labelled them from their words and the list of themes alone, without seeing the first labels
(`themes_second_reader.jsonl`). The first line of figures compares the two readers, the others the program with each.

"theme" is the share with the same first theme; "either" the share whose first theme is one of the reader's two; "none"
counts those without a theme. Pairs are pairs of improvements: precision is the share of pairs with the same theme here
that have the same theme for the reader, recall the reverse.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.material import SHARED, folder, json_lines
from reinspect.comparing.themes.classify import classify
from reinspect.reading.worker_pool import read_files

_SECOND_READER = Path(__file__).with_name("themes_second_reader.jsonl")


class Labelled(NamedTuple):
    """An improvement with the theme found here (by the program or a reader) and the themes another reader gave it."""

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
    shared = Path(options.folder)
    labels = json_lines(shared / "phrases_data" / "themes.jsonl")
    second_labels = json_lines(_SECOND_READER)
    texts = read_improvements(shared, labels)
    found = [classify(text).theme for text in texts]
    rows = label_improvements(texts, found, labels)
    readers = label_improvements(texts, [label["theme"] for label in second_labels], labels)
    print(f"{len(rows)} improvements")
    print_figures("second reader against the first", readers)
    print_figures("program against the first reader", rows)
    print_figures("program against the second reader", label_improvements(texts, found, second_labels))
    if options.show:
        for row in rows:
            if row.found not in (row.theme, row.second):
                print(f"  {row.found} for {row.theme} ({row.second}): {row.text[:150]}")


def print_figures(title: str, rows: Sequence[Labelled]) -> None:
    """Print how often the themes agree, and the pairs."""
    first, either = share(rows, either=False), share(rows, either=True)
    none = sum(row.found is None for row in rows)
    precision, recall = compare_pairs(rows)
    print(f"{title}: theme {first:.3f}, either {either:.3f}, none {none}")
    print(f"    pairs: precision {precision:.3f}, recall {recall:.3f}")


def read_improvements(shared: Path, labels: Sequence[dict[str, Any]]) -> list[str]:
    """Return the text of each labelled improvement, in the order of the labels."""
    files = sorted({shared / "corpus" / label["file"] for label in labels})
    lists = {Path(reading.file): reading.facts.improvements for reading in read_files(files, jobs=2)}
    return [lists[shared / "corpus" / label["file"]][label["index"] - 1].text for label in labels]


def label_improvements(
    texts: Sequence[str], found: Sequence[str | None], labels: Sequence[dict[str, Any]]
) -> list[Labelled]:
    """Return each improvement with the theme found and the themes of a reader's labels."""
    return [
        Labelled(text, theme, label["theme"], label["second"])
        for text, theme, label in zip(texts, found, labels, strict=True)
    ]


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
