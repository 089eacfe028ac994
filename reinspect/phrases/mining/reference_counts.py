"""Load the phrase counts and the boilerplate keys that are shipped with the program.

A person who has the reports of one authority only compares phrases with these counts. `data/phrases/` has the number
of inspections that use each phrase, and the keys (hashes) of sentences that recur in the reports of several
authorities. Neither holds a sentence of a report. `data/phrases/build.py` makes both.
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
    """Counts of the inspections that use a phrase, shipped with the program.

    - `inspections`: how many inspections were read.
    - `longest`: the most words of a listed phrase.
    - `least`: the least number of inspections that use a listed phrase.
    - `spread`: how many inspections use each listed phrase; its words are in the singular.
    """

    inspections: int
    longest: int
    least: int
    spread: dict[str, int]

    def most_inspections(self, words: Sequence[str]) -> int:
        """Return how many inspections use a phrase at most. For a listed phrase this is the exact number."""
        phrase = " ".join(words)
        if phrase in self.spread:
            return self.spread[phrase]
        if len(words) <= self.longest:
            return self.least - 1
        # A phrase that is too long to be listed is used by no more inspections than any part of it.
        listed = (self.spread.get(part) for part in self._parts(words))
        return min((count for count in listed if count is not None), default=self.least - 1)

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        """Generate the parts of a phrase that have two words to `longest` words."""
        for length in range(2, self.longest + 1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])


def reference_folder() -> Path:
    """Return the folder of the shipped counts."""
    return data_folder() / "phrases"


@cache
def load_template_keys() -> Column:
    """Return the shipped keys (hashes) of the publisher's own sentences, which are not mined.

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
    """Return the counts of phrases that are shipped with the program.

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
