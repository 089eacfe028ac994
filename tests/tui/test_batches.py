"""Files are put into the store in batches: few are lost when an import ends early, and a large store slows nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reinspect.model import Reading
from tests.making.readings import account, reading
from tui import reading as batching


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(batching, "time", clock)
    return clock


def sizes(clock: Clock, files: int, *, read: float, take: float) -> list[int]:
    """The sizes of the batches of so many files; each takes so long to read, and each batch so long to be taken."""

    def found() -> Iterator[Reading]:
        for number in range(files):
            clock.now += read
            yield reading(f"{number}", account("sif"))

    batches = []
    for batch in batching.in_batches(found()):
        clock.now += take
        batches.append(len(batch))
    return batches


def test_a_batch_is_fifty_files(clock: Clock) -> None:
    assert sizes(clock, 120, read=0.01, take=0.0) == [50, 50, 20]


def test_slow_files_are_taken_every_two_seconds(clock: Clock) -> None:
    assert sizes(clock, 10, read=0.5, take=0.0) == [4, 4, 2]


def test_a_store_that_is_slow_to_take_them_is_given_more_at_a_time(clock: Clock) -> None:
    assert sizes(clock, 500, read=0.03125, take=0.5) == [50, 160, 160, 130]


def test_no_batch_is_without_end(clock: Clock) -> None:
    assert sizes(clock, 700, read=0.03125, take=60.0) == [50, 300, 300, 50]


def test_nothing_to_read_is_no_batch(clock: Clock) -> None:
    assert sizes(clock, 0, read=1.0, take=1.0) == []
