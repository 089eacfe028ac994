"""The app on a large store, driven by scripted keys: does memory grow, and do answers stay quick?

    python -m benchmarks.load [--keys 3600] [--minutes 60] [--inspections 10000] [--documents 900] [--heap]

It presses as many keys as a person presses in an hour (one a second), as fast as the app takes them, and stops after so
many minutes at the latest.
The store is made on the spot, of invented inspections and words, by another process, so that the memory is the app's
alone. Every step is a key or a few, and is timed to the moment when nothing is under way any more: workers done, screen
painted. Pauses by which the app waits for more keys (0.12 s for a search) are within these times.

Memory is read after every round of all steps, which has about a minute's keys: so the app frees memory there, as
it does by itself once a minute. `own` is what the process has for itself; `kept` is what is left of it once the C
library was asked to give back what is free (`malloc_trim`): the line that must be flat. `mapped` are pages of files,
the phrase index above all, which the system takes back when it needs room. `--heap` tells what Python's own objects
take too, and makes everything slower.
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
from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from reinspect import READER
from reinspect.authorities import authorities
from reinspect.model import Document, Judgement, Passage, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.memory import free_memory

SEED = 20261121
STRANDS = ("overall", "leaders", "help", "care_and_leavers")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
_VOCABULARY = (
    "managers workers children families plans visits records oversight delay drift panel review school health "
    "police foster carers leavers homes risk harm neglect early help front door timely steady written asked seen heard "
    "weekly yearly often seldom well poorly clear loose close strong weak new old every some most few many each other"
)
WORDS = tuple(_VOCABULARY.split())


Times = dict[str, list[float]]


class Round(NamedTuple):
    """How it stood after a round: keys pressed, seconds since the start, and MB of memory (`heap` if asked for)."""

    keys: int
    seconds: float
    own: float
    kept: float
    mapped: float
    heap: float | None


def main() -> None:
    """Make the store, drive the app, print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--keys", type=int, default=3600)
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--inspections", type=int, default=10_000)
    options.add_argument("--documents", type=int, default=900)
    options.add_argument("--heap", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="reinspect-load-") as name:
        folder = Path(name) / "store"
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
            elsewhere.submit(make, folder, asked.inspections, asked.documents).result()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        print(f"{asked.inspections} inspections, {asked.documents} documents, {size:.0f} MB on disk")
        if asked.heap:
            tracemalloc.start()
        store = Store.open(folder, record=invented_record(asked.inspections))
        times, rounds = asyncio.run(driven(store, asked.keys, asked.minutes * 60))
    tell(times, rounds)


def make(folder: Path, inspections: int, documents: int) -> None:
    """Make a store of so many inspections (see `invented_record`), and of a text for the latest of them."""
    record = invented_record(inspections)
    store = Store.open(folder, record=record)
    chance = random.Random(SEED)
    readings = [_reading(told.authority, told.facts, chance) for told in record.inspections[-documents:]]
    for start in range(0, len(readings), 50):
        store.add(readings[start : start + 50])
    store.index()


def invented_record(inspections: int) -> Record:
    """A record of so many inspections, evenly over all authorities."""
    slugs = [authority.slug for authority in authorities().all()]
    told = []
    for number in range(inspections):
        slug, turn = slugs[number % len(slugs)], number // len(slugs)
        start = date(2018, 1, 8) + timedelta(days=42 * turn)
        grades = {strand: GRADES[(number * 7 + place * 3 + turn) % 4] for place, strand in enumerate(STRANDS)}
        told.append((f"{slug}-{start}-ilacs", slug, _account(slug, start, grades)))
    return Record(
        as_of=date(2026, 8, 20),
        authorities=authorities().all(),
        inspections=tuple(RecordedInspection(id=i, authority=slug, facts=facts) for i, slug, facts in told),
    )


def _account(slug: str, start: date, grades: dict[str, str]) -> SourceFacts:
    return SourceFacts(
        authority=PrintedAuthority(printed=slug, slug=slug),
        framework="ilacs-2018",
        graded=True,
        windows=(Window(start, start + timedelta(days=4)),),
        judgements=tuple(Judgement(strand=strand, grade=grade, printed=grade) for strand, grade in grades.items()),
    )


def _reading(slug: str, facts: SourceFacts, chance: random.Random) -> Reading:
    """A report of twelve pages, forty sentences each."""
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
            yield Passage(
                document=digest,
                page=page,
                start=start,
                end=start + len(line),
                text=line,
                paragraph=number,
                strand=STRANDS[number % 4],
            )
            start += len(line) + 1


