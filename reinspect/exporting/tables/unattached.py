"""The table of documents that belong to no inspection."""

from __future__ import annotations

from collections.abc import Iterable

from reinspect.exporting.citation import source_name
from reinspect.exporting.sheets.unattached import BY_HAND
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text
from reinspect.model import Authority, StoredDocument

_Row = tuple[StoredDocument, Authority | None]


def unattached_table(documents: Iterable[_Row]) -> TidyTable:
    """Return a row for each document."""
    return tabulate("unattached", "one document that belongs to no inspection", _UNATTACHED, documents)


_UNATTACHED: Fields[_Row] = (
    text("document", "SHA-256 of the file", lambda row: row[0].document.sha256),
    text("title", "title of the document", lambda row: row[0].document.title),
    text("kind", "report, letter, coverage, digest or other", lambda row: row[0].document.kind),
    text("file", "name or web address of the file", lambda row: source_name(row[0].document.source)),
    text("authority", "name of the authority that it is about, if known", lambda row: row[1].name if row[1] else None),
    text("reason", "why it belongs to no inspection", lambda row: row[0].reason or BY_HAND),
    text("candidates", "ids of possible inspections, with ; between them", lambda row: "; ".join(row[0].candidates)),
)
