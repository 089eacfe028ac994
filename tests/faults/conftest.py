"""Fault injection: what is broken on purpose, how often, and how much of it the program survives.

By default each test makes a few tries, so that the suite stays quick. With FAULT_ROUNDS=all it makes as many as
docs/reliability.md reports, which takes about half an hour:

    FAULT_ROUNDS=all pytest tests/faults

After a run of this folder alone, a table shows the number of tries of each test and their outcomes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

ALL = os.environ.get("FAULT_ROUNDS") == "all"
LONG_TIMEOUT = 3600


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


@pytest.fixture
def tries(record_property: Callable[[str, object], None]) -> Iterator[Tries]:
    """The tries of a test; the test fails at its end if one of them was not survived."""
    tries = Tries()
    yield tries
    record_property("tries", tries.summary)
    assert not tries.broken, tries.summary


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder as slow, and give them more time when they make all tries."""
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.slow)
            if ALL:
                item.add_marker(pytest.mark.timeout(LONG_TIMEOUT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of tries."""
    reports = [report for kind in ("", "failed", "error") for report in terminalreporter.stats.get(kind, [])]
    for report in reports:
        for name, summary in report.user_properties:
            if name == "tries" and report.when == "teardown":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {summary}")
