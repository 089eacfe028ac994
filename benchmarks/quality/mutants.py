"""Change the code at random, and count the changes that a test notices.

    python -m benchmarks.quality.mutants [MODULE.py ...] [--sample 50] [--seed 1] [--show]

Without a module, all the modules that decide what is read, matched, reconciled, judged and stored are changed. A mutant
is a module with one change: another comparison, `or` for `and`, a number plus one, a condition turned round, an
argument or a filter left out, an emptied string or value. Each is written into a copy of the project, and the tests
that run its line are run until one fails. Mutants that no test can notice, because they mean the same, are listed with
the reason in `equivalent_mutants.jsonl`; `--show` lists the others that survive. It needs `os.fork`, so not Windows.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest

from benchmarks.code_changes import Mutant, mutants_of
from benchmarks.material import json_lines

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.jsonl")
COPIED = ("reinspect", "store", "tui", "data", "tests", "benchmarks", "docs", "pyproject.toml")
SLOWEST = 1.0
"""Seconds that a test may take to be run for every mutant."""
PATIENCE = 60.0
"""Seconds, besides those that its tests take, after which a mutant that runs without end counts as noticed."""

READING = ("tests/reinspect/reading/fields", "tests/reinspect/reading/documents", "tests/reinspect/frameworks")
STORE = ("tests/store", "tests/faults/test_damaged_store.py")
TESTS: dict[str, tuple[str, ...]] = {
    "reinspect/reading/fields": READING,
    "reinspect/matching.py": (
        "tests/reinspect/test_matching.py",
        "tests/reinspect/test_matching_limits.py",
        "tests/store/test_store.py",
    ),
    "reinspect/reconciling.py": (
        "tests/reinspect/test_reconciling.py",
        "tests/reinspect/test_sources_of_facts.py",
        "tests/store/test_store.py",
    ),
    "reinspect/comparing/judgements.py": ("tests/reinspect/comparing",),
    "reinspect/comparing/crosswalk.py": ("tests/reinspect/comparing",),
    "store": STORE,
}
"""The folders and modules that are changed, and the tests that are run for each."""


class TestRun(msgspec.Struct):
    """A test: its seconds, and the lines that it runs of each file. (A test without a line only imports the file.)"""

    __test__ = False

    seconds: float = 0.0
    lines: dict[str, set[int]] = {}


def main() -> None:
    """Print a row for each module: mutants tried, noticed, equivalent, and not noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=50, help="number of mutants of a module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="list the mutants that no test notices")
    options = parser.parse_args()
    modules = options.modules or list(modules_to_change())
    reasons = {(row["module"], row["place"], row["change"]) for row in json_lines(EQUIVALENT)}
    total: Counter[str] = Counter()
    print(f"{'module':44} {'tried':>6} {'noticed':>8} {'equivalent':>11} {'not noticed':>12}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        copy = copy_project(Path(name))
        for tests, group in itertools.groupby(modules, tests_of):
            runs = run_traced(copy, tests)
            for module in group:
                counts: Counter[str] = Counter()
                for mutant in sample_of(module, options.sample, options.seed):
                    key = (str(module), mutant.place, mutant.change)
                    noticed = is_noticed(copy, module, mutant, runs)
                    counts["tried"] += 1
                    counts["noticed" if noticed else "equivalent" if key in reasons else "not noticed"] += 1
                    if options.show and not noticed and key not in reasons:
                        print(f"    {mutant.place}, line {mutant.line}: {mutant.change}", flush=True)
                _print_row(str(module), counts)
                total += counts
    _print_row("all", total)


def modules_to_change() -> Iterator[Path]:
    """Yield the modules of `TESTS`, relative to the project."""
    for name in TESTS:
        yield from (file.relative_to(ROOT) for file in files_of(ROOT / name) if file.name != "__init__.py")


def files_of(path: Path) -> list[Path]:
    """Return the module of that path, or the modules in that folder."""
    return [path] if path.is_file() else sorted(path.glob("*.py"))


def tests_of(module: Path) -> tuple[str, ...]:
    """Return the tests of a module."""
    for name, tests in TESTS.items():
        if str(module) == name or str(module.parent) == name:
            return tuple(test for test in tests if (ROOT / test).exists())
    raise SystemExit(f"{module}: not one of {', '.join(TESTS)}")


def sample_of(module: Path, number: int, seed: int) -> list[Mutant]:
    """Return mutants of a module, chosen at random, in the order of their lines."""
    mutants = mutants_of((ROOT / module).read_text("utf-8"))
    chosen = random.Random(f"{seed} {module}").sample(mutants, min(number, len(mutants)))
    return sorted(chosen, key=lambda mutant: mutant.line)


def copy_project(folder: Path) -> Path:
    """Copy the code, the data and the tests into a folder, and return the copy."""
    copy = folder / "project"
    copy.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def run_traced(copy: Path, tests: Sequence[str]) -> dict[str, TestRun]:
    """Run tests on the unchanged code, and return which lines each of them runs; those that fail are left out."""
    answer = copy.parent / "runs"

    def run() -> int:
        recorder = Recorder(copy)
        pytest.main(["-q", "-p", "no:cacheprovider", "-m", "not slow", *tests], plugins=[recorder])
        passed = {test: run for test, run in recorder.runs.items() if test not in recorder.failed}
        answer.write_bytes(msgspec.msgpack.encode(passed))
        return len(recorder.failed)

    failed = _in_child(copy, run, seconds=1800)
    if failed:
        print(f"{failed} tests fail without a change and are left out")
    return msgspec.msgpack.decode(answer.read_bytes(), type=dict[str, TestRun])


class Recorder:
    """A pytest plugin that records the seconds of each test, and the lines that it runs of the code in `copy`."""

    def __init__(self, copy: Path) -> None:
        self.runs: dict[str, TestRun] = {}
        self.failed: set[str] = set()
        modules = [file.relative_to(copy) for name in TESTS for file in files_of(copy / name)]
        self._files = {str(copy / module): str(module) for module in modules}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails."""
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace a test with its fixtures."""
        run = self.runs.setdefault(item.nodeid, TestRun())

        def trace_line(frame: FrameType, _event: str, _: object) -> Any:
            run.lines.setdefault(self._files[frame.f_code.co_filename], set()).add(frame.f_lineno)
            return trace_line

        def trace_call(frame: FrameType, event: str, _: object) -> Any:
            return trace_line(frame, event, _) if frame.f_code.co_filename in self._files else None

        began = time.monotonic()
        sys.settrace(trace_call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            run.seconds = time.monotonic() - began


def is_noticed(copy: Path, module: Path, mutant: Mutant, runs: dict[str, TestRun]) -> bool:
    """Return whether a test fails on the mutant, or runs without end."""
    tests = [
        (run.seconds, test)
        for test, run in runs.items()
        if run.seconds <= SLOWEST and (not mutant.lines or mutant.lines & run.lines.get(str(module), set()))
    ]
    if not tests:
        return False
    file = copy / module
    original = file.read_text("utf-8")
    file.write_text(mutant.source, "utf-8")
    shutil.rmtree(file.parent / "__pycache__", ignore_errors=True)
    try:
        arguments = ["-q", "-x", "-p", "no:cacheprovider", *(test for _, test in sorted(tests))]
        # On a busy machine the tests of a mutant that changes nothing may take more than a minute.
        patience = PATIENCE + 2 * sum(seconds for seconds, _ in tests)
        return _in_child(copy, lambda: int(pytest.main(arguments)), seconds=patience) != 0
    finally:
        file.write_text(original, "utf-8")
        shutil.rmtree(file.parent / "__pycache__", ignore_errors=True)


def _in_child(copy: Path, work: Callable[[], int], seconds: float) -> int:
    """Do some work in a forked process, in the copy of the project; return its exit code, or -1 if it took too long.

    A fork has pytest loaded, but not the code of the project: `_forget_project` sees to that.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        output = os.open(copy.parent / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(copy)
        _forget_project(copy)
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return -1


def _forget_project(copy: Path) -> None:
    """Forget every module of the project, so that it is loaded from the copy."""
    for name in [*sys.modules]:
        if name.split(".")[0] in {"reinspect", "store", "tui", "tests", "benchmarks"}:
            del sys.modules[name]
    sys.path[:] = [str(copy), *(path for path in sys.path if path and Path(path).resolve() != ROOT)]


def _print_row(name: str, counts: Counter[str]) -> None:
    numbers = " ".join(f"{counts[key]:>{width}}" for key, width in (("noticed", 8), ("equivalent", 11)))
    share = counts["noticed"] / max(1, counts["tried"] - counts["equivalent"])
    print(f"{name:44} {counts['tried']:6} {numbers} {counts['not noticed']:>12} {share:7.1%}", flush=True)


if __name__ == "__main__":
    main()
