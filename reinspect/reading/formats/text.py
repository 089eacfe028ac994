"""Read plain text files; form feeds divide the text into pages."""

from __future__ import annotations

import codecs
import re

from reinspect.errors import UnreadableError

_MARKED_LINE = re.compile(r"^(?:#{1,6} +\S|\*\*\S.*\*\*)", re.MULTILINE)
_FEWEST_MARKED_LINES = 2
"""Number of lines with Markdown marks from which a plain text counts as Markdown."""
_MARKS = re.compile(r"^#{1,6} +|\*\*", re.MULTILINE)

_DAMAGED = "\N{REPLACEMENT CHARACTER}"


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the pages of a plain text file, which form feeds divide, and an empty list of warnings.

    Markdown marks are removed from the text.

    Raises:
        UnreadableError: the file is binary.
    """
    text = decode(data).removesuffix("\f")
    if len(_MARKED_LINE.findall(text)) >= _FEWEST_MARKED_LINES:
        text = _MARKS.sub("", text)
    return text.split("\f"), []


def decode(data: bytes) -> str:
    """Decode bytes as UTF-16 (if they start with a byte order mark), as UTF-8, or else as Windows-1252.

    A few damaged bytes do not make a UTF-8 text one of Windows-1252: each of them becomes U+FFFD.

    Raises:
        UnreadableError: the bytes are binary, not text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise UnreadableError("a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = data.decode("utf-8-sig", errors="replace")
        damaged = decoded.count(_DAMAGED)
        whole = sum(not letter.isascii() for letter in decoded) - damaged
        return decoded if whole > damaged else data.decode("cp1252", errors="replace")
