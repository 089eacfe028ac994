"""A long session of the app on a large store, driven by keys: memory must not grow, and answers must stay quick.

    python -m benchmarks.speed.long_session [--keys 3600] [--minutes 60] [--inspections 10000] [--documents 900]
                                            [--heap]

Presses as many keys as a person presses in an hour (one a second), as fast as the app takes them, for at most
`--minutes`. The store is invented on the spot, in another process, so that the memory measured is the app's alone.
Every step is one or a few keys, timed until nothing is under way any more: workers done, screen painted. The pauses
by which the app waits for more keys (0.12 s for a search) are part of these times. Each round asks about another
authority, so most answers are computed; steps named "back" or "again" ask for an answer that is kept.

Memory is read after every round of all steps, about a minute's keys; `free_memory` runs first, as it does in the app
once a minute. `own` is the memory that the process has for itself. `kept` is what is left of it after the C library
gave free memory back (`malloc_trim`): this line must be flat. `mapped` are pages of files, mainly the phrase index,
which the system can take back. `--heap` also prints the memory of Python's own objects, and slows everything.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import random
import statistics
import tempfile
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.invented_record import STRANDS, invented_record
from reinspect import READER
from reinspect.authorities import authorities
from reinspect.model import Document, Passage, Reading, SourceFacts
from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.memory import free_memory

SEED = 20261121
_VOCABULARY = (
    "managers workers children families plans visits records oversight delay drift panel review school health "
    "police foster carers leavers homes risk harm neglect early help front door timely steady written asked seen heard "
    "weekly yearly often seldom well poorly clear loose close strong weak new old every some most few many each other"
)
WORDS = tuple(_VOCABULARY.split())
Times = dict[str, list[float]]


class Round(NamedTuple):
    """The state after a round: keys pressed, seconds since the start, and MB of memory (`heap` only if asked for)."""

    keys: int
    seconds: float
    own: float
    kept: float
    mapped: float
    heap: float | None


def main() -> None:
    """Make the store, drive the app, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=3600)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--inspections", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=900)
    parser.add_argument("--heap", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reinspect-session-") as name:
        folder = Path(name) / "store"
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            pool.submit(make_store, folder, options.inspections, options.documents).result()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        print(f"{options.inspections} inspections, {options.documents} documents, {size:.0f} MB on disk")
        if options.heap:
            tracemalloc.start()
        store = Store.open(folder, record=invented_record(options.inspections))
        times, rounds = asyncio.run(drive(store, options.keys, options.minutes * 60))
    print_tables(times, rounds)


# The store


def make_store(folder: Path, inspections: int, documents: int) -> None:
    """Make a store of that many inspections (see `invented_record`), with a report for the latest `documents`."""
    record = invented_record(inspections)
    store = Store.open(folder, record=record)
    chance = random.Random(SEED)
    latest = record.inspections[-documents:]
    readings = [_reading(inspection.authority, inspection.facts, chance) for inspection in latest]
    for start in range(0, len(readings), 50):
        store.add(readings[start : start + 50])
    store.index()


def _reading(slug: str, facts: SourceFacts, chance: random.Random) -> Reading:
    """Invent a report of twelve pages with forty sentences each."""
    pages = tuple("\n".join(_sentence(chance) for _ in range(40)) for _ in range(12))
    digest = sha256("\f".join((slug, *pages)).encode()).hexdigest()
    document = Document(
        sha256=digest, kind="report", title=slug, source=f"{slug}.pdf", pages=12, words=4800, reader=READER
    )
    passages = tuple(_passages(digest, pages))
    return Reading(file=document.source, document=document, facts=facts, pages=pages, passages=passages)


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=10)).capitalize() + "."


def _passages(digest: str, pages: tuple[str, ...]) -> Iterator[Passage]:
    number = 0
    for page, text in enumerate(pages, 1):
        start = 0
        for line in text.split("\n"):
            number += 1
            end = start + len(line)
            strand = STRANDS[number % 4]
            yield Passage(document=digest, page=page, start=start, end=end, text=line, paragraph=number, strand=strand)
            start = end + 1


# The session


async def drive(store: Store, keys: int, seconds: float) -> tuple[Times, list[Round]]:
    """Press that many keys, for at most `seconds`.

    Returns:
        The seconds of each step by its name, and the state at the start and after every round.
    """
    chance, times, rounds = random.Random(SEED), defaultdict[str, list[float]](list), list[Round]()
    names, pressed = [authority.name for authority in authorities().all()], 0
    async with person_at(ReinspectApp(lambda: store), 120, 40) as person:
        started = time.monotonic()
        rounds.append(_read_memory(0, 0.0))
        while pressed < keys and time.monotonic() - started < seconds:
            for step, step_keys in _steps(chance, names):
                before = time.perf_counter()
                await person.presses_in_a_run(*step_keys)
                times[step].append(time.perf_counter() - before)
                pressed += len(step_keys)
            free_memory()
            rounds.append(_read_memory(pressed, time.monotonic() - started))
    return times, rounds


