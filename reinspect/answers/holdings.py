"""The interface of a store, so that questions can be asked of any implementation.

`store.Store` is one implementation. Tests have a smaller one in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from reinspect.model import Inspection, Passage, Pin, StoredDocument, ThemeCorrection, Verdict
    from reinspect.phrases.index.index import Index


class HasInspections(Protocol):
    """The interface of anything that lists inspections."""

    def inspections(self, authority: str | None = None, /) -> list[Inspection]:
        """Return the inspections of one authority (its slug), or all, sorted by authority and date."""


class Holdings(HasInspections, Protocol):
    """The interface of a store of inspections and their documents."""

    @property
    def revision(self) -> int:
        """A number that grows whenever the store changes."""

    @property
    def record_date(self) -> date | None:
        """The day up to which the record of inspections is complete; None if there is no such record."""

    def inspection(self, identifier: str, /) -> Inspection:
        """Return the inspection with this id.

        Raises:
            NotFoundError: there is no such inspection.
        """

    def stored_documents(self) -> list[StoredDocument]:
        """Return all stored documents."""

    def document(self, identifier: str, /) -> StoredDocument:
        """Return the document whose sha256 is, or begins with, `identifier`.

        Raises:
            NotFoundError: no document matches, or several.
        """

    def pages(self, sha256: str, /) -> tuple[str, ...]:
        """Return the text of each page of a document.

        Raises:
            NotFoundError: there is no such document.
        """

    def passages(self, sha256: str, /) -> tuple[Passage, ...]:
        """Return the passages (paragraphs, headings and list items) of a document.

        Raises:
            NotFoundError: there is no such document.
        """

    def primary_texts(self) -> dict[str, str]:
        """Return a dict from inspection id to the sha256 of its main document (the report or letter)."""

    def searchable(self) -> frozenset[str]:
        """Return the sha256 of every document that searches look at."""

    def index(self) -> Index:
        """Return the search index of the searchable documents."""

    def pins(self) -> tuple[Pin, ...]:
        """Return the quotes, table rows and phrases saved in the basket, in order."""

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return people's reviews of what became of recommendations."""

    def kept_steps(self, inspection: str, /) -> bytes | None:
        """Return the steps of follow-through that were kept for the text of an inspection (its id), or None."""

    def keep_steps(self, inspection: str, data: bytes, /) -> None:
        """Keep the steps of follow-through for the text of an inspection, if that is possible."""

    def kept_phrases(self, key: str, /) -> bytes | None:
        """Return the recurring phrases that were kept under a key, or None."""

    def keep_phrases(self, key: str, data: bytes, /) -> None:
        """Keep recurring phrases under a key, if that is possible."""

    def theme_corrections(self) -> tuple[ThemeCorrection, ...]:
        """Return people's decisions on what improvements are about."""
