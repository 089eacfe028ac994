"""Several machines that work for one command: the workers of a Dask scheduler, as an executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from reinspect.errors import ReinspectError

# Seconds that a scheduler and its first worker have to answer.
_PATIENCE = 10
# Workers that may be lost over one task before it is given up: any number of them may come and go.
_LOSSES = 10


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the scheduler at `address` ("tcp://host:port").

    A worker that is lost in mid-run costs its tasks, which others then do again: they are the same wherever they run.

    Raises:
        ReinspectError: the extra is not installed, the scheduler does not answer, has no worker or loses them all, or
            its workers have no reinspect.
    """
    try:
        import dask
        from distributed import Client, KilledWorker
    except ImportError:
        raise ReinspectError(
            'mining on a cluster needs one package more: pip install "reinspect[cluster]", here and on its workers'
        ) from None
    settings = {
        "distributed.comm.timeouts.connect": _PATIENCE,
        "distributed.admin.large-graph-warning-threshold": "1GB",
    }
    with dask.config.set(settings):
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ReinspectError(f"no scheduler answers at {address}: start one with `dask scheduler`") from error
        with client:
            try:
                client.wait_for_workers(1, timeout=_PATIENCE)
                yield client.get_executor(retries=_LOSSES, pure=False)
            except TimeoutError:
                raise ReinspectError(
                    f"the scheduler at {address} has no workers: start some with `dask worker {address}`"
                ) from None
            except ImportError as error:
                raise ReinspectError(
                    f"the workers of {address} cannot run this version of reinspect: {error}"
                ) from None
            except KilledWorker as error:
                raise ReinspectError(f"the workers of {address} are lost again and again: {error}") from None
