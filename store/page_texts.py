"""Page texts: the truth that everything else can be made from again. One write-once file a document.

`texts/ab/<sha256 of the source>.txt` is a sealed header line with the byte length of each page, then the pages with
form feeds between them: it can be searched with grep, and gives back every page exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import orjson

from reinspect.errors import StoreCorruptError
from store.atomic_write import atomic_write, make_folders, sync_folder
from store.checksum import HEAD_LENGTH, ChecksumError, add_checksum, verify_checksum

FOLDER = "texts"
_BETWEEN = b"\f"
_DIGITS = 64
# A page may hold what a careless source held; the store gives back what it was given.
_ODD = "surrogatepass"


class _Header(msgspec.Struct):
    document: str
    lengths: list[int]


class PageTexts(msgspec.Struct, frozen=True):
    """The pages of a document as kept, and a token that differs between any two texts."""

    pages: tuple[str, ...]
    token: str


def text_path(folder: Path, sha256: str) -> Path:
    """Where the store in this folder keeps the pages of that document."""
    return folder / FOLDER / sha256[:2] / f"{sha256}.txt"


def encode_pages(sha256: str, pages: tuple[str, ...]) -> bytes:
    """The bytes of a page text file."""
    encoded = [page.encode("utf-8", _ODD) for page in pages]
    header = orjson.dumps({"document": sha256, "lengths": [len(page) for page in encoded]})
    return add_checksum(header[1:] + b"\n" + _BETWEEN.join(encoded))


def decode_pages(data: bytes, sha256: str) -> PageTexts:
    """The pages in the bytes of a page text file.

    Raises:
        BrokenSealError: they are damaged, or those of another document.
    """
    header_line, _, body = verify_checksum(data).partition(b"\n")
    try:
        header = msgspec.json.decode(b"{" + header_line, type=_Header)
    except msgspec.DecodeError as error:
        raise ChecksumError(str(error)) from error
    if header.document != sha256:
        raise ChecksumError(f"it holds the pages of {header.document}")
    pages, start = [], 0
    for length in header.lengths:
        pages.append(body[start : start + length].decode("utf-8", _ODD))
        start += length + len(_BETWEEN)
    return PageTexts(tuple(pages), data[:HEAD_LENGTH].decode())


def write_page_texts(folder: Path, texts: dict[str, tuple[str, ...]]) -> None:
    """Put the pages of these documents on the disk, if they are not there yet. A damaged file is replaced.

    Raises:
        OSError: a write failed; the files before it are complete.
    """
    changed = {path for path in (folder / FOLDER, folder) if not (folder / FOLDER).exists()}
    for sha256, pages in texts.items():
        path, data = text_path(folder, sha256), encode_pages(sha256, pages)
        if path.exists() and path.read_bytes() == data:
            continue
        if not path.parent.exists():
            make_folders(folder, path.parent)
            changed.add(path.parent.parent)
        atomic_write(path, data)
    for parent in changed:
        if parent.exists():
            sync_folder(parent)


def read_page_texts(folder: Path, sha256: str) -> PageTexts:
    """The pages of a document, verified.

    Raises:
        StoreCorruptError: the file is missing or damaged.
    """
    path = text_path(folder, sha256)
    try:
        return decode_pages(path.read_bytes(), sha256)
    except FileNotFoundError:
        fault = "the pages of a document are missing"
    except (ChecksumError, UnicodeDecodeError) as error:
        fault = f"the pages of a document are damaged: {error}"
    except OSError as error:
        fault = f"the pages of a document cannot be read: {error.strerror}"
    raise StoreCorruptError(f"{path}: {fault}. Add the file again to put them right")


def kept_texts(folder: Path) -> Iterator[Path]:
    """The page text files of the store, in order; a file that is named otherwise is somebody else's."""
    found = sorted((folder / FOLDER).glob("??/*.txt"))
    return (path for path in found if len(path.stem) == _DIGITS and path == text_path(folder, path.stem))
