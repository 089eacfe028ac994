"""Answer "which documents belong to no inspection, and why?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_with_slug
from reinspect.model import Authority, StoredDocument

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class UnattachedList(Answer, frozen=True, kw_only=True):
    """The documents that belong to no inspection, each with the authority that it is about, if that is known."""

    documents: tuple[tuple[StoredDocument, Authority | None], ...]

    def sheet(self) -> Sheet:
        """Return a page with a line for each document."""
        from reinspect.exporting.sheets.unattached import unattached_sheet

        return unattached_sheet(self.documents)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each document."""
        from reinspect.exporting.records import unattached_record

        return [unattached_record(stored, authority) for stored, authority in self.documents]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return one table: a row for each document."""
        from reinspect.exporting.tables.unattached import unattached_table

        return (unattached_table(self.documents),)


def list_unattached(holdings: Holdings, authority: Authority | None = None) -> UnattachedList:
    """Return the documents that belong to no inspection: those about one authority, or all, sorted by authority."""
    slug = authority.slug if authority else None
    found = [
        (stored, authority_with_slug(stored.authority) if stored.authority else None)
        for stored in holdings.stored_documents()
        if stored.inspection is None and slug in {None, stored.authority}
    ]

    def key(row: tuple[StoredDocument, Authority | None]) -> tuple[str, str, str]:
        stored, about = row
        return about.name if about else "", stored.document.title, stored.document.sha256

    return UnattachedList(documents=tuple(sorted(found, key=key)))