def _read_memory(pressed: int, seconds: float) -> Round:
    """Read the memory and print it at once, so that an interrupted run has printed what it measured."""
    own = _resident("RssAnon")
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    kept, mapped = _resident("RssAnon"), _resident("RssFile")
    heap = tracemalloc.get_traced_memory()[0] / 1e6 if tracemalloc.is_tracing() else None
    objects = "" if heap is None else f", {heap:.1f} MB of objects"
    print(
        f"{pressed:5} keys, {seconds:5.0f} s: {own:.0f} MB own, {kept:.1f} kept, {mapped:.0f} mapped{objects}",
        flush=True,
    )
    return Round(pressed, seconds, own, kept, mapped, heap)


def _resident(kind: str) -> float:
    """Return the resident memory of this process in MB, of one kind of /proc/self/status ("RssAnon", "RssFile")."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status[kind].split()[0]) / 1024


def _steps(chance: random.Random, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the steps of one round and their keys: another authority, its history, a comparison, a search, a source."""
    name = chance.choice(names).split(" ")[0]
    yield "pick an authority: open", ["1", "a"]
    yield "pick an authority: type", [letter for letter in name if letter.isalpha()]
    yield "pick an authority: choose", ["enter"]
    for key in ("left", "left", "down", "down", "right"):
        yield "move in the timeline", [key]
    yield "open the source", ["enter"]
    yield "leave the source", ["escape"]
    yield "compare two inspections", ["1", "c"]
    yield "move in the comparison", ["down", "down", "tab", "down", "down"]
    yield "pin a line, see the basket", ["p", "6"]
    yield "remove it from the basket", ["delete"]
    yield "back twice, forward twice", ["H", "H", "L", "L"]
    yield "recurring phrases", ["4"]
    yield "usage of a phrase", ["s"]
    yield "back to the recurring phrases", ["s"]
    yield "search as you type", ["slash", *_typed(chance)]
    yield "to the list and a source", ["enter", "down", "enter"]
    yield "leave the source", ["escape"]
    yield "search everywhere", ["w"]
    yield "search one authority again", ["w"]
    yield "clear the search", ["slash", "ctrl+u", "enter"]
    yield "all authorities", ["5"]
    yield "sort authorities", ["o"]
    yield "follow-through", ["1", "3"]
    yield "export preview", ["1", "e"]
    yield "leave the preview", ["escape"]
    yield "help", ["question_mark"]
    yield "leave help", ["escape"]


def _typed(chance: random.Random) -> list[str]:
    words = " ".join(chance.sample(WORDS, 2))
    return ["space" if letter == " " else letter for letter in words]


# The tables


def print_tables(times: Times, rounds: Sequence[Round]) -> None:
    """Print the time of every step, the memory at eleven points, and how fast it grew in the later rounds."""
    pressed, seconds = rounds[-1].keys, rounds[-1].seconds
    print(f"\n{pressed} keys in {seconds / 60:.1f} minutes, {len(rounds) - 1} rounds\n")
    print("| step | times | median ms | 95 % ms | median of the first half | of the second half |")
    print("|---|---|---|---|---|---|")
    for step, taken in times.items():
        half = len(taken) // 2 or 1
        percentile = sorted(taken)[: max(1, round(len(taken) * 0.95))][-1:]
        columns = (taken, percentile, taken[:half], taken[half:] or taken)
        print(f"| {step} | {len(taken)} | {' | '.join(f'{1000 * statistics.median(c):.0f}' for c in columns)} |")
    print("\n| keys pressed | own, MB | kept, MB | mapped, MB |\n|---|---|---|---|")
    for number in sorted({tenth * (len(rounds) - 1) // 10 for tenth in range(11)}):
        state = rounds[number]
        print(f"| {state.keys} | {state.own:.0f} | {state.kept:.0f} | {state.mapped:.0f} |")
    third = max(len(rounds) // 3, 2)
    for name, part in (("middle", rounds[-2 * third : -third]), ("last", rounds[-third:])):
        if len(part) > 1:
            print(f"{name} third: {_growth(part):+.0f} KB for 100 keys")


def _growth(rounds: Sequence[Round]) -> float:
    """Return the growth of `kept` in KB for 100 keys: the median of the slopes between any two of these rounds.

    In one round out of seven an answer of 14 to 16 MB is still in memory when it ends. That is not growth, and the
    median hardly moves with it.
    """
    slopes = ((b.kept - a.kept) / (b.keys - a.keys) for a, b in combinations(rounds, 2))
    return statistics.median(slopes) * 100 * 1024


if __name__ == "__main__":
    main()
