"""Folders walked: which files to read, and a word on each that is passed over.

What a person names is always tried, so that a wrong name is an error that they see. Inside a folder nothing was named,
so what cannot be a document is passed over with a word.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reinspect.reading.formats import LARGEST_FILE, SUFFIXES
from reinspect.reading.sanitise import safe_line

DEEPEST = 32


class FolderEntry(NamedTuple):
    """A file to read, or one (or a folder) passed over for the reason in `skipped`."""

    path: Path
    skipped: str | None = None


def walk(paths: Iterable[Path]) -> list[FolderEntry]:
    """The files that these paths come to, each once: files as named, folders in sorted order.

    A path that cannot be looked into is among the files to read, whose reading then says what is wrong with it.
    """
    found: list[FolderEntry] = []
    seen: set[str] = set()
    for path in paths:
        for candidate in _inside(path) if _is_open_folder(path) else [FolderEntry(path)]:
            real = _real(candidate.path)
            if real not in seen:
                seen.add(real)
                found.append(candidate)
    return found


def _inside(root: Path) -> Iterator[FolderEntry]:
    yield from _entries(root, _real(root), depth=1)


def _entries(folder: Path, root: str, depth: int) -> Iterator[FolderEntry]:
    """What lies in a folder and below it. Recursion is bounded by DEEPEST, and no link to a folder is followed."""
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
            yield FolderEntry(path, _why_skipped(path, root))


def _why_skipped(path: Path, root: str) -> str | None:
    """Why a file inside the folder `root` is not to be read, or None."""
    try:
        if path.is_symlink() and (reason := _where_a_link_leads(path, root)):
            return reason
        about = path.stat()
    except OSError as error:
        return f"could not be opened: {error.strerror or error}"
    if not stat.S_ISREG(about.st_mode):
        return "a device or a pipe, not a file"
    if path.suffix.lower() not in SUFFIXES:
        return f"of a type not known here ({safe_line(path.suffix) or 'no suffix'})"
    return f"larger than {LARGEST_FILE // 1_000_000} MB" if about.st_size > LARGEST_FILE else None


def _where_a_link_leads(path: Path, root: str) -> str | None:
    """Why a link is not followed, or None where it leads to a file of the same folder."""
    if not Path(_real(path)).is_relative_to(root):
        return "a link that leads out of the folder"
    if path.is_dir():
        return "a link to a folder"
    return None if path.exists() else "a link to nothing"


def _is_hidden(name: str) -> bool:
    """Whether a name is of the system's or of Word's own making (".git", "~$report.docx")."""
    return name.startswith((".", "~$"))


def _is_open_folder(path: Path) -> bool:
    try:
        return path.is_dir() and os.access(path, os.R_OK | os.X_OK)
    except (OSError, ValueError):  # a name with a NUL in it is no name
        return False


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)
