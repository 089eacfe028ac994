"""Backups: the same store gives the same file, and restoring it gives exactly that store."""

from __future__ import annotations

import os
import random
import shutil
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from reinspect.errors import StoreCorruptError
from reinspect.phrases.search.searcher import Searcher
from store import Store, check, restore
from store.backup import BackupError
from store.caches import replace_page_texts
from store.checksum import add_checksum
from store.page_texts import encode_pages, text_path
from store.storage import CATALOGUE, previous
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading, sha_of

REPORT = reading("report", ILACS_2022)
OTHER = reading("other", facts("sif"))


def contents(folder: Path) -> dict[str, bytes]:
    paths = [folder / CATALOGUE, *(folder / "texts").rglob("*.txt")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_restoring_gives_the_same_store_byte_for_byte(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT, OTHER])
    small_store.backup(tmp_path / "one.zip")
    before = contents(small_store.folder)
    small_store.remove(OTHER.document.sha256)
    small_store.restore(tmp_path / "one.zip")
    assert contents(small_store.folder) == before
    assert len(small_store.stored_documents()) == 2
    restore(tmp_path / "elsewhere", tmp_path / "one.zip")
    assert contents(tmp_path / "elsewhere") == before
    Store.open(tmp_path / "elsewhere", record=SMALL_RECORD).backup(tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert small_store.check() == []


def test_a_document_that_was_removed_comes_back_with_undo_after_a_restore(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT])
    small_store.remove(REPORT.document.sha256)
    small_store.backup(tmp_path / "backup.zip")
    restore(tmp_path / "elsewhere", tmp_path / "backup.zip")
    restored = Store.open(tmp_path / "elsewhere", record=SMALL_RECORD)
    restored.undo()
    assert restored.pages(REPORT.document.sha256) == REPORT.pages
    assert restored.check() == []


@pytest.mark.leaves_damage
def test_the_lost_pages_of_a_removed_document_do_not_keep_a_backup_from_being_written(
    small_store: Store, tmp_path: Path
) -> None:
    small_store.add([REPORT])
    small_store.remove(REPORT.document.sha256)
    text_path(small_store.folder, REPORT.document.sha256).unlink()
    small_store.backup(tmp_path / "backup.zip")
    restore(tmp_path / "elsewhere", tmp_path / "backup.zip")


def test_a_search_after_a_restore_finds_the_restored_pages(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT])
    small_store.backup(tmp_path / "backup.zip")
    pages = ("A cover page.", *REPORT.pages)
    replace_page_texts(small_store.folder, {REPORT.document.sha256: pages})

    def page_found(store: Store) -> list[int]:
        return [hit.page for hit in Searcher(store.index()).search('"the second page"', limit=10).hits]

    before = page_found(small_store)
    small_store.restore(tmp_path / "backup.zip")
    reopened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert (before, page_found(small_store), page_found(reopened)) == ([3], [2], [2])


def test_restoring_keeps_the_former_catalogue_as_the_previous_revision(small_store: Store, tmp_path: Path) -> None:
    small_store.backup(tmp_path / "backup.zip")
    small_store.add([REPORT])
    before = (small_store.folder / CATALOGUE).read_bytes()
    small_store.restore(tmp_path / "backup.zip")
    assert previous(small_store.folder / CATALOGUE).read_bytes() == before


def test_a_repair_can_go_back_to_the_store_as_it_was_before_a_restore(small_store: Store, tmp_path: Path) -> None:
    small_store.backup(tmp_path / "backup.zip")
    small_store.add([REPORT])
    small_store.restore(tmp_path / "backup.zip")
    assert small_store.check(repair=True) == []
    (small_store.folder / CATALOGUE).write_bytes(b"damaged")
    assert [fault.mended for fault in check(small_store.folder, repair=True)] == [True]
    assert small_store.refresh()
    assert small_store.pages(REPORT.document.sha256) == REPORT.pages


