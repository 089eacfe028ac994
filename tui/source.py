"""A held document as it is read: its pages, and what is known of each place on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from reinspect.frameworks import frameworks
from reinspect.model import Document, Evidence, Inspection, Judgement, Passage, Pin
from tui.citing import cited_in

_LONGEST_HEADING = 100


class DocumentMark(NamedTuple):
    """A place that says what matters most, in `words`: a judgement by its `grade`, else something to improve.

    `number` is the place of the improvement in its list, and `urgent` says whether it is a priority action.
    """

    evidence: Evidence
    words: str
    grade: str | None = None
    number: int | None = None
    urgent: bool = False


class DocumentSection(NamedTuple):
    """A part of a document: what it is headed, and where its first passage begins."""

    heading: str
    evidence: Evidence


class OpenDocument:
    """A held document and the inspection that it is of, if any, opened at a place."""

    def __init__(
        self,
        document: Document,
        evidence: Evidence,
        pages: tuple[str, ...],
        passages: tuple[Passage, ...] = (),
        inspection: Inspection | None = None,
    ) -> None:
        self.document = document
        self.evidence = evidence
        self.pages = pages
        self.passages = passages
        self.inspection = inspection

    @property
    def title(self) -> str:
        """The document in words."""
        return f"{self.document.kind}: {self.document.title or self.document.source}"

    def cited(self, evidence: Evidence) -> str:
        """Where something is printed, in words."""
        return cited_in(self.document, self.inspection, evidence)

    def at(self, page: int, start: int, end: int) -> Evidence:
        """The place of a stretch of a page, with the number of its paragraph."""
        passage = self.passage_at(page, start, end)
        paragraph = passage.paragraph if passage else None
        return Evidence(document=self.document.sha256, page=page, start=start, end=end, paragraph=paragraph)

    def passage_at(self, page: int, start: int, end: int) -> Passage | None:
        """The passage that any of a stretch of a page belongs to: the last where it is of two."""
        before = bisect_left(self._runs, (page, max(end, start + 1)))
        if not before:
            return None
        there, _, stop, number = self._runs[before - 1]
        return self.passages[number] if there == page and stop > start else None

    def current_pin(self, page: int, start: int, end: int) -> Pin | None:
        """What is taken of a place: its passage, else the words themselves; None where there are none."""
        passage = self.passage_at(page, start, end)
        words = " ".join((passage.text if passage else self.pages[page - 1][start:end]).split())
        if not words:
            return None
        evidence = passage.evidence if passage else self.at(page, start, end)
        held = self.inspection.id if self.inspection else None
        return Pin(kind="quote", text=words, citation=self.cited(evidence), inspection=held, evidence=evidence)

    def section_at(self, page: int, start: int) -> int | None:
        """The place among the `sections` of the one that a place is in; None before the first."""
        starts = [(section.evidence.page, section.evidence.start) for section in self.sections]
        at = bisect_left(starts, (page, start + 1)) - 1
        return at if at >= 0 else None

    @cached_property
    def sections(self) -> tuple[DocumentSection, ...]:
        """The parts of the document in their order, each under the heading that is printed above it."""
        return tuple(self._sections())

    @cached_property
    def marks(self) -> tuple[DocumentMark, ...]:
        """The judgements and the improvements that this document prints, in the order of its pages."""
        own = [mark for mark in self._marks() if mark.evidence.document == self.document.sha256]
        return tuple(sorted(own, key=lambda mark: (mark.evidence.page, mark.evidence.start)))

    @cached_property
    def _runs(self) -> list[tuple[int, int, int, int]]:
        """Every stretch of a page that is of a passage, in order: page, start, end, and the passage's place."""
        return sorted(
            (*run, number)
            for number, passage in enumerate(self.passages)
            for run in ((passage.page, passage.start, passage.end), *passage.runs_on)
        )

    def _sections(self) -> Iterator[DocumentSection]:
        above: tuple[str | None, str | None] = (None, None)
        for passage in self.passages:
            here = (passage.heading, passage.strand)
            if passage.heading and here != above and self._is_section(passage):
                yield DocumentSection(self._headed(passage), passage.evidence)
                above = here

    def _is_section(self, passage: Passage) -> bool:
        """Whether a passage stands under a heading of the report: at its end lines of an address look like some."""
        framework = frameworks().get(self.inspection.framework) if self.inspection else None
        known = framework.background_headings if framework else ()
        heading = (passage.heading or "").casefold()
        return passage.role != "background" or any(heading.startswith(each.casefold()) for each in known)

    def _headed(self, passage: Passage) -> str:
        """The heading, with the strand where it does not say that itself."""
        words = " ".join((passage.heading or "").split())
        strand = self._strand(passage.strand) if passage.strand else ""
        words = words if len(words) <= _LONGEST_HEADING else words[:_LONGEST_HEADING].rsplit(" ", 1)[0] + " ..."
        return f"{strand}: {words}" if strand and strand.casefold() not in words.casefold() else words

    def _marks(self) -> Iterator[DocumentMark]:
        held = self.inspection
        if held is None:
            return
        for judgement in held.judgements:
            if judgement.evidence and judgement.grade:
                yield DocumentMark(judgement.evidence, self._judged(judgement), grade=judgement.grade)
        lists = (("priority action", held.priority_actions), ("to improve", held.improvements))
        for words, asked in (*lists, ("for the board to improve", held.lscb_improvements)):
            for each in asked:
                if each.evidence:
                    told = f"{words}, number {each.index}"
                    yield DocumentMark(each.evidence, told, number=each.index, urgent=words == "priority action")

    def _judged(self, judgement: Judgement) -> str:
        return f"{self._strand(judgement.strand)}: {judgement.grade}"

    def _strand(self, key: str) -> str:
        framework = frameworks().get(self.inspection.framework) if self.inspection else None
        strand = framework.strand(key) if framework else None
        return strand.name if strand else key.replace("_", " ")
