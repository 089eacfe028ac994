"""Find the faults in a store, and repair those that can be repaired from intact data.

This works on the store's folder and not on an open `Store`, because a store that cannot be opened needs it most.
Example: a catalogue with one flipped bit is reported as `catalogue.json: the store's catalogue is damaged`. A repair
renames the file to `catalogue.json.damaged` and puts the previous revision in its place. Documents that only the
damaged catalogue listed are added again from their page texts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Document
from reinspect.regular_files import read_regular_file
from store import caches, document_import, page_texts
from store.atomic_write import atomic_write, leftover_files, link_or_copy, unreadable_error, unwritable_error
from store.catalogue import Catalogue
from store.checksum import ChecksumError, verify_checksum
from store.lock import write_lock
from store.rereading import reread_document
from store.storage import CATALOGUE, NewerStoreError, decode_catalogue, previous
from store.tables import DurableStorage, open_tables, read_catalogue
from store.transaction import change_locked_store

_Repair = Callable[[], None]


Severity = Literal["left over", "wrong", "lost"]
"""The severity of a fault: a file that nothing needs, a file or row that is wrong, or text that is gone."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault in a store.

    `where` is a file of the store, or a row; `what` describes the fault. `mendable` is True if `check --repair` can
    repair the fault, and `mended` is True if it was repaired. A leftover file only takes space.
    """

    where: str
    what: str
    severity: Severity
    mendable: bool = False
    mended: bool = False


class _Finding(NamedTuple):
    """A fault, and the function that repairs it; None if there is no repair."""

    where: str
    what: str
    repair: _Repair | None = None
    severity: Severity = "wrong"


def check(folder: Path, *, repair: bool = False, wait: float = 10.0) -> list[Fault]:
    """Return every fault of the store in `folder`; with `repair`, repair those that can be repaired.

    A repair deletes nothing that a person could still need: a damaged catalogue is kept under another name.

    Raises:
        StoreLockedError: with `repair`, another process held the lock for more than `wait` seconds.
        StoreUnwritableError: the disk refused a repair.
        ReinspectError: there is no store in this folder.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        raise ReinspectError(f"{folder}: there is no store here; name its folder with --store")
    with write_lock(folder, wait) if repair else nullcontext():
        try:
            return [_to_fault(folder, finding, repair=repair) for finding in _find_all(folder)]
        except OSError as error:
            raise (unwritable_error if repair else unreadable_error)(folder, error) from error


def _to_fault(folder: Path, finding: _Finding, *, repair: bool) -> Fault:
    """Return a finding as a `Fault`; with `repair`, run its repair first."""
    where, what, run_repair, severity = finding
    if repair and run_repair is not None:
        run_repair()
    path = Path(where)
    shown = path.relative_to(folder).as_posix() if path.is_absolute() and path.is_relative_to(folder) else where
    mendable = run_repair is not None
    return Fault(where=shown, what=what, severity=severity, mendable=mendable, mended=repair and mendable)


def _find_all(folder: Path) -> Iterator[_Finding]:
    # Yield one at a time, in this order: each check then sees the repairs of the checks before it.
    restored: list[Path] = []
    yield from _check_leftovers(folder)
    yield from _check_catalogue_file(folder, restored)
    yield from _check_previous_revision(folder)
    path = folder / CATALOGUE
    try:
        catalogue = read_catalogue(open_tables(DurableStorage(path)), path)
    except StoreCorruptError as error:
        if _is_intact(read_regular_file(path) if path.exists() else b"", path):
            yield _Finding(str(path), str(error))
        return
    yield from _check_rows(folder, catalogue)
    yield from _check_page_texts(folder, catalogue, catalogue_lost=bool(restored))
    yield from _check_caches(folder, catalogue)


def _check_leftovers(folder: Path) -> Iterator[_Finding]:
    for file in leftover_files(folder, (page_texts.FOLDER, caches.FOLDER)):
        yield _Finding(str(file), "left over from an interrupted write", _delete(file), "left over")


