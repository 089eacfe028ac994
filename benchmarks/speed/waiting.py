"""Measure what a person waits for, as whole commands, on a store with all reports of a folder.

    python -m benchmarks --only waiting [FOLDER]

The first row adds everything to a new store, all but one report; the next are asked of that store in the order of the
table. "First time" is the first time that this store is asked, with nothing kept of the answer; "again" is the least of
several runs. The last rows are the app in a (pseudo) terminal: its memory after 300 keys, and the first visit of the
Phrases tab, from the key to the last byte before a second of quiet.

Every figure has its floor in the same run: a bare click program, one that prints the rows of a TinyDB file of the same
inspections, or pdfium reading the same files in one process.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.figures import (
    RUNS,
    Row,
    Timing,
    installed_environment,
    program,
    python,
    time_command,
    time_commands_in_turns,
)
from benchmarks.speed.reading import measure
from benchmarks.speed.responsiveness import first_visit, memory_after_keys
from benchmarks.speed.start_up import CLICK, TINYDB_LIST
from benchmarks.speed.store import copy_to_tinydb
from store import Store

_PART = "waiting"
_CLICK, _TINYDB, _PDFIUM = "bare click", "click and plain TinyDB", "pdfium, bare text"
_WORDS = "managment oversigt"
_KEYS = 300
# With fewer pages the starts of the processes are most of the time of adding.
_MANY_PAGES = 1000
Arguments = tuple[str, ...]


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of waiting."""
    files = sorted(folder.rglob("*.pdf"))
    with tempfile.TemporaryDirectory(prefix="reinspect-waiting-") as name:
        place = Path(name)
        environment = installed_environment(place / "compiled")
        store = ("--store", str(place / "store"))

        def run(*arguments: str) -> Timing:
            return time_command(program(*store, *arguments), environment, accept=(0, 3))

        run("list")  # makes the store and compiles the modules
        floors = _floors(place, environment)
        yield from _adding(files, place, run, floors)
        yield from _asking(place, run, floors)
        yield from _in_the_app(place / "store")


def _floors(place: Path, environment: dict[str, str]) -> dict[str, Timing]:
    """Return the times of the bare programs."""
    tinydb = place / "tinydb.json"
    copy_to_tinydb(Store.open(place / "store"), tinydb)
    commands = {_CLICK: python(CLICK, "--version"), _TINYDB: python(TINYDB_LIST, str(tinydb))}
    return time_commands_in_turns(commands, 2 * RUNS, environment)


def _adding(files: Sequence[Path], place: Path, run: Callable[..., Timing], floors: dict[str, Timing]) -> Iterator[Row]:
    """Add all files but one, and search; add that one, and search."""
    last, most = files[-1], files[:-1]
    bare = measure("bare_pdfium", most)
    listed = place / "reports"
    listed.mkdir()
    for number, file in enumerate(most):
        shutil.copyfile(file, listed / f"{number:04}.pdf")
    added = run("add", str(listed))
    pages = max(1, int(bare["pages"]))
    yield Row(
        part=_PART,
        what=f"add {len(most)} files, a page",
        unit="ms",
        ours=1000 * added.processor / pages,
        clock=1000 * added.clock / pages,
        floor=_PDFIUM,
        least=1000 * bare["cpu"] / pages,
        target="2 x pdfium",
        most=2.0 if pages >= _MANY_PAGES else 8.0,
    )
    first = run("search", _WORDS)
    again = _least(run, ("search", _WORDS))
    yield replace(_row("the first search after that", first, "a search again", again), target="0.3 s more", most=2.0)
    one = run("add", str(last))
    yield _row("add one more file", one, _CLICK, floors[_CLICK])
    first = run("search", _WORDS)
    row = _row("the first search after that one", first, "a search again", again)
    yield replace(row, target="0.1 s more", most=1.5)


def _asking(place: Path, run: Callable[..., Timing], floors: dict[str, Timing]) -> Iterator[Row]:
    authority, earlier, later = longest_history(Store.open(place / "store"))
    for name, arguments, target, most in (
        ("follow", ("follow", authority), "0.4 s", 5.0),
        ("phrases AUTHORITY", ("phrases", authority), "0.4 s", 5.0),
        ("phrases", ("phrases",), "1 s", 12.0),
    ):
        yield _row(f"{name}, first time", run(*arguments), _CLICK, floors[_CLICK])
        again = _least(run, arguments)
        yield replace(_row(f"{name}, again", again, _CLICK, floors[_CLICK]), target=target, most=most)
    for name, arguments, floor, target, most in (
        ("compare", ("compare", earlier, later), _CLICK, "0.25 s", 4.5),
        ("search", ("search", _WORDS), _CLICK, "0.25 s", 4.5),
        ("list", ("list",), _TINYDB, "2 x click and TinyDB", 2.0),
        ("timeline", ("timeline", authority), _TINYDB, "2 x click and TinyDB", 2.0),
    ):
        yield replace(_row(name, _least(run, arguments), floor, floors[floor]), target=target, most=most)


def _in_the_app(store: Path) -> Iterator[Row]:
    """Yield the memory of the app, and the first visit of the Phrases tab before and after its answer is kept."""
    own, mapped = memory_after_keys(store, _KEYS)
    yield Row(part=_PART, what=f"memory of the app after {_KEYS} keys", unit="MB", ours=own, target="180 MB")
    yield Row(part=_PART, what="... and pages of files, which the system can drop", unit="MB", ours=mapped)
    seconds = first_visit(store, "4")
    yield Row(part=_PART, what="first visit of the Phrases tab", unit="ms", ours=1000 * seconds, target="500 ms")


def _least(run: Callable[..., Timing], arguments: Arguments) -> Timing:
    timings = [run(*arguments) for _ in range(RUNS)]
    return Timing(processor=min(each.processor for each in timings), clock=min(each.clock for each in timings))


def _row(what: str, ours: Timing, floor: str, least: Timing) -> Row:
    return Row(
        part=_PART,
        what=what,
        unit="ms",
        ours=1000 * ours.processor,
        clock=1000 * ours.clock,
        floor=floor,
        least=1000 * least.processor,
    )


def longest_history(store: Store) -> tuple[str, str, str]:
    """Return the authority with most texts, and two of its inspections with texts to compare."""
    texts = store.primary_texts()
    owners = Counter(store.inspection(identifier).authority for identifier in texts)
    authority = max(sorted(owners), key=lambda slug: owners[slug])
    inspections = [each.id for each in store.inspections(authority) if each.id in texts and each.graded]
    return authority, inspections[0], inspections[-1]
