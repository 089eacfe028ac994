"""Rows of figures: ours beside a peer's and beside what no program can do without; measured in turns, printed, kept."""

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
Work = TypeVar("Work")
Works = dict[str, Callable[[], object]]


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """What some work cost, in seconds of processor and by the clock."""

    processor: float
    clock: float


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """What some work gave and cost in a process of its own: seconds, its children's included, and its peak in MB."""

    gave: Any
    processor: float
    clock: float
    peak: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, in `unit`. For times it is processor time, and `clock` is what a person waited.

    `peer` names another way to the same end, and `floor` what no way can do without; `theirs` and `least` are their
    figures, None where they were not measured. `wanted` is the target, in words.
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
    wanted: str = ""

    @property
    def key(self) -> str:
        """What tells this row from all others of a run."""
        return f"{self.part}: {self.what}"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run: the machine, when it ended, and its rows."""

    machine: str
    ended: str
    rows: tuple[Row, ...]


def timed(
    part: str, what: str, spent: Mapping[str, Spent], *, peer: str = "", floor: str = "", wanted: str = ""
) -> Row:
    """A row in milliseconds from what `in_turn` or `commands_in_turn` measured under "ours" and under these names."""
    theirs, least = spent.get(peer), spent.get(floor)
    return Row(
        part=part,
        what=what,
        unit="ms",
        ours=1000 * spent["ours"].processor,
        clock=1000 * spent["ours"].clock,
        peer=peer,
        theirs=1000 * theirs.processor if theirs else None,
        floor=floor,
        least=1000 * least.processor if least else None,
        wanted=wanted,
    )


def in_turn(works: Works, runs: int = RUNS) -> dict[str, Spent]:
    """The least that each work costs in this process; they take turns, so that what else runs here is fair to all."""
    return least_in_turn(works, runs, _spent)


def commands_in_turn(commands: Mapping[str, Sequence[str]], runs: int = RUNS) -> dict[str, Spent]:
    """The least that each command costs, its modules compiled beforehand, as in an installed program."""
    with tempfile.TemporaryDirectory(prefix="reinspect-compiled-") as compiled:
        environment = as_installed(Path(compiled))
        for command in commands.values():
            _run(command, environment)
        return least_in_turn(commands, runs, lambda command: _run(command, environment))


def apart(work: Callable[..., object], *arguments: object) -> Apart:
    """Do a work in a fresh process, so that its memory is its own and none of ours."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_apart, work, *arguments).result()


def rows_of(module: str, folder: Path) -> list[Row]:
    """The rows of one module of benchmarks, on the reports of a folder or, where it is not there, on written ones."""
    from benchmarks.kept_store import folder_of_reports

    return list(import_module(f"benchmarks.{module}").rows(folder_of_reports(folder)))


def as_installed(compiled: Path) -> dict[str, str]:
    """An environment in which modules are compiled once, into that folder, whatever this one forbids."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": str(compiled)}


def program(*arguments: str) -> list[str]:
    """Our command line, as its console script runs it."""
    return python("import sys; from tui.cli.main import main; sys.exit(main())", *arguments)


def python(code: str, *arguments: str) -> list[str]:
    """Some code in an interpreter of its own."""
    return [sys.executable, "-c", code, *arguments]


def peak() -> float:
    """The most memory that this process has had since it began to run its program, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What the resource module tells begins with what the process had that forked this one.
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def least_in_turn(works: Mapping[str, Work], runs: int, spend: Callable[[Work], Spent]) -> dict[str, Spent]:
    """The least that `spend` tells of each work, which take turns."""
    turns = [{name: spend(work) for name, work in works.items()} for _ in range(runs)]
    return {
        name: Spent(
            processor=min(turn[name].processor for turn in turns),
            clock=min(turn[name].clock for turn in turns),
        )
        for name in works
    }


def _apart(work: Callable[..., object], *arguments: object) -> Apart:
    begun, computed = time.perf_counter(), _computed()
    gave = work(*arguments)
    return Apart(gave=gave, processor=_computed() - computed, clock=time.perf_counter() - begun, peak=peak())


def _computed() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _spent(work: Callable[[], object]) -> Spent:
    computed, begun = time.process_time(), time.perf_counter()
    work()
    return Spent(processor=time.process_time() - computed, clock=time.perf_counter() - begun)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said.decode()[-500:]}")
    return Spent(processor=used.ru_utime + used.ru_stime, clock=clock)


def machine() -> str:
    """The machine, Python and how busy it was, in a line."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    busy = f"load {os.getloadavg()[1]:.1f}"
    return f"{os.cpu_count()} x {model or platform.machine()}, Python {platform.python_version()}, {busy}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def keep(path: Path, rows: Sequence[Row]) -> None:
    """Write a run to a file, to be compared with another one."""
    run = Run(machine=machine(), ended=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", rows=tuple(rows))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run)))


HEAD = (
    "| what | ours | by the clock | peer | theirs | ours / theirs | floor | floor's | ours / floor | wanted |\n"
    "|---|---:|---:|---|---:|---:|---|---:|---:|---|"
)


def line(row: Row) -> str:
    """The row as a line of a Markdown table."""
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
        row.wanted,
    )
    return "| " + " | ".join(cells) + " |"


def compared(old: Run, new: Run) -> Iterable[str]:
    """The lines of a table of two runs: each figure then and now. Ratios to the peer tell most on a busy machine."""
    yield f"then: {old.ended}, {old.machine}\nnow: {new.ended}, {new.machine}\n"
    yield "| what | then | now | now / then | to its peer then | now |\n|---|---:|---:|---:|---:|---:|"
    before = {row.key: row for row in old.rows}
    for row in new.rows:
        if (then := before.pop(row.key, None)) is None:
            yield f"| {row.key} | | {_number(row.ours)} {row.unit} | | | {_ratio(row.ours, row.theirs)} |"
            continue
        figures = f"{_number(then.ours)} | {_number(row.ours)} {row.unit} | {_ratio(row.ours, then.ours)}"
        yield f"| {row.key} | {figures} | {_ratio(then.ours, then.theirs)} | {_ratio(row.ours, row.theirs)} |"
    for gone in before.values():
        yield f"| {gone.key} | {_number(gone.ours)} {gone.unit} | | | {_ratio(gone.ours, gone.theirs)} | |"


def _number(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def _ratio(figure: float, to: float | None) -> str:
    return f"{figure / to:.2f}" if to else ""
