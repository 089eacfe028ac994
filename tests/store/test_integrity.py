"""Every planted fault is found and named; repairs use intact data and delete nothing that a person may need."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

import store.tables
from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Correction
from reinspect.reading.documents import read_pages
from store import Store, check
from store.atomic_write import StoreUnwritableError
from store.caches import passages_path, phrases_path, steps_path
from store.checksum import add_checksum, verify_checksum
from store.page_texts import text_path
from store.storage import CATALOGUE, previous
from tests.making.readings import ILACS_2022, SMALL_RECORD, facts, reading, sha_of
from tests.making.reports import ilacs_2023

REPORT = reading("report", ILACS_2022)
OTHER = reading("other", facts("sif"))
SHA = REPORT.document.sha256


@pytest.fixture
def filled(small_store: Store) -> Store:
    small_store.add([OTHER])
    small_store.add([REPORT])
    return small_store


def found(folder: Path) -> list[tuple[str, bool]]:
    return [(fault.where, fault.mendable) for fault in check(folder)]


def edit_rows(folder: Path, edit: Callable[[dict[str, dict[str, object]]], None]) -> None:
    """Change the rows and give them a valid checksum, as a faulty program would."""
    path = folder / CATALOGUE
    whole = orjson.loads(b"{" + verify_checksum(path.read_bytes()))
    edit(whole["tables"])
    path.write_bytes(add_checksum(orjson.dumps(whole)[1:]))


def test_an_intact_store_has_no_faults(filled: Store) -> None:
    assert filled.check() == []
    assert filled.check(repair=True) == []


def test_checking_a_folder_without_a_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReinspectError, match="no store here"):
        check(tmp_path / "nowhere")


@pytest.mark.parametrize("damage", [b"", b"{}", None])
def test_a_damaged_or_missing_catalogue_is_replaced_with_the_previous_revision(
    filled: Store, damage: bytes | None
) -> None:
    path = filled.folder / CATALOGUE
    path.unlink() if damage is None else path.write_bytes(damage)
    assert (CATALOGUE, True) in found(filled.folder)
    said = next(fault.what for fault in check(filled.folder) if fault.where == CATALOGUE)
    assert said.startswith("the catalogue is missing" if damage is None else "the store's catalogue is damaged")
    with pytest.raises(StoreCorruptError):
        Store.open(filled.folder, record=SMALL_RECORD)
    faults = check(filled.folder, repair=True)
    assert all(fault.mended for fault in faults)
    opened = Store.open(filled.folder, record=SMALL_RECORD)
    titles = {document.document.title for document in opened.stored_documents()}
    assert titles == {"other", f"recovered {SHA[:8]}"}
    if damage is not None:
        assert path.with_name("catalogue.json.damaged").read_bytes() == damage


@pytest.mark.leaves_damage
def test_two_damaged_revisions_cannot_be_repaired_and_are_left_unchanged(filled: Store) -> None:
    path = filled.folder / CATALOGUE
    path.write_bytes(b"x")
    previous(path).write_bytes(b"y")
    assert all(not fault.mended for fault in check(filled.folder, repair=True))
    assert (path.read_bytes(), previous(path).read_bytes()) == (b"x", b"y")


def test_a_damaged_previous_revision_is_replaced_with_the_present_one(filled: Store) -> None:
    path = filled.folder / CATALOGUE
    previous(path).write_bytes(b"y")
    assert found(filled.folder) == [("catalogue.json.bak", True)]
    filled.check(repair=True)
    assert previous(path).read_bytes() == path.read_bytes()


def test_a_damaged_or_missing_page_text_names_the_file_to_add_again(filled: Store) -> None:
    text_path(filled.folder, SHA).write_bytes(b"scribble")
    text_path(filled.folder, OTHER.document.sha256).unlink()
    faults = {fault.where: fault.what for fault in check(filled.folder, repair=True) if not fault.mended}
    assert faults.keys() == {f"texts/{sha[:2]}/{sha}.txt" for sha in (SHA, OTHER.document.sha256)}
    assert any("/papers/report" in what for what in faults.values())
    filled.add([REPORT, OTHER])
    assert filled.check() == []


def test_damaged_cached_passages_are_deleted(filled: Store) -> None:
    path = passages_path(filled.folder, SHA)
    path.write_bytes(path.read_bytes()[:-1])
    assert [fault.mended for fault in filled.check(repair=True)] == [True]
    assert not path.exists()


def test_a_damaged_index_is_deleted_and_made_again(filled: Store) -> None:
    filled.index()
    path = next((filled.folder / "caches" / "phrases").glob("tokens.*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    (fault,) = filled.check(repair=True)
    assert (fault.where, fault.what) == ("caches/phrases", "the cached phrase index is damaged")
    assert (fault.severity, fault.mended) == ("wrong", True)
    assert not (filled.folder / "caches" / "phrases").exists()
    assert Store.open(filled.folder, record=SMALL_RECORD).index().documents == filled.index().documents


def test_page_texts_and_passages_of_unknown_documents_are_deleted(filled: Store) -> None:
    orphan = sha_of("orphan")
    for path in (text_path(filled.folder, orphan), passages_path(filled.folder, orphan)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"orphan")
    faults = check(filled.folder)
    assert {fault.what for fault in faults} == {
        "page text of a document that is not in the store",
        "cached passages of a document that is not in the store",
    }
    assert {fault.severity for fault in faults} == {"left over"}
    filled.check(repair=True)
    assert found(filled.folder) == []


def test_leftovers_of_an_interrupted_write_are_deleted(filled: Store) -> None:
    for leftover in (".catalogue.json.12-34.tmp", f"texts/{SHA[:2]}/.{SHA}.txt.12-34.tmp"):
        (filled.folder / leftover).write_bytes(b"half")
    assert len(found(filled.folder)) == 2
    filled.check(repair=True)
    assert found(filled.folder) == []


def test_a_file_in_place_of_the_index_is_deleted(filled: Store) -> None:
    index = filled.folder / "caches" / "phrases"
    shutil.rmtree(index, ignore_errors=True)
    index.write_text("no index")
    assert [(fault.where, fault.mended) for fault in filled.check(repair=True)] == [("caches/phrases", True)]
    assert not index.exists()


@pytest.mark.leaves_damage
def test_the_lost_pages_of_a_digest_that_no_longer_ships_cannot_be_written_again(filled: Store) -> None:
    notes = reading("notes", ILACS_2022, "digest")
    filled.add([notes])
    text_path(filled.folder, notes.document.sha256).unlink()
    (fault,) = check(filled.folder, repair=True)
    assert (fault.severity, fault.mendable, fault.mended) == ("lost", False, False)


@pytest.mark.leaves_damage
def test_a_row_under_the_key_of_another_document_is_named(filled: Store) -> None:
    other = OTHER.document.sha256

    def swap(tables: dict[str, dict[str, object]]) -> None:
        tables["documents"][SHA] = tables["documents"][other]

    edit_rows(filled.folder, swap)
    faults = [fault for fault in check(filled.folder, repair=True) if fault.where == f"document {SHA}"]
    assert [(fault.what, fault.mended) for fault in faults] == [(f"its row describes another document, {other}", False)]


@pytest.mark.leaves_damage
def test_a_damaged_answer_says_what_it_was(filled: Store) -> None:
    filled.keep_steps("camden-2022-04-25-ilacs", b"steps")
    filled.keep_phrases("a", b"phrases")
    steps, phrases = steps_path(filled.folder, "camden-2022-04-25-ilacs"), phrases_path(filled.folder, "a")
    for path in (steps, phrases):
        path.write_bytes(b"damaged")
    said = {fault.where: fault.what for fault in check(filled.folder)}
    assert said[steps.relative_to(filled.folder).as_posix()].startswith("cached follow-through: damaged: ")
    assert said[phrases.relative_to(filled.folder).as_posix()].startswith("cached recurring phrases: damaged: ")
    for path in (steps, phrases):
        path.unlink()
        path.mkdir()
    said = {fault.where: fault.what for fault in check(filled.folder)}
    assert said[steps.relative_to(filled.folder).as_posix()].startswith("cached follow-through: cannot be read: ")


@pytest.mark.leaves_damage
def test_an_invalid_row_is_named(filled: Store) -> None:
    def damage_row(tables: dict[str, dict[str, object]]) -> None:
        tables["documents"][SHA] = {"document": {"sha256": 7}}

    edit_rows(filled.folder, damage_row)
    (fault,) = check(filled.folder, repair=True)
    assert SHA in fault.what
    assert not fault.mended
    with pytest.raises(StoreCorruptError, match=SHA):
        Store.open(filled.folder, record=SMALL_RECORD)


@pytest.mark.leaves_damage
@pytest.mark.parametrize("row", [7, "words", ["a", "list"], None])
def test_a_row_that_is_not_an_object_is_reported(filled: Store, row: object) -> None:
    edit_rows(filled.folder, lambda tables: tables["documents"].__setitem__(SHA, row))
    (where, what) = next((fault.where, fault.what) for fault in check(filled.folder))
    assert where == CATALOGUE
    assert "damaged" in what
    with pytest.raises(StoreCorruptError):
        Store.open(filled.folder, record=SMALL_RECORD)


def test_pages_of_a_removed_document_stay_until_it_can_no_longer_be_undone(filled: Store) -> None:
    filled.remove(SHA)
    assert check(filled.folder, repair=True) == []
    filled.undo()
    assert filled.pages(SHA) == REPORT.pages
    assert check(filled.folder) == []


def test_cached_passages_of_another_document_are_deleted(filled: Store) -> None:
    mine, other = (passages_path(filled.folder, document.document.sha256) for document in (REPORT, OTHER))
    mine.write_bytes(other.read_bytes())
    assert found(filled.folder) == [(mine.relative_to(filled.folder).as_posix(), True)]
    filled.check(repair=True)
    assert check(filled.folder) == []
    assert {passage.document for passage in filled.passages(SHA)} == {SHA}


@pytest.mark.leaves_damage
@pytest.mark.parametrize("place", ["passages", "previous revision"])
def test_an_unreadable_file_does_not_hide_other_faults(filled: Store, place: str) -> None:
    path = previous(filled.folder / CATALOGUE) if place != "passages" else passages_path(filled.folder, SHA)
    path.unlink()
    path.mkdir()
    text_path(filled.folder, OTHER.document.sha256).unlink()
    passages_path(filled.folder, OTHER.document.sha256).write_bytes(b"damaged")
    reported = {where for where, _ in found(filled.folder)}
    assert path.relative_to(filled.folder).as_posix() in reported
    assert len(reported) == 3


@pytest.mark.leaves_damage
def test_a_file_in_place_of_the_cache_folder_is_reported(filled: Store) -> None:
    shutil.rmtree(filled.folder / "caches")
    (filled.folder / "caches").write_text("no folder")
    (fault,) = check(filled.folder, repair=True)
    assert (fault.where, fault.mendable, fault.mended) == ("caches", False, False)
    assert fault.what == "not a folder, so nothing can be cached; delete it"
    assert (filled.folder / "caches").read_text() == "no folder"


def test_a_foreign_file_among_the_page_texts_is_left_alone(filled: Store) -> None:
    mine = text_path(filled.folder, SHA).with_name("notes.txt")
    mine.write_text("A person's own notes.")
    assert filled.check(repair=True) == []
    assert mine.exists()


def test_a_document_of_a_missing_inspection_becomes_unattached(filled: Store) -> None:
    def delete_inspection(tables: dict[str, dict[str, object]]) -> None:
        del tables["inspections"]["camden-2022-04-25-ilacs"]

    edit_rows(filled.folder, delete_inspection)
    assert found(filled.folder) == [(f"document {SHA}", True)]
    filled.check(repair=True)
    assert found(filled.folder) == []
    document = filled.document(SHA)
    assert (document.inspection, document.reason) == (None, "its inspection was lost")


def test_documents_of_a_lost_catalogue_are_recovered_from_their_page_texts(small_store: Store) -> None:
    pages = tuple("\n".join(page) for page in ilacs_2023())
    report = read_pages(pages, sha256=sha_of("a whole report"), title="a report", file="report.pdf")
    inspection = small_store.add([report])[0].inspection
    (small_store.folder / CATALOGUE).write_bytes(b"nothing of use")

    faults = {fault.where: fault for fault in check(small_store.folder, repair=True)}
    recovered = faults[text_path(Path(), report.document.sha256).as_posix()]
    assert recovered.what == "page text of a document that the lost catalogue listed"
    assert (recovered.severity, recovered.mended) == ("lost", True)
    reopened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert reopened.document(report.document.sha256).inspection == inspection
    assert reopened.passages(report.document.sha256) == report.passages
    assert reopened.check() == []


# Severity


def left_over(folder: Path) -> list[str]:
    faults = check(folder)
    assert {fault.severity for fault in faults} <= {"left over"}
    return [fault.where for fault in faults]


def test_what_an_undone_import_leaves_is_merely_left_over(small_store: Store) -> None:
    small_store.add([REPORT])
    small_store.undo()
    for value in ("front door", "leaving care"):
        small_store.correct("camden-2022-04-25-ilacs", Correction(field="topics", value=value))
    assert {Path(where).suffix for where in left_over(small_store.folder)} == {".txt", ".json"}
    small_store.check(repair=True)
    assert small_store.check() == []


@pytest.mark.parametrize("place", ["", "texts", "texts/ab", "caches", "caches/passages/ab"])
def test_temporary_files_of_a_killed_write_are_left_over_and_a_later_write_deletes_them(
    filled: Store, place: str
) -> None:
    leftover = filled.folder / place / ".something.12-34.tmp"
    leftover.parent.mkdir(parents=True, exist_ok=True)
    leftover.write_bytes(b"half")
    assert left_over(filled.folder) == [leftover.relative_to(filled.folder).as_posix()]
    filled.correct("camden-2022-04-25-ilacs", Correction(field="topics", value="front door"))
    assert check(filled.folder) == []


def test_an_import_that_a_full_disk_refuses_leaves_no_page_texts(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = reading("third", facts("sif"))
    before = sorted(filled.folder.rglob("*.txt"))

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.tables, "atomic_write", refuse)
    with pytest.raises(StoreUnwritableError):
        filled.add([third])
    assert sorted(filled.folder.rglob("*.txt")) == before
    monkeypatch.undo()
    assert check(filled.folder) == []
    assert [result.outcome for result in filled.add([third])] == ["unattached"]


@pytest.mark.parametrize("damage", [None, b"scribble"])
def test_adding_a_file_again_restores_its_lost_pages_and_says_so(filled: Store, damage: bytes | None) -> None:
    path = text_path(filled.folder, SHA)
    path.unlink() if damage is None else path.write_bytes(damage)
    assert [fault.severity for fault in check(filled.folder)] == ["lost"]
    (restored, untouched) = filled.add([REPORT, OTHER])
    assert restored.reason == "its lost pages are restored"
    assert untouched.reason is None
    assert check(filled.folder) == []


def test_a_damaged_catalogue_is_wrong(filled: Store) -> None:
    (filled.folder / CATALOGUE).write_bytes(b"{}")
    assert "wrong" in {fault.severity for fault in check(filled.folder)}
    check(filled.folder, repair=True)


def test_damaged_and_left_over_cached_answers_are_deleted(filled: Store) -> None:
    sound, damaged, *_ = sorted(inspection.id for inspection in filled.inspections())
    unknown = "nowhere-2020-01-01-ilacs"
    for identifier in (sound, damaged, unknown):
        filled.keep_steps(identifier, b"steps")
    for key in ("a", "b"):
        filled.keep_phrases(key, b"phrases")
    wrong = [steps_path(filled.folder, damaged), phrases_path(filled.folder, "b")]
    for path in wrong:
        path.write_bytes(path.read_bytes()[:-1])
    assert filled.kept_steps(damaged) is filled.kept_phrases("b") is None
    assert len(filled.check(repair=True)) == 3
    assert not any(path.exists() for path in (*wrong, steps_path(filled.folder, unknown)))
    assert (filled.kept_steps(sound), filled.kept_phrases("a")) == (b"steps", b"phrases")