def _check_catalogue_file(folder: Path, restored: list[Path]) -> Iterator[_Finding]:
    """Check the catalogue file. If a repair replaces the file, the path of its replacement is added to `restored`."""
    path = folder / CATALOGUE
    before = previous(path)
    try:
        decode_catalogue(read_regular_file(path), path)
    except FileNotFoundError:
        fault = "the catalogue is missing"
    except NewerStoreError as error:
        yield _Finding(str(path), str(error).removeprefix(f"{path}: "))
        return
    except StoreCorruptError as error:
        fault = str(error).removeprefix(f"{path}: ")
    else:
        return
    usable = before.exists() and _is_intact(read_regular_file(before), before)
    yield _Finding(str(path), fault, (lambda: _restore_previous(path, before, restored)) if usable else None)


def _restore_previous(path: Path, before: Path, restored: list[Path]) -> None:
    """Replace a damaged catalogue with the previous revision, and keep the damaged file under another name."""
    if path.exists():
        link_or_copy(path, path.with_name(f"{path.name}.damaged"))
    atomic_write(path, read_regular_file(before))
    restored.append(before)


def _check_previous_revision(folder: Path) -> Iterator[_Finding]:
    path = folder / CATALOGUE
    before = previous(path)
    try:
        data = read_regular_file(before)
    except FileNotFoundError:
        return
    except OSError as error:
        yield _Finding(str(before), f"the previous revision of the catalogue cannot be read: {error.strerror}")
        return
    if not _is_intact(data, before):
        has_present = path.exists() and _is_intact(read_regular_file(path), path)
        repair = (lambda: link_or_copy(path, before)) if has_present else None
        yield _Finding(str(before), "the previous revision of the catalogue is damaged", repair)


def _is_intact(data: bytes, path: Path) -> bool:
    try:
        decode_catalogue(data, path)
    except StoreCorruptError:
        return False
    return True


def _check_rows(folder: Path, catalogue: Catalogue) -> Iterator[_Finding]:
    for sha256, row in list(catalogue.documents.items()):
        where = f"document {sha256}"
        if row.document.sha256 != sha256:
            yield _Finding(where, f"its row describes another document, {row.document.sha256}")
        if row.inspection is not None and row.inspection not in catalogue.inspections:
            yield _Finding(where, f"its inspection {row.inspection} does not exist", _detach(folder, sha256))
    for identifier in catalogue.inspections:
        try:
            catalogue.reconciled(identifier)
        except ReinspectError as error:
            yield _Finding(f"inspection {identifier}", str(error))


def _detach(folder: Path, sha256: str) -> _Repair:
    """Return a function that repairs a document whose inspection is lost, by leaving the document without one."""

    def repair() -> None:
        with change_locked_store(folder, "check --repair") as change:
            row = change.catalogue.documents[sha256]
            change.put_document(sha256, msgspec.structs.replace(row, inspection=None, reason="its inspection was lost"))

    return repair


def _recover_document(folder: Path, sha256: str) -> _Repair:
    """Return a function that adds a document again from its stored page texts."""

    def repair() -> None:
        document = Document(
            sha256=sha256,
            kind="other",
            title=f"recovered {sha256[:8]}",
            source="recovered from its page text",
            pages=0,
        )
        reading = reread_document(document, page_texts.read_page_texts(folder, sha256).pages)
        with change_locked_store(folder, "check --repair") as change:
            document_import.import_readings(change, [reading])

    return repair


def _check_page_texts(folder: Path, catalogue: Catalogue, *, catalogue_lost: bool) -> Iterator[_Finding]:
    """Check that every document has a page text, and every page text a document.

    `catalogue_lost` means that a damaged catalogue was just replaced by the previous revision.
    """
    for sha256 in catalogue.documents:
        try:
            page_texts.read_page_texts(folder, sha256)
        except StoreCorruptError as error:
            path = page_texts.text_path(folder, sha256)
            document = catalogue.documents[sha256].document
            repair = _rewrite_digest(folder, sha256) if document.kind == "digest" else None
            yield _Finding(str(path), f"{str(error).removeprefix(f'{path}: ')} ({document.source})", repair, "lost")
    paths = {path.stem: path for path in page_texts.list_page_texts(folder)}
    for sha256 in _orphans(folder, catalogue, paths):
        # After a loss these belong to the newest documents and are imported again; otherwise nothing needs them.
        where = str(paths[sha256])
        if catalogue_lost:
            what = "page text of a document that the lost catalogue listed"
            yield _Finding(where, what, _recover_document(folder, sha256), "lost")
        else:
            what = "page text of a document that is not in the store"
            yield _Finding(where, what, _delete(paths[sha256]), "left over")


