"""Response times of the app in a real (pseudo) terminal with a real store, compared with a bare Textual app.

    python -m benchmarks.speed.responsiveness STORE [--rounds 3] [--json FILE]

The first paint is the time from the start of the process to the first words on the screen. For a key, "first" is the
time to the first bytes that the terminal receives, "settled" the time to the last bytes before 0.15 s of quiet (work
in threads included), and "CPU" the processor time of the app until then (Linux only). A key that changes nothing on
the screen sends nothing and is not counted. Keys that write to the store are pressed on a copy of it.

"First visit" is the first time that each pane is opened, when nothing of it is kept; there the quiet is 1 s. All
other keys are pressed after that, so they find the panes' data in memory, as for a person who has worked for a
minute. The peer is Textual's own table with the rows of our pane Authorities, and nothing else.

Esc is never answered before 0.1 s here: without the kitty keyboard protocol Textual waits that long to tell it from
the beginning of another key.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Row, save_run
from tests.making.terminal import Terminal

_START = "import sys; from tui.cli.main import main; sys.exit(main())"
_QUIET, _LONG_QUIET = 0.15, 1.0
_PATIENCE = 0.8  # a key without any bytes after so long changes nothing on the screen
_TARGET, _FIRST_PAINT = 0.1, 0.7
_ARROWS = {"↑": "\x1b[A", "↓": "\x1b[B", "→": "\x1b[C", "←": "\x1b[D", "PgDn": "\x1b[6~", "PgUp": "\x1b[5~"}
_NAMES = {"\t": "Tab", "\x1b": "Esc", "\x7f": "Backspace"}
_MOVES = ("j", "j", "k", "↓", "↑", "PgDn", "PgUp", "G", "g", "\t", "j", "n", "N", "PgDn", "y", "\t")
_PANES = {
    "1": ("Timeline", ("←", "←", "h", "→", "l", *_MOVES, "p", "?", "\x1b")),
    "2": ("Compare", ("[", "]", "{", "}", "x", "x", *_MOVES, "p", "?", "\x1b")),
    "3": ("Follow-through", ("→", "←", *_MOVES, "p", "?", "\x1b")),
    "4": ("Phrases", (*_MOVES, "o", "w", "w", "/", *"oversight", "\x1b", "j", "p")),
    "5": ("Authorities", ("o", "o", *_MOVES, "/", *"lon", "\x7f", "\x7f", "\x7f", "\x1b")),
    "6": ("Basket", ("j", "J", "K", "k", "y", "\x7f", "u")),
}

_FIRST_VISIT, _SWITCHING = "First visit", "Switching"
_SLOWEST = 5
_PEER = "bare Textual with our table"
_BARE = """
import json, sys
from rich.text import Text
from textual.app import App
from textual.widgets import DataTable
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        columns, rows = json.load(open(sys.argv[1]))
        table = self.query_one(DataTable)
        table.add_columns(*columns)
        table.add_rows([[Text(cell) for cell in row] for row in rows])
Bare().run()
"""


class Press(NamedTuple):
    """A key pressed in a pane: seconds to the first and to the last byte of the answer, and processor seconds."""

    pane: str
    key: str
    first: float
    last: float
    processor: float


class Responses(NamedTuple):
    """Seconds to the first paint, ours and the peer's, and the keys pressed in both apps."""

    paint: float
    their_paint: float
    presses: list[Press]
    their_presses: list[Press]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the figures to this file")
    options = parser.parse_args()
    responses = measure(options.store, options.rounds)
    print_table(responses)
    if options.json:
        save_run(options.json, tuple(to_rows(responses)))


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows on a store of the record and the reports of a folder."""
    from benchmarks.kept_store import kept_store

    return to_rows(measure(kept_store(folder), 1))


def measure(original: Path, rounds: int) -> Responses:
    """Measure the first paint and all keys, that many times, on a copy of the store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(original, store)
        os.environ["XDG_CONFIG_HOME"] = folder
        ours = [_START, "--store", str(store)]
        bare = [_BARE, str(_write_table(store, Path(folder) / "table.json"))]
        paints = [(_first_paint(ours, "Timeline"), _first_paint(bare, "Camden")) for _ in range(rounds)]
        paint, theirs = map(statistics.median, zip(*paints, strict=True))
        return Responses(paint, theirs, _press_everything(ours, rounds), _press_in_peer(bare, rounds))


