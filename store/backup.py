"""Write a whole store to one file, and restore a store from such a file.

A backup is a zip file of the catalogue and the page texts. Its entries are sorted and have no times, so the same store
always gives the same bytes. Caches are left out, because they can be made again. A backup is verified completely
before anything is restored from it.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from reinspect.errors import ReinspectError, StoreCorruptError
from reinspect.regular_files import read_regular_file
from store import page_texts
from store.atomic_write import atomic_write, describe_refusal, link_or_copy, unwritable_error, write_outside
from store.caches import replace_page_texts
from store.lock import write_lock
from store.storage import CATALOGUE, NewerStoreError, Tables, decode_catalogue, previous

_NO_TIME = (1980, 1, 1, 0, 0, 0)
# Page texts unpack to about 4 times their size and a catalogue to 10 times; a zip bomb to 1,000 times.
_MAX_UNPACK_RATIO = 40
_ALWAYS_UNPACKED_BYTES = 64_000_000
_INVALID_BACKUP_ERRORS = (OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)


class BackupError(ReinspectError):
    """A backup cannot be written, or a file is not a valid backup."""


def backup(folder: Path, file: Path) -> None:
    """Write the store in `folder` to a backup file, replacing any existing file; a device or a pipe takes the data.

    Raises:
        StoreCorruptError: the catalogue or a page text is damaged; no file is written.
        BackupError: there is no store, or the file cannot be written.
    """
    # No lock is needed: the catalogue is replaced as a whole, and the page texts that it refers to never change.
    path = folder / CATALOGUE
    packed = BytesIO()
    try:
        catalogue = read_regular_file(path)
        with zipfile.ZipFile(packed, "w") as archive:
            _add_entry(archive, CATALOGUE, catalogue)
            for sha256 in _documents(folder, decode_catalogue(catalogue, path).tables):
                page_texts.read_page_texts(folder, sha256)
                _add_entry(archive, _entry_name(sha256), read_regular_file(page_texts.text_path(folder, sha256)))
    except OSError as error:
        raise BackupError(
            f"{error.filename or path}: cannot be read ({error.strerror or error}); no backup was written"
        ) from error
    try:
        write_outside(file, packed.getvalue(), private=True)
    except OSError as error:
        raise BackupError(
            f"{file}: the backup cannot be written ({describe_refusal(error)}); choose another place for it"
        ) from error


def _documents(folder: Path, tables: Tables) -> list[str]:
    """Return the documents (sha256) whose pages a backup has: the stored ones, and those that `undo` can bring back."""
    stored = set(tables.get("documents", {}))
    changes = [change.get("documents", {}) for change in tables.get("changes", {}).values()]
    undoable = {sha256 for rows in changes for sha256, row in rows.items() if row is not None}
    return sorted(stored | {sha256 for sha256 in undoable - stored if _has_pages(folder, sha256)})


def _has_pages(folder: Path, sha256: str) -> bool:
    try:
        page_texts.read_page_texts(folder, sha256)
    except StoreCorruptError:
        return False
    return True


def restore(folder: Path, file: Path, *, wait: float = 10.0) -> None:
    """Replace the store in `folder` with a backup. The old catalogue is kept as `catalogue.json.bak`.

    Raises:
        BackupError: the file is not a valid backup; nothing was changed.
        StoreCorruptError: the backup was written by a newer version; nothing was changed.
        StoreLockedError: another process held the store's lock for more than `wait` seconds.
        StoreUnwritableError: the disk refused a write.
    """
    catalogue, pages = _read_backup(file)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with write_lock(folder, wait):
            replace_page_texts(folder, pages)
            _replace_catalogue(folder / CATALOGUE, catalogue)
    except OSError as error:
        raise unwritable_error(folder, error) from error


def _replace_catalogue(path: Path, data: bytes) -> None:
    try:
        is_intact = bool(decode_catalogue(read_regular_file(path), path))
    except FileNotFoundError:
        is_intact = False
    except StoreCorruptError:
        # Keep it under another name, so that it does not replace an intact previous revision.
        link_or_copy(path, path.with_name(f"{path.name}.damaged"))
        is_intact = False
    atomic_write(path, data, previous(path) if is_intact else None)


def _entry_name(sha256: str) -> str:
    return page_texts.text_path(Path(), sha256).as_posix()


def _add_entry(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _read_backup(file: Path) -> tuple[bytes, dict[str, tuple[str, ...]]]:
    """Verify a backup file; return the catalogue's bytes, and the pages of each document by its sha256."""
    if file.exists() and not file.is_file():
        # A device may never end, and a pipe may never begin.
        raise BackupError(f"{file}: not a file; nothing was changed")
    try:
        with zipfile.ZipFile(file) as archive:
            names = _entry_names(archive, file)
            catalogue = archive.read(CATALOGUE)
            decode_catalogue(catalogue, file)
            pages = {name: _read_pages(archive, name, file) for name in names if name != CATALOGUE}
    except NewerStoreError:
        raise
    except StoreCorruptError as error:
        raise _invalid_backup(file, "its catalogue is damaged") from error
    except _INVALID_BACKUP_ERRORS as error:
        raise _invalid_backup(file, str(error)) from error
    return catalogue, {PurePosixPath(name).stem: text for name, text in pages.items()}


def _read_pages(archive: zipfile.ZipFile, name: str, file: Path) -> tuple[str, ...]:
    sha256 = PurePosixPath(name).stem
    if name != _entry_name(sha256) or not sha256.isalnum():
        raise _invalid_backup(file, f'it contains "{name}", which does not belong in a store')
    return page_texts.decode_pages(archive.read(name), sha256).pages


def _entry_names(archive: zipfile.ZipFile, file: Path) -> list[str]:
    """Return the names of all files in a backup.

    Raises:
        BackupError: the backup uses a compression method that we never use, or is a zip bomb.
    """
    entries = archive.infolist()
    if any(entry.compress_type not in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED} for entry in entries):
        raise _invalid_backup(file, "it uses another compression method")
    # The declared sizes can be trusted here: zipfile never unpacks more than that.
    if sum(entry.file_size for entry in entries) > max(_ALWAYS_UNPACKED_BYTES, _MAX_UNPACK_RATIO * file.stat().st_size):
        raise _invalid_backup(file, f"it unpacks to more than {_MAX_UNPACK_RATIO} times its size")
    return [entry.filename for entry in entries]


def _invalid_backup(file: Path, reason: str) -> BackupError:
    return BackupError(f"{file}: not a valid backup ({reason}); nothing was changed")
