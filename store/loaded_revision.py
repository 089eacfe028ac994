"""One revision of the catalogue in memory. Its rows are decoded when they are first asked for.

Inspections that an earlier command put together are kept in a cache. With them a list of all inspections needs no row
of the catalogue:

    loaded = LoadedRevision.read(folder, data)   # `data` is the contents of the catalogue file
    loaded.inspections()                         # taken from the cache, if it belongs to this revision
    loaded.catalogue                             # decodes all rows
"""

from __future__ import annotations

import threading
from pathlib import Path

from reinspect.errors import StoreCorruptError
from reinspect.model import Inspection
from store.caches import inspections_path, read_beginning, save_answer, view_answer
from store.catalogue import Catalogue, ShippedVersion, decode_rows
from store.checksum import HEAD_LENGTH, ChecksumError, require_checksum
from store.kept_inspections import CatalogueSummary, decode_inspections, decode_summary, encode_inspections
from store.storage import CATALOGUE, paused_garbage_collection, remedy

# To put fewer together takes no longer than to read them from the disk.
_MANY_INSPECTIONS = 100
# It has 1 KB, with 100 bytes for each of our own notes on inspections.
_LONGEST_SUMMARY = 50_000


class LoadedRevision:
    """One revision of the catalogue of the store in `folder`. All methods may be called from any thread.

    `head` is the beginning of its file, up to the checksum; no other revision has the same. `revision` is its number,
    0 for a new store.
    """

    def __init__(self, folder: Path, head: bytes, revision: int, catalogue: Catalogue | None) -> None:
        self.head = head
        self.revision = revision
        self._folder = folder
        self._catalogue = catalogue
        self._data = b""
        self._summary: CatalogueSummary | None = None
        self._lock = threading.Lock()

    @classmethod
    def read(cls, folder: Path, data: bytes) -> LoadedRevision | None:
        """Return the revision in the contents of a catalogue file.

        Returns None for damaged data, for an invalid row and for another format; `store.tables.read_catalogue` says
        which of these it is.
        """
        try:
            require_checksum(data)
        except ChecksumError:
            return None
        head = data[:HEAD_LENGTH]
        if summary := decode_summary(read_beginning(inspections_path(folder), _LONGEST_SUMMARY), head):
            loaded = cls(folder, head, summary.revision, None)
            loaded._data, loaded._summary = data, summary
            return loaded
        decoded = decode_rows(data)
        return cls(folder, head, *decoded) if decoded else None

    @property
    def shipped(self) -> ShippedVersion | None:
        """The version of the shipped data in the store; None for a new store."""
        return self._summary.shipped if self._summary else self.catalogue.shipped

    @property
    def catalogue(self) -> Catalogue:
        """The rows of all tables.

        Raises:
            StoreCorruptError: a row is invalid, although it was valid when the inspections were put together.
        """
        with self._lock:
            if self._catalogue is None:
                decoded = decode_rows(self._data)
                if decoded is None:
                    path = self._folder / CATALOGUE
                    raise StoreCorruptError(f"{path}: the store's catalogue has an invalid row. {remedy(path)}")
                self._catalogue, self._data = decoded[1], b""
            return self._catalogue

    def inspections(self, authority: str | None = None) -> list[Inspection]:
        """Return the inspections of one authority (a slug) or of all, sorted by authority and date.

        All of them, if they are many, are kept for later commands.
        """
        if authority is not None:
            return self.catalogue.reconciled_inspections(authority)
        if self._catalogue is None and (kept := self._kept_inspections()):
            return kept
        if self.catalogue.unreconciled >= _MANY_INSPECTIONS:
            if kept := self._kept_inspections():
                self.catalogue.take_reconciled(kept)
            else:
                self._keep_inspections()
        return self.catalogue.reconciled_inspections()

    def _kept_inspections(self) -> list[Inspection] | None:
        """Return the inspections in the cache, or None if there are none of this revision."""
        return decode_inspections(view_answer(inspections_path(self._folder)), self.head)

    def _keep_inspections(self) -> None:
        summary = CatalogueSummary(self.revision, self.catalogue.shipped)
        with paused_garbage_collection():
            data = encode_inspections(self.catalogue.reconciled_inspections(), self.head, summary)
        save_answer(self._folder, inspections_path(self._folder), data)
