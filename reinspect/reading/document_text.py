"""The text of one document, ready for the document types: its pages, and its lines with their positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from reinspect.model import Document, Evidence, Kind, Passage, Reading, SourceFacts
from reinspect.reading.layout.furniture import strip_furniture
from reinspect.reading.layout.lines import PAGE_LINES, PrintedLine, split_lines
from reinspect.reading.layout.reflow import break_long_lines


class DocumentText(msgspec.Struct, frozen=True):
    """A document whose type is not yet known, with its pages and lines."""

    document: Document
    file: str
    pages: tuple[str, ...]
    lines: tuple[PrintedLine, ...]

    @classmethod
    def from_pages(cls, document: Document, file: str, pages: tuple[str, ...]) -> DocumentText:
        """Split the pages into lines."""
        return cls(document, file, pages, tuple(break_long_lines(split_lines(pages))))

    def body(self, kept: Callable[[str], bool], after: PrintedLine | None = None) -> list[PrintedLine]:
        """Return the lines without page furniture, from the line behind `after` if it is given.

        A line for which `kept` is true is never taken for furniture.
        """
        lines = self.lines
        if after is not None:
            lines = tuple(line for line in lines if (line.page, line.start) > (after.page, after.start))
        return strip_furniture(lines, kept, len(self.pages))

    def first_pages(self, count: int) -> list[PrintedLine]:
        """Return the lines of the first `count` pages with their furniture.

        Of a text without page breaks, return as many lines as that number of pages can hold.
        """
        return [line for line in self.lines[: count * PAGE_LINES] if line.page <= count]

    def cite(self, line: PrintedLine) -> Evidence:
        """Return the position of a line as evidence."""
        return Evidence(document=self.document.sha256, page=line.page, start=line.start, end=line.end)

    def build_reading(
        self, kind: Kind, facts: SourceFacts, passages: Iterable[Passage], warnings: Iterable[str] = ()
    ) -> Reading:
        """Return the Reading of this document, once its kind is known."""
        document = msgspec.structs.replace(self.document, kind=kind, warnings=tuple(warnings))
        return Reading(file=self.file, document=document, facts=facts, pages=self.pages, passages=tuple(passages))
