"""The page texts: the text of every page of every document. Everything else in the store can be made from them again.

Each document has one file, `texts/ab/<sha256 of the source file>.txt`, which is written once and never changed. Its
first line is a header with a checksum and the length of each page in bytes. The pages follow, with form feeds
between them. So the file can be searched with grep, and every page is returned exactly as it was read:

    {"digest":"3f0a...","document":"ab12...","lengths":[5,4]}
    first\fnext
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import orjson

from reinspect.errors import StoreCorruptError
from reinspect.regular_files import read_regular_file
from store.atomic_write import atomic_write, make_folders, sync_folder
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, verify_checksum

FOLDER = "texts"
_PAGE_BREAK = b"\f"
_SHA256_DIGITS = 64
# A source may contain lone surrogates, which strict UTF-8 refuses; pages must come back unchanged all the same.
_ENCODING_ERRORS = "surrogatepass"


class _PageTextHeader(msgspec.Struct):
    document: str
    lengths: list[int]


class PageTexts(msgspec.Struct, frozen=True):
    """The stored pages of a document.

    `token` identifies the contents of the pages: different pages have different tokens. Caches use it to notice
    changes.
    """

    pages: tuple[str, ...]
    token: str


def text_path(folder: Path, sha256: str) -> Path:
    """Return the path of the file with a document's pages, in the store in `folder`."""
    return folder / FOLDER / sha256[:2] / f"{sha256}.txt"


def encode_pages(sha256: str, pages: tuple[str, ...]) -> bytes:
    """Encode the pages of a document as the contents of its page text file."""
    encoded = [page.encode("utf-8", _ENCODING_ERRORS) for page in pages]
    header = orjson.dumps({"document": sha256, "lengths": [len(page) for page in encoded]})
    return add_checksum(header[1:] + b"\n" + _PAGE_BREAK.join(encoded))


def decode_pages(data: bytes, sha256: str) -> PageTexts:
    """Decode the contents of a page text file.

    Raises:
        ChecksumError: the data is damaged, or belongs to another document.
    """
    header_line, _, body = verify_checksum(data).partition(b"\n")
    try:
        header = msgspec.json.decode(b"{" + header_line, type=_PageTextHeader)
    except msgspec.DecodeError as error:
        raise ChecksumError(str(error)) from error
    if header.document != sha256:
        raise ChecksumError(f"the file contains the pages of document {header.document}")
    pages, start = [], 0
    for length in header.lengths:
        pages.append(body[start : start + length].decode("utf-8", _ENCODING_ERRORS))
        start += length + len(_PAGE_BREAK)
    return PageTexts(tuple(pages), data[:HEAD_LENGTH].decode())


def write_page_texts(folder: Path, texts: dict[str, tuple[str, ...]]) -> None:
    """Write the pages of documents to their files; `texts` maps the sha256 of a document to its pages.

    Raises:
        OSError: a write failed; the files written before it are complete.
    """
    changed = {path for path in (folder / FOLDER, folder) if not (folder / FOLDER).exists()}
    for sha256, pages in texts.items():
        path, data = text_path(folder, sha256), encode_pages(sha256, pages)
        if path.is_file() and read_regular_file(path) == data:
            continue
        if not path.parent.exists():
            make_folders(folder, path.parent)
            changed.add(path.parent.parent)
        atomic_write(path, data)
    for parent in changed:
        if parent.exists():
            sync_folder(parent)


def replaces_pages(folder: Path, texts: dict[str, tuple[str, ...]]) -> bool:
    """Return True if one of these documents (sha256) has other pages in its file."""
    return any(
        path.is_file() and read_regular_file(path) != encode_pages(sha256, pages)
        for sha256, pages in texts.items()
        for path in [text_path(folder, sha256)]
    )


def read_page_texts(folder: Path, sha256: str) -> PageTexts:
    """Read the pages of a document, and verify their checksum.

    Raises:
        StoreCorruptError: the file is missing, damaged or unreadable.
    """
    path = text_path(folder, sha256)
    try:
        return decode_pages(read_regular_file(path), sha256)
    except FileNotFoundError:
        fault = "the page text of a document is missing"
    except (ChecksumError, UnicodeDecodeError) as error:
        fault = f"the page text of a document is damaged: {error}"
    except OSError as error:
        fault = f"the page text of a document cannot be read: {error.strerror}"
    raise StoreCorruptError(f"{path}: {fault}. Add the document's file again to restore it")


def list_page_texts(folder: Path) -> Iterator[Path]:
    """List the page text files of the store in `folder`, sorted by path."""
    files = sorted((folder / FOLDER).glob("??/*.txt"))
    # Files with other names are not the store's.
    return (path for path in files if len(path.stem) == _SHA256_DIGITS and path == text_path(folder, path.stem))
