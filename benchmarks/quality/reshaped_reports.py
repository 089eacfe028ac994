"""What `read` gets right of the same reports as other programs leave them: line ends lost, cells glued, pages gone.

    python -m benchmarks.reading_shapes [--shared ../shared] [--every N] [--shape NAME] [--faults]

Every file of the corpus is reshaped in memory and compared with gold.csv (`benchmarks.reading`), a row a shape and
field. `--every N` takes each Nth file. Shapes that lose the end of a report are asked for its first page alone.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.material import SHARED, folder
from benchmarks.reading import OUTCOMES, compared, outcome
from reinspect.errors import UnreadableError
from reinspect.model import Reading
from reinspect.reading.documents import read_pages
from reinspect.reading.formats import extract

Pages = tuple[str, ...]
_FRONT = {"framework", "authority", "inspection_start", "inspection_end", "published", "grades"}
_OPENING = 2000
_APOSTROPHE = re.compile(r"(?<=\w)[’'](?=\w)")


def _one_line(pages: Pages) -> Pages:
    """The whole document in one line, as text extractors of document-sharing sites leave it."""
    return (" ".join(" ".join(pages).split()),)


def _a_line_a_page(pages: Pages) -> Pages:
    return tuple(" ".join(page.split()) for page in pages)


def _lines_apart(pages: Pages) -> Pages:
    """No pages, and a blank line between all lines."""
    return ("\n\n".join(line.strip() for page in pages for line in page.split("\n") if line.strip()),)


def _numbered_pages(pages: Pages) -> Pages:
    """A line a page behind the page's number, apostrophes lost to spaces."""
    return ("\n\n".join(f"{i} {_APOSTROPHE.sub(' ', ' '.join(page.split()))}" for i, page in enumerate(pages, 1)),)


def _framed(pages: Pages) -> Pages:
    """A site's own lines, the first page in one line as a summary, and then the text with its lines apart."""
    summary = " ".join(pages[0].split())[:1500]
    frame = "Upload: somebody\n\nPost on 1-Jan-2020\n\n5 views\n\nCategory:\n\nDocuments\n\nTRANSCRIPT"
    return (f"council report - inspectorate\n\n{len(pages)}\n{summary}\n\n{frame}\n\n{_lines_apart(pages)[0]}",)


def _no_pages(pages: Pages) -> Pages:
    return ("\n".join(pages),)


def _narrow(pages: Pages) -> Pages:
    """Every line broken again after at most 40 characters."""
    return tuple(re.sub(r"(.{1,40})(?:[ ]|(?=\n)|$)", r"\1\n", page) for page in pages)


def _spaced(pages: Pages) -> Pages:
    """Columns kept apart by runs of spaces, all lines indented."""
    return tuple("\n".join(f"      {line.replace(' ', '  ')}" for line in page.split("\n")) for page in pages)


def _glued(pages: Pages) -> Pages:
    """The space between a label and its grade lost, as where a table's cells run together."""
    grades = r"(?=(?:Outstanding|Good|Requires [Ii]mprovement|Inadequate)\s*$)"
    return tuple(re.sub(rf"(?<=[a-z])[ \n]+{grades}", "", page, flags=re.MULTILINE) for page in pages)


def _glued_in_one_line(pages: Pages) -> Pages:
    """Each page in one line, its cells glued on both sides."""
    return tuple(re.sub(r"(?<=[a-z])[ \n]+(?=\d\.\d? [A-Z])", "", " ".join(page.split())) for page in _glued(pages))


def _opening(pages: Pages) -> Pages:
    return ("\n".join(pages)[:_OPENING],)


def _opening_in_one_line(pages: Pages) -> Pages:
    return (_one_line(pages)[0][:_OPENING],)


SHAPES: dict[str, tuple[Callable[[Pages], Pages], bool]] = {
    "as printed": (lambda pages: pages, True),
    "no pages": (_no_pages, True),
    "lines apart": (_lines_apart, True),
    "framed": (_framed, True),
    "a line a page": (_a_line_a_page, True),
    "one line": (_one_line, True),
    "numbered pages": (_numbered_pages, True),
    "narrow": (_narrow, True),
    "spaced": (_spaced, True),
    "cells glued": (_glued, True),
    "one line, glued": (_glued_in_one_line, True),
    "opening": (_opening, False),
    "opening, one line": (_opening_in_one_line, False),
}
"""Each shape: what makes it, and whether it holds the whole document."""


def main() -> None:
    """Print the table, and with --faults each field that is not right."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=folder, default=SHARED)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--shape", action="append", choices=SHAPES)
    options.add_argument("--faults", action="store_true")
    asked = options.parse_args()
    corpus = asked.shared / "corpus"
    with (corpus / "gold.csv").open(encoding="utf-8") as file:
        gold = [row for row in csv.DictReader(file) if row["framework"] != "placeholder"][:: asked.every]
    extracts = {row["file"]: _pages(corpus / row["file"]) for row in gold}
    counts: Counter[tuple[str, str, str]] = Counter()
    shapes = asked.shape or list(SHAPES)
    for shape in shapes:
        reshape, whole = SHAPES[shape]
        for row in gold:
            reading = _read(reshape(extracts[row["file"]]))
            for field, expected, got, also in compared(row, reading):
                if not whole and (field not in _FRONT or expected is None):
                    continue
                result = outcome(expected, got, also)
                counts[shape, field, result] += 1
                if asked.faults and result != "right":
                    print(f"{shape:16} {result:9} {field:17} gold {expected!s:22} read {got!s:22} {row['file']}")
    _print(shapes, counts)


def _pages(path: Path) -> Pages:
    try:
        return extract(path).pages
    except UnreadableError as error:
        raise SystemExit(f"{path}: {error}") from error


def _read(pages: Pages) -> Reading:
    return read_pages(pages, sha256="0" * 64, title="reshaped", file="reshaped.txt")


def _print(shapes: list[str], counts: Counter[tuple[str, str, str]]) -> None:
    print(f"\n{'shape':18} {'field':17}" + "".join(f"{one:>10}" for one in OUTCOMES) + f"{'share right':>13}")
    fields = sorted({field for _, field, _ in counts})
    for shape in shapes:
        for field in fields:
            numbers = [counts[shape, field, one] for one in OUTCOMES]
            if sum(numbers):
                share = numbers[0] / sum(numbers)
                print(f"{shape:18} {field:17}" + "".join(f"{n:>10}" for n in numbers) + f"{share:>12.1%}")


if __name__ == "__main__":
    main()
