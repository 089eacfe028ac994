"""What every document type is given: the document, its pages, and its lines with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec

from reinspect.authorities import authorities
from reinspect.model import Document, Evidence, Kind, Passage, PrintedAuthority, Reading, SourceFacts
from reinspect.reading.layout.furniture import without_furniture
from reinspect.reading.layout.lines import PAGE_LINES, PrintedLine, lines_of
from reinspect.reading.layout.reflow import relined

_AROUND = re.compile(r"^\d{1,3}\s+(?=\D)|[’']s?$")
"""What is printed beside a name and is not of it: a page's number, the possessive."""


class PageText(msgspec.Struct, frozen=True):
    """A document before anybody knows what it is."""

    document: Document
    file: str
    pages: tuple[str, ...]
    lines: tuple[PrintedLine, ...]

    @classmethod
    def of(cls, document: Document, file: str, pages: tuple[str, ...]) -> PageText:
        """The pages with their lines."""
        return cls(document, file, pages, tuple(relined(lines_of(pages))))

    def body(self, kept: Callable[[str], bool], opening: PrintedLine | None = None) -> list[PrintedLine]:
        """The lines less page furniture, those behind the opening where one is given; what is `kept` stays."""
        lines = self.lines
        if opening is not None:
            lines = tuple(line for line in lines if (line.page, line.start) > (opening.page, opening.start))
        return without_furniture(lines, kept, len(self.pages))

    def head(self, pages: int) -> list[PrintedLine]:
        """The lines of the first pages, furniture and all; of a text without pages its first lines."""
        return [line for line in self.lines[: pages * PAGE_LINES] if line.page <= pages]

    def evidence(self, line: PrintedLine, start: int = 0, end: int | None = None) -> Evidence:
        """A part of a line, as evidence; the whole line where no part is named."""
        stop = line.end if end is None else line.start + end
        return Evidence(document=self.document.sha256, page=line.page, start=line.start + start, end=stop)

    def reading(
        self, kind: Kind, facts: SourceFacts, passages: Iterable[Passage], warnings: Iterable[str] = ()
    ) -> Reading:
        """The Reading of this document as one of a kind."""
        document = msgspec.structs.replace(self.document, kind=kind, warnings=tuple(warnings))
        return Reading(file=self.file, document=document, facts=facts, pages=self.pages, passages=tuple(passages))


def printed_authority(candidates: Iterable[str]) -> PrintedAuthority | None:
    """The first printed name that is an authority's; where none is, the first printed at all, unrecognised."""
    first = None
    for printed in (_AROUND.sub("", candidate) for candidate in candidates):
        found = authorities().find(printed)
        if found is not None:
            return PrintedAuthority(printed=printed, slug=found.slug, name=found.name, urn=found.urn)
        first = first or printed
    return PrintedAuthority(printed=first) if first else None


def mentioned_authority(text: str) -> PrintedAuthority | None:
    """The one authority that a piece of running text is about, or None where several vie."""
    found = authorities().find_in(text)
    if found is None:
        return None
    return PrintedAuthority(printed=found.name, slug=found.slug, name=found.name, urn=found.urn)
