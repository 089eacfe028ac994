"""What a start costs: of bare Python, of bare click, of a bare Textual app with a table, and of ours.

Commands run as installed, with compiled modules, on a store of the whole shipped record. A paint is from the start
of the process, in a real (pseudo) terminal, to the first words of the app, or to the first that it has from the store.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.figures import RUNS, Row, Spent, as_installed, commands_in_turn, least_in_turn, program, python, timed
from benchmarks.store_speed import stock_copy
from store import Store
from tests.making.terminal import Terminal

CLICK = """
import click
@click.command()
@click.version_option("1.0")
def main(): pass
main()
"""
_STOCK_LIST = """
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
_BARE = "bare Textual with a table"


def rows(folder: Path) -> Iterator[Row]:  # noqa: ARG001
    """The rows of start-up; no reports are needed."""
    with tempfile.TemporaryDirectory(prefix="reinspect-start-") as name:
        store, plain = Path(name) / "store", Path(name) / "plain.json"
        stock_copy(Store.open(store), plain)
        at = ("--store", str(store))
        version = {
            "ours": program("--version"),
            "bare click": python(CLICK, "--version"),
            "bare Python": python("pass"),
        }
        yield timed(
            "start-up",
            "reinspect --version",
            commands_in_turn(version, 2 * RUNS),
            peer="bare click",
            floor="bare Python",
            wanted="1.5 x bare click",
        )
        listing = {
            "ours": program(*at, "list"),
            "click and stock TinyDB": python(_STOCK_LIST, str(plain)),
            "bare Python": python("pass"),
        }
        yield timed(
            "start-up",
            "reinspect list, the whole record",
            commands_in_turn(listing),
            peer="click and stock TinyDB",
            floor="bare Python",
            wanted="400 ms",
        )
        one = listing | {"ours": program(*at, "timeline", "camden")}
        yield timed("start-up", "reinspect timeline camden", commands_in_turn(one), floor="bare Python")
        apps = {"ours": program(*at), _BARE: python(TEXTUAL)}
        for what, words, wanted in (
            ("first paint of the app", "Timeline", "1.5 x bare Textual"),
            ("its first pane, from the store", "record as of", ""),
        ):
            yield timed("start-up", what, first_paints(apps, words, RUNS), peer=_BARE, wanted=wanted)


def first_paints(commands: Mapping[str, Sequence[str]], words: str, runs: int) -> dict[str, Spent]:
    """What each app has computed, and how long a person waited, until these words stood on the screen."""
    with tempfile.TemporaryDirectory(prefix="reinspect-compiled-") as compiled:
        environment = as_installed(Path(compiled)) | {"XDG_CONFIG_HOME": compiled}
        for command in commands.values():
            first_paint(command, environment, words)
        return least_in_turn(commands, runs, lambda command: first_paint(command, environment, words))


def first_paint(command: Sequence[str], environment: Mapping[str, str], words: str) -> Spent:
    """One start of an app in a terminal of 120 x 40, ended with `q` once it is there."""

    def act() -> int:
        signal.alarm(0)
        own = {name: os.environ[name] for name in ("TERM", "COLUMNS", "LINES", "TEXTUAL_ANIMATIONS")}
        os.execve(sys.executable, list(command), {**environment, **own})

    begun = time.perf_counter()
    terminal = Terminal(act, width=120, height=40)
    terminal.waits_for(words)
    clock, computed = time.perf_counter() - begun, terminal.computed()
    terminal.settles()
    terminal.presses("q")
    terminal.ends()
    return Spent(processor=computed, clock=clock)
