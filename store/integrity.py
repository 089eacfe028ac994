"""Finding every fault of a store, and mending what can be derived from what is sound.

It works on the folder, not on an open store: a store that cannot be opened is the one that needs it most.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import msgspec
from tinydb import TinyDB

from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.model import Document
from store import caches, document_import, page_texts
from store.atomic_write import atomic_write, keep_as, leftovers, unreadable_error, unwritable_error
from store.catalogue import Catalogue, Change, open_tables, read_catalogue, unreferenced
from store.checksum import ChecksumError, verify_checksum
from store.lock import held
from store.storage import CATALOGUE, DurableStorage, NewerStoreError, decode_catalogue, previous

_Mend = Callable[[], None]
_Found = tuple[str, str, "_Mend | None"]


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it should be: where (a file of the store, or a row), what, and whether it was mended.

    `mendable` says whether `check --repair` can put it right.
    """

    where: str
    what: str
    mendable: bool = False
    mended: bool = False


def check(folder: Path, *, repair: bool = False, wait: float = 10.0) -> list[Fault]:
    """Every fault of the store in this folder; with `repair`, those that can be mended are.

    Reads every byte of the catalogue, of the generation before it, of the page texts and of the kept passages.
    Nothing that a person could still want is deleted: a damaged catalogue is set aside under another name.

    Raises:
        StoreLockedError: with `repair`, another process is writing.
        StoreUnwritableError: a repair was refused by the disk.
        ReinspectError: there is no store in this folder.
    """
    if not folder.is_dir() or not any(folder.iterdir()):
        raise ReinspectError(f"{folder}: there is no store here")
    with held(folder, wait) if repair else nullcontext():
        try:
            return [_mended(folder, found, repair=repair) for found in _faults(folder)]
        except OSError as error:
            raise (unwritable_error if repair else unreadable_error)(folder, error) from error


def _mended(folder: Path, found: _Found, *, repair: bool) -> Fault:
    where, what, mend = found
    if repair and mend is not None:
        mend()
    path = Path(where)
    shown = path.relative_to(folder).as_posix() if path.is_absolute() and path.is_relative_to(folder) else where
    return Fault(where=shown, what=what, mendable=mend is not None, mended=repair and mend is not None)


def _faults(folder: Path) -> Iterator[_Found]:
    # Lazily, and in this order: what is asked later sees what was mended before.
    gone_back: list[Path] = []
    yield from _leftover_files(folder)
    yield from _catalogue_file(folder, gone_back)
    yield from _previous_generation(folder)
    path = folder / CATALOGUE
    try:
        catalogue = read_catalogue(open_tables(DurableStorage(path)), path)
    except StoreCorruptError as error:
        if _sound(path.read_bytes() if path.exists() else b"", path):
            yield str(path), str(error), None
        return
    yield from _rows(folder, catalogue)
    yield from _texts(folder, catalogue, lost=bool(gone_back))
    yield from _caches(folder, catalogue)


def _leftover_files(folder: Path) -> Iterator[_Found]:
    places = (folder, *(folder / page_texts.FOLDER).glob("*/"), *(folder / caches.FOLDER).glob("**/"))
    for file in (file for place in places for file in leftovers(place)):
        yield str(file), "left over from a write that was cut short", _unlinking(file)


def _catalogue_file(folder: Path, gone_back: list[Path]) -> Iterator[_Found]:
    path = folder / CATALOGUE
    before = previous(path)
    try:
        decode_catalogue(path.read_bytes(), path)
    except FileNotFoundError:
        fault = "the catalogue is missing"
    except NewerStoreError as error:
        yield str(path), str(error).removeprefix(f"{path}: "), None
        return
    except StoreCorruptError as error:
        fault = str(error).removeprefix(f"{path}: ")
    else:
        return
    usable = before.exists() and _sound(before.read_bytes(), before)
    yield str(path), fault, (lambda: _go_back(path, before, gone_back)) if usable else None


def _go_back(path: Path, before: Path, gone_back: list[Path]) -> None:
    """Set the damaged catalogue aside, and put the generation before it in its place."""
    if path.exists():
        keep_as(path, path.with_name(f"{path.name}.damaged"))
    atomic_write(path, before.read_bytes())
    gone_back.append(before)


def _previous_generation(folder: Path) -> Iterator[_Found]:
    path = folder / CATALOGUE
    before = previous(path)
    try:
        data = before.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        yield str(before), f"the generation before the present one cannot be read: {error.strerror}", None
        return
    if not _sound(data, before):
        present = path.exists() and _sound(path.read_bytes(), path)
        mend = (lambda: keep_as(path, before)) if present else None
        yield str(before), "the generation before the present one is damaged", mend


def _sound(data: bytes, path: Path) -> bool:
    try:
        decode_catalogue(data, path)
    except StoreCorruptError:
        return False
    return True


