"""Run the computations of one command on several machines, with the workers of a Dask scheduler.

`cluster` counts recurring phrases, `divided_search` searches texts of which each worker holds a part.
"""

from __future__ import annotations

from asyncio import CancelledError
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError as CancelledFuture
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from reinspect.errors import ReinspectError

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as DaskFuture

    from reinspect.model import Passage
    from reinspect.phrases.search.divided import DividedSearcher
    from reinspect.phrases.search.searcher import Searcher

    Documents = Sequence[tuple[str, Sequence[Passage]]]

_Answer = TypeVar("_Answer")

# Seconds to wait for a scheduler, for its first worker, and for another one after all were lost.
_TIMEOUT = 10
# Workers that may be lost during one task before it fails. Any number may come and go between tasks.
_RETRIES = 10


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Connect to the Dask scheduler at `address` ("tcp://host:port"), and provide its workers as an executor.

    If a worker is lost, other workers repeat its tasks. A task that Dask itself loses is done here. So a command gives
    the answer that it gives without a cluster, or an error.

    Raises:
        ReinspectError: Dask is not installed, the scheduler does not answer, or its workers are missing or fail.
    """
    with _connected(address) as client:
        from distributed import KilledWorker

        yield RepeatingExecutor(
            client.get_executor(retries=_RETRIES, pure=False),
            has_workers=lambda: _has_workers(client),
            final=(KilledWorker, ImportError),
        )


@contextmanager
def divided_search(address: str, documents: Documents, known: Sequence[str] = ()) -> Iterator[DividedSearcher]:
    """Divide documents among the workers of the Dask scheduler at `address`, and provide a search over them.

    Every worker indexes and holds its part. If one is lost, another makes its part again. `known` are the words of an
    index of these documents, whose numbers are kept.

    Raises:
        ReinspectError: Dask is not installed, the scheduler does not answer, or its workers are missing or fail.
    """
    from reinspect.phrases.index.index import Index
    from reinspect.phrases.search.divided import DividedSearcher, hold_part, share_words, words_of_part

    with _connected(address) as client:
        portions = _divide(documents, len(client.scheduler_info(n_workers=-1)["workers"]))
        parts = [client.submit(Index.build, portion, pure=False, retries=_RETRIES) for portion in portions]
        words = [client.submit(words_of_part, part, pure=False, retries=_RETRIES) for part in parts]
        shared = share_words(_gather(client, words), known)
        held = [client.submit(hold_part, part, shared, pure=False, retries=_RETRIES) for part in parts]
        _gather(client, [client.submit(_is_held, part, pure=False, retries=_RETRIES) for part in held])
        # The workers may now forget what they do not need any more; the scheduler knows how it was made.
        del words, parts
        yield DividedSearcher(_HeldParts(client, held), shared)


def _is_held(part: Searcher) -> bool:
    return bool(part.similar_words)


class _HeldParts:
    """The parts of divided texts in the memory of a cluster's workers."""

    def __init__(self, client: Client, held: Sequence[DaskFuture[Any]]) -> None:
        self._client = client
        self._held = held

    def ask(self, work: Callable[..., _Answer], /, *arguments: Any, **named: Any) -> list[_Answer]:
        """Do a piece of work on every part, each where it is held; a part that is lost is made again."""
        asked = [
            self._client.submit(work, part, *arguments, **named, pure=False, retries=_RETRIES) for part in self._held
        ]
        return _gather(self._client, asked)


def _divide(documents: Documents, parts: int) -> list[Documents]:
    """Divide documents into parts of about the same number of passages, in their order."""
    sizes = list(accumulate(len(passages) for _, passages in documents))
    ends = [bisect_left(sizes, sizes[-1] * part / parts) + 1 for part in range(1, parts + 1)] if sizes else []
    portions = [documents[start:end] for start, end in pairwise([0, *ends])]
    return [portion for portion in portions if portion]


def _gather(client: Client, futures: Sequence[DaskFuture[Any]]) -> list[Any]:
    """Return all results in their order.

    Raises:
        TimeoutError: all workers are lost.
        ReinspectError: the scheduler is lost.
    """
    from distributed import wait

    try:
        while True:
            try:
                with client.as_current():
                    wait(futures, timeout=_TIMEOUT)
                break
            except TimeoutError:
                if not _has_workers(client):
                    raise
        results: list[Any] = client.gather(futures)
    except (CancelledError, CancelledFuture) as error:
        raise ReinspectError("the scheduler was lost in mid-search, so no sentence is shown; ask again") from error
    return results


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Connect to a Dask scheduler that has a worker, and turn its errors into ours.

    Raises:
        ReinspectError: Dask is not installed, the scheduler does not answer, or its workers are missing or fail.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
    except ImportError:
        raise ReinspectError(
            "a cluster needs another package: pip install '.[cluster]' in the project's folder, here and on its workers"
        ) from None
    settings = {
        "distributed.comm.timeouts.connect": _TIMEOUT,
        "distributed.admin.large-graph-warning-threshold": "1GB",
    }
    with dask.config.set(settings):
        try:
            client = Client(address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ReinspectError(f"no scheduler answers at {address}: start one with `dask scheduler`") from error
        with client:
            try:
                client.wait_for_workers(1, timeout=_TIMEOUT)
                yield client
            except TimeoutError:
                raise ReinspectError(
                    f"the scheduler at {address} has no workers: start some with `dask worker {address}`"
                ) from None
            except ImportError as error:
                raise ReinspectError(
                    f"the workers of {address} cannot run this version of reinspect: {error}"
                ) from None
            except KilledWorker as error:
                raise ReinspectError(f"the workers of {address} keep failing: {error}") from None


def _has_workers(client: Client) -> bool:
    try:
        return bool(client.scheduler_info(n_workers=-1)["workers"])
    except OSError:  # the scheduler is lost too
        return False


class RepeatingExecutor(Executor):
    """An executor that does a task here if its workers give no result.

    `final` are the errors that are raised all the same: a task that ends every worker would end this program too.
    If `has_workers` is false while a task is awaited, TimeoutError is raised.
    """

    def __init__(
        self, workers: Executor, has_workers: Callable[[], bool], final: tuple[type[BaseException], ...]
    ) -> None:
        self._workers = workers
        self._has_workers = has_workers
        self._final = final

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Give a task to the workers."""
        try:
            given: Future[Any] = self._workers.submit(work, *arguments, **named)
        except Exception as error:
            given = Future()
            given.set_exception(error)
        return _RepeatedTask(given, lambda: work(*arguments, **named), self._has_workers, self._final)


class _RepeatedTask(Future[Any]):
    """A task of the workers, which is done here when its result is asked for and they have none."""

    def __init__(
        self,
        given: Future[Any],
        work: Callable[[], Any],
        has_workers: Callable[[], bool],
        final: tuple[type[BaseException], ...],
    ) -> None:
        super().__init__()
        self._given = given
        self._work = work
        self._has_workers = has_workers
        self._final = final

    def result(self, timeout: float | None = None) -> Any:
        """Return the result of the workers, or of this program.

        Raises:
            TimeoutError: the workers are all lost, or `timeout` seconds have passed.
        """
        while True:
            try:
                return self._given.result(_TIMEOUT if timeout is None else timeout)
            except self._final:
                raise
            except TimeoutError:
                # A task may also end with this error, as it does where a connection is lost.
                if self._given.done():
                    return self._work()
                if timeout is not None or not self._has_workers():
                    raise
            except (Exception, CancelledError):
                return self._work()

    def cancel(self) -> bool:
        """Ask the workers not to begin the task."""
        return self._given.cancel()
