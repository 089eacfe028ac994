"""Caches of what can be made again from the page texts: the passages of each document, and the phrase index.

A passage is one paragraph or list item. The passages of each document are cached in one file, with a checksum, the
version of the reader that made them, and a token that identifies the pages. If any of these does not match, the
passages are made again. The index is updated when documents are added or removed. If a cache cannot be written, the
only consequence is that the work is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect import READER
from reinspect.model import Document, Passage
from reinspect.regular_files import read_regular_file
from store.atomic_write import make_folders, replace_file
from store.checksum import ChecksumError, add_checksum, verify_checksum
from store.page_texts import PageTexts

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

FOLDER = "caches"
_INDEX_FILE = "phrases.index"


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
    """Return the path of the file that caches the phrase index, in the store in `folder`."""
    return folder / FOLDER / _INDEX_FILE


def is_intact_index(path: Path) -> bool:
    """Return True if a cached phrase index matches its checksums; the index may still be out of date."""
    from reinspect.phrases.index.column_file import IndexUnusableError, read_columns

    try:
        read_columns(path)
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
        cached = _decoder.decode(b"{" + verify_checksum(read_regular_file(passages_path(folder, sha256))))
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
    folder: Path,
    documents: Collection[str],
    passages: Callable[[str], tuple[Passage, ...]],
    in_memory: Index | None = None,
) -> Index:
    """Return a phrase index of exactly these documents (sha256), and cache it.

    An older index (`in_memory` or the cached one) is updated if there is one. `passages` returns the passages of a
    document, for documents that must be added.
    """
    from reinspect.phrases.index.column_file import IndexUnusableError
    from reinspect.phrases.index.index import Index

    path = index_path(folder)
    index = in_memory
    if index is None:
        with suppress(OSError, IndexUnusableError):
            index = Index.load(path, stamp=READER)
    before = index
    if index is None:
        index = Index.build([])
    removed, added = index.documents - set(documents), sorted(set(documents) - index.documents)
    if removed:
        index = index.without_documents(removed)
    if added:
        index = index.with_documents((sha256, passages(sha256)) for sha256 in added)
    if index is not before:
        with suppress(OSError):
            make_folders(folder, path.parent)
            index.save(path, stamp=READER)
    return index
