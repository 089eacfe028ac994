"""Digests: our own notes on inspection reports, which ship so that a first run needs no network.

`data/digests/` has one TOML file for each inspection, named by the id of the inspection. A digest is read
like any document: its page n has the notes on page n of the report, and each note is a passage with the paragraph
number that the report prints. So the citation of a note also leads to the place in the report. Grades are not in
digests but in the shipped record.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

from reinspect import READER
from reinspect.authorities import authorities
from reinspect.errors import ReinspectError
from reinspect.frameworks import Framework, frameworks
from reinspect.model import Document, Improvement, Passage, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.record import data_folder

FOLDER = "digests"
_HEADINGS = {"summary": "Summary", "finding": "Findings", "improvement": "To improve"}


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One note of a digest: a passage of a report, in one or two sentences of our own.

    `page` and `paragraph` say where the report prints the passage. `number` is the printed number of a recommendation.
    """

    text: str
    role: Literal["summary", "finding", "improvement"]
    page: int
    strand: str | None = None
    paragraph: int | None = None
    number: int | None = None


class Notes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The contents of a digest file: our notes on the report of one inspection.

    `inspection` is an id. `source` describes the report, and `pages` is the number of its pages. `notice` is printed on
    every page, to warn that these are notes and not quotations.
    """

    inspection: str
    title: str
    source: str
    notice: str
    authority: str
    framework: str
    published: date
    windows: tuple[Window, ...] = ()
    pages: int
    notes: tuple[Note, ...]


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """A shipped file with our notes on one report, before parsing. `inspection` is the id of that inspection."""

    inspection: str
    sha256: str
    file: str
    content: bytes

    def read(self) -> Reading:
        """Parse the digest into pages and passages, as a document of kind "digest".

        Raises:
            ReinspectError: the file is damaged.
        """
        try:
            notes = msgspec.toml.decode(self.content, type=Notes)
        except msgspec.DecodeError as error:
            raise ReinspectError(
                f"{self.file}: this digest cannot be read ({error}); install reinspect again"
            ) from error
        return _reading(notes, self.sha256, self.file)


@cache
def shipped() -> tuple[Digest, ...]:
    """Return the digest files that ship with the program, sorted by inspection id, without parsing them.

    Raises:
        ReinspectError: a file cannot be opened.
    """
    return tuple(_digest(path) for path in sorted((data_folder() / FOLDER).glob("*.toml")))


@cache
def digests() -> tuple[Reading, ...]:
    """Parse and return every digest that ships with the program.

    Raises:
        ReinspectError: a file cannot be opened, or is damaged.
    """
    return tuple(digest.read() for digest in shipped())


def _digest(path: Path) -> Digest:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReinspectError(f"{path}: a digest cannot be opened ({error}); install reinspect again") from error
    return Digest(
        inspection=path.stem, sha256=sha256(content).hexdigest(), file=f"{FOLDER}/{path.name}", content=content
    )


def _reading(notes: Notes, digest: str, file: str) -> Reading:
    framework = frameworks()[notes.framework]
    pages = [_page(notes, framework, digest, number) for number in range(1, notes.pages + 1)]
    passages = tuple(passage for _, on_page in pages for passage in on_page)
    document = Document(
        sha256=digest,
        kind="digest",
        title=notes.title,
        source=file,
        pages=notes.pages,
        words=sum(len(note.text.split()) for note in notes.notes),
        reader=READER,
    )
    return Reading(
        file=file,
        document=document,
        facts=_source_facts(notes, framework, passages),
        pages=tuple(text for text, _ in pages),
        passages=passages,
    )


def _page(notes: Notes, framework: Framework, digest: str, number: int) -> tuple[str, list[Passage]]:
    """Return the text of one page of a digest, and the notes on that page as passages."""
    text = f"{notes.title}, page {number}\n{notes.notice}\n"
    passages: list[Passage] = []
    for note in (note for note in notes.notes if note.page == number):
        heading = _heading(note, framework)
        if not passages or heading != passages[-1].heading:
            text += f"\n{heading}\n"
        text += "- " if note.paragraph is None else f"{note.paragraph}. "
        passages.append(_passage(note, heading, digest, len(text)))
        text += f"{note.text}\n"
    return (text if passages else f"{text}\nNo note is on this page.\n"), passages


def _heading(note: Note, framework: Framework) -> str:
    strand = framework.strand(note.strand) if note.strand else None
    heading = _HEADINGS[note.role]
    return f"{strand.name}: {heading.lower()}" if strand else heading


def _passage(note: Note, heading: str, digest: str, start: int) -> Passage:
    return Passage(
        document=digest,
        page=note.page,
        start=start,
        end=start + len(note.text),
        text=note.text,
        paragraph=note.paragraph,
        strand=note.strand,
        heading=heading,
        role=note.role,
        whose="lscb" if note.strand == "lscb" else "authority",
    )


def _source_facts(notes: Notes, framework: Framework, passages: tuple[Passage, ...]) -> SourceFacts:
    authority = authorities().find(notes.authority)
    listed = [passage for passage in passages if passage.role == "improvement"]
    numbers = [note.number for note in notes.notes if note.role == "improvement"]
    return SourceFacts(
        authority=PrintedAuthority(
            printed=notes.authority,
            slug=authority.slug if authority else None,
            name=authority.name if authority else None,
            urn=authority.urn if authority else None,
        ),
        framework=framework.key,
        graded=framework.graded,
        windows=notes.windows,
        published=notes.published,
        improvements=tuple(
            Improvement(index=place, text=passage.text, number=number, evidence=passage.evidence)
            for place, (passage, number) in enumerate(zip(listed, numbers, strict=True), 1)
        ),
    )
