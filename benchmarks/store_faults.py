"""What the store survives: killed, filled up, flipped, shared, moved away under its feet.

    python -m benchmarks.store_faults [--tries 1.0] [kill add-killed together app disk-full read-only flips clock
                                       schema resumed vanished rows]

A row a fault. A try is survived when the store then holds the old state or the new one, everything that was
acknowledged is there, what is in memory equals what is on the disk, and `check` finds nothing that it cannot mend.
Reports are made on the spot; each run has its seed, so that it can be repeated.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from benchmarks.fault_table import Faults, run_all
from benchmarks.odd_rows import odd_rows
from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Correction, Reading
from reinspect.reading import read_file
from store import Store, check
from store.atomic_write import StoreUnwritableError
from store.caches import index_path, passages_path
from store.checksum import add_checksum, verify_checksum
from store.page_texts import text_path
from store.storage import CATALOGUE, SCHEMA, previous
from tests.making.pdf import make_pdf
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading
from tests.making.reports import ilacs_2023, letter, sif

SEED = 20261121
COUNCILS = ["Camden", "Barnet", "Kent", "Hackney", "Leeds", "Dorset", "Essex", "Croydon", "Merton", "Surrey"]
EVENT = "camden-2022-04-25-ilacs"
COMMAND = [sys.executable, "-c", "from tui.cli.main import main; main()"]

scale = 1.0


def main() -> int:
    """Run the faults that are named, or all of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("only", nargs="*", choices=[*RUNS, []], metavar="FAULT")
    options.add_argument("--tries", type=float, default=1.0, help="so many times the usual number of tries")
    asked = options.parse_args()
    global scale  # noqa: PLW0603  (a script has one run)
    scale = asked.tries
    with tempfile.TemporaryDirectory(prefix="reinspect-faults-") as name:
        place = Path(name)
        return run_all({name: partial(run, place / name) for name, run in RUNS.items()}, asked.only)


def tries(count: int) -> range:
    """So many tries, or the share of them that was asked for."""
    return range(max(1, round(count * scale)))


# What is looked at


def titles(store: Store) -> set[str]:
    """The titles of all documents held."""
    return {held.document.title for held in store.stored_documents()}


def state(store: Store, *, words: bool = True) -> str:
    """All that the store shows: inspections, documents and, with `words`, pages and passages."""
    documents = store.stored_documents()
    texts = [(store.pages(d.document.sha256), store.passages(d.document.sha256)) for d in documents] if words else []
    return repr((store.inspections(), documents, texts))


def fault_in(folder: Path, acknowledged: set[str], *, shipped: bool = False) -> str | None:
    """What is wrong with a store after a fault, or None."""
    try:
        opened = Store.open(folder) if shipped else Store.open(folder, record=SMALL_RECORD)
        if lost := acknowledged - titles(opened):
            return f"acknowledged and lost: {len(lost)}"
        for held in opened.stored_documents():
            opened.pages(held.document.sha256)
        unmended = [found for found in check(folder, repair=True) if not found.mended]
        again = check(folder)
    except ReinspectError as error:
        return str(error)
    return f"cannot be mended: {unmended[0].what}" if unmended else f"not mended: {again[0].what}" if again else None


# Killed


def killed_while_writing(place: Path) -> Iterator[Faults]:
    """Kill -9 in the time that a write takes, on a store of the whole record that goes on growing."""
    faults, chance = Faults(name="kill -9 within a write"), random.Random(SEED)
    folder, acknowledged = place / "store", set[str]()
    opened = Store.open(folder)
    begun = time.perf_counter()
    for number in range(5):
        opened.add([reading(f"warm {number}", facts("sif"))])
    window = (time.perf_counter() - begun) / 5
    for number in tries(200):
        acknowledged |= _killed_writer(folder, f"{number}", chance.uniform(0, 1.3 * window))
        cut_short = any(folder.glob(".*.tmp")) or any(folder.glob("texts/*/.*.tmp"))
        faults.tell(fault_in(folder, acknowledged, shipped=True), "left a half-made file" if cut_short else "")
    yield faults


