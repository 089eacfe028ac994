"""Compare the letters that our reader takes from each PDF page with those that another program takes.

    python -m benchmarks.quality.second_extractor FOLDER [--show]

FOLDER holds PDF reports. The other program is `pdftotext` (poppler). Two pages differ by the share of letters that only
one of them has, whatever their order: "abc" and "abd" differ by 2 of 6. Pages that differ by more than 2 % are counted;
`--show` lists them with the letters that only one program has.
"""

from __future__ import annotations

import argparse
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks.material import CORPUS, folder
from reinspect.errors import UnreadableError
from reinspect.reading.formats.pdf import extract_pages

MOST_DIFFERENT = 0.02


class Page(NamedTuple):
    """The letters of one page that only our reader has, and those that only the other program has."""

    file: Path
    number: int
    letters: int
    only_ours: Counter[str]
    only_theirs: Counter[str]

    @property
    def difference(self) -> float:
        """The share of letters that only one program has, from 0 to 1."""
        return (self.only_ours.total() + self.only_theirs.total()) / max(self.letters, 1)


def main() -> None:
    """Print how many pages differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--show", action="store_true", help="list the pages that differ")
    options = parser.parse_args()
    pages = list(compare_all(sorted(Path(options.folder).rglob("*.pdf"))))
    different = [page for page in pages if page.difference > MOST_DIFFERENT]
    same = sum(not page.only_ours and not page.only_theirs for page in pages)
    total = sum(page.letters for page in pages) // 2
    print(f"{len(pages)} pages with {total:,} letters: {same} have the same letters in both programs")
    print(f"{len(different)} differ by more than 2 %")
    if options.show:
        for page in sorted(different, key=lambda page: -page.difference):
            print(f"{page.difference:6.1%} {page.file.name} page {page.number}")
            print(f"       only ours {excerpt(page.only_ours)} | only theirs {excerpt(page.only_theirs)}")


def compare_all(files: list[Path]) -> Iterator[Page]:
    """Yield the comparison of every page of the files that both programs can read."""
    with ThreadPoolExecutor(2) as pool:
        for file, theirs in zip(files, pool.map(pdftotext, files), strict=True):
            try:
                ours, _ = extract_pages(file.read_bytes())
            except UnreadableError:
                continue
            for number, (page, other) in enumerate(zip(ours, theirs, strict=False), start=1):
                own, their = letters(page), letters(other)
                yield Page(file, number, own.total() + their.total(), own - their, their - own)


def pdftotext(file: Path) -> list[str]:
    """Return the text of each page as `pdftotext` reads it."""
    command = ["pdftotext", "-enc", "UTF-8", "-q", str(file), "-"]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode(errors="replace").split("\f")


def letters(text: str) -> Counter[str]:
    """Count the letters and digits of a text."""
    return Counter(letter for letter in text if letter.isalnum())


def excerpt(only: Counter[str]) -> str:
    """Return the commonest letters with their counts."""
    return " ".join(f"{letter}{count}" for letter, count in only.most_common(12)) or "none"


if __name__ == "__main__":
    main()
