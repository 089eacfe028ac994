"""What a store must offer so that questions can be asked of it.

`store.Store` is one implementation. Tests have a smaller one in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reinspect.model import Inspection, Passage, Pin, StoredDocument, Verdict
    from reinspect.phrases.index.index import Index


class HasInspections(Protocol):
    """Anything that lists inspections."""

    def inspections(self, authority: str | None = None, /) -> list[Inspection]:
        """Return the inspections of one authority (its slug), or all, by authority and date."""


class Holdings(HasInspections, Protocol):
    """Stored inspections with the documents they rest on."""

    @property
    def revision(self) -> int:
        """A number that grows with every change."""

    def inspection(self, identifier: str, /) -> Inspection:
        """Return the inspection with that id. Raises NotFoundError."""

    def stored_documents(self) -> list[StoredDocument]:
        """Return every stored document."""

    def document(self, identifier: str, /) -> StoredDocument:
        """Return the document with that sha256, or the only one whose sha256 starts so. Raises NotFoundError."""

    def pages(self, sha256: str, /) -> tuple[str, ...]:
        """Return the page texts of a document. Raises NotFoundError."""

    def passages(self, sha256: str, /) -> tuple[Passage, ...]:
        """Return the passages of a document. Raises NotFoundError."""

    def primary_texts(self) -> dict[str, str]:
        """Return the sha256 of each inspection's primary text, by inspection id."""

    def searchable(self) -> frozenset[str]:
        """Return the sha256 of every document whose words a search may find."""

    def index(self) -> Index:
        """Return the phrase index of the searchable documents."""

    def pins(self) -> tuple[Pin, ...]:
        """Return the pins in the basket, in their order."""

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return people's verdicts on follow-through steps."""
