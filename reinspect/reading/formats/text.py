"""Plain text: one page, or as many as form feeds divide it into."""

from __future__ import annotations

import codecs

from reinspect.errors import UnreadableError


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """Pages and warnings of a plain text file; raises UnreadableError for a binary one."""
    pages = decode(data).removesuffix("\f").split("\f")
    return pages, []


def decode(data: bytes) -> str:
    """Text of UTF-8 or UTF-16 bytes (the latter by its mark), else of Windows-1252, which any bytes can be.

    Raises UnreadableError for bytes that are no text in any of them.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise UnreadableError("a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
