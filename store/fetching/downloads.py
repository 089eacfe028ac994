"""The folder of downloaded reports. Each report is named after its inspection and has a note on its source.

    downloads/camden-2017-09-11-sif.pdf         a complete report
    downloads/camden-2017-09-11-sif.json        its record: address, version and checksum
    downloads/barnet-2019-05-13-ilacs.pdf.part  the beginning of a report; the next run downloads the rest

The folder may be emptied at any time, because the store keeps the page texts of every report it has read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from reinspect.errors import ReinspectError, StoreLockedError
from reinspect.regular_files import read_regular_file
from store.atomic_write import delete_leftovers, replace_file, unwritable_error
from store.lock import file_lock

FOLDER = "downloads"
_LOCK_FILE = "downloads.lock"
_VALID_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A report to download: the id of its inspection, and its web address."""

    inspection: str
    url: str


class DownloadRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A note of where a file was downloaded from, and which version of the file it is.

    `etag` and `modified` are the server's headers `ETag` and `Last-Modified`. `sha256` is the checksum of the complete
    file, and empty until the file is complete.
    """

    url: str
    etag: str = ""
    modified: str = ""
    sha256: str = ""

    @property
    def version(self) -> str:
        """The value to send in an `If-Range` header, to get the rest of this same version of the file."""
        # A weak ETag is left out: the bytes may differ.
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Downloads:
    """The folder of downloaded reports in the store in `store_folder`."""

    def __init__(self, store_folder: Path) -> None:
        self.folder = store_folder / FOLDER

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold a lock, so that no other process downloads into this folder.

        Raises:
            StoreLockedError: another process is downloading now.
            StoreUnwritableError: the folder cannot be created or written to.
        """
        from filelock import Timeout

        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with file_lock(self.folder / _LOCK_FILE, 0):
                delete_leftovers(self.folder)
                yield
        except Timeout:
            raise StoreLockedError(
                f"{self.folder}: another process is downloading; try again when it is done"
            ) from None
        except OSError as error:
            raise unwritable_error(self.folder, error) from error

    def report_path(self, inspection: str) -> Path:
        """Return the path for the report of an inspection (an id); the file may not exist yet.

        Raises:
            ReinspectError: the id cannot be used as a file name.
        """
        if not _VALID_NAME.fullmatch(inspection):
            raise ReinspectError(f'"{inspection}" cannot be used as a file name; its report was not downloaded')
        return self.folder / f"{inspection}.pdf"

    def partial_path(self, inspection: str) -> Path:
        """Return the path for a partly downloaded report of an inspection (an id)."""
        return self.report_path(inspection).with_suffix(".pdf.part")

    def read_record(self, inspection: str, url: str) -> DownloadRecord | None:
        """Return the record of an inspection's report downloaded from `url`, or None if there is no such record."""
        try:
            record = msgspec.json.decode(read_regular_file(self._record_path(inspection)), type=DownloadRecord)
        except (OSError, msgspec.DecodeError):
            return None
        return record if record.url == url else None

    def write_record(self, inspection: str, record: DownloadRecord) -> None:
        """Write the record (address and version) of an inspection's downloaded report."""
        replace_file(self._record_path(inspection), msgspec.json.encode(record))

    def finish(self, inspection: str, record: DownloadRecord) -> Path:
        """Rename a downloaded `.pdf.part` file to `.pdf`, write its record, and return its path."""
        file, part = self.report_path(inspection), self.partial_path(inspection)
        sha256 = _file_checksum(part)
        part.replace(file)
        self.write_record(inspection, msgspec.structs.replace(record, sha256=sha256))
        return file

    def find_complete(self, inspection: str, url: str) -> Path | None:
        """Return the path of a complete report downloaded from `url`; None if it is missing or damaged."""
        record, file = self.read_record(inspection, url), self.report_path(inspection)
        if record is None or not record.sha256 or not file.is_file():
            return None
        return file if _file_checksum(file) == record.sha256 else None

    def delete_part(self, inspection: str) -> None:
        """Delete the partial file of a report, if there is one."""
        self.partial_path(inspection).unlink(missing_ok=True)

    def _record_path(self, inspection: str) -> Path:
        return self.report_path(inspection).with_suffix(".json")


def _file_checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