def _write_table(store: Path, file: Path) -> Path:
    """Write the rows of our pane Authorities to a file, for the peer."""
    from reinspect.authorities import authorities
    from reinspect.comparing.latest_grades import latest_grades
    from reinspect.exporting.sheet import SheetTable
    from reinspect.exporting.sheets.latest_grades import latest_grades_sheet
    from store import Store

    (section,) = latest_grades_sheet(latest_grades(authorities(), Store.open(store).inspections()), "").sections
    (table,) = (block for block in section.blocks if isinstance(block, SheetTable))
    file.write_text(json.dumps([table.columns, [[cell.text for cell in row] for row in table.rows]]))
    return file


def _open_app(command: Sequence[str]) -> Terminal:
    def act() -> int:
        # A new interpreter, because a person waits for the imports too.
        signal.alarm(0)
        os.execv(sys.executable, [sys.executable, "-c", *command])

    return Terminal(act, width=120, height=40)


def _close_app(terminal: Terminal) -> None:
    terminal.settles(1.0)
    # Ctrl+Q also quits from a text field or a dialog, in which the last key may have been pressed.
    terminal.presses("\x11")
    terminal.ends()


def _first_paint(command: Sequence[str], words: str) -> float:
    started = time.perf_counter()
    terminal = _open_app(command)
    terminal.waits_for(words)
    seconds = time.perf_counter() - started
    _close_app(terminal)
    return seconds


def _press_everything(command: Sequence[str], rounds: int) -> list[Press]:
    """Open every pane for the first time; then press every key of every pane, and switch from pane to pane."""
    terminal = _open_app(command)
    terminal.waits_for("record as of")
    terminal.settles(3.0)
    presses: list[Press] = []
    for number in _PANES:
        presses += _press(terminal, _FIRST_VISIT, number, _LONG_QUIET)
        terminal.settles(3.0)
    for _ in range(rounds):
        for number, (title, keys) in _PANES.items():
            presses += _press(terminal, _SWITCHING, number)
            for key in keys:
                presses += _press(terminal, title, key)
    _close_app(terminal)
    return presses


def _press_in_peer(command: Sequence[str], rounds: int) -> list[Press]:
    terminal = _open_app(command)
    terminal.waits_for("Camden")
    terminal.settles(2.0)
    moves = [key for key in _MOVES if key in _ARROWS] * rounds
    presses = [press for key in moves for press in _press(terminal, _PEER, key)]
    _close_app(terminal)
    return presses


def first_visit(store: Path, key: str) -> float:
    """Return the seconds from a key that opens a pane for the first time to the last byte of its answer."""
    with tempfile.TemporaryDirectory() as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        terminal = _open_app([_START, "--store", str(store)])
        terminal.waits_for("record as of")
        terminal.settles(3.0)
        presses = list(_press(terminal, _FIRST_VISIT, key, _LONG_QUIET))
        _close_app(terminal)
    return presses[0].last


