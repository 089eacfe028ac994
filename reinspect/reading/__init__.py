"""Reading: a file in, a Reading out, whatever the file holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reinspect import READER
from reinspect.errors import UnreadableError
from reinspect.model import Document, Reading
from reinspect.reading.sanitise import safe_line


def read_file(path: Path) -> Reading:
    """Read one file in this process: what it says, or kind "unreadable" and the reason.

    Nothing limits it here. For files of others' making use `reinspect.reading.worker_pool.read_files`.
    """
    from reinspect.reading.documents import read_pages
    from reinspect.reading.formats import extract

    file = safe_line(str(path))
    try:
        found = extract(path)
    except UnreadableError as error:
        return unreadable(path, str(error))
    return read_pages(found.pages, sha256=found.sha256, title=found.title, file=file, warnings=found.warnings)


def unreadable(path: Path, reason: str) -> Reading:
    """The Reading of a file that gave no words, with the reason; its sha256 is empty where it has no bytes to hash."""
    from reinspect.reading.formats import file_bytes

    try:
        sha256 = hashlib.sha256(file_bytes(path)).hexdigest()
    except UnreadableError:
        sha256 = ""
    file = safe_line(str(path))
    document = Document(
        sha256=sha256, kind="unreadable", title=safe_line(path.stem), source=file, pages=0, reader=READER
    )
    return Reading(file=file, document=document, reason=reason)