def test_a_damaged_store_can_be_restored_and_its_catalogue_is_kept_under_another_name(
    small_store: Store, tmp_path: Path
) -> None:
    small_store.add([REPORT])
    small_store.backup(tmp_path / "backup.zip")
    path = small_store.folder / CATALOGUE
    path.write_bytes(b"damaged")
    restore(small_store.folder, tmp_path / "backup.zip")
    assert len(Store.open(small_store.folder, record=SMALL_RECORD).stored_documents()) == 1
    assert path.with_name("catalogue.json.damaged").read_bytes() == b"damaged"


def test_a_removed_document_is_in_the_backup_as_long_as_its_removal_can_be_undone(
    small_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.transaction._UNDOABLE_CHANGES", 1)
    small_store.add([REPORT])
    small_store.remove(REPORT.document.sha256)
    small_store.backup(tmp_path / "backup.zip")
    restore(tmp_path / "elsewhere", tmp_path / "backup.zip")
    restored = Store.open(tmp_path / "elsewhere", record=SMALL_RECORD)
    restored.undo()
    assert restored.pages(REPORT.document.sha256) == REPORT.pages


@pytest.mark.skipif(os.name == "nt", reason="this system has no modes")
def test_a_backup_and_a_restored_store_are_for_their_owner_alone(small_store: Store, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        small_store.backup(tmp_path / "backup.zip")
        restore(tmp_path / "missing" / "folder", tmp_path / "backup.zip")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "missing" / "folder").stat().st_mode) == 0o700


def test_an_entry_of_a_backup_has_no_time_of_its_own(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT])
    small_store.backup(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        times = [entry.date_time for entry in archive.infolist()]
    assert times == [zipfile.ZipInfo().date_time] * 2


def test_the_entries_of_a_backup_are_compressed(small_store: Store, tmp_path: Path) -> None:
    small_store.backup(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_size < (small_store.folder / CATALOGUE).stat().st_size


def test_a_missing_store_cannot_be_backed_up(small_store: Store, tmp_path: Path) -> None:
    (small_store.folder / CATALOGUE).unlink()
    with pytest.raises(BackupError, match=r"catalogue\.json: cannot be read.*no backup was written"):
        small_store.backup(tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.leaves_damage
def test_a_damaged_store_cannot_be_backed_up(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT])
    text_path(small_store.folder, REPORT.document.sha256).write_bytes(b"damaged")
    with pytest.raises(StoreCorruptError):
        small_store.backup(tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def damaged_copy(good: Path, bad: Path, entries: dict[str, bytes]) -> Path:
    shutil.copy(good, bad)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            target.writestr(name, entries.pop(name, None) or source.read(name))
        for name, data in entries.items():
            target.writestr(name, data)
    return bad


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        pytest.param({CATALOGUE: b"damaged"}, BackupError, id="a damaged catalogue"),
        pytest.param(
            {CATALOGUE: add_checksum(b'"schema":99,"generation":1,"tables":{}}')},
            StoreCorruptError,
            id="written by a newer version",
        ),
        pytest.param({"texts/../../../escaped.txt": b"x"}, BackupError, id="a name outside the store"),
        pytest.param({f"texts/aa/{sha_of('report')}.txt": b"x"}, BackupError, id="a file in the wrong place"),
        pytest.param(
            {text_path(Path(), sha_of("report")).as_posix(): encode_pages(sha_of("another"), ("Page.",))},
            BackupError,
            id="pages of another document",
        ),
    ],
)
def test_an_invalid_backup_changes_nothing(
    small_store: Store, tmp_path: Path, entries: dict[str, bytes], error: type[Exception]
) -> None:
    small_store.add([REPORT])
    small_store.backup(tmp_path / "good.zip")
    bad = damaged_copy(tmp_path / "good.zip", tmp_path / "bad.zip", dict(entries))
    before = contents(small_store.folder)
    with pytest.raises(error):
        small_store.restore(bad)
    assert contents(small_store.folder) == before


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        pytest.param("texts/../../../escaped.txt", "escaped", id="a name outside the store"),
        pytest.param("texts/aa/report.txt", "report", id="the folder of another document"),
        pytest.param("texts/ab/ab-cd.txt", "ab-cd", id="a name that is not a sha256"),
    ],
)
def test_intact_pages_under_a_name_that_no_store_has_are_refused(
    small_store: Store, tmp_path: Path, name: str, sha256: str
) -> None:
    small_store.backup(tmp_path / "good.zip")
    bad = damaged_copy(tmp_path / "good.zip", tmp_path / "bad.zip", {name: encode_pages(sha256, ("Page.",))})
    with pytest.raises(BackupError, match="does not belong in a store"):
        small_store.restore(bad)
    assert [*contents(small_store.folder)] == [CATALOGUE]


