"""The store behind the app: opened in a thread after the first paint, and watched for changes by other programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reinspect.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import date

    from reinspect.answers import Library
    from reinspect.model import Pin
    from store import Store


class StoreHandle:
    """One store, opened once. Its methods may be called from any thread."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._store: Store | None = None
        self._library: Library | None = None
        self._content: object = None
        self._version = 0

    def open(self) -> None:
        """Open the store; the first run creates it from the shipped record.

        Raises:
            ReinspectError: another process locks the store, or it is damaged or newer than this program.
        """
        from reinspect.answers import Library

        self._store = self._open_store()
        self._library = Library(self._store)

    @property
    def is_open(self) -> bool:
        """True once the store can be used."""
        return self._library is not None

    @property
    def store(self) -> Store:
        """The store, to change it. Raises NotFoundError before it is open."""
        if self._store is None:
            raise NotFoundError("The store is not open.")
        return self._store

    @property
    def library(self) -> Library:
        """The store, to ask questions of it. Raises NotFoundError before it is open."""
        if self._library is None:
            raise NotFoundError("The store is not open.")
        return self._library

    def as_of(self) -> date:
        """Return the day up to which the record is complete: the shipped one, while the store is not open."""
        from reinspect.record import record

        return (self._store.record_date if self._store else None) or record().as_of

    def refresh(self) -> bool:
        """Load what another process has written; return True if there was anything."""
        return self._store is not None and self._store.refresh()

    def version(self) -> int:
        """Return a number that grows when inspections, documents, verdicts or themes change; pins do not count."""
        store = self.store
        content = (store.inspections(), store.stored_documents(), store.verdicts(), store.theme_corrections())
        if content != self._content:
            self._content, self._version = content, self._version + 1
        return self._version

    def pin(self, pin: Pin) -> tuple[int, bool]:
        """Put a pin in the basket; return its number there, and True if it was not there before."""
        count = len(self.store.pins())
        number = self.store.basket.add(self.library.cite(pin))
        return number, number > count

    def next_undo(self) -> tuple[str, int]:
        """Return the change that `undo` would take back, in words, and how many documents it concerns."""
        self.store.refresh()
        return self.store.next_undo()
