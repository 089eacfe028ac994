"""Recognise the type of a document and read its facts. Each type is one module with one function `read`.

    area_send_report       a report on an area's provision for special educational needs and disabilities
    joint_inspection_letter   a letter of several inspectorates to all partners of an area
    focused_visit_letter   a letter after an ungraded visit
    graded_report          an inspection report that prints judgements
    coverage               a press article or council news item about an inspection
    other                  everything else: only its text is kept

`packs` finds the reports and letters in a file that holds other papers too.

To add a type, write a module with

    def read(source: DocumentText) -> Reading | None

that returns None where the document is not of its type, and list the module in `_TYPES`. The types are tried in that
order, so put the new one before types that accept more documents; `other` accepts everything and stays last.
`docs/development/adding-a-document-type.md` has the details.

A Reading depends only on the pages, the names of authorities and the framework files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from reinspect import READER
from reinspect.model import Document, Reading
from reinspect.reading.document_text import DocumentText
from reinspect.reading.documents import (
    area_send_report,
    coverage,
    focused_visit_letter,
    graded_report,
    joint_inspection_letter,
    other,
)
from reinspect.reading.documents.packs import split_documents
from reinspect.reading.formats.pdf_rules import RuledCell

_OFFICIAL: tuple[Callable[[DocumentText], Reading | None], ...] = (
    area_send_report.read,
    joint_inspection_letter.read,
    focused_visit_letter.read,
    graded_report.read,
)
_TYPES = (*_OFFICIAL, coverage.read, other.read)


def _read_one(source: DocumentText) -> tuple[Reading, list[str]]:
    """Read the first report or letter of a file, or else all of it; return the Reading and what is left out."""
    for document, left_out in split_documents(source):
        for read in _OFFICIAL:
            if (reading := read(document)) is not None:
                return reading, left_out
    return next(reading for read in _TYPES if (reading := read(source)) is not None), []


def read_pages(
    pages: Sequence[str],
    *,
    sha256: str,
    title: str,
    file: str,
    warnings: Sequence[str] = (),
    doubtful_pages: Sequence[int] = (),
    find_cells: Callable[[], tuple[RuledCell, ...]] = tuple,
) -> Reading:
    """Recognise the type of a document from its pages, and return its Reading: its text, facts and passages.

    `warnings` come from extracting the pages from the file, and `doubtful_pages` are the pages (from 1) whose text may
    be incomplete. Both are kept in the document of the Reading, and a later reading of its pages needs them again.
    `find_cells` finds the cells of ruled tables in the file; a document type that needs them lays them out in the pages
    of its Reading, so that these pages alone give the same Reading again.
    """
    document = Document(
        sha256=sha256,
        kind="other",
        title=title,
        source=file,
        pages=len(pages),
        reader=READER,
        warnings=tuple(warnings),
        file_warnings=tuple(warnings),
        doubtful_pages=tuple(doubtful_pages),
    )
    source = DocumentText.from_pages(document, file, tuple(pages), find_cells)
    reading, left_out = _read_one(source)
    all_warnings = tuple(dict.fromkeys((*warnings, *reading.document.warnings, *left_out)))
    words = sum(len(page.split()) for page in reading.pages)
    changed = msgspec.structs.replace(reading.document, warnings=all_warnings, words=words)
    return msgspec.structs.replace(reading, document=changed)
