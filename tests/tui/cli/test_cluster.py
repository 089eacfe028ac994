"""A cluster gives the same phrases and sentences as one process, though a worker is killed in mid-run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from reinspect.errors import ReinspectError
from reinspect.phrases import mine
from reinspect.phrases.mining.counting import CountingResources
from reinspect.phrases.search.searcher import Searcher
from store import Store
from tests.reinspect.phrases.mining.test_shards import INDEX, OCCASIONS
from tui.cli.cluster import cluster, divided_search
from tui.cli.main import main

pytestmark = pytest.mark.filterwarnings("ignore")
needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason='no cluster to test on: pip install "reinspect[cluster]"'
)
TINY = 500


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A scheduler on this machine, with two workers in processes of their own that are started anew when they end."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local:
        yield local.scheduler_address


class Killing:
    """An executor that kills one of its workers when the map is half done, and another in the reduce."""

    def __init__(self, executor: Executor, pids: list[int], at: set[int]) -> None:
        self._executor, self._pids, self._at = executor, pids, at
        self.submitted = 0
        self.killed: list[int] = []

    def submit(self, *task: object) -> Future[object]:
        future = self._executor.submit(*task)  # type: ignore[arg-type]
        self.submitted += 1
        if self.submitted in self._at:
            self.killed.append(self._pids.pop())
            os.kill(self.killed[-1], signal.SIGKILL)
        return future


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by a signal")
def test_a_worker_killed_in_the_map_and_one_in_the_reduce_change_no_count(scheduler: str) -> None:
    from distributed import Client

    with Client(scheduler) as client:
        pids = list(client.run(os.getpid).values())
    with cluster(scheduler) as executor:
        killing = Killing(executor, pids, at={4, 14})
        found = mine(INDEX, OCCASIONS, resources=CountingResources(at_once=TINY, executor=killing))  # type: ignore[arg-type]
    assert len(killing.killed) == 2
    assert killing.submitted > 14
    assert found == mine(INDEX, OCCASIONS)


@needs_dask
@pytest.mark.slow
def test_the_command_prints_the_same_phrases_from_a_cluster(scheduler: str, store: Store) -> None:
    asked = ["--store", str(store.folder), "phrases", "--json"]
    alone = CliRunner().invoke(main, asked)
    together = CliRunner().invoke(main, [*asked, "--cluster", scheduler])
    assert (together.exit_code, together.stdout) == (0, alone.stdout)
    assert alone.stdout


@needs_dask
@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.cluster._TIMEOUT", 1)
    asked = ["--store", str(store.folder), "phrases", "--cluster", "tcp://127.0.0.1:9"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 1
    assert "no scheduler answers at tcp://127.0.0.1:9: start one with `dask scheduler`" in result.stderr


@needs_dask
@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("tui.cli.cluster._TIMEOUT", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as empty,
        pytest.raises(ReinspectError, match="has no workers"),
        cluster(empty.scheduler_address),
    ):
        pass


@needs_dask
def test_an_address_that_is_none_is_told(store: Store) -> None:
    result = CliRunner().invoke(main, ["--store", str(store.folder), "phrases", "--cluster", "nonsense://here"])
    assert result.exit_code == 1
    assert "no scheduler answers at nonsense://here" in result.stderr


def test_without_the_extra_the_line_that_installs_it_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(main, ["--store", str(store.folder), "phrases", "--cluster", "tcp://127.0.0.1:8786"])
    assert result.exit_code == 1
    assert "pip install '.[cluster]'" in result.stderr


def test_a_cluster_counts_what_recurs_and_nothing_else(store: Store) -> None:
    asked = ["--store", str(store.folder), "phrases", "--cluster", "tcp://127.0.0.1:8786", "--says", "drift"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 2
    assert "--cluster" in result.stderr


@needs_dask
@pytest.mark.slow
def test_the_command_prints_the_same_sentences_from_a_cluster(scheduler: str, store: Store) -> None:
    for words in (["drift"], ["plan"], ['"drift"', "-delay"], ["qqqq"], ["drfit", "--cohort", "all"]):
        asked = ["--store", str(store.folder), "search", "--json", "--", *words]
        if "--cohort" in words:
            asked = ["--store", str(store.folder), "search", "--json", *words]
        alone = CliRunner().invoke(main, asked)
        together = CliRunner().invoke(main, [*asked[:3], "--cluster", scheduler, *asked[3:]])
        assert (together.exit_code, together.stdout) == (alone.exit_code, alone.stdout)
        assert alone.stdout


@needs_dask
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by a signal")
def test_a_worker_killed_in_mid_search_changes_no_hit(scheduler: str) -> None:
    """A worker that holds a part is killed: another cuts and holds that part again."""
    from distributed import Client

    documents = list(INDEX.texts.documents_with_passages())
    alone = Searcher(INDEX)
    with Client(scheduler) as client, divided_search(scheduler, documents, INDEX.words) as together:
        for query in ("drift", "harbour"):
            assert together.search(query) == alone.search(query)
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
            assert together.search(query) == alone.search(query)


@needs_dask
@pytest.mark.slow
def test_a_search_whose_workers_are_all_lost_ends_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("tui.cli.cluster._TIMEOUT", 1)
    documents = list(INDEX.texts.documents_with_passages())
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local,
        pytest.raises(ReinspectError, match="has no workers"),
        divided_search(local.scheduler_address, documents) as together,
    ):
        assert together.search("drift").total
        local.scale(0)
        together.search("drift")


def test_a_search_by_meaning_does_not_go_to_a_cluster(store: Store) -> None:
    asked = ["--store", str(store.folder), "search", "--meaning", "drift", "--cluster", "tcp://127.0.0.1:8786"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 2
    assert "--cluster goes with words" in result.stderr


def test_workers_are_given_the_numbers_of_words_and_no_text(tmp_path: Path) -> None:
    """A task is given numbers alone."""
    import pickle

    given: list[bytes] = []

    class Told:
        def submit(self, work: object, each: object) -> Future[object]:
            given.append(pickle.dumps((work, each)))
            done: Future[object] = Future()
            done.set_result(work(each))  # type: ignore[operator]
            return done

    mine(INDEX, OCCASIONS, resources=CountingResources(at_once=TINY, folder=tmp_path, executor=Told()))  # type: ignore[arg-type]
    assert given
    assert not any(word in pickled for pickled in given for word in (b"mooring", b"drift", b"harbour", b"isle"))
