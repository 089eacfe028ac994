"""List the files to read in the files and folders that a user names, with a reason for every skipped entry.

A path that the user names is always tried, so that a wrong name gives an error. A file found in a folder is skipped,
with a reason, if it cannot be a document.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reinspect.reading.formats.limits import LARGEST_FILE, SUFFIXES
from reinspect.reading.sanitise import safe_line
from reinspect.regular_files import NOT_A_FILE

DEEPEST = 32
"""Greatest depth of nested folders that are searched."""


class FolderEntry(NamedTuple):
    """A file to read, or a skipped file or folder.

    `skipped` is the reason for skipping it, and None for a file to read.
    """

    path: Path
    skipped: str | None = None


def walk(paths: Iterable[Path]) -> list[FolderEntry]:
    """Return every file in the given files and folders once, including the files that are skipped.

    The files of a folder are in sorted order. A path that cannot be opened is returned as a file to read, because
    reading the file reports the error.
    """
    found = [
        (_real_path(entry.path), entry)
        for path in paths
        for entry in (_entries(path, _real_path(path), depth=1) if _can_list(path) else [FolderEntry(path)])
    ]
    # A file that is skipped in a folder is still read if it is named.
    to_read = {real for real, entry in found if entry.skipped is None}
    kept = ((real, entry) for real, entry in found if entry.skipped is None or real not in to_read)
    entries: dict[str, FolderEntry] = {}
    for real, entry in kept:
        entries.setdefault(real, entry)
    return list(entries.values())


def _entries(folder: Path, root: str, depth: int) -> Iterator[FolderEntry]:
    """Yield the files of a folder and of its subfolders, down to a depth of `DEEPEST`.

    `root` is the real path of the folder where the search began.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield FolderEntry(folder, f"a folder that could not be opened: {error.strerror or error}")
        return
    for entry in entries:
        path = folder / entry.name
        if _is_hidden(entry.name):
            yield FolderEntry(path, "hidden")
        elif entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST:
                yield from _entries(path, root, depth + 1)
            else:
                yield FolderEntry(path, f"more than {DEEPEST} folders deep")
        else:
            yield FolderEntry(path, _skip_reason(path, root))


def _skip_reason(path: Path, root: str) -> str | None:
    """Return the reason to skip a file found in the folder `root`, or None if the file can be read."""
    try:
        if path.is_symlink() and (reason := _link_skip_reason(path, root)):
            return reason
        status = path.stat()
    except OSError as error:
        return f"could not be opened: {error.strerror or error}"
    if not stat.S_ISREG(status.st_mode):
        return NOT_A_FILE
    if path.suffix.lower() not in SUFFIXES:
        return f"unknown file type ({safe_line(path.suffix) or 'no suffix'})"
    return f"larger than {LARGEST_FILE // 1_000_000} MB" if status.st_size > LARGEST_FILE else None


def _link_skip_reason(path: Path, root: str) -> str | None:
    """Return the reason not to follow a symbolic link, or None if the link leads to a file in the folder `root`."""
    if not Path(_real_path(path)).is_relative_to(root):
        return "a link to outside the folder"
    if path.is_dir():
        return "a link to a folder"
    return None if path.exists() else "a link to a missing file"


def _is_hidden(name: str) -> bool:
    """Return whether a file is hidden or a temporary file of Word: ".git", "~$report.docx"."""
    return name.startswith((".", "~$"))


def _can_list(path: Path) -> bool:
    """Return whether a path is a folder whose entries can be listed."""
    try:
        return path.is_dir() and os.access(path, os.R_OK | os.X_OK)
    except (OSError, ValueError):  # ValueError: a name with a NUL character
        return False


def _real_path(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)