def _killed_writer(folder: Path, name: str, delay: float) -> set[str]:
    """Fork a process that adds documents, kill it so long after it begins one; what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with suppress(BaseException):
            opened = Store.open(folder, wait=30)
            for count in range(1000):
                os.write(writer, b"\n")
                title = f"{name}-{count}"
                opened.add([reading(title, facts("sif"))])
                os.write(writer, title.encode())
        os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        pipe.readline()
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        said = pipe.read().decode().split("\n")
    os.waitpid(child, 0)
    return {title for title in said if title}


def papers(folder: Path, count: int) -> Path:
    """A folder of reports and letters of our own, as PDF."""
    folder.mkdir(parents=True)
    for number in range(count):
        council = COUNCILS[number % len(COUNCILS)]
        pages = (ilacs_2023, sif, letter)[number % 3]()
        told = [[line.replace("Camden", council) for line in page] for page in pages]
        told[-1].append(f"Paper {number} of this set.")
        make_pdf(told, folder / f"paper-{number:03}.pdf")
    return folder


def killed_additions(place: Path) -> Iterator[Faults]:
    """Kill -9 at any moment of `reinspect add` on 50 files; then the command is run again."""
    killed = Faults(name="kill -9 at any moment of `add` of 50 files, then run again")
    orphans = Faults(name="its reading processes end with it")
    chance, folder = random.Random(SEED), papers(place / "papers", 50)
    whole = place / "whole"
    begun = time.perf_counter()
    _command(whole, "add", str(folder))
    lasts = time.perf_counter() - begun
    expected = state(Store.open(whole))
    for number in tries(30):
        store = place / f"store-{number}"
        # Half of them late, where the batch is written.
        delay = chance.uniform(0, lasts) if number % 2 else chance.uniform(0.75 * lasts, 1.05 * lasts)
        workers = _killed_command(store, delay, "add", str(folder))
        orphans.tell(None if _all_end(workers) else "a worker lived on")
        before = len(Store.open(store).stored_documents())
        _command(store, "add", str(folder))
        same = state(Store.open(store)) == expected
        fault = fault_in(store, set(), shipped=True) or (None if same else "another state than without the kill")
        killed.tell(fault, "the batch was in" if before >= 50 else "the batch was not in yet")
        shutil.rmtree(store)
    yield killed
    yield orphans


def _command(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--store", str(store), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def _killed_command(store: Path, delay: float, *arguments: str) -> list[int]:
    """Start a command, kill it after so long; the processes it had started."""
    command = [*COMMAND, "--store", str(store), *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(delay)
        children = _children(process.pid)
        process.kill()
    return children


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _read(task / "children")]
    return []


def _read(path: Path) -> list[str]:
    return path.read_text().split()


def _all_end(processes: list[int], within: float = 25.0) -> bool:
    until = time.monotonic() + within
    while any(Path(f"/proc/{pid}/cmdline").exists() and _cmdline(pid) for pid in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _cmdline(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def resumed_imports(place: Path) -> Iterator[Faults]:
    """An import in batches of ten, killed after some of them and repeated: nothing twice, nothing lost."""
    faults, chance = Faults(name="import killed between batches, then repeated"), random.Random(SEED)
    wanted = [reading(f"document {number}", facts("sif")) for number in range(50)]
    for number in tries(30):
        folder, stop = place / str(number), chance.randrange(5)
        if os.fork() == 0:
            _add_in_batches(folder, wanted[: 10 * stop + chance.randrange(10)])
            os.kill(os.getpid(), signal.SIGKILL)
        os.wait()
        outcomes = _add_in_batches(folder, wanted)
        opened = Store.open(folder, record=SMALL_RECORD)
        whole = len(opened.stored_documents()) == 50 and len(outcomes) == 50
        resumed = outcomes.count("already held") >= 10 * stop
        faults.tell(fault_in(folder, titles(opened)) or (None if whole and resumed else "not resumed"))
    yield faults


def _add_in_batches(folder: Path, readings: list[Reading]) -> list[str]:
    opened = Store.open(folder, record=SMALL_RECORD)
    batches = (readings[start : start + 10] for start in range(0, len(readings), 10))
    return [addition.outcome for batch in batches for addition in opened.add(batch, run="one")]


# Shared


def several_at_once(place: Path) -> Iterator[Faults]:
    """Two and five processes that write to one store."""
    for count in (2, 5):
        faults = Faults(name=f"{count} processes that write at once, 20 documents each")
        for number in tries(10):
            folder = place / f"{count}-{number}"
            Store.open(folder, record=SMALL_RECORD)
            children = [_forked(partial(_write, folder, f"{writer}", 20)) for writer in range(count)]
            codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
            wanted = {f"{writer}-{place}" for writer in range(count) for place in range(20)}
            revision = Store.open(folder, record=SMALL_RECORD).revision
            fault = fault_in(folder, wanted) or (None if revision == 1 + 20 * count else "a change was overwritten")
            faults.tell(fault if not any(codes) else "a writer failed")
        yield faults


def _write(folder: Path, name: str, count: int) -> None:
    opened = Store.open(folder, wait=120, record=SMALL_RECORD)
    for number in range(count):
        opened.add([reading(f"{name}-{number}", facts("sif"))])


def _forked(act: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return child


def beside_an_open_app(place: Path) -> Iterator[Faults]:
    """`reinspect add` while the app is open on the store: the app shows what came, unasked."""
    faults = Faults(name="`add` beside an open app, which shows it")
    folder = papers(place / "papers", 9)
    for number in tries(5):
        faults.tell(asyncio.run(_add_beside(place / str(number), sorted(folder.iterdir())[number % 9])))
    yield faults


async def _add_beside(folder: Path, paper: Path) -> str | None:
    from tui.app.app import ReinspectApp
    from tui.app.pane import Pane

    store = Store.open(folder)
    app = ReinspectApp(lambda: store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        done = await asyncio.to_thread(_command, folder, "add", str(paper))
        until = time.monotonic() + 20
        while store.revision < 2 and time.monotonic() < until:
            await asyncio.sleep(0.1)
        await app.workers.wait_for_complete()
        shown = bool(app.screen.query(Pane)) and store.revision == 2
    if done.returncode:
        return done.stderr
    return fault_in(folder, {paper.stem}, shipped=True) if shown else "the app did not notice"


# Refused by the disk


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path | None]:
    """A disk of that size in the folder, or None where this user or system cannot mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield None if mounted.returncode else folder
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def disk_full(place: Path) -> Iterator[Faults]:
    """Documents added until the disk is full, then room made, then on; on disks of many sizes."""
    faults = Faults(name="disk full while adding, then room made")
    told = Faults(name="index, backup and export on a full disk")
    for number in tries(40):
        with small_disk(place / "disk", f"{400 + 37 * number}k") as disk:
            if disk is None:
                yield Faults(name="disk full: skipped, no disk can be mounted here")
                return
            faults.tell(_fill(disk))
            told.tell(_export_to_full(disk, place))
    yield faults
    yield told


