"""A cluster that loses its workers, or itself: counting gives the answer of one machine, or an error, never a part."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from reinspect.phrases import mine
from reinspect.phrases.mining.counting import CountingResources
from tests.reinspect.phrases.mining.test_shards import INDEX, OCCASIONS
from tui.cli.cluster import RepeatingExecutor

TINY = 500


class PoisonError(Exception):
    """The error of a task that ends each worker it is given to."""


class FailingExecutor(Executor):
    """An executor whose every third task ends with an error, or is refused with it."""

    def __init__(self, error: BaseException, *, is_refused: bool = False) -> None:
        self._error = error
        self._is_refused = is_refused
        self.failed = 0
        self._submitted = 0

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._submitted += 1
        if self._submitted % 3:
            future.set_result(work(*arguments, **named))
            return future
        self.failed += 1
        if self._is_refused:
            raise self._error
        future.set_exception(self._error)
        return future


class SilentExecutor(Executor):
    """An executor that never answers."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        return Future()


def mined_with(executor: Executor, folder: Path, has_workers: Callable[[], bool] = lambda: True) -> object:
    repeating = RepeatingExecutor(executor, has_workers, final=(PoisonError,))
    return mine(INDEX, OCCASIONS, resources=CountingResources(at_once=TINY, folder=folder, executor=repeating))


@pytest.mark.parametrize(
    "error",
    [
        ValueError("min() arg is an empty sequence"),
        OSError("connection lost"),
        TimeoutError("connection lost"),
        CancelledError("the scheduler was started again"),
        asyncio.CancelledError("the client was closed"),
    ],
    ids=lambda error: f"{type(error).__module__}.{type(error).__name__}",
)
@pytest.mark.parametrize("is_refused", [False, True], ids=["answered", "refused"])
def test_tasks_that_the_cluster_loses_change_no_count(error: BaseException, is_refused: bool, tmp_path: Path) -> None:
    if is_refused and not isinstance(error, Exception):
        pytest.skip("a refusal is an ordinary error")
    failing = FailingExecutor(error, is_refused=is_refused)
    assert mined_with(failing, tmp_path) == mine(INDEX, OCCASIONS)
    assert failing.failed > 1


def test_a_task_that_ends_its_workers_is_an_error_and_is_not_done_here(tmp_path: Path) -> None:
    with pytest.raises(PoisonError):
        mined_with(FailingExecutor(PoisonError()), tmp_path)


def test_a_task_without_any_worker_left_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.cluster._TIMEOUT", 0)
    asked = iter([True, True, False])
    with pytest.raises(TimeoutError):
        mined_with(SilentExecutor(), tmp_path, lambda: next(asked))
    assert next(asked, None) is None


def test_the_error_of_a_task_itself_is_raised() -> None:
    def divide(number: int) -> float:
        return 1 / number

    future: Future[Any] = Future()
    future.set_exception(ZeroDivisionError())
    repeating = RepeatingExecutor(FailingExecutor(OSError()), lambda: True, final=())
    assert [repeating.submit(divide, number).result() for number in (1, 2, 4)] == [1, 0.5, 0.25]
    with pytest.raises(ZeroDivisionError):
        [repeating.submit(divide, 0) for _ in range(3)][-1].result()
