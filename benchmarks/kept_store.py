"""The store that benchmarks of comparing run on: all reports of a folder, added once and kept as a temporary folder.

Where there is no folder of reports, those are read that are written for the tests.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from benchmarks.store_faults import papers
from reinspect import READER
from reinspect.reading.worker_pool import read_files
from store import Store

WRITTEN = 60


def folder_of_reports(folder: Path | None) -> Path:
    """The folder if it is there, else one of reports written for the tests."""
    if folder and folder.is_dir():
        return folder
    written = Path(tempfile.gettempdir()) / f"reinspect-benchmark-papers-{READER}"
    return written if written.is_dir() else papers(written, WRITTEN)


def kept_store(folder: Path) -> Path:
    """The folder of a store of the shipped record and the reports under `folder`, its index made."""
    key = hashlib.sha256(f"{folder.resolve()} {READER}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"reinspect-benchmark-store-{key}"
    if not (kept / "whole").exists():
        store = Store.open(kept)
        store.add(read_files(sorted(folder.rglob("*.pdf")), jobs=2))
        store.index()
        (kept / "whole").touch()
    return kept