def _fill(disk: Path) -> str | None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    folder, acknowledged, refused = disk / "store", set[str](), 0
    opened = Store.open(folder, record=SMALL_RECORD)
    for number in range(400):
        title = f"large {number}"
        try:
            opened.add([reading(title, facts("sif"), pages=(f"{title} " * 400, "end"))])
            acknowledged.add(title)
        except StoreUnwritableError as error:
            refused += 1
            if "No space" not in str(error):
                return str(error)
            if state(opened) != state(Store.open(folder, record=SMALL_RECORD)):
                return "memory differs from the disk"
            if refused > 3:
                break
    if titles(opened) != acknowledged:
        return "acknowledged and lost"
    ballast.unlink()
    opened.add([reading("after", facts("sif"))])
    fault = fault_in(folder, acknowledged | {"after"})
    (disk / "ballast").write_bytes(bytes(1))
    return fault


def _export_to_full(disk: Path, place: Path) -> str | None:
    """The disk is filled to the last byte; then what a person may still ask for is asked for."""
    folder = disk / "store"
    before = state(Store.open(folder, record=SMALL_RECORD))
    with suppress(OSError), (disk / "ballast").open("wb") as ballast:
        while True:
            ballast.write(bytes(4096))
            ballast.flush()
    opened = Store.open(folder, record=SMALL_RECORD)
    opened.index()
    try:
        opened.backup(disk / "backup.zip")
        return "a backup without room for it"
    except ReinspectError:
        pass
    if (disk / "backup.zip").exists():
        return "half a backup"
    done = _command(place / "shipped", "timeline", "camden", "-o", str(disk / "camden.html"))
    if done.returncode != 2 or "No space" not in done.stderr:
        return f"export: exit {done.returncode} {done.stderr}"
    if (disk / "camden.html").exists():
        return "half an export was left"
    return None if state(Store.open(folder, record=SMALL_RECORD)) == before else "the store changed"


