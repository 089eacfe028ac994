"""What the panes may ask of the store and of the domain.

Every answer here may take a while: the screen calls these in threads, after the first paint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect.errors import NotFoundError
from reinspect.model import Authority, Evidence, Inspection, Passage

if TYPE_CHECKING:
    from reinspect.authorities import Authorities
    from reinspect.comparing.comparison import Comparison
    from reinspect.comparing.timeline import Timeline
    from reinspect.phrases import Hit
    from store import Addition, HeldDocument, Store


_MOST_HITS = 100


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A held document, opened at a place: its title, the citation of the place, its pages and its passages."""

    title: str
    citation: str
    evidence: Evidence
    pages: tuple[str, ...]
    passages: tuple[Passage, ...] = ()


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs: in how many inspections, how often in all, and in which years."""

    phrase: str
    inspections: int
    count: int
    years: tuple[int, ...]


class PlacedHit(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that was found, and its citation."""

    hit: Hit
    citation: str


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of the words `sought`, or, where none were, what recurs.

    `authority` is the one that was searched, None where all were. `texts` are the documents searched, `in_texts` those
    with a hit; `total` counts sentences, of which `hits` are the best.
    """

    sought: str
    authority: Authority | None
    texts: int
    in_texts: int = 0
    total: int = 0
    hits: tuple[PlacedHit, ...] = ()
    recurring: tuple[Recurring, ...] = ()


class Library:
    """Questions about inspections, answered from one store that is opened once.

    The store may be asked from any thread, so these may be too.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._opened: Store | None = None

    def open(self) -> None:
        """Open the store; creates it from the shipped record at the first run.

        Raises:
            ReinspectError: the store is held by another process, damaged or newer than this program.
        """
        self._opened = self._open_store()

    @property
    def is_open(self) -> bool:
        """Whether there is a store to ask."""
        return self._opened is not None

    @property
    def _store(self) -> Store:
        if self._opened is None:
            raise NotFoundError("The store is not open.")
        return self._opened

    def changed(self) -> bool:
        """Whether another process has written to the store since it was last asked."""
        return self._opened is not None and self._opened.refresh()

    def authorities(self) -> Authorities:
        """All authorities of the record."""
        from reinspect.authorities import authorities

        return authorities()

    def authority(self, slug: str) -> Authority:
        """One authority; one that the record does not know keeps its slug for a name."""
        return self.authorities().by_slug(slug) or Authority(slug=slug, name=slug, urn="", la_code="")

    def as_of(self) -> date:
        """The day up to which the shipped record is complete."""
        from reinspect.facts import record

        return record().as_of

    def first_authority(self) -> str | None:
        """Where to begin: the authority with the most documents, for there is most to see; else the first by name."""
        held = Counter(document.authority for document in self._store.held_documents() if document.authority)
        if held:
            return max(sorted(held), key=lambda slug: held[slug])
        everyone = self.authorities().all()
        return everyone[0].slug if everyone else None

    def inspections(self, authority: str | None = None) -> list[Inspection]:
        """Settled inspections of an authority, or of all, in the order of time."""
        return self._store.inspections(authority)

    def timeline(self, authority: str) -> Timeline:
        """The history of an authority."""
        from reinspect.comparing.timeline import timeline

        return timeline(self.authority(authority), self.inspections(authority))

    def compare(self, a: Inspection, b: Inspection) -> Comparison:
        """Two inspections side by side, with the passages of their reading texts where both are held."""
        from reinspect.comparing.comparison import compare

        return compare(
            a, b, self._passages(a), self._passages(b), (self.authority(a.authority), self.authority(b.authority))
        )

    def phrases(self, sought: str, authority: str | None) -> Phrases:
        """What an authority's texts, or all texts, say in these words; with no words, what recurs in them."""
        from reinspect.phrases import Selection

        index, searchable = self._store.index(), self._store.searchable()
        texts = {
            held.document.sha256: held
            for held in self._store.held_documents()
            if held.document.sha256 in searchable and authority in (None, held.authority)
        }
        within = Selection(documents=frozenset(texts))
        searched = self.authority(authority) if authority else None
        if not sought:
            return Phrases(sought="", authority=searched, texts=len(texts))
        found = index.search(sought, within, limit=_MOST_HITS, prefix=True)
        hits = (
            PlacedHit(hit=hit, citation=self._cited(texts[hit.document], hit.passage.evidence)) for hit in found.hits
        )
        return Phrases(
            sought=sought,
            authority=searched,
            texts=len(texts),
            in_texts=len(found.by_document),
            total=found.total,
            hits=tuple(hits),
        )

    def source(self, evidence: Evidence) -> Source:
        """The document that holds a place, to be opened there.

        Raises:
            NotFoundError: the store no longer holds the document.
        """
        held = self._store.document(evidence.document)
        return Source(
            title=held.document.title,
            citation=self._cited(held, evidence),
            evidence=evidence,
            pages=self._store.pages(evidence.document),
            passages=self._store.passages(evidence.document),
        )

    def add(self, path: Path, tell: Callable[[int, int], None], stopped: Callable[[], bool]) -> list[Addition]:
        """Read a file or folder into the store and say what became of each file.

        `tell` is told how many files of how many are done, after each batch; the work ends early once `stopped`.
        """
        from reinspect.reading.folders import walk
        from tui.reading import in_batches, readings

        files = [found.path for found in walk([path]) if not found.skipped]
        additions: list[Addition] = []
        tell(0, len(files))
        for batch in in_batches(readings(files, quiet=True)):
            additions.extend(self._store.add(batch))
            tell(len(additions), len(files))
            if stopped():
                break
        return additions

    def _cited(self, held: HeldDocument, evidence: Evidence) -> str:
        from reinspect.exporting.citation import citation, place

        if held.inspection is None:
            return f"{held.document.title}, not attached to an inspection, {place(evidence.page, evidence.paragraph)}"
        inspection = self._store.inspection(held.inspection)
        return citation(inspection, self.authority(inspection.authority).name, evidence)

    def _passages(self, inspection: Inspection) -> tuple[Passage, ...]:
        return self._store.passages(inspection.reading_text) if inspection.reading_text else ()
