"""Readings, source facts and small records for tests: invented inspections of real frameworks, in our own words."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from reinspect import READER
from reinspect.matching import inspection_id
from reinspect.model import (
    Document,
    Improvement,
    Judgement,
    Kind,
    Passage,
    PrintedAuthority,
    Reading,
    SourceFacts,
    Window,
)
from reinspect.record import Record, RecordedInspection

ILACS_GRADES = {"leaders": "good", "help": "requires improvement", "care_and_leavers": "good", "overall": "good"}
SIF_GRADES = {"help": "good", "care": "good", "leavers": "requires improvement", "leaders": "good", "overall": "good"}


def windows(*days: str) -> tuple[Window, ...]:
    """Return windows from pairs of ISO days: first, last, first, last, ..."""
    dates = [date.fromisoformat(day) for day in days]
    return tuple(Window(start, end) for start, end in zip(dates[::2], dates[1::2], strict=True))


def facts(
    framework: str | None = None,
    *days: str,
    authority: str | None = "camden",
    published: str | None = None,
    grades: dict[str, str] | None = None,
    improvements: tuple[str, ...] = (),
    mentions: tuple[str, ...] = (),
) -> SourceFacts:
    """Return source facts with nothing but these values; `days` are pairs as for `windows`."""
    return SourceFacts(
        authority=PrintedAuthority(printed=authority.title(), slug=authority) if authority else None,
        framework=framework,
        graded=bool(grades),
        windows=windows(*days),
        published=date.fromisoformat(published) if published else None,
        judgements=tuple(Judgement(strand=strand, grade=grade) for strand, grade in (grades or {}).items()),
        improvements=tuple(Improvement(index=place, text=text) for place, text in enumerate(improvements, 1)),
        mentioned_dates=mentions,
    )


def document(name: str, kind: Kind = "report", words: int = 1000) -> Document:
    """Return a document whose sha256 is that of its name."""
    return Document(
        sha256=sha_of(name), kind=kind, title=name, source=f"/papers/{name}", pages=2, words=words, reader=READER
    )


def reading(name: str, facts: SourceFacts, kind: Kind = "report", pages: tuple[str, ...] | None = None) -> Reading:
    """Return a reading with these facts; each of its pages (by default two) is one passage."""
    pages = pages or (f"{name}: the first page.", f"{name}: the second page.")
    read = document(name, kind, words=sum(len(page.split()) for page in pages))
    passages = tuple(
        Passage(document=read.sha256, page=number, start=0, end=len(page), text=page)
        for number, page in enumerate(pages, 1)
    )
    return Reading(file=read.source, document=read, facts=facts, pages=pages, passages=passages)


def sha_of(name: str) -> str:
    """Return the sha256 of the document with this name."""
    return sha256(name.encode()).hexdigest()


def record_of(*source_facts: SourceFacts, as_of: str = "2026-08-01") -> Record:
    """Return a record with an inspection for each of these source facts."""
    return Record(
        as_of=date.fromisoformat(as_of),
        authorities=(),
        inspections=tuple(
            RecordedInspection(id=inspection_id(slug, facts), authority=slug, facts=facts)
            for facts in source_facts
            if facts.authority and (slug := facts.authority.slug)
        ),
    )


SIF_2017 = facts("sif", "2017-09-11", "2017-10-05", published="2017-11-24", grades=SIF_GRADES)
VISIT_2018 = facts("focused-visit", "2018-05-15", "2018-05-16", published="2018-06-08")
ILACS_2022 = facts("ilacs-2018", "2022-04-25", "2022-04-29", published="2022-06-21", grades=ILACS_GRADES)
SMALL_RECORD = record_of(SIF_2017, VISIT_2018, ILACS_2022)
