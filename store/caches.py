"""Caches of what can be made again: inspections, passages, the phrase index, and steps of follow-through.

A passage is one paragraph or list item. The passages of each document are cached in one file, with a checksum, the
version of the reader that made them, and a token that identifies the pages. If any of these does not match, the
passages are made again. The index grows when documents are added. If a cache cannot be written, the
only consequence is that the work is repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reinspect import READER
from reinspect.errors import ReinspectError
from reinspect.model import Document, Passage
from reinspect.regular_files import read_regular_file
from store.atomic_write import make_folders, replace_file
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, require_checksum
from store.lock import write_lock
from store.page_texts import PageTexts, replaces_pages, write_page_texts

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

FOLDER = "caches"
_INDEX_FOLDER, _STEPS_FOLDER, _MINED_FOLDER = "phrases", "steps", "mined"
# Lists of recurring phrases that are kept; one has about 20 KB.
_MOST_MINED = 200
# The one file of an index of an earlier version.
_OLD_INDEX_FILE = "phrases.index"
# Documents that are added to the index at a time, so that an interruption loses little.
_PORTION = 300
# A question does not wait for another process to finish its writing.
_LOCK_SECONDS = 0.2


class _CachedPassages(msgspec.Struct):
    document: str
    reader: str
    token: str
    passages: tuple[Passage, ...]


class _CachedPassagesOwner(msgspec.Struct):
    document: str


_decoder = msgspec.json.Decoder(_CachedPassages)


def passages_path(folder: Path, sha256: str) -> Path:
    """Return the path of the file that caches a document's passages, in the store in `folder`."""
    return folder / FOLDER / "passages" / sha256[:2] / f"{sha256}.json"


def index_path(folder: Path) -> Path:
    """Return the path of the folder that caches the phrase index, in the store in `folder`."""
    return folder / FOLDER / _INDEX_FOLDER


def steps_path(folder: Path, inspection: str) -> Path:
    """Return the path of the file that caches the steps of follow-through in the text of an inspection (its id)."""
    name = hashlib.sha256(inspection.encode("utf-8", "surrogatepass")).hexdigest()
    return folder / FOLDER / _STEPS_FOLDER / name[:2] / f"{name}.steps"


def phrases_path(folder: Path, key: str) -> Path:
    """Return the path of the file that caches recurring phrases under a key."""
    return folder / FOLDER / _MINED_FOLDER / f"{key}.phrases"


def inspections_path(folder: Path) -> Path:
    """Return the path of the file that caches the inspections put together from all sources."""
    return folder / FOLDER / "inspections"


def save_answer(folder: Path, path: Path, data: bytes) -> None:
    """Cache bytes with a checksum; do nothing if the disk refuses."""
    with suppress(OSError):
        make_folders(folder, path.parent)
        replace_file(path, add_checksum(data))


def load_answer(path: Path) -> bytes | None:
    """Return cached bytes, or None if they are missing or damaged."""
    return None if (answer := view_answer(path)) is None else bytes(answer)


def view_answer(path: Path) -> memoryview | None:
    """Return cached bytes without a copy of them, or None if they are missing or damaged."""
    try:
        data = read_regular_file(path)
        require_checksum(data)
    except (OSError, ChecksumError):
        return None
    return memoryview(data)[HEAD_LENGTH:]


def read_beginning(path: Path, size: int) -> bytes | None:
    """Return the first `size` bytes that were cached, or None if they are missing; damage is not noticed."""
    try:
        return read_regular_file(path, HEAD_LENGTH + size)[HEAD_LENGTH:]
    except OSError:
        return None


def forget_oldest_phrases(folder: Path) -> None:
    """Delete the recurring phrases that were kept first, if there are many."""
    with suppress(OSError):
        paths = [(path.stat().st_mtime_ns, path) for path in (folder / FOLDER / _MINED_FOLDER).glob("*.phrases")]
        for _, path in sorted(paths)[:-_MOST_MINED]:
            path.unlink(missing_ok=True)


class IndexWork(NamedTuple):
    """Functions that hear of the work on the phrase index.

    `progress` is called with the number of documents that are done and the number of all, `say` with a sentence.
    """

    progress: Callable[[int, int], None] = lambda _done, _all: None
    say: Callable[[str], None] = lambda _words: None


SILENT = IndexWork()


def is_intact_index(path: Path) -> bool:
    """Return True if a cached phrase index matches its checksums; the index may still be out of date."""
    from reinspect.phrases.index.column_file import IndexUnusableError, read_columns

    try:
        read_columns(path, verify=True)
    except IndexUnusableError:
        return False
    return True


def save_passages(folder: Path, sha256: str, token: str, passages: tuple[Passage, ...]) -> None:
    """Cache the passages of a document; do nothing if the disk refuses.

    `token` identifies the pages that the passages were made from (`PageTexts.token`).
    """
    cached = _CachedPassages(document=sha256, reader=READER, token=token, passages=passages)
    with suppress(OSError, UnicodeEncodeError):
        path = passages_path(folder, sha256)
        make_folders(folder, path.parent)
        replace_file(path, add_checksum(msgspec.json.encode(cached)[1:]))


