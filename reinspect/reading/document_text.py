"""The pages and lines of one document, before its type is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from reinspect.model import Document, Evidence, Kind, Passage, Reading, SourceFacts
from reinspect.reading.formats.pdf_rules import RuledCell
from reinspect.reading.layout.furniture import strip_furniture
from reinspect.reading.layout.lines import PAGE_LINES, PrintedLine, split_lines
from reinspect.reading.layout.reflow import break_long_lines
from reinspect.reading.layout.ruled_cells import lay_out_cells

Place = tuple[int, int]
"""A page, from 1, and an offset in its text."""
_NO_END: Place = (10**9, 0)


class DocumentText(msgspec.Struct, frozen=True):
    """The pages and lines of one document, before its type is known.

    A file may hold several documents: `pages` are those of the whole file, `lines` those of this document alone, from
    `first` up to `last` (a page and an offset in it; `last` itself is not in it). `find_cells` finds the cells of the
    tables that are drawn with lines in the file.
    """

    document: Document
    file: str
    pages: tuple[str, ...]
    lines: tuple[PrintedLine, ...]
    find_cells: Callable[[], tuple[RuledCell, ...]] = tuple
    first: Place = (1, 0)
    last: Place = _NO_END

    @classmethod
    def from_pages(
        cls,
        document: Document,
        file: str,
        pages: tuple[str, ...],
        find_cells: Callable[[], tuple[RuledCell, ...]] = tuple,
    ) -> DocumentText:
        """Create the text of a document by splitting its pages into lines."""
        return cls(document, file, pages, tuple(break_long_lines(split_lines(pages))), find_cells)

    def with_cells_laid_out(self) -> DocumentText:
        """Return the document with blank lines between the cells and rows of its ruled tables."""
        cells = self.find_cells()
        if not cells:
            return self
        laid_out = DocumentText.from_pages(self.document, self.file, lay_out_cells(self.pages, cells))
        return laid_out.between(self.first, self.last)

    def between(self, first: Place, last: Place = _NO_END) -> DocumentText:
        """Return the document that begins and ends at these places of the same file."""
        lines = tuple(line for line in self.lines if first <= (line.page, line.start) < last)
        return msgspec.structs.replace(self, lines=lines, first=first, last=last)

    @property
    def first_page(self) -> int:
        """The number of the page on which the document begins."""
        return self.first[0]

    def body(self, kept: Callable[[str], bool], after: PrintedLine | None = None) -> list[PrintedLine]:
        """Return the lines without page numbers, running headers, contents tables and footnotes.

        A line for which `kept` returns true is never removed. With `after`, only lines below that line are returned.
        """
        lines = self.lines
        if after is not None:
            lines = tuple(line for line in lines if (line.page, line.start) > (after.page, after.start))
        count = min(len(self.pages), self.last[0] - 1 if self.last[1] == 0 else self.last[0]) - self.first_page + 1
        return strip_furniture(lines, kept, count)

    def first_pages(self, count: int) -> list[PrintedLine]:
        """Return the lines of the first `count` pages, with headers and footers."""
        # A text without page breaks is one long page: return as many lines as `count` printed pages can hold.
        return [line for line in self.lines[: count * PAGE_LINES] if line.page < self.first_page + count]

    def is_doubtful(self, pages: Iterable[int]) -> bool:
        """Return whether letters of any of these pages are missing or may be wrong."""
        doubtful = set(self.document.doubtful_pages)
        return any(
            page in doubtful or "\N{REPLACEMENT CHARACTER}" in self.pages[page - 1]
            for page in pages
            if page <= len(self.pages)
        )

    def cite(self, line: PrintedLine) -> Evidence:
        """Return the position of a line in the document: the page, and the start and end in its text."""
        return Evidence(document=self.document.sha256, page=line.page, start=line.start, end=line.end)

    def build_reading(
        self, kind: Kind, facts: SourceFacts, passages: Iterable[Passage], warnings: Iterable[str] = ()
    ) -> Reading:
        """Return the Reading of this document, with the given kind, facts, passages and warnings."""
        document = msgspec.structs.replace(self.document, kind=kind, warnings=tuple(warnings))
        return Reading(file=self.file, document=document, facts=facts, pages=self.pages, passages=tuple(passages))