def test_a_small_store_may_unpack_to_more_than_forty_times_its_size(small_store: Store, tmp_path: Path) -> None:
    small_store.add([reading("blank", facts("sif"), pages=(" " * 1_000_000,))])
    small_store.backup(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_size < 1_000_000 / 40
    before = contents(small_store.folder)
    small_store.restore(tmp_path / "backup.zip")
    assert contents(small_store.folder) == before


def test_a_file_that_is_not_a_backup_is_refused(small_store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    for name in ("notes.txt", "missing.zip"):
        with pytest.raises(BackupError, match=name):
            small_store.restore(tmp_path / name)
    with pytest.raises(BackupError, match="cannot be written"):
        small_store.backup(tmp_path / "no" / "such" / "folder.zip")


@pytest.mark.parametrize("name", [CATALOGUE, "texts/aa/" + "a" * 64 + ".txt"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(small_store: Store, tmp_path: Path, name: str) -> None:
    small_store.add([REPORT])
    small_store.backup(tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        with zipfile.ZipFile(tmp_path / "good.zip") as good:
            bomb.writestr(CATALOGUE if name != CATALOGUE else "other", good.read(CATALOGUE))
        with bomb.open(name, "w") as entry:
            for _ in range(70):
                entry.write(bytes(1_000_000))
    before = contents(small_store.folder)
    tracemalloc.start()
    with pytest.raises(BackupError, match="more than 40 times its size"):
        small_store.restore(tmp_path / "bomb.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000
    assert contents(small_store.folder) == before


def test_a_backup_with_another_compression_method_is_refused(small_store: Store, tmp_path: Path) -> None:
    small_store.backup(tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as good, zipfile.ZipFile(tmp_path / "bz2.zip", "w") as other:
        other.writestr(CATALOGUE, good.read(CATALOGUE), zipfile.ZIP_BZIP2)
    with pytest.raises(BackupError, match="another compression method"):
        small_store.restore(tmp_path / "bz2.zip")


def test_a_backup_damaged_anywhere_is_refused_or_restores_the_same_store(small_store: Store, tmp_path: Path) -> None:
    small_store.add([REPORT, OTHER])
    small_store.backup(tmp_path / "good.zip")
    good, before, chance = (tmp_path / "good.zip").read_bytes(), contents(small_store.folder), random.Random(8)
    refused = 0
    for number in range(300):
        broken = bytearray(good)
        if number % 3:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        else:
            del broken[chance.randrange(len(broken)) :]
        (tmp_path / "broken.zip").write_bytes(broken)
        try:
            small_store.restore(tmp_path / "broken.zip")
        except BackupError:
            refused += 1
        assert contents(small_store.folder) == before
    assert refused > 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_device_is_not_read(small_store: Store, tmp_path: Path) -> None:
    before = contents(small_store.folder)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for endless in (pipe, Path("/dev/zero")):
        with pytest.raises(BackupError, match="not a file"):
            small_store.restore(endless)
    assert contents(small_store.folder) == before
