"""Count the tries of a test, and say how many to make."""

from __future__ import annotations

import os
from collections import Counter

ALL = os.environ.get("FAULT_ROUNDS") == "all"
"""True if every test makes all the tries of docs/development/reliability.md; otherwise it makes a few."""


class Tries:
    """The tries of one test: how many were survived, what broke in the others, and notes on how they ended."""

    def __init__(self) -> None:
        self.count = 0
        self.broken: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()

    def rounds(self, few: int, many: int) -> range:
        """Return the numbers of the tries to make: `few`, or `many` with FAULT_ROUNDS=all."""
        return range(many if ALL else few)

    def record(self, fault: str | None, note: str = "") -> None:
        """Count one try: `fault` is None if it was survived; `note` says how it ended, for the table."""
        self.count += 1
        if fault is not None:
            self.broken[fault[:200]] += 1
        if note:
            self.notes[note] += 1

    @property
    def summary(self) -> str:
        """The numbers and outcomes in one line."""
        outcomes = [f"{what}: {count}" for what, count in (*self.broken.most_common(4), *sorted(self.notes.items()))]
        return f"{self.count} tried, {self.count - self.broken.total()} survived; {'; '.join(outcomes) or 'no notes'}"
