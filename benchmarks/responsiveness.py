"""How long the app lets a person wait, in a real (pseudo) terminal with a real store, beside a bare Textual app.

    python -m benchmarks.responsiveness STORE [--rounds 3] [--json FILE]

The first paint is from the start of the process to the first words on the screen. A key's time is from the key to the
first bytes that the terminal receives for it, and "settled" to the last of them before it is quiet for 0.15 s (work in
threads included). "CPU" is what the app itself computed for the key until then, whoever else has the machine (Linux
alone tells it). A key that changes nothing on the screen sends nothing and is not counted. Keys that write to the store
are pressed on a copy. The peer is Textual's own table of the rows of our pane Authorities, and nothing else.

Esc is never answered before 0.1 s here: in a terminal without the kitty keyboard protocol Textual waits that long to
tell it from the beginning of another key.
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

from benchmarks.figures import Row, keep
from tests.making.terminal import Terminal

_START = "import sys; from tui.cli.main import main; sys.exit(main())"
_QUIET = 0.15
_PATIENCE = 0.8
_TARGET, _FIRST_PAINT = 0.1, 0.7
_ARROWS = {"↑": "\x1b[A", "↓": "\x1b[B", "→": "\x1b[C", "←": "\x1b[D", "PgDn": "\x1b[6~", "PgUp": "\x1b[5~"}
_NAMES = {"\t": "Tab", "\x1b": "Esc", "\x7f": "Backspace"}
_MOVES = ("j", "j", "k", "↓", "↑", "PgDn", "PgUp", "G", "g", "\t", "j", "n", "N", "PgDn", "y", "\t")
_PANES = {
    "1": ("Timeline", ("←", "←", "h", "→", "l", *_MOVES, "p", "?", "\x1b")),
    "2": ("Compare", ("[", "]", "{", "}", "x", "x", *_MOVES, "p", "?", "\x1b")),
    "3": ("Follow-through", ("→", "←", *_MOVES, "p", "?", "\x1b")),
    "4": ("Phrases", (*_MOVES, "o", "w", "w", "/", *"oversight", "\x1b", "j", "p")),
    "5": ("Authorities", ("s", "s", *_MOVES, "/", *"lon", "\x7f", "\x7f", "\x7f", "\x1b")),
    "6": ("Basket", ("j", "J", "K", "k", "y", "d", "u")),
}

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
    """A key pressed in a pane: seconds to the first and to the last byte that came of it, and what it computed."""

    pane: str
    key: str
    first: float
    last: float
    computed: float


class Measured(NamedTuple):
    """Seconds to the first paint, ours and the peer's, and the keys pressed in both."""

    paint: float
    their_paint: float
    presses: list[Press]
    their_presses: list[Press]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("store", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there")
    asked = options.parse_args()
    measured = _measured(asked.store, asked.rounds)
    _print(measured)
    if asked.json:
        keep(asked.json, tuple(_rows(measured)))


def rows(folder: Path) -> Iterator[Row]:
    """The figures on a store of the record and the reports of a folder, as `python -m benchmarks` prints them."""
    from benchmarks.kept_store import kept_store

    return _rows(_measured(kept_store(folder), 1))


def _measured(held: Path, rounds: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(held, store)
        os.environ["XDG_CONFIG_HOME"] = folder
        ours = [_START, "--store", str(store)]
        bare = [_BARE, str(_table_of(store, Path(folder) / "table.json"))]
        paints = [(_first_paint(ours, "Timeline"), _first_paint(bare, "Camden")) for _ in range(rounds)]
        paint, theirs = map(statistics.median, zip(*paints, strict=True))
        return Measured(paint, theirs, _times(ours, rounds), _peer_times(bare, rounds))


def _table_of(store: Path, file: Path) -> Path:
    """The rows of our pane Authorities, for the peer."""
    from reinspect.authorities import authorities
    from reinspect.comparing.latest_grades import latest_grades
    from reinspect.exporting.sheet import SheetTable
    from store import Store
    from tui.app.panes.authorities import sheet_of

    (section,) = sheet_of(latest_grades(authorities(), Store.open(store).inspections()), "").sections
    (table,) = (block for block in section.blocks if isinstance(block, SheetTable))
    file.write_text(json.dumps([table.columns, [[cell.text for cell in row] for row in table.rows]]))
    return file


def _app(command: Sequence[str]) -> Terminal:
    def act() -> int:
        # A new interpreter, so that the imports are paid for, as a person pays for them.
        signal.alarm(0)
        os.execv(sys.executable, [sys.executable, "-c", *command])

    return Terminal(act, width=120, height=40)


def _first_paint(command: Sequence[str], words: str) -> float:
    begun = time.perf_counter()
    terminal = _app(command)
    terminal.waits_for(words)
    taken = time.perf_counter() - begun
    _end(terminal)
    return taken


def _end(terminal: Terminal) -> None:
    terminal.settles(1.0)
    terminal.presses("q")
    terminal.ends()


def _times(command: Sequence[str], rounds: int) -> list[Press]:
    """Every key of every pane, and of going from one to the next."""
    terminal = _app(command)
    terminal.waits_for("record as of")
    terminal.settles(3.0)
    for number in _PANES:  # what is read once is read before the clock starts
        terminal.presses(number)
        terminal.settles(3.0)
    found: list[Press] = []
    for _ in range(rounds):
        for number, (title, keys) in _PANES.items():
            found += _pressed(terminal, "Switching", number)
            for key in keys:
                found += _pressed(terminal, title, key)
    _end(terminal)
    return found


def _peer_times(command: Sequence[str], rounds: int) -> list[Press]:
    terminal = _app(command)
    terminal.waits_for("Camden")
    terminal.settles(2.0)
    moves = [key for key in _MOVES if key in _ARROWS] * rounds
    found = [press for key in moves for press in _pressed(terminal, _PEER, key)]
    _end(terminal)
    return found


def _pressed(terminal: Terminal, pane: str, key: str) -> Iterator[Press]:
    """What came of a key; nothing where it sent nothing."""
    computed, begun = terminal.computed(), time.perf_counter()
    terminal.presses(_ARROWS.get(key, key))
    arrivals: list[float] = []
    while select.select([terminal.there], [], [], _QUIET if arrivals else _PATIENCE)[0]:
        terminal.received += os.read(terminal.there, 65536)
        arrivals.append(time.perf_counter() - begun)
    if arrivals:
        yield Press(pane, key, arrivals[0], arrivals[-1], terminal.computed() - computed)


def _print(measured: Measured) -> None:
    paint, theirs, found, peer = measured
    print(f"first paint: median {paint:.2f} s; {_PEER} {theirs:.2f} s", end=" ")
    print(f"(ratio {paint / theirs:.1f}; target {_FIRST_PAINT} s)\n")
    print("| Pane | keys | p50 ms | p95 ms | worst ms | settled p95 ms | CPU p50 ms | CPU p95 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for title, presses in [*_by_pane(found).items(), ("All", found), (_PEER, peer)]:
        first, last, cpu = (sorted(each) for each in zip(*(press[2:] for press in presses), strict=True))
        cells = (_at(first, 0.5), _at(first, 0.95), first[-1], _at(last, 0.95), _at(cpu, 0.5), _at(cpu, 0.95))
        print(f"| {title} | {len(presses)} | " + " | ".join(f"{1000 * cell:.0f}" for cell in cells) + " |")
    print(f"\ntarget: p95 of every pane under {1000 * _TARGET:.0f} ms")
    print(f"\nThe {_SLOWEST} slowest keys of each pane, by what they compute (median CPU ms, and to the first byte):")
    for title, presses in _by_pane(found).items():
        print(f"  {title}: {', '.join(_slowest(presses))}")


def _slowest(presses: Sequence[Press]) -> Iterator[str]:
    """The keys that compute most, each with its medians."""
    keys = {press.key: [other for other in presses if other.key == press.key] for press in presses}
    medians = [(_median(own, "computed"), _median(own, "first"), key) for key, own in keys.items()]
    for cpu, first, key in sorted(medians, reverse=True)[:_SLOWEST]:
        yield f"{_NAMES.get(key, key)} {1000 * cpu:.0f} ({1000 * first:.0f})"


def _median(presses: Iterable[Press], field: str) -> float:
    return float(statistics.median(getattr(press, field) for press in presses))


def _by_pane(found: Sequence[Press]) -> dict[str, list[Press]]:
    panes: dict[str, list[Press]] = {}
    for press in found:
        panes.setdefault(press.pane, []).append(press)
    return panes


def _rows(measured: Measured) -> Iterator[Row]:
    """The figures as they are kept; those of keys are p95: processor time, and by the clock to the first byte."""
    paint, theirs, found, peer = measured

    def p95(presses: Sequence[Press], field: str) -> float:
        return 1000 * _at(sorted(getattr(press, field) for press in presses), 0.95)

    part = "responsiveness"
    yield Row(
        part=part,
        what="first paint, by the clock",
        unit="ms",
        ours=1000 * paint,
        peer=_PEER,
        theirs=1000 * theirs,
        wanted=f"{1000 * _FIRST_PAINT:.0f} ms",
    )
    for title, presses in _by_pane(found).items():
        yield Row(
            part=part,
            what=f"keys of {title}, p95",
            unit="ms",
            ours=p95(presses, "computed"),
            clock=p95(presses, "first"),
            peer=_PEER,
            theirs=p95(peer, "computed"),
            wanted=f"{1000 * _TARGET:.0f} ms by the clock",
        )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
