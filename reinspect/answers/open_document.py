"""A stored document to read on screen: pages, sections, and the grades and recommendations marked on the pages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reinspect.answers.citations import cite_in
from reinspect.answers.page_blocks import PageBlock, find_blocks
from reinspect.answers.quoted_place import find_quote
from reinspect.frameworks import frameworks, strand_name
from reinspect.model import Document, Evidence, Inspection, Judgement, Passage, Pin

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.phrases.query import Hit
    from reinspect.phrases.search.searcher import Searcher

_LONGEST_HEADING = 100
# More sentences than any document has.
_MOST = 100_000


class PageSpan(NamedTuple):
    """A range of characters on a page: `page` counts from 1, `end` is not included."""

    page: int
    start: int
    end: int


class DocumentMark(NamedTuple):
    """A grade or recommendation, and the position where it is printed.

    `number` is the position of a recommendation in its list; `urgent` is True for a priority action.
    """

    evidence: Evidence
    words: str
    grade: str | None = None
    number: int | None = None
    urgent: bool = False


class DocumentSection(NamedTuple):
    """A section of a document: its heading, and the position of its first passage."""

    heading: str
    evidence: Evidence


class OpenDocument:
    """A stored document, opened at a position (`evidence`), and the inspection it belongs to, if any."""

    def __init__(
        self,
        document: Document,
        evidence: Evidence,
        pages: tuple[str, ...],
        passages: tuple[Passage, ...] = (),
        inspection: Inspection | None = None,
        *,
        authority: str | None = None,
    ) -> None:
        self.document = document
        self.evidence = evidence
        self.pages = pages
        self.passages = passages
        self.inspection = inspection
        self.authority = authority

    @property
    def title(self) -> str:
        """Kind and title of the document: "report: Camden, ILACS inspection 2022"."""
        return f"{self.document.kind}: {self.document.shown_title or self.document.source}"

    @property
    def occasion(self) -> str:
        """The inspection that the document belongs to, "Camden, ILACS inspection 25-29 April 2022"; else its title."""
        if self.inspection is None:
            return self.title
        from reinspect.answers.names import authority_of
        from reinspect.exporting.citation import citation

        return f"{self.document.kind}: {citation(self.inspection, authority_of(self.inspection).name)}"

    def cite(self, evidence: Evidence) -> str:
        """Return the citation of a position in this document: "Camden, ILACS inspection 25-29 April 2022, p. 3"."""
        return cite_in(self.document, self.inspection, evidence, self.authority)

    def evidence_at(self, page: int, start: int, end: int) -> Evidence:
        """Return a range of characters on a page as evidence, with the paragraph number."""
        passage = self.passage_at(page, start, end)
        paragraph = passage.paragraph if passage else None
        return Evidence(document=self.document.sha256, page=page, start=start, end=end, paragraph=paragraph)

    def passage_at(self, page: int, start: int, end: int) -> Passage | None:
        """Return the passage that overlaps a range of characters on a page (the last if several), or None."""
        before = bisect_left(self._passage_spans, (page, max(end, start + 1)))
        if not before:
            return None
        there, _, stop, number = self._passage_spans[before - 1]
        return self.passages[number] if there == page and stop > start else None

    def pin_at(self, page: int, start: int, end: int) -> Pin | None:
        """Return the passage at a range of characters as a quote to save.

        Without a passage there, the characters themselves are quoted; None if they contain no words.
        """
        passage = self.passage_at(page, start, end)
        words = " ".join((passage.text if passage else self.pages[page - 1][start:end]).split())
        if not words:
            return None
        evidence = passage.evidence if passage else self.evidence_at(page, start, end)
        inspection = self.inspection.id if self.inspection else None
        return Pin(kind="quote", text=words, citation=self.cite(evidence), inspection=inspection, evidence=evidence)

    def section_at(self, page: int, start: int) -> int | None:
        """Return the index of the section that contains a character position, or None before the first section."""
        starts = [(section.evidence.page, section.evidence.start) for section in self.sections]
        index = bisect_left(starts, (page, start + 1)) - 1
        return index if index >= 0 else None

    @cached_property
    def sections(self) -> tuple[DocumentSection, ...]:
        """The sections of the document in order."""
        return tuple(self._find_sections())

    @cached_property
    def blocks(self) -> tuple[PageBlock, ...]:
        """The paragraphs, headings and other lines of all pages, in order."""
        return find_blocks(self.pages, self.passages)

    @cached_property
    def marks(self) -> tuple[DocumentMark, ...]:
        """The grades and recommendations printed in this document, in page order."""
        own = [mark for mark in self._find_marks() if mark.evidence.document == self.document.sha256]
        return tuple(sorted(own, key=lambda mark: (mark.evidence.page, mark.evidence.start)))

    def find(self, words: str) -> tuple[PageSpan, ...]:
        """Return every position where these words are printed, ignoring case, line ends and hyphenation."""
        return tuple(_find_printed(self.pages, words))

    def find_quote(self, words: str) -> tuple[PageSpan, ...]:
        """Return where a quote is printed at the place that the document was opened at, over a page end too."""
        return tuple(PageSpan(*span) for span in find_quote(self.pages, self.evidence, words))

    def find_similar(self, searcher: Searcher, words: str) -> tuple[PageSpan, ...]:
        """Return the positions of similar wording, in page order. The last word may be incomplete."""
        from reinspect.phrases.query import SearchScope

        scope = SearchScope(documents=frozenset({self.document.sha256}))
        hits = searcher.search(words, scope, limit=_MOST, prefix=True).hits
        return tuple(sorted({_locate(self.pages, hit) for hit in hits}))

    @cached_property
    def _passage_spans(self) -> list[tuple[int, int, int, int]]:
        """A sorted list of (page, start, end, passage index): the ranges of characters that belong to passages."""
        return sorted(
            (*span, number)
            for number, passage in enumerate(self.passages)
            for span in ((passage.page, passage.start, passage.end), *passage.runs_on)
        )

    def _find_sections(self) -> Iterator[DocumentSection]:
        previous: tuple[str | None, str | None] = (None, None)
        for passage in self.passages:
            current = (passage.heading, passage.strand)
            if passage.heading and current != previous and self._is_in_section(passage):
                yield DocumentSection(self._heading_of(passage), passage.evidence)
                previous = current

    def _is_in_section(self, passage: Passage) -> bool:
        """Return True if the passage's heading is the heading of a section."""
        # At the end of a document, address lines look like headings.
        framework = frameworks().get(self.inspection.framework) if self.inspection else None
        known = framework.background_headings if framework else ()
        heading = (passage.heading or "").casefold()
        return passage.role != "background" or any(heading.startswith(each.casefold()) for each in known)

    def _heading_of(self, passage: Passage) -> str:
        """Return the heading of a passage, with the graded subject in front: "Leaders: What needs to improve"."""
        words = " ".join((passage.heading or "").split())
        strand = self._strand_name(passage.strand) if passage.strand else ""
        words = words if len(words) <= _LONGEST_HEADING else words[:_LONGEST_HEADING].rsplit(" ", 1)[0] + " ..."
        return f"{strand}: {words}" if strand and strand.casefold() not in words.casefold() else words

    def _find_marks(self) -> Iterator[DocumentMark]:
        inspection = self.inspection
        if inspection is None:
            return
        for judgement in inspection.judgements:
            if judgement.evidence and judgement.grade:
                yield DocumentMark(judgement.evidence, self._describe(judgement), grade=judgement.grade)
        lists = (("priority action", inspection.priority_actions), ("to improve", inspection.improvements))
        for words, improvements in (*lists, ("for the board to improve", inspection.lscb_improvements)):
            for improvement in improvements:
                if improvement.evidence:
                    description = f"{words}, number {improvement.index}"
                    urgent = words == "priority action"
                    yield DocumentMark(improvement.evidence, description, number=improvement.index, urgent=urgent)

    def _describe(self, judgement: Judgement) -> str:
        return f"{self._strand_name(judgement.strand)}: {judgement.grade}"

    def _strand_name(self, key: str) -> str:
        return strand_name(key, *([self.inspection.framework] if self.inspection else []))


