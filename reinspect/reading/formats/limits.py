"""The largest file that is read, and the file types that are supported."""

from __future__ import annotations

LARGEST_FILE = 100_000_000
"""Bytes of the largest file that is read."""
MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000

SUFFIXES = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text"}
"""The format of files with each suffix."""
