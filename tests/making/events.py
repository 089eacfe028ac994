"""Facts of invented inspections of Camden and Barnet, and readings of documents about them, in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256 as hashed

from msgspec.structs import replace

from reinspect.authorities import authorities
from reinspect.model import (
    Document,
    Evidence,
    Improvement,
    Judgement,
    Kind,
    Passage,
    PrintedAuthority,
    Reading,
    SourceFacts,
    Window,
)

LATEST = ("Grades below\nManagers see the records of every child.", "Oversight by managers is steady.\nDelay remains.")
EARLIER = ("Grades below\nOversight of records by managers is too loose.\nDelay is common.",)
LETTER = ("Dear director,\nManagers look at records more often now.",)


def graded(framework: str, start: date, end: date, published: date | None = None, **grades: str) -> SourceFacts:
    """Return the facts of a graded inspection; `grades` are by strand."""
    return SourceFacts(
        framework=framework,
        graded=True,
        windows=(Window(start, end),),
        published=published,
        judgements=tuple(Judgement(strand=s, grade=g, printed=g.capitalize()) for s, g in grades.items()),
    )


def reading(pages: tuple[str, ...], slug: str, facts: SourceFacts, kind: Kind = "report") -> Reading:
    """Return a reading of these pages: each line is a passage, and the first line of page 1 has the grades."""
    authority = authorities().by_slug(slug)
    assert authority is not None
    sha256 = hashed("\f".join((slug, *pages)).encode()).hexdigest()
    printed = PrintedAuthority(printed=authority.name, slug=slug, name=authority.name, urn=authority.urn)
    top = Evidence(document=sha256, page=1, start=0, end=12)
    return Reading(
        file=f"/reports/{slug}.pdf",
        document=Document(
            sha256=sha256, kind=kind, title=f"A {kind} of ours", source=f"{slug}.pdf", pages=len(pages), reader="1.0"
        ),
        facts=replace(
            facts,
            authority=printed,
            judgements=tuple(replace(judgement, evidence=top) for judgement in facts.judgements),
            improvements=tuple(
                replace(i, evidence=replace(i.evidence, document=sha256)) if i.evidence else i
                for i in facts.improvements
            ),
        ),
        pages=pages,
        passages=tuple(passages(sha256, pages)),
    )


def passages(sha256: str, pages: Sequence[str]) -> Iterator[Passage]:
    """Yield a passage for each line of the pages."""
    number = 0
    for page, text in enumerate(pages, 1):
        start = 0
        for line in text.split("\n"):
            number += 1
            end = start + len(line)
            yield Passage(document=sha256, page=page, start=start, end=end, text=line, paragraph=number, strand="help")
            start = end + 1


SIF = graded(
    "sif",
    date(2017, 9, 11),
    date(2017, 10, 5),
    overall="good",
    leaders="good",
    help="requires improvement",
    care="good",
    leavers="good",
    adoption="outstanding",
)
VISIT = SourceFacts(
    framework="focused-visit",
    windows=(Window(date(2018, 5, 15), date(2018, 5, 16)),),
    topics=("front door",),
    improvements=(Improvement(index=1, text="how often managers look at records"),),
)
ILACS_2022 = graded(
    "ilacs-2018",
    date(2022, 4, 25),
    date(2022, 4, 29),
    date(2022, 6, 21),
    overall="outstanding",
    leaders="outstanding",
    help="good",
    care_and_leavers="good",
)
ILACS_2025 = graded(
    "ilacs-2023",
    date(2025, 3, 3),
    date(2025, 3, 7),
    date(2025, 4, 15),
    overall="good",
    leaders="outstanding",
    help="requires improvement",
    care="outstanding",
    leavers="good",
)
BARNET = graded(
    "ilacs-2018",
    date(2019, 5, 13),
    date(2019, 5, 17),
    overall="good",
    leaders="good",
    help="good",
    care_and_leavers="good",
)
