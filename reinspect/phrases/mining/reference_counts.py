"""The shipped counts: how many inspections use a phrase, and which sentences are the publisher's own.

Someone who holds the reports of one authority has nothing to compare them with; `data/phrases/` gives the counts of
phrases over the reports that the program was built from, and keys of the sentences that several authorities' reports
share word for word. Both are facts about the texts and hold no sentence of them. `data/phrases/build.py` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from reinspect.errors import ReinspectError
from reinspect.phrases.index.column_file import Column

COUNTS_FILE, TEMPLATES_FILE = "counts.tsv", "templates.txt"


class Reference(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """How many of `inspections` use each phrase (its words in the singular, parted by blanks).

    Phrases of up to `longest` words are listed that at least `least` inspections use.
    """

    inspections: int
    longest: int
    least: int
    spread: dict[str, int]

    def most(self, words: Sequence[str]) -> int:
        """The most inspections that can use a phrase: as listed, else as many as the list leaves open."""
        phrase = " ".join(words)
        if phrase in self.spread:
            return self.spread[phrase]
        if len(words) <= self.longest:
            return self.least - 1
        listed = (self.spread.get(part) for part in self._parts(words))
        return min((count for count in listed if count is not None), default=self.least - 1)

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        """The shorter runs in a phrase; those that begin or end with a small word are never listed."""
        for length in range(2, self.longest + 1):
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])


def reference_folder() -> Path:
    """The folder of the shipped counts."""
    from reinspect.record import data_folder

    return data_folder() / "phrases"


@cache
def template_keys() -> Column:
    """The keys (`Index.sentence_keys`) of the sentences that are the publisher's own.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    path = reference_folder() / TEMPLATES_FILE
    try:
        return np.array([int(line, 16) for line in path.read_text("ascii").split()], np.uint64)
    except (OSError, ValueError, OverflowError) as fault:
        raise ReinspectError(f"{path}: the shipped keys cannot be read: {fault}") from fault


@cache
def reference() -> Reference:
    """The shipped counts.

    Raises:
        ReinspectError: a file is missing or damaged.
    """
    path = reference_folder() / COUNTS_FILE
    try:
        first, *lines = path.read_text("utf-8").splitlines()
        _, inspections, longest, least = first.split("\t")
        spread = {phrase: int(count) for phrase, count in (line.split("\t") for line in lines)}
        return Reference(inspections=int(inspections), longest=int(longest), least=int(least), spread=spread)
    except (OSError, ValueError, IndexError) as fault:
        raise ReinspectError(f"{path}: the shipped counts cannot be read: {fault}") from fault
