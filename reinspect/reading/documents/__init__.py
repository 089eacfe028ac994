"""Document types: pages of safe text -> a Reading. One module for each type, each with one function `read`.

    focused_visit_letter   a letter after an ungraded visit
    graded_report          an inspection report that prints judgements
    coverage               a press article or council news item about an inspection
    other                  everything else: only its text is kept

To add a type, write a module with

    def read(source: DocumentText) -> Reading | None

that returns None where the document is not of its type, and list it in `_TYPES`. The types are tried in that order, so
put it before types with weaker evidence; `other` accepts everything and stays last. `docs/adding-a-document-type.md`
has the details.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from reinspect import READER
from reinspect.model import Document, Reading
from reinspect.reading.document_text import DocumentText
from reinspect.reading.documents import coverage, focused_visit_letter, graded_report, other

_TYPES: tuple[Callable[[DocumentText], Reading | None], ...] = (
    focused_visit_letter.read,
    graded_report.read,
    coverage.read,
    other.read,
)


def read_pages(pages: Sequence[str], *, sha256: str, title: str, file: str, warnings: Sequence[str] = ()) -> Reading:
    """Return the Reading of a document's pages, made by the first type that recognises it.

    `warnings` are those of the file format; those of the type are added. The same pages always give the same Reading:
    apart from them only the names of authorities and the framework files are used (design.md 4).
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
    source = DocumentText.from_pages(document, file, tuple(pages))
    reading = next(reading for read in _TYPES if (reading := read(source)) is not None)
    all_warnings = tuple(dict.fromkeys((*warnings, *reading.document.warnings)))
    return msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, warnings=all_warnings))
