"""Files as readings for a command: in worker processes, with progress for whoever watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reinspect.model import Reading

MISSING = 2
"""Exit code where no path that was named exists: most likely a slip of the keyboard."""

SOME_FAILED = 3
"""Exit code where one file or more could not be read, and the others were."""


def readings(files: Sequence[Path], jobs: int | None = None, *, quiet: bool = False) -> Iterator[Reading]:
    """A reading of each file, in their order; a bar on stderr where that is a terminal and the files are many."""
    from reinspect.reading.worker_pool import read_files
    from store.file_import import usual_jobs

    found = read_files(files, jobs=jobs or usual_jobs())
    if quiet or len(files) < 2 or not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(found, length=len(files), label="reading", file=sys.stderr) as bar:
        yield from bar
