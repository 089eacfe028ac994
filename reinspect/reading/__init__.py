"""Read a file of any supported format and document type into a `Reading`: its text, facts and passages.

    formats/          a file -> pages of safe text
    layout/           pages -> printed lines -> blocks (headings, paragraphs, list items)
    document_text.py  the pages and lines of one document
    fields/           lines and blocks -> facts (judgements, dates, improvements, topics, passages)
    documents/        one module for each document type, from pages to a `Reading`

Each folder imports only from folders above it in this list. `worker_pool` reads many files in processes with limits
(`worker`), `folders` lists the files of a folder, `sanitise` makes text safe to show, `dates` reads printed dates, and
`vocabulary` has the English words that the program knows. `framework_explanation` says why a framework was chosen.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from reinspect import READER
from reinspect.errors import UnreadableError
from reinspect.model import Document, Reading
from reinspect.reading.sanitise import safe_line


def read_file(path: Path) -> Reading:
    """Read one file and return its text, facts and passages.

    A file that cannot be read gives a Reading of kind "unreadable", with the reason. Time and memory are not limited:
    use `reinspect.reading.worker_pool.read_files` for files that may be damaged or hostile.
    """
    from reinspect.reading.documents import read_pages
    from reinspect.reading.formats import extract

    file = safe_line(str(path))
    try:
        extracted = extract(path)
    except UnreadableError as error:
        return make_unreadable_reading(path, str(error))
    return read_pages(
        extracted.pages,
        sha256=extracted.sha256,
        title=extracted.title,
        file=file,
        warnings=extracted.warnings,
        doubtful_pages=extracted.doubtful_pages,
        find_cells=extracted.find_cells,
    )


def make_unreadable_reading(path: Path, reason: str) -> Reading:
    """Return the Reading of a file that could not be read, with the reason.

    The `sha256` of its document is empty if the file cannot be opened.
    """
    from reinspect.reading.formats import file_bytes

    try:
        sha256 = hashlib.sha256(file_bytes(path)).hexdigest()
    except UnreadableError:
        sha256 = ""
    file = safe_line(str(path))
    document = Document(
        sha256=sha256, kind="unreadable", title=safe_line(path.stem), source=file, pages=0, reader=READER
    )
    return Reading(file=file, document=document, reason=reason)
