"""What can be made again from the page texts, kept to save time: passages, and the index of phrases.

A cache is believed only if its seal holds and it was made by this reader from these very pages; else it is dropped
and made anew. Failing to keep one is no fault: the work is only done again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect import READER
from reinspect.model import Document, Passage, Reading
from store.atomic_write import make_folders, replace_file
from store.checksum import ChecksumError, add_checksum, verify_checksum
from store.page_texts import PageTexts

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

FOLDER = "caches"
_INDEX = "phrases.index"


class _Cached(msgspec.Struct):
    document: str
    reader: str
    token: str
    passages: tuple[Passage, ...]


class _Of(msgspec.Struct):
    document: str


_decoder = msgspec.json.Decoder(_Cached)


def passages_path(folder: Path, sha256: str) -> Path:
    """Where the store in this folder keeps the passages of that document."""
    return folder / FOLDER / "passages" / sha256[:2] / f"{sha256}.json"


def index_path(folder: Path) -> Path:
    """Where the store in this folder keeps the index of phrases."""
    return folder / FOLDER / _INDEX


def is_sound_index(path: Path) -> bool:
    """Whether every part of a kept index is what was written; it may be an outdated one."""
    from reinspect.phrases.index.column_file import IndexUnusableError, read_columns

    try:
        read_columns(path)
    except IndexUnusableError:
        return False
    return True


def read_again(document: Document, pages: tuple[str, ...]) -> Reading:
    """What the kept pages of a document say to the present reader. The one place where the store reads.

    A shipped digest is read from its own file, which knows the strand of each note.
    """
    from reinspect.reading.documents import read_pages

    if document.kind == "digest":
        from reinspect.digests import digests

        for digest in digests():
            if digest.document.sha256 == document.sha256 and digest.pages == pages:
                return digest
    return read_pages(pages, sha256=document.sha256, title=document.title, file=document.source)


def keep_passages(folder: Path, sha256: str, token: str, passages: tuple[Passage, ...]) -> None:
    """Keep the passages made of the pages of that token, if the disk lets us."""
    cached = _Cached(document=sha256, reader=READER, token=token, passages=passages)
    with suppress(OSError, UnicodeEncodeError):
        path = passages_path(folder, sha256)
        make_folders(folder, path.parent)
        replace_file(path, add_checksum(msgspec.json.encode(cached)[1:]))


def kept_passages(folder: Path, sha256: str, token: str) -> tuple[Passage, ...] | None:
    """The passages of that document, or None where they are not kept, are damaged, or are of another reader or text."""
    try:
        cached = _decoder.decode(b"{" + verify_checksum(passages_path(folder, sha256).read_bytes()))
    except (OSError, ChecksumError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return cached.passages if (cached.document, cached.reader, cached.token) == (sha256, READER, token) else None


def document_of(unsealed: bytes) -> str | None:
    """The document that kept passages are of, whichever reader made them; None where they do not say."""
    try:
        return msgspec.json.decode(b"{" + unsealed, type=_Of).document
    except msgspec.DecodeError:
        return None


def passages_of(folder: Path, document: Document, text: PageTexts) -> tuple[Passage, ...]:
    """The passages of a document, from the cache or made again from its pages."""
    passages = kept_passages(folder, document.sha256, text.token)
    if passages is None:
        passages = read_again(document, text.pages).passages
        keep_passages(folder, document.sha256, text.token, passages)
    return passages


def index_of(
    folder: Path, wanted: Collection[str], passages: Callable[[str], tuple[Passage, ...]], held: Index | None = None
) -> Index:
    """The index of exactly the wanted documents: the one held or kept, less and plus what differs, else a new one."""
    from reinspect.phrases.index.column_file import IndexUnusableError
    from reinspect.phrases.index.index import Index

    path = index_path(folder)
    index = held
    if index is None:
        with suppress(OSError, IndexUnusableError):
            index = Index.load(path, stamp=READER)
    before = index
    if index is None:
        index = Index.build([])
    gone, new = index.documents - set(wanted), sorted(set(wanted) - index.documents)
    if gone:
        index = index.without_documents(gone)
    if new:
        index = index.with_documents((sha256, passages(sha256)) for sha256 in new)
    if index is not before:
        with suppress(OSError):
            make_folders(folder, path.parent)
            index.save(path, stamp=READER)
    return index
