"""A store damaged on the disk: a flipped bit, a value that makes no sense, a schema of another version."""

from __future__ import annotations

import random
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reinspect.answers import Library
from reinspect.answers.scope import Scope
from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Correction, Pin
from reinspect.phrases.search.searcher import Searcher
from reinspect.reading import read_file
from store import Store, check
from store.caches import index_path, passages_path
from store.checksum import add_checksum, verify_checksum
from store.page_texts import text_path
from store.storage import CATALOGUE, SCHEMA, decode_catalogue, encode_catalogue, previous
from tests.faults.stores import SEED, open_small, run_command, state
from tests.faults.tries import Tries
from tests.making.readings import ILACS_2022, facts, reading
from tests.making.report_folder import make_reports

INSPECTION = "camden-2022-04-25-ilacs"


# One bit


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of eight reports with a correction and a phrase index."""
    folder = tmp_path_factory.mktemp("sound")
    opened = open_small(folder / "store")
    opened.add([read_file(report) for report in sorted(make_reports(folder / "reports", 8).iterdir())])
    opened.correct(INSPECTION, Correction(field="lead_inspector", value="A. Person"))
    opened.index()
    return opened


TARGETS: dict[str, Callable[[Path, str], Path]] = {
    "catalogue": lambda folder, _: folder / CATALOGUE,
    "previous revision": lambda folder, _: previous(folder / CATALOGUE),
    "page texts": text_path,
    "stored passages": passages_path,
    "phrase index": lambda folder, sha256: random.Random(sha256).choice(sorted(index_path(folder).iterdir())),
}
"""The damaged thing, and its path in a store's folder (for one document's sha256, where there are several)."""


@pytest.mark.parametrize("target", TARGETS)
def test_a_flipped_bit_is_named_or_changes_nothing(target: str, sound: Store, tmp_path: Path, tries: Tries) -> None:
    chance, folder = random.Random(f"{SEED} {target}"), tmp_path / "store"
    expected = answers(sound)
    documents = [stored.document.sha256 for stored in sound.stored_documents()]
    for _ in tries.rounds(8, 200):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sound.folder, folder)
        flip_a_bit(TARGETS[target](folder, chance.choice(documents)), chance)
        tries.record(*outcome_of_flip(folder, expected))
    assert not tries.broken


def flip_a_bit(path: Path, chance: random.Random) -> None:
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def outcome_of_flip(folder: Path, expected: tuple[str, str]) -> tuple[str | None, str]:
    """Return what is wrong, or None, and a note on how the flip was met."""
    named = bool(check(folder))
    try:
        found = answers(open_small(folder))
    except StoreCorruptError:
        return (None, "refused and named") if named else ("refused, but `check` finds nothing", "")
    if found != expected:
        return "something else was shown", ""
    return None, "shown rightly, named by `check`" if named else "shown rightly"


def answers(store: Store) -> tuple[str, str]:
    """Return the store's state and the result of a search."""
    return state(store), repr(Searcher(store.index()).search("visits", limit=50))


# A value that makes no sense

ODD_VALUES: tuple[Any, ...] = (
    *(None, "", 0, -1, 1.5, True, [], {}, [None], {"a": 1}, 10**15, "x" * 5000),
    *("2020-13-45", "9999-12-31", "0001-01-01", "../../etc/passwd", "\x1b[31m", "\u202e"),
)


def test_an_odd_value_under_a_valid_checksum_is_named_or_answered(tmp_path: Path, tries: Tries) -> None:
    """Change one value of the catalogue, as a faulty program would, and ask the questions of all panes."""
    chance, folder = random.Random(SEED), tmp_path / "store"
    store = open_small(tmp_path / "sound")
    store.add([reading("report", ILACS_2022), reading("other", facts("sif"))])
    store.basket.add(Pin(kind="row", text="a row", citation="Camden"))
    path = store.folder / CATALOGUE
    catalogue = decode_catalogue(path.read_bytes(), path)
    for _ in tries.rounds(40, 600):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(store.folder, folder)
        tables = msgspec.json.decode(msgspec.json.encode(catalogue.tables))
        parent, key = chance.choice([*places(tables)])
        parent[key] = chance.choice(ODD_VALUES)
        (folder / CATALOGUE).write_bytes(encode_catalogue(catalogue.revision, tables))
        try:
            named = bool(check(folder))
            tries.record(None if named else fault_of_panes(folder), "named by `check`" if named else "answered")
        except Exception as error:
            tries.record(location(error))
    assert not tries.broken


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a tree of JSON: the object or list that it is in, and its key there."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        if isinstance(value, dict | list):
            yield from places(value)


def fault_of_panes(folder: Path) -> str | None:
    """Ask the panes' questions; return the first unexpected error, or None. An explained error is not a fault."""
    for question in questions_of_panes(folder):
        try:
            question()
        except ReinspectError:
            continue
        except Exception as error:
            return location(error)
    return None


def questions_of_panes(folder: Path) -> Iterator[Callable[[], object]]:
    """Yield each question that the panes ask of the store in a folder, and at last "undo"."""
    opened: list[Store] = []
    yield lambda: opened.append(open_small(folder))
    if not opened:
        return
    (store,) = opened
    library = Library(store)
    yield lambda: library.inspections().sheet()
    yield lambda: library.timeline("camden").sheet()
    yield lambda: library.compare(*(found.id for found in store.inspections("camden")[-2:])).sheet()
    yield lambda: library.follow("camden").sheet()
    yield lambda: library.recurring(Scope(authorities=("camden",))).sheet()
    yield lambda: library.search("records").sheet()
    yield lambda: library.latest_grades().sheet()
    yield lambda: library.basket().sheet()
    yield store.undo


def location(error: Exception) -> str:
    """Return the kind of an error and the file and function that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}"


# Another schema


@pytest.mark.parametrize("schema", [SCHEMA + 1, SCHEMA + 2, 99, 2**40, 0, -1])
def test_an_unknown_schema_is_refused_by_its_number_and_left_alone(schema: int, tmp_path: Path, tries: Tries) -> None:
    folder = tmp_path / "store"
    open_small(folder).add([reading("report", ILACS_2022)])
    path = folder / CATALOGUE
    catalogue = verify_checksum(path.read_bytes())
    path.write_bytes(add_checksum(catalogue.replace(b'"schema":%d' % SCHEMA, b'"schema":%d' % schema, 1)))
    before = path.read_bytes()
    commands = (["undo"], ["check", "--repair"], ["list"], ["check"], ["backup", str(tmp_path / "b.zip")])
    for number in tries.rounds(2, len(commands)):
        arguments = commands[number]
        done = run_command(folder, *arguments)
        named = done.returncode in {1, 5} and "schema" in done.stdout + done.stderr
        fault = f"{arguments}: exit {done.returncode}: {done.stderr.strip()[-120:]}"
        tries.record(None if named and path.read_bytes() == before else fault)
    assert not tries.broken
