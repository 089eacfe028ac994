"""Plain text: one page, or as many as form feeds divide it into."""

from __future__ import annotations

import codecs
import re

from reinspect.errors import UnreadableError

_MARKED = re.compile(r"^(?:#{1,6} +\S|\*\*\S.*\*\*)", re.MULTILINE)
_MARKED_LINES = 2
"""Lines with marks of Markdown that show that a plain text was written in it."""
_MARKS = re.compile(r"^#{1,6} +|\*\*", re.MULTILINE)


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """Pages and warnings of a plain text file; raises UnreadableError for a binary one."""
    text = decode(data).removesuffix("\f")
    if len(_MARKED.findall(text)) >= _MARKED_LINES:
        text = _MARKS.sub("", text)
    return text.split("\f"), []


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
