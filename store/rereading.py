"""Read stored pages again with the present version of the reader, for example after an update of the program."""

from __future__ import annotations

import re

from reinspect.model import Document, Reading

_FILE_WARNING = re.compile(r"pages? \d(?!.* other papers follow)")


def reread_document(document: Document, pages: tuple[str, ...]) -> Reading:
    """Return the facts and passages that the reader finds in the stored pages of a document."""
    from reinspect.reading.documents import read_pages

    # A shipped digest is read from its own file, which gives the strand of each note.
    if document.kind == "digest":
        from reinspect.digests import digests

        for digest in digests():
            if digest.document.sha256 == document.sha256 and digest.pages == pages:
                return digest
    return read_pages(
        pages,
        sha256=document.sha256,
        title=document.title,
        file=document.source,
        warnings=document.file_warnings or _old_file_warnings(document),
        doubtful_pages=document.doubtful_pages,
    )


def _old_file_warnings(document: Document) -> tuple[str, ...]:
    """Return the warnings that came up when the file was opened, from a row that does not list them apart."""
    # Early stores of reader 1.2 had one list of all warnings. Those on the file begin with their pages, and so does one
    # on the text.
    return tuple(warning for warning in document.warnings if _FILE_WARNING.match(warning))
