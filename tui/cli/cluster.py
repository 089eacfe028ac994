"""Run the computations of one command on several machines, with the workers of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from reinspect.errors import ReinspectError

# Seconds to wait for a scheduler and for its first worker.
_TIMEOUT = 10
# Workers that may be lost during one task before it fails. Any number may come and go between tasks.
_RETRIES = 10


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Connect to the Dask scheduler at `address` ("tcp://host:port"), and provide its workers as an executor.

    If a worker is lost, other workers repeat its tasks.

    Raises:
        ReinspectError: Dask is not installed, the scheduler does not answer, or its workers are missing or fail.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
    except ImportError:
        raise ReinspectError(
            "counting on a cluster needs another package: pip install '.[cluster]' in the project's folder, "
            "here and on its workers"
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
                yield client.get_executor(retries=_RETRIES, pure=False)
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
