"""Import files into a store: the one way in, used by the commands, the app and the spoken app alike.

A file whose very bytes are stored, by this version of the reader and with intact pages, is not read again. All others
are read in worker processes and stored in batches, so an interrupted import loses one batch at most and is resumed by
repeating it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from reinspect.errors import UnreadableError
from reinspect.reading.formats import file_bytes
from reinspect.reading.sanitise import safe_line
from reinspect.reading.worker_pool import read_files
from store.document_import import ImportResult

if TYPE_CHECKING:
    from reinspect.model import Reading
    from store.store import Store

_MOST_JOBS = 8
_BATCH_FILES = 50
_BATCH_SECONDS = 2.0
# Writing a batch costs as much as the whole catalogue is long, so read at least this many times longer than that.
_READ_TO_WRITE = 10
_MOST_FILES = 300


def import_files(
    store: Store,
    files: Sequence[Path],
    *,
    jobs: int | None = None,
    run: str = "",
    on_read: Callable[[], None] = lambda: None,
) -> Iterator[list[ImportResult]]:
    """Import files and yield the results batch by batch: first those stored already, then the others in their order.

    `on_read` is called after each file that had to be read. `undo` takes back all imports of the same `run` together;
    without a `run`, this import alone. Raises what `Store.add` raises.
    """
    stored, unread = _sort(store, files)
    if stored:
        yield stored
    run = run or uuid4().hex
    for batch in in_batches(_watched(read_files(unread, jobs=jobs or usual_jobs()), on_read)):
        yield store.add(batch, run)


def in_batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Group readings into batches of 50 files or two seconds, each stored in one transaction.

    Where storing is slow, as it is in a large store, the next batch is longer, up to 300 files. Otherwise each file
    would cost more than the one before.
    """
    batch: list[Reading] = []
    started, storing = time.monotonic(), 0.0
    for reading in readings:
        batch.append(reading)
        waited = time.monotonic() - started
        enough = len(batch) >= _BATCH_FILES or waited >= _BATCH_SECONDS
        if (enough and waited >= _READ_TO_WRITE * storing) or len(batch) >= _MOST_FILES:
            handed_over = time.monotonic()
            yield batch
            batch, started = [], time.monotonic()
            storing = started - handed_over
    if batch:
        yield batch


def usual_jobs() -> int:
    """Return the number of processors this process may use, at most eight."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    return min(len(allowed) if allowed else os.cpu_count() or 1, _MOST_JOBS)


def _sort(store: Store, files: Sequence[Path]) -> tuple[list[ImportResult], list[Path]]:
    """Split files into results for those that need no reading, and the files that do."""
    inspection_of = {each.document.sha256: each.inspection for each in store.stored_documents()}
    stored, unread = [], []
    for file in files:
        sha256 = _sha256(file)
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


def _watched(readings: Iterable[Reading], on_read: Callable[[], None]) -> Iterator[Reading]:
    for reading in readings:
        on_read()
        yield reading


def _sha256(file: Path) -> str:
    """Hash a file's bytes; empty where it cannot be opened, which reading will explain."""
    try:
        return hashlib.sha256(file_bytes(file)).hexdigest()
    except UnreadableError:
        return ""
