"""What the panes may ask of the store and of the domain.

Every answer here may take a while: the screen calls these in threads, after the first paint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reinspect.errors import NotFoundError
from reinspect.model import Authority, Correction, Evidence, Inspection, Passage, Pin, StepId, Verdict
from tui.citing import cited
from tui.placed import ImportProgress, describe_results, skipped_file
from tui.source import OpenDocument

if TYPE_CHECKING:
    from reinspect.authorities import Authorities
    from reinspect.comparing.cohorts.changes import GradeChanges
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.comparing.cohorts.grades import CohortGrades
    from reinspect.comparing.comparison import Comparison
    from reinspect.comparing.followthrough.threads import Thread
    from reinspect.comparing.timeline import Timeline
    from reinspect.exporting.sheet import Sheet
    from reinspect.phrases import Searcher
    from store import Store
    from tui.app.widgets.page_layout import Span
    from tui.phrases import PhraseBook


class Library:
    """Questions about inspections, answered from one store that is opened once.

    The store may be asked from any thread, so these may be too.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._opened: Store | None = None
        self._searcher: Searcher | None = None
        self._compared: object = None
        self._basis = 0

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
        from reinspect.record import record

        return record().as_of

    def first_authority(self) -> str | None:
        """Where to begin: the authority with the most documents, for there is most to see; else the first by name."""
        held = Counter(document.authority for document in self._store.stored_documents() if document.authority)
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
        from reinspect.record import record

        return timeline(self.authority(authority), self.inspections(authority), record().gaps)

    def compare(self, a: Inspection, b: Inspection) -> Comparison:
        """Two inspections side by side, with the passages of their reading texts where both are held."""
        from reinspect.comparing.comparison import compare

        return compare(
            a, b, self._passages(a), self._passages(b), (self.authority(a.authority), self.authority(b.authority))
        )

    def inspection(self, identifier: str) -> Inspection | None:
        """The inspection of that id; None where it is held no more."""
        try:
            return self._store.inspection(identifier)
        except NotFoundError:
            return None

    def latest_graded(self, authority: str) -> Inspection | None:
        """The latest inspection that graded an authority's own strands."""
        from reinspect.comparing.cohorts.cohort import latest_graded

        return latest_graded(self.inspections(authority)).get(authority)

    def threads(self, authority: str) -> tuple[Thread, ...]:
        """Every improvement of an authority through the texts held of its later inspections."""
        from tui.cli.commands.follow import followed

        return followed(self._store, authority)

    def cohort(self, expression: str) -> Cohort:
        """The cohort that a person wrote.

        Raises:
            CohortError: a part of it cannot be understood, or nobody is in it.
        """
        from tui.choosing import understood_cohort

        return understood_cohort(self._store, expression)

    def standing(self, expression: str, own: Inspection | None) -> CohortGrades:
        """Where a cohort stands, and an inspection beside it.

        Raises:
            CohortError: as `cohort`.
        """
        from reinspect.comparing.cohorts.grades import grade_cohort

        everyone = self.authorities().all()
        return grade_cohort(self.cohort(expression), self.inspections(), everyone, own)

    def movement(self, cohort: Cohort) -> GradeChanges:
        """How a cohort moved from each graded inspection to the next."""
        from reinspect.comparing.cohorts.changes import grade_changes

        return grade_changes(cohort, self.inspections(), self.authorities().all())

    @cached_property
    def phrase_book(self) -> PhraseBook:
        """What the texts held say in a person's words."""
        from tui.phrases import PhraseBook

        return PhraseBook(self._store)

    def cited(self, current_pin: Pin) -> Pin:
        """The same, called what it is, and with its citation in words where that was left to its place to tell."""
        pin = self._store.named(current_pin)
        if pin.citation or pin.evidence is None:
            return pin
        held = self._store.document(pin.evidence.document)
        return msgspec.structs.replace(pin, citation=cited(self._store, held, pin.evidence), inspection=held.inspection)

    def pins(self) -> tuple[Pin, ...]:
        """What is in the basket, in its order."""
        return self._store.pins()

    def basket_sheet(self) -> Sheet:
        """The basket as it is exported."""
        from tui.cli.commands.basket import sheet_of

        return sheet_of(self._store)

    def pin(self, current_pin: Pin) -> tuple[int, bool]:
        """Put something in the basket; its place there, and whether it is new there."""
        held = len(self._store.pins())
        place = self._store.pin(self.cited(current_pin))
        return place, place > held

    def unpin(self, meant: int | Pin) -> None:
        """Take a pin, or what is at a place, out of the basket."""
        self._store.unpin(meant)

    def move_pin(self, place: int, to: int) -> None:
        """Put what is at one place of the basket at another."""
        self._store.move(place, to)

    def shift_pin(self, pin: Pin, by: int) -> None:
        """Move a pin of the basket down by so many places; up, if negative."""
        self._store.shift(pin, by)

    def note(self, meant: int | Pin, note: str) -> None:
        """Write a note beside a pin, or what is at a place of the basket; an empty one takes it away."""
        self._store.note(meant, note)

    def correct(self, inspection: str, correction: Correction) -> Inspection:
        """Keep a person's word on a field.

        Raises:
            CorrectionError: the field or its value is not understood.
        """
        return self._store.correct(inspection, correction)

    def judge(self, verdict: Verdict) -> None:
        """Keep a person's word on a link of a follow-through."""
        self._store.judge(verdict)

    def withdraw(self, link: StepId) -> None:
        """Take back what a person said of a link."""
        self._store.withdraw(link)

    def next_undo(self) -> tuple[str, int]:
        """What `undo` would take back, in words, and how many documents that concerns: of the store as it is now."""
        self._store.refresh()
        return self._store.next_undo()

    def basis(self) -> int:
        """How often what is compared was found changed; what is pinned is no part of it."""
        held = (self._store.inspections(), self._store.stored_documents(), self._store.verdicts())
        if held != self._compared:
            self._compared, self._basis = held, self._basis + 1
        return self._basis

    def undo(self, expected: str = "") -> str:
        """Take back the last change to the store; says what was taken back.

        Raises:
            ReinspectError: there is none, or it is not the one that a person was told of.
        """
        return self._store.undo(expected)

    def source(self, evidence: Evidence) -> OpenDocument:
        """The document that holds a place, to be opened there.

        Raises:
            NotFoundError: the store no longer holds the document.
        """
        held = self._store.document(evidence.document)
        return OpenDocument(
            held.document,
            evidence,
            self._store.pages(evidence.document),
            self._store.passages(evidence.document),
            self._store.inspection(held.inspection) if held.inspection else None,
        )

    def near(self, source: OpenDocument, words: str) -> tuple[Span, ...]:
        """Where a document says nearly these words."""
        from reinspect.phrases import Searcher
        from tui.finding import near

        index = self._store.index()
        if self._searcher is None or self._searcher.index is not index:
            self._searcher = Searcher(index)
        return near(self._searcher, source, words)

    def add(self, path: Path, tell: Callable[[ImportProgress], None], stopped: Callable[[], bool]) -> ImportProgress:
        """Read a file or folder into the store and say what became of each file.

        `tell` is told how far it is after each batch; the work ends early once `stopped`.
        """
        from reinspect.reading.folders import walk
        from store.file_import import import_files

        found = walk([path])
        files = [each.path for each in found if not each.skipped]
        intake = ImportProgress(path=path, files=len(files))
        tell(intake)
        for batch in import_files(self._store, files):
            done = describe_results(self._store, batch)
            intake = msgspec.structs.replace(intake, placed=(*intake.placed, *done))
            tell(intake)
            if stopped():
                break
        skipped = tuple(skipped_file(each.path, each.skipped) for each in found if each.skipped)
        return msgspec.structs.replace(intake, placed=(*intake.placed, *skipped), under_way=False)

    def _passages(self, inspection: Inspection) -> tuple[Passage, ...]:
        return self._store.passages(inspection.primary_text) if inspection.primary_text else ()
