"""Start-up time: of a bare Python, a bare click program, a bare Textual app with a table, and ours.

    python -m benchmarks --only start-up

Commands run as installed, with compiled modules, on a store with the whole shipped record. Every start is a new
process, so no cache of ours is filled; the files are in the system's page cache, so a first start after boot is
slower. A paint is the time from the start of the process to the first words of the app on a (pseudo) terminal, or to
the first words that come from the store.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import (
    RUNS,
    Row,
    Timing,
    installed_environment,
    least_in_turns,
    program,
    python,
    time_commands_in_turns,
    timing_row,
)
from benchmarks.speed.store import copy_to_tinydb
from store import Store
from tests.making.terminal import Terminal

CLICK = """
import click
@click.command()
@click.version_option("1.0")
def main(): pass
main()
"""
TINYDB_LIST = """
import sys
import click
from tinydb import TinyDB
@click.command()
@click.argument("path")
def main(path):
    rows = TinyDB(path).table("inspections").all()
    click.echo("\\n".join(f"{row['authority']:40} {row['framework']}" for row in rows))
main()
"""
TEXTUAL = """
from textual.app import App
from textual.widgets import DataTable, Footer, Header
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Header()
        yield DataTable()
        yield Footer()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("First", "Second", "Third")
        table.add_rows([(f"Timeline {number}", "record as of", "more") for number in range(40)])
Bare().run()
"""
_PART, _BARE = "start-up", "bare Textual with a table"


def rows(folder: Path) -> Iterator[Row]:  # noqa: ARG001
    """Yield the rows of start-up; no reports are needed."""
    with tempfile.TemporaryDirectory(prefix="reinspect-start-") as name:
        store, tinydb = Path(name) / "store", Path(name) / "tinydb.json"
        copy_to_tinydb(Store.open(store), tinydb)
        yield from _commands(store, tinydb)
        yield from _first_paints(store)


def _commands(store: Path, tinydb: Path) -> Iterator[Row]:
    bare = python("pass")
    works = {"ours": program("--version"), "bare click": python(CLICK, "--version"), "bare Python": bare}
    yield timing_row(
        _PART,
        "reinspect --version",
        time_commands_in_turns(works, 2 * RUNS),
        peer="bare click",
        floor="bare Python",
        target="1.5 x bare click",
    )
    works = {
        "ours": program("--store", str(store), "list"),
        "click and plain TinyDB": python(TINYDB_LIST, str(tinydb)),
        "bare Python": bare,
    }
    yield timing_row(
        _PART,
        "reinspect list, the whole record",
        time_commands_in_turns(works),
        peer="click and plain TinyDB",
        floor="bare Python",
        target="400 ms",
    )
    works = {"ours": program("--store", str(store), "timeline", "camden"), "bare Python": bare}
    yield timing_row(_PART, "reinspect timeline camden", time_commands_in_turns(works), floor="bare Python")


def _first_paints(store: Path) -> Iterator[Row]:
    apps = {"ours": program("--store", str(store)), _BARE: python(TEXTUAL)}
    target = "1.5 x bare Textual"
    yield timing_row(_PART, "first paint of the app", time_paints(apps, "Timeline"), peer=_BARE, target=target)
    yield timing_row(_PART, "first pane, from the store", time_paints(apps, "record as of"), peer=_BARE)


def time_paints(commands: Mapping[str, Sequence[str]], words: str, runs: int = RUNS) -> dict[str, Timing]:
    """Return the least time of each app until `words` are on the screen."""
    with tempfile.TemporaryDirectory(prefix="reinspect-compiled-") as compiled:
        environment = installed_environment(Path(compiled)) | {"XDG_CONFIG_HOME": compiled}
        for command in commands.values():
            time_paint(command, environment, words)
        return least_in_turns(commands, runs, lambda command: time_paint(command, environment, words))


def time_paint(command: Sequence[str], environment: Mapping[str, str], words: str) -> Timing:
    """Start an app in a terminal of 120 x 40, wait for `words`, and leave it with ctrl+q."""

    def act() -> int:
        signal.alarm(0)
        own = {name: os.environ[name] for name in ("TERM", "COLUMNS", "LINES", "TEXTUAL_ANIMATIONS")}
        os.execve(sys.executable, list(command), {**environment, **own})

    started = time.perf_counter()
    terminal = Terminal(act, width=120, height=40)
    terminal.waits_for(words)
    clock, processor = time.perf_counter() - started, terminal.computed()
    terminal.settles()
    terminal.presses("\x11")
    terminal.ends()
    return Timing(processor=processor, clock=clock)
