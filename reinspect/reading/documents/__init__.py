"""Document types: pages of safe text in, a Reading out. One module a type, each with one function `read`.

A type looks at the pages and gives its Reading, or None where the document is not of its type. They are asked in
the order of `_TYPES`; the last one takes what no other recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from reinspect import READER
from reinspect.model import Document, Reading
from reinspect.reading.documents import coverage, focused_visit_letter, graded_report, other
from reinspect.reading.source import PageText

_TYPES: tuple[Callable[[PageText], Reading | None], ...] = (
    focused_visit_letter.read,
    graded_report.read,
    coverage.read,
    other.read,
)


def read_pages(pages: Sequence[str], *, sha256: str, title: str, file: str, warnings: Sequence[str] = ()) -> Reading:
    """What a document's pages say, by the first type that knows it.

    The same pages give the same Reading: nothing else is consulted but the names of authorities (design.md 4).
    """
    document = Document(
        sha256=sha256,
        kind="other",
        title=title,
        source=file,
        pages=len(pages),
        words=sum(len(page.split()) for page in pages),
        reader=READER,
        warnings=tuple(warnings),
    )
    source = PageText.of(document, file, tuple(pages))
    reading = next(found for kind in _TYPES if (found := kind(source)) is not None)
    noticed = tuple(dict.fromkeys((*warnings, *reading.document.warnings)))
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, warnings=noticed))
