"""The catalogue file under every fault: the old or the new state is left, never a mixture or an empty store."""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.atomic_write
import store.storage
import store.store
from reinspect.errors import ReinspectError, StoreCorruptError
from store import Store
from store.atomic_write import StoreUnwritableError
from store.caches import save_passages
from store.checksum import ChecksumError, add_checksum, verify_checksum
from store.storage import (
    CATALOGUE,
    SCHEMA,
    NewerStoreError,
    decode_catalogue,
    encode_catalogue,
    paused_garbage_collection,
    previous,
    read_head,
)
from tests.making.faults import FaultyOs, die, die_half_way, failing
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading

NEW = reading("report", ILACS_2022)
LETTER = reading("letter", facts("focused-visit", "2024-01-09", "2024-01-10"), "letter")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill")


def titles(opened: Store) -> list[str]:
    return [stored.document.title for stored in opened.stored_documents()]


def count_disk_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    counting = FaultyOs()
    with monkeypatch.context() as patch:
        patch.setattr(store.atomic_write, "os", counting)
        Store.open(folder, record=SMALL_RECORD).add([NEW])
    return counting.calls


def exit_code_when_killed(at: int, fault: Callable[[str, tuple[Any, ...]], None], folder: Path) -> int:
    """Add a report in a process that dies at the numbered call to the disk; return its exit code."""
    child = os.fork()
    if child == 0:
        store.atomic_write.os = FaultyOs(at, fault)  # type: ignore[assignment]
        try:
            Store.open(folder, record=SMALL_RECORD).add([NEW])
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_fork
@pytest.mark.parametrize("fault", [die, die_half_way])
def test_a_process_killed_at_any_point_of_an_import_leaves_the_old_or_the_new_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[str, tuple[Any, ...]], None]
) -> None:
    base = tmp_path / "base"
    Store.open(base, record=SMALL_RECORD).add([LETTER])
    points = count_disk_calls(shutil.copytree(base, tmp_path / "counted"), monkeypatch)
    seen = set()
    for point in range(1, points + 1):
        folder = shutil.copytree(base, tmp_path / f"{fault.__name__}-{point}")
        assert exit_code_when_killed(point, fault, folder) == 9
        opened = Store.open(folder, record=SMALL_RECORD)
        seen.add(tuple(titles(opened)))
        opened.add([NEW])
        assert titles(opened) == ["letter", "report"]
        assert opened.pages(NEW.document.sha256) == NEW.pages
        assert [fault for fault in opened.check(repair=True) if not fault.mended] == []
        assert opened.check() == []
    assert seen == {("letter",), ("letter", "report")}


@needs_fork
def test_a_process_killed_during_the_first_run_can_be_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for point in range(1, count_disk_calls(tmp_path / "counted", monkeypatch) + 1):
        folder = tmp_path / str(point)
        exit_code_when_killed(point, die, folder)
        assert len(Store.open(folder, record=SMALL_RECORD).inspections()) == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_after_an_error_at_any_point_memory_equals_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    base = tmp_path / "base"
    Store.open(base, record=SMALL_RECORD).add([LETTER])
    failures = 0
    for point in range(1, count_disk_calls(shutil.copytree(base, tmp_path / "counted"), monkeypatch) + 1):
        opened = Store.open(shutil.copytree(base, tmp_path / f"{number}-{point}"), record=SMALL_RECORD)
        with monkeypatch.context() as patch:
            patch.setattr(store.atomic_write, "os", FaultyOs(point, failing(number)))
            try:
                opened.add([NEW])
            except StoreUnwritableError as error:
                failures += 1
                assert os.strerror(number) in str(error)
        reopened = Store.open(opened.folder, record=SMALL_RECORD)
        assert (opened.revision, opened.inspections()) == (reopened.revision, reopened.inspections())
        assert titles(opened) == titles(reopened)
        opened.add([NEW])
        assert titles(opened) == ["letter", "report"]
    assert failures


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda data: b"", "empty", id="an empty file"),
        pytest.param(lambda data: data[: len(data) // 2], "checksum", id="cut short"),
        pytest.param(lambda data: data + b" ", "checksum", id="something added"),
        pytest.param(lambda data: data[:-30] + b"X" + data[-29:], "checksum", id="a byte changed"),
        pytest.param(lambda data: b"not ours", "begin", id="another file"),
        pytest.param(lambda data: add_checksum(b"no json"), "damaged", id="valid checksum but invalid JSON"),
        pytest.param(
            lambda data: add_checksum(b'"schema":1,"generation":1}'), "tables", id="valid checksum but no tables"
        ),
    ],
)
@pytest.mark.leaves_damage
def test_a_damaged_catalogue_is_named_and_left_unchanged(
    small_store: Store, damage: Callable[[bytes], bytes], message: str
) -> None:
    small_store.add([LETTER])
    path = small_store.folder / CATALOGUE
    path.write_bytes(damage(path.read_bytes()))
    damaged = path.read_bytes()
    with pytest.raises(StoreCorruptError, match=message) as caught:
        Store.open(small_store.folder, record=SMALL_RECORD)
    assert str(path) in str(caught.value)
    assert "reinspect check --repair" in str(caught.value)
    assert caught.value.exit_code == 5
    with pytest.raises(StoreCorruptError):
        small_store.add([NEW])
    assert path.read_bytes() == damaged