def memory_after_keys(store: Path, count: int) -> tuple[float, float]:
    """Press that many keys of all panes; return the MB that the app then has for itself, and MB of mapped files."""
    keys = [key for number, (_, own) in _PANES.items() if number != "6" for key in (number, *own)]
    with tempfile.TemporaryDirectory() as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        terminal = _open_app([_START, "--store", str(store)])
        terminal.waits_for("record as of")
        terminal.settles(3.0)
        for number in range(count):
            terminal.presses(_ARROWS.get(keys[number % len(keys)], keys[number % len(keys)]))
            terminal.settles(0.1)
        terminal.settles(3.0)
        status = dict(
            line.split(":", 1)
            for line in Path(f"/proc/{terminal.process}/status").read_text().splitlines()
            if ":" in line
        )
        _close_app(terminal)
    own, mapped = (int(status[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    return own, mapped


def _press(terminal: Terminal, pane: str, key: str, quiet: float = _QUIET) -> Iterator[Press]:
    """Press a key; yield its times, or nothing if the app sent nothing."""
    processor, started = terminal.computed(), time.perf_counter()
    terminal.presses(_ARROWS.get(key, key))
    arrivals: list[float] = []
    while select.select([terminal.there], [], [], quiet if arrivals else _PATIENCE)[0]:
        terminal.received += os.read(terminal.there, 65536)
        arrivals.append(time.perf_counter() - started)
    if arrivals:
        yield Press(pane, key, arrivals[0], arrivals[-1], terminal.computed() - processor)


# The tables


def print_table(responses: Responses) -> None:
    """Print the first paint, the times of every pane, and the slowest keys."""
    paint, theirs, presses, peer = responses
    print(f"first paint: median {paint:.2f} s; {_PEER} {theirs:.2f} s", end=" ")
    print(f"(ratio {paint / theirs:.1f}; target {_FIRST_PAINT} s)\n")
    print("| Pane | keys | p50 ms | p95 ms | worst ms | settled p95 ms | CPU p50 ms | CPU p95 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    kept = [press for press in presses if press.pane != _FIRST_VISIT]
    for title, own in [*_by_pane(presses).items(), ("All but the first visits", kept), (_PEER, peer)]:
        first, last, cpu = (sorted(times) for times in zip(*(press[2:] for press in own), strict=True))
        figures = (
            _percentile(first, 0.5),
            _percentile(first, 0.95),
            first[-1],
            _percentile(last, 0.95),
            _percentile(cpu, 0.5),
            _percentile(cpu, 0.95),
        )
        print(f"| {title} | {len(own)} | " + " | ".join(f"{1000 * figure:.0f}" for figure in figures) + " |")
    print(f"\ntarget: p95 of every pane under {1000 * _TARGET:.0f} ms")
    print(f"\nThe {_SLOWEST} slowest keys of each pane (median CPU ms, and ms to the first byte):")
    for title, own in _by_pane(presses).items():
        print(f"  {title}: {', '.join(_slowest(own))}")


def _slowest(presses: Sequence[Press]) -> Iterator[str]:
    """Yield the keys with the most processor time, each with its medians."""
    keys = {press.key: [other for other in presses if other.key == press.key] for press in presses}
    medians = [(_median(own, "processor"), _median(own, "first"), key) for key, own in keys.items()]
    for processor, first, key in sorted(medians, reverse=True)[:_SLOWEST]:
        yield f"{_NAMES.get(key, key)} {1000 * processor:.0f} ({1000 * first:.0f})"


def _median(presses: Iterable[Press], field: str) -> float:
    return float(statistics.median(getattr(press, field) for press in presses))


def _by_pane(presses: Sequence[Press]) -> dict[str, list[Press]]:
    panes: dict[str, list[Press]] = {}
    for press in presses:
        panes.setdefault(press.pane, []).append(press)
    return panes


def to_rows(responses: Responses) -> Iterator[Row]:
    """Yield the figures as rows; those of keys are p95: processor time, and elapsed time to the first byte."""
    paint, theirs, presses, peer = responses

    def p95(own: Sequence[Press], field: str) -> float:
        return 1000 * _percentile(sorted(getattr(press, field) for press in own), 0.95)

    part = "responsiveness"
    yield Row(
        part=part,
        what="first paint, elapsed",
        unit="ms",
        ours=1000 * paint,
        peer=_PEER,
        theirs=1000 * theirs,
        target=f"{1000 * _FIRST_PAINT:.0f} ms",
    )
    for title, own in _by_pane(presses).items():
        yield Row(
            part=part,
            what=f"keys of {title}, p95",
            unit="ms",
            ours=p95(own, "processor"),
            clock=p95(own, "first"),
            peer=_PEER,
            theirs=p95(peer, "processor"),
            target=f"{1000 * _TARGET:.0f} ms elapsed",
        )


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
