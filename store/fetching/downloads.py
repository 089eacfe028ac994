"""The folder of downloads: a report under its inspection's id, what has come of one so far, and a receipt for each.

`downloads/camden-2017-09-11-sif.pdf` is whole. `.pdf.part` is not, and goes on where it stopped if its receipt says
which version it was. The folder may be emptied at any time: what the store has read, it keeps itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from reinspect.errors import ReinspectError, StoreLockedError
from store.atomic_write import replace_file, unwritable_error

FOLDER = "downloads"
_LOCK = "downloads.lock"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection's id and the address of its report."""

    inspection: str
    url: str


class DownloadRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a file came from, and by which `etag` or `modified` its server knows that version.

    `sha256` is empty until the file is whole.
    """

    url: str
    etag: str = ""
    modified: str = ""
    sha256: str = ""

    @property
    def version(self) -> str:
        """What to name a version by when asking for the rest of it: a weak ETag does not vouch for every byte."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Downloads:
    """The downloads of the store in `store_folder`."""

    def __init__(self, store_folder: Path) -> None:
        self.folder = store_folder / FOLDER

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes from downloading into the same files.

        Raises:
            StoreLockedError: one is doing so now.
            StoreUnwritableError: the folder cannot be made or written.
        """
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / _LOCK, timeout=0):
                yield
        except Timeout:
            raise StoreLockedError(
                f"{self.folder}: another process is downloading; try again when it is done"
            ) from None
        except OSError as error:
            raise unwritable_error(self.folder, error) from error

    def file(self, inspection: str) -> Path:
        """Where the report of that inspection is, or will be.

        Raises:
            ReinspectError: the id is not fit to be a file's name.
        """
        if not _NAME.fullmatch(inspection):
            raise ReinspectError(f'"{inspection}" cannot be the name of a file')
        return self.folder / f"{inspection}.pdf"

    def part(self, inspection: str) -> Path:
        """Where the beginning of a report is until the rest has come."""
        return self.file(inspection).with_suffix(".pdf.part")

    def receipt(self, inspection: str, url: str) -> DownloadRecord | None:
        """The receipt for what came from this address; None where there is none, or it is of another address."""
        try:
            receipt = msgspec.json.decode(self._receipt_file(inspection).read_bytes(), type=DownloadRecord)
        except (OSError, msgspec.DecodeError):
            return None
        return receipt if receipt.url == url else None

    def keep(self, inspection: str, receipt: DownloadRecord) -> None:
        """Write down where a file came from."""
        replace_file(self._receipt_file(inspection), msgspec.json.encode(receipt))

    def finish(self, inspection: str, receipt: DownloadRecord) -> Path:
        """The part is the whole: give it its name and its receipt its hash."""
        file, part = self.file(inspection), self.part(inspection)
        sha256 = _sha256(part)
        part.replace(file)
        self.keep(inspection, msgspec.structs.replace(receipt, sha256=sha256))
        return file

    def whole(self, inspection: str, url: str) -> Path | None:
        """The report that came from this address, if it is here and every byte of it as it came."""
        receipt, file = self.receipt(inspection, url), self.file(inspection)
        if receipt is None or not receipt.sha256 or not file.is_file():
            return None
        return file if _sha256(file) == receipt.sha256 else None

    def forget_part(self, inspection: str) -> None:
        """Throw away the beginning of a report."""
        self.part(inspection).unlink(missing_ok=True)

    def _receipt_file(self, inspection: str) -> Path:
        return self.file(inspection).with_suffix(".json")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