@pytest.mark.leaves_damage
def test_a_damaged_catalogue_without_a_previous_revision_asks_for_a_backup(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    path.write_bytes(b"damaged")
    with pytest.raises(StoreCorruptError, match="reinspect restore FILE") as caught:
        Store.open(small_store.folder, record=SMALL_RECORD)
    assert "--repair" not in str(caught.value)


def test_any_flipped_bit_is_noticed(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    data = path.read_bytes()
    for place in {0, 11, 30, 74, 75, len(data) - 1, *range(80, len(data), 97)}:
        flipped = bytearray(data)
        flipped[place] ^= 1 << (place % 8)
        with pytest.raises(StoreCorruptError):
            decode_catalogue(bytes(flipped), path)


def test_a_missing_catalogue_is_not_replaced_by_an_empty_one(small_store: Store) -> None:
    small_store.add([LETTER])
    (small_store.folder / CATALOGUE).unlink()
    for use in (small_store.refresh, lambda: small_store.add([NEW]), lambda: Store.open(small_store.folder)):
        with pytest.raises(StoreCorruptError, match="gone"):
            use()


def test_a_deleted_folder_is_not_created_again(small_store: Store) -> None:
    shutil.rmtree(small_store.folder)
    with pytest.raises(StoreCorruptError, match="gone"):
        small_store.add([NEW])
    with pytest.raises(StoreCorruptError, match="gone"):
        small_store.refresh()
    assert not small_store.folder.exists()


def test_a_folder_moved_away_during_a_write_is_not_created_again(
    small_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_page_texts = store.store.replace_page_texts

    def move_folder_first(folder: Path, texts: dict[str, tuple[str, ...]]) -> None:
        folder.rename(tmp_path / "moved")
        replace_page_texts(folder, texts)

    monkeypatch.setattr(store.store, "replace_page_texts", move_folder_first)
    with pytest.raises(StoreUnwritableError):
        small_store.add([NEW])
    assert not small_store.folder.exists()
    save_passages(small_store.folder, NEW.document.sha256, "", NEW.passages)
    assert not small_store.folder.exists()
    assert titles(Store.open(tmp_path / "moved", record=SMALL_RECORD)) == []


@pytest.mark.leaves_damage
@pytest.mark.parametrize("schema", [99, 0, -1])
def test_an_unknown_schema_is_named_and_its_file_left_unchanged(small_store: Store, schema: int) -> None:
    path = small_store.folder / CATALOGUE
    newer = add_checksum(b'"schema":%d,"generation":1,"tables":{}}' % schema)
    path.write_bytes(newer)
    with pytest.raises(StoreCorruptError, match=f"schema {schema}"):
        Store.open(small_store.folder, record=SMALL_RECORD)
    assert [fault.mendable for fault in repair_faults(small_store.folder)] == [False]
    assert path.read_bytes() == newer


def repair_faults(folder: Path) -> list[Any]:
    from store import check

    return check(folder, repair=True)


def test_an_older_schema_is_migrated_and_its_file_kept_at_the_first_write(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_store.folder / CATALOGUE
    old = path.read_bytes()

    def renamed(tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        tables["inspections"] = {f"{key}-renamed": row for key, row in tables["inspections"].items()}
        return tables

    present = store.storage.SCHEMA
    monkeypatch.setattr(store.storage, "SCHEMA", present + 1)
    monkeypatch.setitem(store.storage.MIGRATIONS, present, renamed)
    opened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert all(inspection.id.endswith("-renamed") for inspection in opened.inspections())
    assert path.read_bytes() == old
    opened.add([LETTER])
    assert json.loads(path.read_bytes())["schema"] == present + 1
    assert (small_store.folder / f"catalogue.v{present}.bak").read_bytes() == old


def test_every_schema_from_the_first_to_the_present_one_can_be_read() -> None:
    def decoded(schema: int) -> dict[str, dict[str, Any]]:
        data = add_checksum(b'"schema":%d,"generation":4,"tables":{"documents":{}}}' % schema)
        return decode_catalogue(data, Path(CATALOGUE)).tables

    for schema in range(1, SCHEMA):
        assert decoded(schema)["documents"] == decoded(schema)["verdicts"] == {}
    assert decoded(1)["basket"] == {}
    assert decoded(SCHEMA) == {"documents": {}}
    for schema, advice in ((SCHEMA + 1, "update reinspect"), (0, "with the version of reinspect that wrote it")):
        with pytest.raises(NewerStoreError, match=advice):
            decoded(schema)


def test_the_head_of_a_catalogue_differs_between_revisions_and_a_missing_one_has_none(small_store: Store) -> None:
    path = small_store.folder / CATALOGUE
    before = read_head(path)
    small_store.add([LETTER])
    assert read_head(path) != before
    assert read_head(path) == path.read_bytes()[: len(before)]
    assert read_head(path.with_name("missing.json")) == b""
    with pytest.raises(ReinspectError, match="cannot be read"):
        read_head(small_store.folder)


@pytest.mark.parametrize("before", [True, False])
def test_garbage_is_collected_again_after_a_pause_only_if_it_was_before(before: bool) -> None:
    was_on = gc.isenabled()
    try:
        gc.enable() if before else gc.disable()
        with pytest.raises(ZeroDivisionError), paused_garbage_collection():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() == before
    finally:
        gc.enable() if was_on else gc.disable()


def test_the_previous_revision_is_kept(small_store: Store) -> None:
    before = (small_store.folder / CATALOGUE).read_bytes()
    small_store.add([LETTER])
    assert previous(small_store.folder / CATALOGUE).read_bytes() == before


def test_a_disk_without_hard_links_keeps_the_previous_revision_as_a_copy(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class WithoutLinks(FaultyOs):
        def __getattr__(self, name: str) -> Any:
            if name == "link":
                return lambda *arguments: failing(errno.EPERM)(name, arguments)
            return super().__getattr__(name)

    monkeypatch.setattr(store.atomic_write, "os", WithoutLinks())
    before = (small_store.folder / CATALOGUE).read_bytes()
    small_store.add([LETTER])
    assert previous(small_store.folder / CATALOGUE).read_bytes() == before


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=4),
    max_leaves=10,
)
row = st.dictionaries(st.text("abc", max_size=3), values, max_size=4)
rows = st.dictionaries(st.text("abcdef0123", min_size=1, max_size=6), row, max_size=5)


@given(st.integers(0, 2**53), st.dictionaries(st.sampled_from(["documents", "inspections", "changes"]), rows))
def test_any_catalogue_is_decoded_as_it_was_encoded(revision: int, tables: dict[str, dict[str, Any]]) -> None:
    found = decode_catalogue(encode_catalogue(revision, tables), Path(CATALOGUE))
    assert (found.revision, found.tables) == (revision, tables)


@given(st.binary())
def test_a_checksum_accepts_its_own_data_and_refuses_other_data(rest: bytes) -> None:
    assert verify_checksum(add_checksum(rest)) == rest
    with pytest.raises(ChecksumError):
        verify_checksum(rest)