def load_passages(folder: Path, sha256: str, token: str) -> tuple[Passage, ...] | None:
    """Return the cached passages of a document, or None if they are missing, damaged or out of date.

    `token` identifies the document's current pages (`PageTexts.token`).
    """
    try:
        data = read_regular_file(passages_path(folder, sha256))
        require_checksum(data)
        cached = _decoder.decode(data)
    except (OSError, ChecksumError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return cached.passages if (cached.document, cached.reader, cached.token) == (sha256, READER, token) else None


def owner_of_passages(data: bytes) -> str | None:
    """Return the sha256 of the document that cached passages belong to; None if no document is named.

    `data` is the contents of the cache file after the checksum.
    """
    try:
        return msgspec.json.decode(b"{" + data, type=_CachedPassagesOwner).document
    except msgspec.DecodeError:
        return None


def load_or_make_passages(folder: Path, document: Document, text: PageTexts) -> tuple[Passage, ...]:
    """Return the passages of a document from the cache, or make and cache them."""
    passages = load_passages(folder, document.sha256, text.token)
    if passages is None:
        from store.rereading import reread_document

        passages = reread_document(document, text.pages).passages
        save_passages(folder, document.sha256, text.token, passages)
    return passages


def load_or_make_index(
    folder: Path, documents: Collection[str], passages: Callable[[str], tuple[Passage, ...]], work: IndexWork
) -> Index:
    """Return a phrase index of exactly these documents (sha256), and cache it.

    Only what is missing from the cached index is made: `passages` returns the passages of a document that must be
    added. If another process is writing to the store, nothing is cached.
    """
    index = _load_index(folder, work)
    wanted = frozenset(documents)
    if index is not None and index.documents == wanted:
        _note_changes(folder)
        return index
    if index is not None and index.documents - wanted:
        _remove_from_index(folder, wanted)
        index = _load_index(folder, SILENT)
    # The lock is taken for the writing of each portion, not while the passages are made, which may take a minute.
    pairs = _counted(sorted(wanted - index.documents if index else wanted), passages, work.progress)
    while portion := list(islice(pairs, _PORTION)):
        if not add_to_index(folder, dict(portion)):
            return _complete(index, wanted).with_documents(chain(portion, pairs))
        index = _load_index(folder, SILENT)
    index = _complete(index, wanted)
    missing = sorted(wanted - index.documents)
    return index.with_documents(_counted(missing, passages, work.progress)) if missing else index


def _complete(index: Index | None, wanted: frozenset[str]) -> Index:
    """Return an index without documents that are not wanted."""
    from reinspect.phrases.index.index import Index

    index = index or Index.build([])
    unwanted = index.documents - wanted
    return index.without_documents(unwanted) if unwanted else index


def add_to_index(folder: Path, documents: Mapping[str, tuple[Passage, ...]]) -> bool:
    """Add documents (sha256) with these passages to the cached phrase index; return False if it cannot be written.

    Documents that are not searched, or no longer, stay in the cache until `load_or_make_index`.
    """
    with suppress(OSError, ReinspectError), write_lock(folder, _LOCK_SECONDS):
        index = _load_index(folder, SILENT)
        known = index.documents if index else frozenset[str]()
        missing = {sha256: passages for sha256, passages in documents.items() if sha256 not in known}
        if missing:
            _save_more(folder, index, missing.items())
        return True
    return False


def _remove_from_index(folder: Path, wanted: frozenset[str]) -> None:
    """Remove from the cached index what is not wanted, if it can be written."""
    with suppress(OSError, ReinspectError), write_lock(folder, _LOCK_SECONDS):
        index = _load_index(folder, SILENT)
        if index is not None and index.documents - wanted:
            index.remove_from(index_path(folder), index.documents - wanted, stamp=READER)


def replace_page_texts(folder: Path, texts: dict[str, tuple[str, ...]]) -> None:
    """Write the pages of documents (sha256); if one had other pages, delete the cached index and the kept phrases.

    Raises:
        OSError: a file cannot be deleted or written.
    """
    # The index knows a document by its sha256 alone.
    if replaces_pages(folder, texts):
        _forget_texts(folder)
    write_page_texts(folder, texts)


def _forget_texts(folder: Path) -> None:
    for path in (index_path(folder), phrases_path(folder, "").parent):
        if path.exists():
            import shutil

            shutil.rmtree(path)


def _load_index(folder: Path, work: IndexWork) -> Index | None:
    """Return the cached index, or None if it is missing or cannot be used; say so if it cannot be used."""
    from reinspect.phrases.index.column_file import IndexMissingError, IndexUnusableError
    from reinspect.phrases.index.index import Index

    try:
        return Index.load(index_path(folder), stamp=READER)
    except IndexMissingError:
        return None
    except IndexUnusableError as fault:
        work.say(f"{fault}. It is made again")
        return None


def _note_changes(folder: Path) -> None:
    """Note that the files of a copied store are sound, so that their checksums are compared only once."""
    from reinspect.phrases.index.column_file import is_unchanged, note_changes

    with suppress(OSError, ReinspectError):
        if not is_unchanged(index_path(folder)):
            with write_lock(folder, 0):
                note_changes(index_path(folder))


def _save_more(folder: Path, index: Index | None, pairs: Iterable[tuple[str, tuple[Passage, ...]]]) -> None:
    """Save an index with more documents than `index`, the saved one."""
    from reinspect.phrases.index.index import Index

    path = index_path(folder)
    if index is None:
        make_folders(folder, path.parent)
        Index.build(pairs).save(path, stamp=READER)
        (path.parent / _OLD_INDEX_FILE).unlink(missing_ok=True)
    else:
        index.append_to(path, pairs, stamp=READER)


def _counted(
    documents: Sequence[str],
    passages: Callable[[str], tuple[Passage, ...]],
    progress: Callable[[int, int], None],
) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yield the documents with their passages, and report how many are done."""
    for number, sha256 in enumerate(documents, 1):
        yield sha256, passages(sha256)
        progress(number, len(documents))
