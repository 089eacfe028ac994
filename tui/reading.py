"""Files as readings for a command: in worker processes, with progress for whoever watches."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reinspect.model import Reading

MISSING = 2
"""Exit code where no path that was named exists: most likely a slip of the keyboard."""

SOME_FAILED = 3
"""Exit code where one file or more could not be read, and the others were."""

_MOST_JOBS = 8
_BATCH_FILES = 50
_BATCH_SECONDS = 2.0
# To write a batch costs as much as the whole catalogue is long: so much longer than that a batch is read for.
_OUTWEIGHS = 10
_MOST_FILES = 300


def readings(files: Sequence[Path], jobs: int | None = None, *, quiet: bool = False) -> Iterator[Reading]:
    """A reading of each file, in their order; a bar on stderr where that is a terminal and the files are many."""
    from reinspect.reading.worker import read_files

    found = read_files(files, jobs=jobs or usual_jobs())
    if quiet or len(files) < 2 or not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(found, length=len(files), label="reading", file=sys.stderr) as bar:
        yield from bar


def in_batches(found: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings in batches, each of which the store takes in one transaction: 50 files, or two seconds' worth.

    Where the taking itself is slow, as it is with a large store, the next batch is longer, up to 300 files: else adding
    many files would take ever longer a file.
    """
    batch: list[Reading] = []
    begun, took = time.monotonic(), 0.0
    for reading in found:
        batch.append(reading)
        waited = time.monotonic() - begun
        enough = len(batch) >= _BATCH_FILES or waited >= _BATCH_SECONDS
        if (enough and waited >= _OUTWEIGHS * took) or len(batch) >= _MOST_FILES:
            handed = time.monotonic()
            yield batch
            batch, begun = [], time.monotonic()
            took = begun - handed
    if batch:
        yield batch


def usual_jobs() -> int:
    """One process a processor this one may use, and no more than eight."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    return min(len(allowed) if allowed else os.cpu_count() or 1, _MOST_JOBS)
