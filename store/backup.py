"""One file that holds a whole store, and back.

A zip of the catalogue and the page texts, without times and in order: the same store gives the same bytes. Caches are
left out; they are made again. Nothing of a backup is put in place before all of it has been verified.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from reinspect.errors import ReinspectError, StoreCorruptError
from store import page_texts
from store.atomic_write import atomic_write, keep_as, unwritable_error
from store.lock import held
from store.storage import CATALOGUE, NewerStoreError, decode_catalogue, previous

_NO_TIME = (1980, 1, 1, 0, 0, 0)
# Page texts unpack to some four times their size, a catalogue to ten; a bomb to a thousand.
_MOST_TIMES = 40
_ALWAYS_UNPACKED = 64_000_000
_UNSOUND = (OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)


class BackupError(ReinspectError):
    """A backup cannot be written, or a file is no sound backup."""


def backup(folder: Path, file: Path) -> None:
    """Write the store in this folder to one file, which replaces what was there only when it is complete.

    It needs no lock: a catalogue is replaced as a whole, and the page texts that it names are never changed.

    Raises:
        StoreCorruptError: the catalogue or a page text is damaged; no file is written.
        BackupError: there is no store, or the file cannot be written.
    """
    path = folder / CATALOGUE
    archived = BytesIO()
    try:
        catalogue = path.read_bytes()
        with zipfile.ZipFile(archived, "w") as archive:
            _put(archive, CATALOGUE, catalogue)
            for sha256 in sorted(decode_catalogue(catalogue, path).tables.get("documents", {})):
                page_texts.read_page_texts(folder, sha256)
                _put(archive, _name(sha256), page_texts.text_path(folder, sha256).read_bytes())
    except OSError as error:
        raise BackupError(f"{error.filename or path}: cannot be read: {error.strerror or error}") from error
    try:
        atomic_write(file, archived.getvalue())
    except OSError as error:
        raise BackupError(f"{file}: the backup cannot be written: {error.strerror or error}") from error


def restore(folder: Path, file: Path, *, wait: float = 10.0) -> None:
    """Put the store of a backup in this folder. The catalogue that was there stays as the generation before it.

    Raises:
        BackupError: the file is no backup, or not a sound one; nothing is changed.
        StoreCorruptError: the backup is of a newer program; nothing is changed.
        StoreLockedError, StoreUnwritableError: as for any change.
    """
    catalogue, pages = _verified(file)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held(folder, wait):
            page_texts.write_page_texts(folder, pages)
            _put_in_place(folder / CATALOGUE, catalogue)
    except OSError as error:
        raise unwritable_error(folder, error) from error


def _put_in_place(path: Path, data: bytes) -> None:
    try:
        sound = bool(decode_catalogue(path.read_bytes(), path))
    except FileNotFoundError:
        sound = False
    except StoreCorruptError:
        # A sound generation before it must not give way to a damaged one.
        keep_as(path, path.with_name(f"{path.name}.damaged"))
        sound = False
    atomic_write(path, data, previous(path) if sound else None)


def _name(sha256: str) -> str:
    return page_texts.text_path(Path(), sha256).as_posix()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _verified(file: Path) -> tuple[bytes, dict[str, tuple[str, ...]]]:
    """The catalogue's bytes and the pages by document, every seal in the backup checked."""
    if file.exists() and not file.is_file():
        # A device is without end, and a pipe may be without a beginning.
        raise BackupError(f"{file}: this is no file; nothing was changed")
    try:
        with zipfile.ZipFile(file) as archive:
            names = _names(archive, file)
            catalogue = archive.read(CATALOGUE)
            decode_catalogue(catalogue, file)
            pages = {}
            for name in names:
                if name != CATALOGUE:
                    sha256 = PurePosixPath(name).stem
                    if name != _name(sha256) or not sha256.isalnum():
                        raise BackupError(f'{file}: this is no sound backup: "{name}" has no place in a store')
                    pages[sha256] = page_texts.decode_pages(archive.read(name), sha256).pages
    except NewerStoreError:
        raise
    except StoreCorruptError as error:
        raise BackupError(f"{file}: this is no sound backup: its catalogue is damaged; nothing was changed") from error
    except _UNSOUND as error:
        raise BackupError(f"{file}: this is no sound backup ({error}); nothing was changed") from error
    return catalogue, pages


def _names(archive: zipfile.ZipFile, file: Path) -> list[str]:
    """The names in a backup that may be unpacked: no more of them than their file can honestly hold.

    What an entry unpacks to is what it declares: zipfile reads no further.
    """
    entries = archive.infolist()
    if any(entry.compress_type not in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED} for entry in entries):
        raise BackupError(f"{file}: this is no sound backup: it is packed in another way; nothing was changed")
    if sum(entry.file_size for entry in entries) > max(_ALWAYS_UNPACKED, _MOST_TIMES * file.stat().st_size):
        raise BackupError(
            f"{file}: this is no sound backup: it unpacks to more than {_MOST_TIMES} times its size; "
            "nothing was changed"
        )
    return [entry.filename for entry in entries]
