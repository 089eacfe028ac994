"""Read or import files with a progress bar, show how long work goes on, and give exit codes for files that failed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.streams import terminal_width

if TYPE_CHECKING:
    from reinspect.model import Reading
    from store import ImportResult, Store

MISSING = 2
"""Exit code if none of the named paths exists, most likely a typing error."""

SOME_FAILED = 3
"""Exit code if at least one file could not be read."""


def read_with_progress(files: Sequence[Path], jobs: int | None = None, *, quiet: bool = False) -> Iterator[Reading]:
    """Read files and yield their readings in order, with a line of progress on stderr.

    `jobs` is the number of worker processes. The line is shown on a terminal, for several files, unless `quiet`.
    """
    from reinspect.reading.worker_pool import read_files
    from store.file_import import usual_jobs

    progress = _ReadingProgress(0 if quiet else len(files))
    for reading in read_files(files, jobs=jobs or usual_jobs()):
        progress.clear()
        yield reading
        progress.advance()


def import_with_progress(
    store: Store, files: Sequence[Path], jobs: int | None = None, run: str = ""
) -> Iterator[ImportResult]:
    """Import files into a store and yield the results, with a line of progress on stderr.

    `jobs` is the number of worker processes. Imports with the same `run` (any string) are undone together.
    """
    from store.file_import import import_files

    progress = _ReadingProgress(len(files))
    for batch in import_files(store, files, jobs=jobs, run=run, on_read=progress.advance):
        progress.clear()
        yield from batch


def report_followed(done: int, total: int) -> None:
    """Print on stderr how many authorities were followed, if that is a terminal."""
    if sys.stderr.isatty():
        line = f"followed {done} of {total} authorities ..." if done < total else ""
        click.echo("\r" + line.ljust(terminal_width() - 1) + "\r", nl=False, err=True)


_WORTH_SHOWING = 50
"""The fewest documents whose indexing is shown."""


class _ReadingProgress:
    """Writes on one line of a terminal how many of several files are read, and clears it for what is printed next."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = total > 1 and sys.stderr.isatty()

    def advance(self) -> None:
        """Take note that one more file is read."""
        self._done += 1
        if self._shown:
            words = f"reading: {self._done} of {self._total} files" if self._done < self._total else ""
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)

    def clear(self) -> None:
        """Clear the line, so that a result does not stand behind it."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


class IndexProgress:
    """Writes to stderr how far the making of the phrase index is; nothing where it takes no noticeable time.

    On a terminal one line is written again and again, with an estimate of the time that is left.
    """

    def __init__(self) -> None:
        self._started = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Take note that `done` of `total` documents are indexed."""
        if total < _WORTH_SHOWING:
            return
        if done == 1:
            self._started = time.monotonic()
        if sys.stderr.isatty():
            left = (time.monotonic() - self._started) / done * (total - done)
            words = f"indexing: {done} of {total} documents, about {left:.0f} s left" if done < total else ""
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)
        elif done == 1:
            click.echo(f"indexing {total} documents", err=True)


index_progress = IndexProgress()
