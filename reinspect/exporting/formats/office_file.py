"""Safe text for Word and Excel files, and the same bytes for the same content."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# XML 1.0 allows no other characters.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROPERTIES = "docProps/core.xml"
_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def xml_text(text: str) -> str:
    """Return the text with a replacement character for each character that XML does not allow."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def without_clock(data: bytes) -> bytes:
    """Return a Word or Excel file without the time of its making, so that the same content gives the same bytes."""
    output = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(output, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            info = ZipInfo(name, _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, _DATES.sub(b"", part) if name == _PROPERTIES else part)
    return output.getvalue()
