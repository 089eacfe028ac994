"""Reference counts, shipped with the program: the inspections that use a phrase, and the keys of boilerplate sentences.

They are the background for a person who has the reports of one authority only. `data/phrases/` has the counts of
phrases over the reports that the program was built from, and the keys of sentences that several authorities' reports
share. Both are facts about these texts and hold no sentence of them. `data/phrases/build.py` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from reinspect.errors import ReinspectError
from reinspect.phrases.index.column_file import Column
from reinspect.record import data_folder

COUNTS_FILE, TEMPLATES_FILE = "counts.tsv", "templates.txt"


class ReferenceCounts(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The number of inspections that use each phrase, of `inspections` in all.

    The phrases in `spread` are words in the singular, separated by blanks. Phrases of up to `longest` words that at
    least `least` inspections use are listed.
    """

    inspections: int
    longest: int
    least: int
    spread: dict[str, int]

    def most_inspections(self, words: Sequence[str]) -> int:
        """Return the listed number of inspections or, for an unlisted phrase, the greatest possible number.

        A phrase that is too long to be listed is used by no more inspections than any listed part of it.
        """
        phrase = " ".join(words)
        if phrase in self.spread:
            return self.spread[phrase]
        if len(words) <= self.longest:
            return self.least - 1
        listed = (self.spread.get(part) for part in self._parts(words))
        return min((count for count in listed if count is not None), default=self.least - 1)

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        """Generate all parts of a phrase that are short enough to be listed."""
        for length in range(2, self.longest + 1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])


def reference_folder() -> Path:
    """Return the folder of the shipped counts."""
    return data_folder() / "phrases"


@cache
def load_template_keys() -> Column:
    """Return the keys of the publisher's own sentences (see `boilerplate`).

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    path = reference_folder() / TEMPLATES_FILE
    try:
        return np.array([int(line, 16) for line in path.read_text("ascii").split()], np.uint64)
    except (OSError, ValueError, OverflowError) as fault:
        raise ReinspectError(f"{path}: the shipped keys cannot be read: {fault}") from fault


@cache
def load_reference_counts() -> ReferenceCounts:
    """Return the shipped counts.

    Raises:
        ReinspectError: a file is missing or damaged.
    """
    path = reference_folder() / COUNTS_FILE
    try:
        first, *lines = path.read_text("utf-8").splitlines()
        _, inspections, longest, least = first.split("\t")
        spread = {phrase: int(count) for phrase, count in (line.split("\t") for line in lines)}
        return ReferenceCounts(inspections=int(inspections), longest=int(longest), least=int(least), spread=spread)
    except (OSError, ValueError, IndexError) as fault:
        raise ReinspectError(f"{path}: the shipped counts cannot be read: {fault}") from fault
