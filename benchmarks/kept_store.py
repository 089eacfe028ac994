"""A store with all reports of a folder, built once and kept in the system's temporary folder for later runs."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from reinspect import READER
from reinspect.reading.worker_pool import read_files
from store import Store
from tests.making.report_folder import make_reports

INVENTED = 60


def folder_of_reports(folder: Path | None) -> Path:
    """Return the folder if it exists, otherwise a folder of invented reports (made on first use)."""
    if folder and folder.is_dir():
        return folder
    invented = Path(tempfile.gettempdir()) / f"reinspect-benchmark-papers-{READER}"
    return invented if invented.is_dir() else make_reports(invented, INVENTED)


def kept_store(folder: Path) -> Path:
    """Return the folder of a store with the shipped record, the reports of `folder`, and their phrase index."""
    key = hashlib.sha256(f"{folder.resolve()} {READER}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"reinspect-benchmark-store-{key}"
    complete = kept / "whole"
    if not complete.exists():
        store = Store.open(kept)
        store.add(read_files(sorted(folder.rglob("*.pdf")), jobs=2))
        store.index()
        complete.touch()
    return kept
