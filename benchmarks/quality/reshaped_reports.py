"""Fields that `read` gets right in reports as other programs leave them: line ends lost, cells joined, pages gone.

    python -m benchmarks.quality.reshaped_reports [--shared ../shared] [--every N] [--shape NAME] [--faults]

Every file of the corpus is reshaped in memory, read, and compared with gold.csv (see `benchmarks.quality.reading`):
one row for each shape and field. `--every N` takes each Nth file. For shapes that lose the end of a report only the
fields of its first page count.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.material import SHARED, folder
from benchmarks.quality.reading import OUTCOMES, compared, outcome
from reinspect.errors import UnreadableError
from reinspect.model import Reading
from reinspect.reading.documents import read_pages
from reinspect.reading.formats import extract

Pages = tuple[str, ...]
_FIRST_PAGE_FIELDS = {"framework", "authority", "inspection_start", "inspection_end", "published", "grades"}
_OPENING = 2000
_APOSTROPHE = re.compile(r"(?<=\w)[’'](?=\w)")


def _one_line(pages: Pages) -> Pages:
    """Put the whole document in one line, as text extractors of document-sharing sites leave it."""
    return (" ".join(" ".join(pages).split()),)


def _one_line_per_page(pages: Pages) -> Pages:
    return tuple(" ".join(page.split()) for page in pages)


def _lines_apart(pages: Pages) -> Pages:
    """Remove the pages and put a blank line between all lines."""
    return ("\n\n".join(line.strip() for page in pages for line in page.split("\n") if line.strip()),)


def _numbered_pages(pages: Pages) -> Pages:
    """Put each page in one line after its number, apostrophes replaced by spaces."""
    return (
        "\n\n".join(f"{number} {_APOSTROPHE.sub(' ', ' '.join(page.split()))}" for number, page in enumerate(pages, 1)),
    )


def _framed(pages: Pages) -> Pages:
    """Add a site's own lines and the first page as a summary before the text with its lines apart."""
    summary = " ".join(pages[0].split())[:1500]
    frame = "Upload: somebody\n\nPost on 1-Jan-2020\n\n5 views\n\nCategory:\n\nDocuments\n\nTRANSCRIPT"
    return (f"council report - inspectorate\n\n{len(pages)}\n{summary}\n\n{frame}\n\n{_lines_apart(pages)[0]}",)


def _no_pages(pages: Pages) -> Pages:
    return ("\n".join(pages),)


def _narrow(pages: Pages) -> Pages:
    """Break every line after at most 40 characters."""
    return tuple(re.sub(r"(.{1,40})(?:[ ]|(?=\n)|$)", r"\1\n", page) for page in pages)


def _spaced(pages: Pages) -> Pages:
    """Double every space, as between columns, and indent all lines."""
    return tuple("\n".join(f"      {line.replace(' ', '  ')}" for line in page.split("\n")) for page in pages)


def _joined(pages: Pages) -> Pages:
    """Remove the space between a label and its grade: "Overall effectivenessGood"."""
    grades = r"(?=(?:Outstanding|Good|Requires [Ii]mprovement|Inadequate)\s*$)"
    return tuple(re.sub(rf"(?<=[a-z])[ \n]+{grades}", "", page, flags=re.MULTILINE) for page in pages)


def _joined_in_one_line(pages: Pages) -> Pages:
    """Put each page in one line, its table cells joined on both sides."""
    return tuple(re.sub(r"(?<=[a-z])[ \n]+(?=\d\.\d? [A-Z])", "", " ".join(page.split())) for page in _joined(pages))


def _opening(pages: Pages) -> Pages:
    return ("\n".join(pages)[:_OPENING],)


def _opening_in_one_line(pages: Pages) -> Pages:
    return (_one_line(pages)[0][:_OPENING],)


SHAPES: dict[str, tuple[Callable[[Pages], Pages], bool]] = {
    "as printed": (lambda pages: pages, True),
    "no pages": (_no_pages, True),
    "lines apart": (_lines_apart, True),
    "framed": (_framed, True),
    "one line a page": (_one_line_per_page, True),
    "one line": (_one_line, True),
    "numbered pages": (_numbered_pages, True),
    "narrow": (_narrow, True),
    "spaced": (_spaced, True),
    "cells joined": (_joined, True),
    "one line, joined": (_joined_in_one_line, True),
    "opening": (_opening, False),
    "opening, one line": (_opening_in_one_line, False),
}
"""Each shape: the function that makes it, and True if it keeps the whole document."""


def main() -> None:
    """Print the table; with --faults also each field that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--shape", action="append", choices=SHAPES)
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    with (corpus / "gold.csv").open(encoding="utf-8") as file:
        gold = [row for row in csv.DictReader(file) if row["framework"] != "placeholder"][:: options.every]
    extracts = {row["file"]: _pages(corpus / row["file"]) for row in gold}
    counts: Counter[tuple[str, str, str]] = Counter()
    shapes = options.shape or list(SHAPES)
    for shape in shapes:
        reshape, whole = SHAPES[shape]
        for row in gold:
            reading = _read(reshape(extracts[row["file"]]))
            for field, expected, got, also in compared(row, reading):
                if not whole and (field not in _FIRST_PAGE_FIELDS or expected is None):
                    continue
                result = outcome(expected, got, also)
                counts[shape, field, result] += 1
                if options.faults and result != "right":
                    print(f"{shape:16} {result:9} {field:17} gold {expected!s:22} read {got!s:22} {row['file']}")
    _print_table(shapes, counts)


def _pages(path: Path) -> Pages:
    try:
        return extract(path).pages
    except UnreadableError as error:
        raise SystemExit(f"{path}: {error}") from error


def _read(pages: Pages) -> Reading:
    return read_pages(pages, sha256="0" * 64, title="reshaped", file="reshaped.txt")


def _print_table(shapes: list[str], counts: Counter[tuple[str, str, str]]) -> None:
    print(f"\n{'shape':18} {'field':17}" + "".join(f"{name:>10}" for name in OUTCOMES) + f"{'share right':>13}")
    fields = sorted({field for _, field, _ in counts})
    for shape in shapes:
        for field in fields:
            numbers = [counts[shape, field, name] for name in OUTCOMES]
            if sum(numbers):
                share = numbers[0] / sum(numbers)
                print(f"{shape:18} {field:17}" + "".join(f"{number:>10}" for number in numbers) + f"{share:>12.1%}")


if __name__ == "__main__":
    main()