def _rows(folder: Path, catalogue: Catalogue) -> Iterator[_Found]:
    for sha256, row in list(catalogue.documents.items()):
        where = f"document {sha256}"
        if row.document.sha256 != sha256:
            yield where, f"its row speaks of document {row.document.sha256}", None
        if row.inspection is not None and row.inspection not in catalogue.inspections:
            yield where, f"its inspection {row.inspection} does not exist", _detaching(folder, sha256)
    for identifier in catalogue.inspections:
        try:
            catalogue.settled(identifier)
        except ReinspectError as error:
            yield f"inspection {identifier}", str(error), None


def _detaching(folder: Path, sha256: str) -> _Mend:
    def detach() -> None:
        with _change(folder) as change:
            row = change.catalogue.documents[sha256]
            change.put_document(sha256, msgspec.structs.replace(row, inspection=None, reason="its inspection was lost"))

    return detach


def _taking_in(folder: Path, sha256: str) -> _Mend:
    """Put a document back of which only the pages are left: what it says is read from them again."""

    def import_csv() -> None:
        document = Document(
            sha256=sha256,
            kind="other",
            title=f"recovered {sha256[:8]}",
            source="recovered from its kept pages",
            pages=0,
        )
        with _change(folder) as change:
            document_import.import_readings(
                change, [caches.read_again(document, page_texts.read_page_texts(folder, sha256).pages)]
            )

    return import_csv


@contextmanager
def _change(folder: Path) -> Iterator[Change]:
    path = folder / CATALOGUE
    storage = DurableStorage(path, deferred=True)
    database: TinyDB = open_tables(storage)
    change = Change(read_catalogue(database, path), "check --repair")
    yield change
    change.store(database)
    storage.flush()


def _texts(folder: Path, catalogue: Catalogue, *, lost: bool) -> Iterator[_Found]:
    """Faults of the page texts. Where the catalogue was `lost`, pages without a row are of its newest documents."""
    for sha256 in catalogue.documents:
        try:
            page_texts.read_page_texts(folder, sha256)
        except StoreCorruptError as error:
            path = page_texts.text_path(folder, sha256)
            document = catalogue.documents[sha256].document
            mend = _laying_out(folder, sha256) if document.kind == "digest" else None
            yield str(path), f"{str(error).removeprefix(f'{path}: ')} ({document.source})", mend
    kept = {path.stem: path for path in page_texts.kept_texts(folder)}
    for sha256 in _nobodys(folder, catalogue, kept):
        if lost:
            yield str(kept[sha256]), "the pages of a document that the lost catalogue held", _taking_in(folder, sha256)
        else:
            yield str(kept[sha256]), "the pages of a document that is not in the store", _unlinking(kept[sha256])


def _nobodys(folder: Path, catalogue: Catalogue, kept: Iterable[str]) -> list[str]:
    """Of the documents of which something is kept, those that nobody can want back: neither by `undo`, nor by going
    back to the generation before.
    """
    before = previous(folder / CATALOGUE)
    held: Collection[str] = ()
    with suppress(OSError, StoreCorruptError):
        held = decode_catalogue(before.read_bytes(), before).tables.get("documents", {})
    return [sha256 for sha256 in unreferenced(catalogue, kept) if sha256 not in held]


def _laying_out(folder: Path, sha256: str) -> _Mend | None:
    """Write the pages of a digest again, if it still ships: nobody has its file to add."""
    from reinspect.digests import digests

    pages = next((digest.pages for digest in digests() if digest.document.sha256 == sha256), None)
    return (lambda: page_texts.write_page_texts(folder, {sha256: pages})) if pages is not None else None


def _caches(folder: Path, catalogue: Catalogue) -> Iterator[_Found]:
    for place in (folder / caches.FOLDER, folder / caches.FOLDER / "passages"):
        if place.exists() and not place.is_dir():
            yield str(place), "it is no folder: what is made of the pages is made anew each time", None
            return
    kept = sorted((folder / caches.FOLDER / "passages").glob("??/*.json"))
    nobodys = set(_nobodys(folder, catalogue, (path.stem for path in kept)))
    for path in kept:
        if path.stem in nobodys:
            yield str(path), "the passages of a document that is not in the store", _unlinking(path)
            continue
        try:
            of = caches.document_of(verify_checksum(path.read_bytes()))
        except ChecksumError as error:
            yield str(path), f"kept passages are damaged: {error}", _unlinking(path)
        except OSError as error:
            yield str(path), f"kept passages cannot be read: {error.strerror}", None
        else:
            if of != path.stem:
                yield str(path), f"kept passages are those of {of or 'nobody knows what'}", _unlinking(path)
    index = caches.index_path(folder)
    if index.exists() and not caches.is_sound_index(index):
        yield str(index), "the kept index of phrases is damaged", _unlinking(index)


def _unlinking(path: Path) -> _Mend:
    return lambda: path.unlink(missing_ok=True)