def _orphans(folder: Path, catalogue: Catalogue, documents: Iterable[str]) -> list[str]:
    """Return the given documents (sha256) that nothing in the store refers to any more."""
    # Needed are documents with a row, those of changes that can be undone, and those of the previous revision.
    before = previous(folder / CATALOGUE)
    in_previous: Collection[str] = ()
    with suppress(OSError, StoreCorruptError):
        in_previous = decode_catalogue(read_regular_file(before), before).tables.get("documents", {})
    return [sha256 for sha256 in catalogue.unreferenced(documents) if sha256 not in in_previous]


def _rewrite_digest(folder: Path, sha256: str) -> _Repair | None:
    """Return a function that writes the page text of a shipped digest again; None if the digest no longer ships."""
    from reinspect.digests import digests

    pages = next((digest.pages for digest in digests() if digest.document.sha256 == sha256), None)
    return (lambda: caches.replace_page_texts(folder, {sha256: pages})) if pages is not None else None


def _check_caches(folder: Path, catalogue: Catalogue) -> Iterator[_Finding]:
    passages_folder = folder / caches.FOLDER / "passages"
    for place in (folder / caches.FOLDER, passages_folder):
        if place.exists() and not place.is_dir():
            yield _Finding(str(place), "not a folder, so nothing can be cached; delete it")
            return
    paths = sorted(passages_folder.glob("??/*.json"))
    orphans = set(_orphans(folder, catalogue, (path.stem for path in paths)))
    for path in paths:
        if path.stem in orphans:
            what = "cached passages of a document that is not in the store"
            yield _Finding(str(path), what, _delete(path), "left over")
        else:
            yield from _check_cached_passages(path)
    yield from _check_cached_answers(folder, catalogue)
    index = caches.index_path(folder)
    if index.exists() and not caches.is_intact_index(index):
        yield _Finding(str(index), "the cached phrase index is damaged", _delete_index(index))


def _check_cached_answers(folder: Path, catalogue: Catalogue) -> Iterator[_Finding]:
    """Check the cached inspections, steps of follow-through and recurring phrases."""
    if (inspections := caches.inspections_path(folder)).exists():
        yield from _check_cached_answer(inspections, "cached inspections")
    known = {caches.steps_path(folder, identifier) for identifier in catalogue.inspections}
    for path in sorted((folder / caches.FOLDER).glob("steps/??/*.steps")):
        if path in known:
            yield from _check_cached_answer(path, "cached follow-through")
        else:
            what = "cached follow-through of an inspection that is not in the store"
            yield _Finding(str(path), what, _delete(path), "left over")
    for path in sorted((folder / caches.FOLDER).glob("mined/*.phrases")):
        yield from _check_cached_answer(path, "cached recurring phrases")


def _check_cached_answer(path: Path, what: str) -> Iterator[_Finding]:
    try:
        verify_checksum(read_regular_file(path))
    except ChecksumError as error:
        yield _Finding(str(path), f"{what}: damaged: {error}", _delete(path))
    except OSError as error:
        yield _Finding(str(path), f"{what}: cannot be read: {error.strerror}")


def _check_cached_passages(path: Path) -> Iterator[_Finding]:
    try:
        owner = caches.owner_of_passages(verify_checksum(read_regular_file(path)))
    except ChecksumError as error:
        yield _Finding(str(path), f"cached passages are damaged: {error}", _delete(path))
    except OSError as error:
        yield _Finding(str(path), f"cached passages cannot be read: {error.strerror}")
    else:
        if owner != path.stem:
            yield _Finding(str(path), f"cached passages of another document: {owner or 'not named'}", _delete(path))


def _delete(path: Path) -> _Repair:
    """Return a function that deletes the file."""
    return lambda: path.unlink(missing_ok=True)


def _delete_index(path: Path) -> _Repair:
    """Return a function that deletes the cached phrase index."""

    def delete() -> None:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    return delete
