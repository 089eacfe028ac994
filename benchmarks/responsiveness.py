"""How long the app lets a person wait, in a real (pseudo) terminal with a real store.

    python -m benchmarks.responsiveness STORE [--rounds 3]

The first paint is from the start of the process to the first words on the screen. A key's time is from the key to the
first bytes that the terminal receives for it, and "settled" to the last of them before it is quiet for 0.15 s (work in
threads included). "CPU" is what the app itself computed for the key until then, whoever else has the machine (Linux
alone tells it). A key that changes nothing on the screen sends nothing and is not counted. Keys that write to the store
are pressed on a copy.
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.making.terminal import Terminal

_START = "import sys; from tui.cli import main; sys.exit(main())"
_QUIET = 0.15
_PATIENCE = 0.8
_TARGET, _FIRST_PAINT = 0.1, 0.7
_ARROWS = {"↑": "\x1b[A", "↓": "\x1b[B", "→": "\x1b[C", "←": "\x1b[D", "PgDn": "\x1b[6~", "PgUp": "\x1b[5~"}
_MOVES = ("j", "j", "k", "↓", "↑", "PgDn", "PgUp", "G", "g", "\t", "j", "n", "N", "PgDn", "y", "\t")
_PANES = {
    "1": ("Timeline", ("←", "←", "h", "→", "l", *_MOVES, "p", "?", "\x1b")),
    "2": ("Compare", ("[", "]", "{", "}", "x", "x", *_MOVES, "p", "?", "\x1b")),
    "3": ("Follow-through", ("→", "←", *_MOVES, "p", "?", "\x1b")),
    "4": ("Phrases", (*_MOVES, "o", "w", "w", "/", *"oversight", "\x1b", "j", "p")),
    "5": ("Authorities", ("s", "s", *_MOVES, "/", *"lon", "\x7f", "\x7f", "\x7f", "\x1b")),
    "6": ("Basket", ("j", "J", "K", "k", "y", "d", "u")),
}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("store", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(asked.store, store)
        os.environ["XDG_CONFIG_HOME"] = folder
        paints = [_first_paint(store) for _ in range(asked.rounds)]
        print(f"first paint: median {statistics.median(paints):.2f} s of {asked.rounds} (target {_FIRST_PAINT} s)\n")
        _print(_times(store, asked.rounds))


def _app(store: Path) -> Terminal:
    def act() -> int:
        # A new interpreter, so that the imports are paid for, as a person pays for them.
        signal.alarm(0)
        os.execv(sys.executable, [sys.executable, "-c", _START, "--store", str(store)])

    return Terminal(act, width=120, height=40)


def _first_paint(store: Path) -> float:
    begun = time.perf_counter()
    terminal = _app(store)
    terminal.waits_for("Timeline")
    taken = time.perf_counter() - begun
    terminal.waits_for("record as of")
    terminal.settles()
    terminal.presses("q")
    terminal.ends()
    return taken


def _times(store: Path, rounds: int) -> dict[str, list[tuple[float, float, float]]]:
    """For each pane the time of every key to its first and to its last byte."""
    found: dict[str, list[tuple[float, float, float]]] = {title: [] for title, _ in _PANES.values()}
    found["Switching"] = []
    terminal = _app(store)
    terminal.waits_for("record as of")
    terminal.settles(3.0)
    for number in _PANES:  # what is read once is read before the clock starts
        terminal.presses(number)
        terminal.settles(3.0)
    for _ in range(rounds):
        for number, (title, keys) in _PANES.items():
            found["Switching"] += _pressed(terminal, number)
            for key in keys:
                found[title] += _pressed(terminal, _ARROWS.get(key, key))
    terminal.presses("q")
    terminal.ends()
    return found


def _pressed(terminal: Terminal, key: str) -> list[tuple[float, float, float]]:
    """The time from a key to its first and its last byte; none where it sent nothing."""
    computed, begun = terminal.computed(), time.perf_counter()
    terminal.presses(key)
    arrivals: list[float] = []
    while select.select([terminal.there], [], [], _QUIET if arrivals else _PATIENCE)[0]:
        terminal.received += os.read(terminal.there, 65536)
        arrivals.append(time.perf_counter() - begun)
    return [(arrivals[0], arrivals[-1], terminal.computed() - computed)] if arrivals else []


def _print(found: dict[str, list[tuple[float, float, float]]]) -> None:
    print("| Pane | keys | p50 ms | p95 ms | worst ms | settled p95 ms | CPU p50 ms | CPU p95 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for title, times in [*found.items(), ("All", [each for own in found.values() for each in own])]:
        first, last, cpu = (sorted(each) for each in zip(*times, strict=True))
        cells = (_at(first, 0.5), _at(first, 0.95), first[-1], _at(last, 0.95), _at(cpu, 0.5), _at(cpu, 0.95))
        print(f"| {title} | {len(times)} | " + " | ".join(f"{1000 * cell:.0f}" for cell in cells) + " |")
    print(f"\ntarget: p95 of every pane under {1000 * _TARGET:.0f} ms")


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
