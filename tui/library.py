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
from reinspect.phrases.query import Found

if TYPE_CHECKING:
    from reinspect.authorities import Authorities
    from reinspect.comparing.comparison import Comparison
    from reinspect.comparing.timeline import Timeline
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.recurring import Order
    from store import Addition, HeldDocument, Store


_MOST_HITS = 100
_MOST_RECURRING = 60


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A held document, opened at a place: its title, the citation of the place, its pages and its passages."""

    title: str
    citation: str
    evidence: Evidence
    pages: tuple[str, ...]
    passages: tuple[Passage, ...] = ()


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of the words `sought`, or, where none were, what recurs.

    `authority` is the one that was searched, None where all were; `texts` is how many documents that came to and
    `searched` the same in words. `citations` has one for each hit.
    """

    sought: str
    authority: Authority | None
    texts: int
    searched: str
    found: Found = Found()
    citations: tuple[str, ...] = ()
    order: Order = "issues"
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

    def phrases(self, sought: str, authority: str | None, order: Order) -> Phrases:
        """What an authority's texts, or all texts, say in these words; with no words, what recurs in them.

        Every inspection is read in one text. Press coverage is searched and cited as such, but nothing of it recurs.
        """
        from reinspect.phrases import Selection
        from tui.choosing import in_words, texts
        from tui.commands.phrases import recurring
        from tui.commands.search import cited

        slugs = {authority} if authority else set()
        held = {each.document.sha256: each for each in texts(self._store, slugs)}
        searched = self.authority(authority) if authority else None
        if not sought:
            own = {
                sha256: each for sha256, each in held.items() if each.document.kind != "coverage" and each.inspection
            }
            return Phrases(
                sought="",
                authority=searched,
                texts=len(own),
                searched=in_words(own.values(), slugs, None, None),
                order=order,
                recurring=tuple(recurring(self._store, list(own), order=order, minimum=2, limit=_MOST_RECURRING)),
            )
        within = Selection(documents=frozenset(held), first=tuple(held))
        found = self._store.index().search(sought, within, limit=_MOST_HITS, prefix=True)
        return Phrases(
            sought=sought,
            authority=searched,
            texts=len(held),
            searched=in_words(held.values(), slugs, None, None),
            found=found,
            citations=tuple(cited(self._store, held[hit.document], hit) for hit in found.hits),
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
