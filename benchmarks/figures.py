"""Measure works in turns, and print, save and compare the figures.

A figure is a `Row`: ours, the figure of another tool (the peer), and the least that any program needs (the floor).

    timings = time_in_turns({"ours": open_store, "TinyDB": open_tinydb, "orjson alone": parse})
    row = timing_row("store", "open", timings, peer="TinyDB", floor="orjson alone")
    table_line(row)     # "| open | 18.5 ms | 19 ms | TinyDB | 13.3 | 1.39 | orjson alone | 6.79 | 2.73 | |"
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import msgspec

RUNS = 5
_FAR_BEHIND = 1.5
Work = TypeVar("Work")
Works = dict[str, Callable[[], object]]


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds that a work took: of the processor, and elapsed by the clock."""

    processor: float
    clock: float


class ProcessResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a work in a process of its own, its seconds (children included) and its peak memory in MB."""

    result: Any
    processor: float
    clock: float
    peak: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, in `unit`. For times, `ours` is processor time and `clock` is elapsed time.

    `peer` names another tool that does the same or nearly so, and `floor` a step that no program can avoid. `theirs`
    and `least` are their figures, None if not measured. `target` is the figure aimed at, in words.
    """

    part: str
    what: str
    unit: str
    ours: float
    clock: float | None = None
    peer: str = ""
    theirs: float | None = None
    floor: str = ""
    least: float | None = None
    target: str = ""
    most: float | None = None

    @property
    def falls_behind(self) -> bool:
        """Return whether the figure is half as much again as the target allows, as a multiple of the floor."""
        return self.most is not None and self.least is not None and self.ours > _FAR_BEHIND * self.most * self.least

    @property
    def key(self) -> str:
        """Identify the row within a run: "store: open, 1,000 inspections"."""
        return f"{self.part}: {self.what}"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A saved run: the machine, the time it ended, and its rows."""

    machine: str
    ended: str
    rows: tuple[Row, ...]


def timing_row(
    part: str, what: str, timings: Mapping[str, Timing], *, peer: str = "", floor: str = "", target: str = ""
) -> Row:
    """Return a row in milliseconds; `timings` has an entry "ours", and one for each of `peer` and `floor`."""
    theirs, least = timings.get(peer), timings.get(floor)
    return Row(
        part=part,
        what=what,
        unit="ms",
        ours=1000 * timings["ours"].processor,
        clock=1000 * timings["ours"].clock,
        peer=peer,
        theirs=1000 * theirs.processor if theirs else None,
        floor=floor,
        least=1000 * least.processor if least else None,
        target=target,
    )


# Time and memory


def time_in_turns(works: Works, runs: int = RUNS, *, before: Callable[[], object] | None = None) -> dict[str, Timing]:
    """Return the least time that each work takes in this process.

    The works take turns, so that other programs on the machine slow all of them alike. `before` runs, untimed, ahead
    of every work: pass `clear_caches` to measure a first time.
    """

    def measure(work: Callable[[], object]) -> Timing:
        if before:
            before()
        return _time(work)

    return least_in_turns(works, runs, measure)


def clear_caches() -> None:
    """Empty the program's caches of answers and words, as at the start of a process.

    These are the `lru_cache`s with a maximum size. Shipped data (authorities, frameworks, word lists) is in caches
    without one and stays loaded: its loading is part of the start-up rows.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"reinspect", "store", "tui"}:
            for value in list(vars(module).values()):
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def time_commands_in_turns(
    commands: Mapping[str, Sequence[str]], runs: int = RUNS, environment: Mapping[str, str] | None = None
) -> dict[str, Timing]:
    """Return the least time that each command takes, its modules compiled beforehand as in an installed program.

    `environment` is one of `installed_environment`, to be used for other commands too.
    """
    with tempfile.TemporaryDirectory(prefix="reinspect-compiled-") as compiled:
        used = environment or installed_environment(Path(compiled))
        for command in commands.values():
            time_command(command, used)
        return least_in_turns(commands, runs, lambda command: time_command(command, used))


def least_in_turns(works: Mapping[str, Work], runs: int, measure: Callable[[Work], Timing]) -> dict[str, Timing]:
    """Return the least timing of each work; the works take turns."""
    turns = [{name: measure(work) for name, work in works.items()} for _ in range(runs)]
    return {
        name: Timing(
            processor=min(turn[name].processor for turn in turns),
            clock=min(turn[name].clock for turn in turns),
        )
        for name in works
    }


