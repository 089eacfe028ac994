"""Fault injection: what is broken on purpose, how often, and how much of it the program survives.

By default each test makes a few tries, so that the suite stays quick. With FAULT_ROUNDS=all it makes as many as
docs/development/reliability.md reports, which takes about half an hour:

    FAULT_ROUNDS=all pytest tests/faults

After a run of this folder alone, a table shows the number of tries of each test and their outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.tries import ALL, Tries

LONG_TIMEOUT = 3600


@pytest.fixture
def tries(record_property: Callable[[str, object], None]) -> Iterator[Tries]:
    """Count the tries of a test, which ends with `assert not tries.broken`, and put them into its report."""
    tries = Tries()
    yield tries
    record_property("tries", tries.summary)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder as slow, and give them more time when they make all tries."""
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.slow)
            if ALL:
                item.add_marker(pytest.mark.timeout(LONG_TIMEOUT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of tries."""
    reports = [report for kind in ("", "error") for report in terminalreporter.stats.get(kind, [])]
    for report in reports:
        for name, summary in getattr(report, "user_properties", ()):
            if name == "tries" and report.when == "teardown":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {summary}")
