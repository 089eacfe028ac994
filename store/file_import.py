"""Import files into a store: the one function that the commands, the app and the text mode all use.

A file is skipped if the same bytes are stored already, were read by this version of the reader, have an intact page
text, and have no list that the file may divide better than that text does. All other files are read in worker processes
and stored in batches. An interrupted import loses at most one batch, and running it again continues where it stopped.
`store.document_import` is the part of an import that happens inside one transaction.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from reinspect.errors import ReinspectError, UnreadableError
from reinspect.reading.formats import file_bytes
from reinspect.reading.sanitise import safe_line
from reinspect.reading.worker_pool import read_files
from store.document_import import ImportResult

if TYPE_CHECKING:
    from reinspect.model import Reading
    from store.store import Store

_MAX_JOBS = 8
_BATCH_FILES = 50
_BATCH_SECONDS = 2.0
# Storing a batch rewrites the whole catalogue, so a batch must take at least this many times longer to read.
_READ_TO_STORE_RATIO = 10
_MAX_BATCH_FILES = 300


def import_files(
    store: Store,
    files: Sequence[Path],
    *,
    jobs: int | None = None,
    run: str = "",
    on_read: Callable[[], None] = lambda: None,
) -> Iterator[list[ImportResult]]:
    """Import files and yield lists of results: first those of files that are stored already, then batch by batch.

    `jobs` is the number of worker processes. `on_read` is called after each file that had to be read. Imports with the
    same `run` (any string) are undone together.

    Raises:
        ReinspectError: the store is locked, damaged, or cannot be written.
    """
    stored, unread = _split_by_need(store, files)
    if stored:
        yield stored
    run = run or uuid4().hex
    with store.many_changes():
        for batch in in_batches(_call_after_each(read_files(unread, jobs=jobs or usual_jobs()), on_read)):
            results = store.add(batch, run)
            store.index_readings(batch)
            yield results
    if unread:
        # Documents that are searched no longer leave the index too. A damaged document is not the fault of this import.
        with suppress(ReinspectError, OSError):
            store.index()


def in_batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Group readings into batches, each to be stored at once.

    A batch holds 50 files or two seconds of reading, and up to 300 files if storing is slow.
    """
    batch: list[Reading] = []
    started, storing_seconds = time.monotonic(), 0.0
    for reading in readings:
        batch.append(reading)
        reading_seconds = time.monotonic() - started
        is_due = len(batch) >= _BATCH_FILES or reading_seconds >= _BATCH_SECONDS
        # Otherwise every further file of a large store would cost more than the one before.
        pays = reading_seconds >= _READ_TO_STORE_RATIO * storing_seconds
        if (is_due and pays) or len(batch) >= _MAX_BATCH_FILES:
            handed_over = time.monotonic()
            yield batch
            batch, started = [], time.monotonic()
            storing_seconds = started - handed_over
    if batch:
        yield batch


def usual_jobs() -> int:
    """Return the default number of worker processes: one for each usable processor, at most eight."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    return min(len(allowed) if allowed else os.cpu_count() or 1, _MAX_JOBS)


def _split_by_need(store: Store, files: Sequence[Path]) -> tuple[list[ImportResult], list[Path]]:
    """Return results for the files that are stored already, and the files that must be read."""
    documents = store.stored_documents()
    # In a new store no file needs to be compared: the digests are our own notes.
    if all(document.document.kind == "digest" for document in documents):
        return [], list(files)
    inspection_of = {document.document.sha256: document.inspection for document in documents}
    stored, unread = [], []
    for file in files:
        sha256 = _file_sha256(file)
        if store.needs(sha256):
            unread.append(file)
        else:
            stored.append(
                ImportResult(
                    file=safe_line(str(file)),
                    sha256=sha256,
                    outcome="already held",
                    inspection=inspection_of.get(sha256),
                )
            )
    return stored, unread


def _call_after_each(readings: Iterable[Reading], on_read: Callable[[], None]) -> Iterator[Reading]:
    for reading in readings:
        on_read()
        yield reading


def _file_sha256(file: Path) -> str:
    """Return the sha256 of a file's bytes, or "" if the file cannot be opened."""
    try:
        return hashlib.sha256(file_bytes(file)).hexdigest()
    except UnreadableError:
        return ""