def in_new_process(work: Callable[..., object], *arguments: object) -> ProcessResult:
    """Run a work in a new process, so that its caches are empty and its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure_here, work, *arguments).result()


def peak_memory() -> float:
    """Return the most memory that this process has had since its program started, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss would include the memory of the process that forked this one.
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure_here(work: Callable[..., object], *arguments: object) -> ProcessResult:
    started, processor = time.perf_counter(), _processor_seconds()
    result = work(*arguments)
    return ProcessResult(
        result=result,
        processor=_processor_seconds() - processor,
        clock=time.perf_counter() - started,
        peak=peak_memory(),
    )


def _processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _time(work: Callable[[], object]) -> Timing:
    processor, started = time.process_time(), time.perf_counter()
    work()
    return Timing(processor=time.process_time() - processor, clock=time.perf_counter() - started)


def time_command(command: Sequence[str], environment: Mapping[str, str], accept: Sequence[int] = (0,)) -> Timing:
    """Run a command and return its time, that of its own processes included.

    Raises:
        RuntimeError: its exit code is none of `accept`.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    messages = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in accept:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {messages.decode()[-500:]}")
    return Timing(processor=used.ru_utime + used.ru_stime, clock=clock)


# Commands


def program(*arguments: str) -> list[str]:
    """Return a command that runs `reinspect` with these arguments, as its console script does."""
    return python("import sys; from tui.cli.main import main; sys.exit(main())", *arguments)


def python(code: str, *arguments: str) -> list[str]:
    """Return a command that runs this code in a new interpreter."""
    return [sys.executable, "-c", code, *arguments]


def installed_environment(compiled: Path) -> dict[str, str]:
    """Return an environment in which modules are compiled once, into the folder `compiled`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": str(compiled)}


# Tables


def rows_of(module: str, folder: Path | None) -> list[Row]:
    """Return the rows of a module of `benchmarks.speed`, on the reports of a folder or, without one, invented ones."""
    from benchmarks.kept_store import folder_of_reports

    return list(import_module(f"benchmarks.speed.{module}").rows(folder_of_reports(folder)))


def machine() -> str:
    """Return the processors, Python version and load of this machine, in one line."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} x {model}, Python {platform.python_version()}, load {os.getloadavg()[1]:.1f}"


def save_run(path: Path, rows: Sequence[Row]) -> None:
    """Write a run to a file, to be compared with another one later."""
    run = Run(machine=machine(), ended=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", rows=tuple(rows))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run)))


HEAD = (
    "| what | ours | elapsed | peer | theirs | ours / theirs | floor | floor's | ours / floor | target |\n"
    "|---|---:|---:|---|---:|---:|---|---:|---:|---|"
)


def table_line(row: Row) -> str:
    """Return the row as a line of a Markdown table."""
    cells = (
        row.what,
        f"{_number(row.ours)} {row.unit}",
        f"{_number(row.clock)} {row.unit}" if row.clock is not None else "",
        row.peer,
        _number(row.theirs),
        _ratio(row.ours, row.theirs),
        row.floor,
        _number(row.least),
        _ratio(row.ours, row.least),
        row.target,
    )
    return "| " + " | ".join(cells) + " |"


def comparison_lines(old: Run, new: Run) -> Iterable[str]:
    """Yield the lines of a table of two runs. On a busy machine the ratios to the peer tell most."""
    yield f"old: {old.ended}, {old.machine}\nnew: {new.ended}, {new.machine}\n"
    yield "| what | old | new | new / old | ours / theirs, old | new |\n|---|---:|---:|---:|---:|---:|"
    old_rows = {row.key: row for row in old.rows}
    for row in new.rows:
        before = old_rows.pop(row.key, None)
        if before is None:
            yield f"| {row.key} | | {_number(row.ours)} {row.unit} | | | {_ratio(row.ours, row.theirs)} |"
            continue
        figures = f"{_number(before.ours)} | {_number(row.ours)} {row.unit} | {_ratio(row.ours, before.ours)}"
        yield f"| {row.key} | {figures} | {_ratio(before.ours, before.theirs)} | {_ratio(row.ours, row.theirs)} |"
    for row in old_rows.values():
        yield f"| {row.key} | {_number(row.ours)} {row.unit} | | | {_ratio(row.ours, row.theirs)} | |"


def _number(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _ratio(figure: float, other: float | None) -> str:
    return f"{figure / other:.2f}" if other else ""