def read_only(place: Path) -> Iterator[Faults]:
    """A store on a disk that may not be written: all that reads works, all that writes says why not."""
    faults = Faults(name="read-only folder: commands that read work, those that write say why not")
    paper = next(papers(place / "papers", 1).iterdir())
    with small_disk(place / "disk", "64m") as disk:
        if disk is None:
            yield Faults(name="read-only folder: skipped, no disk can be mounted here")
            return
        store = disk / "store"
        _command(store, "add", str(paper))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = (store / CATALOGUE).read_bytes()
        reads = [("list",), ("list", "camden"), ("show", "camden:2017"), ("timeline", "camden"), ("check",)]
        reads += [("search", "visits"), ("phrases",), ("compare", "camden:2017", "camden:2022")]
        for arguments in reads:
            done = _command(store, *arguments)
            faults.tell(None if done.returncode in {0} else f"{arguments}: {done.returncode} {done.stderr}")
        letters = next(papers(place / "more", 3).glob("*2.pdf"))
        writes = [("add", str(letters)), ("edit", EVENT, "topics", "x"), ("undo",), ("reread",), ("check", "--repair")]
        for arguments in writes:
            done = _command(store, *arguments)
            explained = done.returncode == 1 and "Read-only" in done.stderr and "Traceback" not in done.stderr
            faults.tell(None if explained else f"{arguments}: {done.returncode} {done.stderr}")
        done = _command(disk / "none", "list")
        faults.tell(None if done.returncode == 1 and "Read-only" in done.stderr else f"a first run: {done.stderr}")
        faults.tell(None if (store / CATALOGUE).read_bytes() == before else "the catalogue changed")
    yield faults


# Damaged


def flipped_bits(place: Path) -> Iterator[Faults]:
    """One bit flipped anywhere: it is said, or it makes no difference to anything that is shown."""
    folder = place / "store"
    opened = Store.open(folder, record=SMALL_RECORD)
    opened.add([read_file(paper) for paper in sorted(papers(place / "papers", 8).iterdir())])
    opened.correct(EVENT, Correction(field="lead_inspector", value="A. Person"))
    opened.index()
    expected, sought = state(opened), _found(opened)
    shas = [held.document.sha256 for held in opened.stored_documents()]
    targets = {
        "catalogue": [folder / CATALOGUE],
        "generation before": [previous(folder / CATALOGUE)],
        "page texts": [text_path(folder, sha) for sha in shas],
        "kept passages": [passages_path(folder, sha) for sha in shas],
        "phrase index": [index_path(folder)],
    }
    chance = random.Random(SEED)
    for what, paths in targets.items():
        faults = Faults(name=f"a bit flipped in the {what}")
        for _ in tries(200):
            path = chance.choice(paths)
            kept = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
            data = bytearray(kept[path])
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            path.write_bytes(data)
            faults.tell(*_after_flip(folder, expected, sought))
            for each, bytes_before in kept.items():
                each.write_bytes(bytes_before)
        yield faults


def _after_flip(folder: Path, expected: str, sought: str) -> tuple[str | None, str]:
    """What went wrong, if anything did; and whether the flip was said when it was met, by `check`, or not at all."""
    named = bool(check(folder))
    try:
        opened = Store.open(folder, record=SMALL_RECORD)
        shown, found = state(opened), _found(opened)
    except StoreCorruptError:
        return (None, "refused and named") if named else ("refused, but check finds nothing", "")
    if (shown, found) != (expected, sought):
        return "something else was shown", ""
    return None, "shown rightly, named by check" if named else "shown rightly"