async def driven(store: Store, wanted: int, seconds: float) -> tuple[Times, list[Round]]:
    """Press so many keys, for so long at most: the seconds of each step, and how it stood at first and after rounds."""
    chance, times, rounds = random.Random(SEED), defaultdict[str, list[float]](list), list[Round]()
    names, pressed = [authority.name for authority in authorities().all()], 0
    async with person_at(ReinspectApp(lambda: store), 120, 40) as person:
        begun = time.monotonic()
        rounds.append(_stands(0, 0.0))
        while pressed < wanted and time.monotonic() - begun < seconds:
            for step, keys in _round(chance, names):
                before = time.perf_counter()
                await person.presses_in_a_run(*keys)
                times[step].append(time.perf_counter() - before)
                pressed += len(keys)
            free_memory()
            rounds.append(_stands(pressed, time.monotonic() - begun))
    return times, rounds


def _stands(pressed: int, seconds: float) -> Round:
    """How it stands now, printed at once: a run that is broken off has told what it saw."""
    own = _resident("RssAnon")
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    kept, mapped = _resident("RssAnon"), _resident("RssFile")
    heap = tracemalloc.get_traced_memory()[0] / 1e6 if tracemalloc.is_tracing() else None
    of_objects = "" if heap is None else f", {heap:.1f} MB of objects"
    print(
        f"{pressed:5} keys, {seconds:5.0f} s: {own:.0f} MB own, {kept:.1f} kept, {mapped:.0f} mapped{of_objects}",
        flush=True,
    )
    return Round(pressed, seconds, own, kept, mapped, heap)


def _resident(kind: str) -> float:
    """MB of this process in memory, of one kind."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told[kind].split()[0]) / 1024


def _round(chance: random.Random, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """One turn through the app, as a person goes: another authority, its history, a comparison, a search, a source."""
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
    yield "take it out", ["d"]
    yield "back where one was, and on", ["H", "H", "L", "L"]
    yield "recurring phrases", ["4"]
    yield "what a phrase says", ["s"]
    yield "back to what recurs", ["s"]
    yield "search as you type", ["slash", *_typed(chance)]
    yield "to the list and a source", ["enter", "down", "enter"]
    yield "leave the source", ["escape"]
    yield "search everywhere", ["w"]
    yield "narrow again", ["w"]
    yield "clear the search", ["slash", "ctrl+u", "enter"]
    yield "all authorities", ["5"]
    yield "sort authorities", ["s"]
    yield "follow-through", ["1", "3"]
    yield "export preview", ["1", "e"]
    yield "leave the preview", ["escape"]
    yield "help", ["question_mark"]
    yield "leave help", ["escape"]


def _typed(chance: random.Random) -> list[str]:
    words = " ".join(chance.sample(WORDS, 2))
    return ["space" if letter == " " else letter for letter in words]


def tell(times: Times, rounds: Sequence[Round]) -> None:
    """Print the table of times, and how memory went."""
    pressed, lasted = rounds[-1].keys, rounds[-1].seconds
    print(f"\n{pressed} keys in {lasted / 60:.1f} minutes, {len(rounds) - 1} rounds\n")
    print("| step | times | median ms | 95 % ms | first half's median | second half's |\n|---|---|---|---|---|---|")
    for step, taken in times.items():
        half = len(taken) // 2 or 1
        parts = (taken, sorted(taken)[: max(1, round(len(taken) * 0.95))][-1:], taken[:half], taken[half:] or taken)
        shown = " | ".join(f"{1000 * statistics.median(part):.0f}" for part in parts)
        print(f"| {step} | {len(taken)} | {shown} |")
    print("\n| keys pressed | own, MB | kept, MB | mapped, MB |\n|---|---|---|---|")
    for place in sorted({tenth * (len(rounds) - 1) // 10 for tenth in range(11)}):
        each = rounds[place]
        print(f"| {each.keys} | {each.own:.0f} | {each.kept:.0f} | {each.mapped:.0f} |")
    third = max(len(rounds) // 3, 2)
    for name, some in (("middle", rounds[-2 * third : -third]), ("last", rounds[-third:])):
        if len(some) > 1:
            print(f"{name} third: {_growth(some):+.0f} KB for 100 keys")


def _growth(rounds: Sequence[Round]) -> float:
    """By how many KB what is kept grows with 100 keys: the median of the slopes between any two of these rounds.

    An answer that is still held at the end of one round in seven (14 to 16 MB) tells nothing of growth, and so moves it
    little.
    """
    slopes = ((b.kept - a.kept) / (b.keys - a.keys) for a, b in combinations(rounds, 2))
    return statistics.median(slopes) * 100 * 1024


if __name__ == "__main__":
    main()
