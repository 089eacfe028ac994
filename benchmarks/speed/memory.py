"""Peak memory of a command, compared with a bare program of its kind and with the interpreter alone.

python -m benchmarks --only memory
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Row, program, python
from benchmarks.kept_store import kept_store
from benchmarks.speed.start_up import CLICK, TEXTUAL

_REPORT_PEAK = """
import atexit, sys
def report_peak():
    print("peak", next(l.split()[1] for l in open("/proc/self/status") if l[:5] == "VmHWM"), file=sys.stderr)
atexit.register(report_peak)
"""
_APP = """
from pathlib import Path
from store import Store
from tui.app.app import ReinspectApp
Bare = lambda: ReinspectApp(lambda: Store.open(Path({!r})))
"""
_HEADLESS = """
import asyncio
{}
async def show():
    async with Bare().run_test(size=(120, 40)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
asyncio.run(show())
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row for each command; none on a system without /proc."""
    if not Path("/proc/self/status").exists():
        return
    store = ("--store", str(kept_store(folder)))
    bare, click = peak_of(python("pass")), peak_of(python(CLICK, "--version"))
    numpy = peak_of(python("import numpy"))
    textual = peak_of(python(_HEADLESS.format(TEXTUAL.replace("Bare().run()", ""))))
    commands = {
        "--version": (("--version",), "bare click", click),
        "list": ((*store, "list"), "bare click", click),
        "follow camden": ((*store, "follow", "camden"), "bare click", click),
        "search": ((*store, "search", "drift and delay"), "numpy, imported", numpy),
        "phrases, everything": ((*store, "phrases"), "numpy, imported", numpy),
    }
    for name, (arguments, peer, theirs) in commands.items():
        yield _row(f"reinspect {name}", peak_of(program(*arguments)), peer, theirs, bare)
    app = python(_HEADLESS.format(_APP.format(store[1])))
    yield _row("the app with its first pane", peak_of(app), "bare Textual with a table", textual, bare)


def peak_of(command: list[str]) -> float:
    """Run a command made by `python` or `program`, and return its own peak memory in MB."""
    reporting = [*command[:2], _REPORT_PEAK + command[2], *command[3:]]
    done = subprocess.run(reporting, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split("peak ")[-1]) / 1024


def _row(what: str, ours: float, peer: str, theirs: float, least: float) -> Row:
    return Row(
        part="memory",
        what=what,
        unit="MB",
        ours=ours,
        peer=peer,
        theirs=theirs,
        floor="bare Python",
        least=least,
    )