def _found(store: Store) -> str:
    return repr(store.index().search("visits", limit=50))


def odd_clocks(place: Path) -> Iterator[Faults]:
    """File times that go back, stand still or lie in the future: a change by another process is seen all the same."""
    faults, chance = Faults(name="clock going back, standing still, or in 2099"), random.Random(SEED)
    folder = place / "store"
    mine, other = Store.open(folder, record=SMALL_RECORD), Store.open(folder, record=SMALL_RECORD)
    for number in tries(60):
        other.add([reading(f"document {number}", facts("sif"))])
        stamp = chance.choice([0, 1, 946684800, 4070908800, int(time.time()) - 86400 * number])
        for path in (*folder.rglob("*"), folder):
            os.utime(path, (stamp, stamp))
        seen = mine.refresh() and state(mine, words=False) == state(other, words=False)
        mine, other = other, mine
        mine.refresh()
        faults.tell(None if seen else "a change was not seen")
    faults.tell(fault_in(folder, {f"document {number}" for number in tries(60)}))
    yield faults


def schemas(place: Path) -> Iterator[Faults]:
    """A catalogue of a newer, an older and no known schema."""
    faults = Faults(name="a newer or unknown older schema: refused, named, untouched")
    for schema in (SCHEMA + 1, SCHEMA + 2, 99, 2**40, 0, -1):
        folder = place / str(schema)
        opened = Store.open(folder, record=SMALL_RECORD)
        opened.add([reading("report", ILACS_2022)])
        path = folder / CATALOGUE
        path.write_bytes(
            add_checksum(
                verify_checksum(path.read_bytes()).replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % schema, 1)
            )
        )
        before = path.read_bytes()
        for arguments in (["list"], ["undo"], ["check"], ["check", "--repair"], ["backup", str(place / "b.zip")]):
            done = _command(folder, *arguments)
            said = done.returncode in {1, 5} and "schema" in done.stdout + done.stderr
            fault = f"schema {schema}, {arguments}: exit {done.returncode}: {done.stderr.strip()[-120:]}"
            faults.tell(None if said and path.read_bytes() == before else fault)
    yield faults


def vanishing_folders(place: Path) -> Iterator[Faults]:
    """The folder moved or taken away while a process writes to it: an error that says so, and no new store begun."""
    faults, chance = Faults(name="folder moved away while it is written"), random.Random(SEED)
    for number in tries(60):
        folder, moved = place / f"{number}", place / f"{number}-moved"
        Store.open(folder, record=SMALL_RECORD)
        reader, writer = os.pipe()
        child = _forked(partial(_write_until_it_fails, folder, writer))
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            pipe.readline()
            time.sleep(chance.uniform(0, 0.05))
            folder.rename(moved)
            said = pipe.read().decode().split("\n")
        os.waitpid(child, 0)
        last = said[-1]
        fault = None if last.startswith("explained") else f"not explained: {last}"
        if (folder / CATALOGUE).exists():
            fault = "a new store was begun"
        faults.tell(fault or fault_in(moved, {title for title in said[:-1] if title}))
    yield faults


def _write_until_it_fails(folder: Path, writer: int) -> None:
    opened = Store.open(folder, record=SMALL_RECORD)
    os.write(writer, b"\n")
    try:
        for number in range(10_000):
            opened.add([reading(f"{number}", facts("sif"))])
            os.write(writer, b"%d\n" % number)
    except ReinspectError as error:
        os.write(writer, f"explained: {error}".encode())
    except BaseException as error:
        os.write(writer, repr(error).encode())


RUNS: dict[str, Callable[[Path], Iterator[Faults]]] = {
    "kill": killed_while_writing,
    "add-killed": killed_additions,
    "resumed": resumed_imports,
    "together": several_at_once,
    "app": beside_an_open_app,
    "disk-full": disk_full,
    "read-only": read_only,
    "flips": flipped_bits,
    "clock": odd_clocks,
    "schema": schemas,
    "vanished": vanishing_folders,
    "rows": lambda place: odd_rows(place, tries(600), random.Random(SEED)),
}

if __name__ == "__main__":
    sys.exit(main())