def open_document(holdings: Holdings, evidence: Evidence) -> OpenDocument:
    """Open the document that contains the evidence.

    Raises:
        NotFoundError: the document is not stored any more.
    """
    stored = holdings.document(evidence.document)
    return OpenDocument(
        stored.document,
        evidence,
        holdings.pages(evidence.document),
        holdings.passages(evidence.document),
        holdings.inspection(stored.inspection) if stored.inspection else None,
        authority=stored.authority,
    )


def _find_printed(pages: Sequence[str], words: str) -> Iterator[PageSpan]:
    pattern = r"\s+".join(_hyphenated(word) for word in words.split())
    if pattern:
        for number, text in enumerate(pages, 1):
            for found in re.finditer(pattern, text, re.IGNORECASE):
                yield PageSpan(number, *found.span())


def _hyphenated(word: str) -> str:
    """Return a pattern for a word that may be divided by a hyphen and a line end anywhere: "man-\\nagement"."""
    return r"(?:-\n)?".join(r"-\n?" if letter == "-" else re.escape(letter) for letter in word)


def _locate(pages: Sequence[str], hit: Hit) -> PageSpan:
    """Return where the matched words of a search hit are printed, or the whole passage if they cannot be found."""
    passage = hit.passage
    spans = [PageSpan(passage.page, passage.start, passage.end), *(PageSpan(*span) for span in passage.runs_on)]
    here = next(span for span in spans if span.page == hit.page)
    printed = _find_printed((pages[here.page - 1][here.start : here.end],), hit.phrase)
    places = [PageSpan(here.page, here.start + start, here.start + end) for _, start, end in printed]
    # A passage's text is the printed one with its lines joined, so a position in it is nearly that on the page.
    expected = hit.spans[0][0] - sum(span.end - span.start for span in spans[: spans.index(here)])
    return min(places, key=lambda place: abs(place.start - here.start - expected), default=here)
