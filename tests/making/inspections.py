"""Authorities, inspections and passages for tests, in our own words; the facts of Camden are real."""

from __future__ import annotations

from datetime import date, timedelta

from reinspect.model import Authority, Document, Evidence, Improvement, Inspection, Judgement, Passage, Window

CAMDEN = Authority(slug="camden", name="Camden", urn="80491", la_code="202", region="London")
KENT = Authority(slug="kent", name="Kent", urn="80509", la_code="886", region="South East")
POOLE = Authority(slug="poole", name="Poole", urn="80542", la_code="836", successors=("bcp",))
BCP = Authority(
    slug="bcp", name="Bournemouth, Christchurch and Poole", urn="2532287", la_code="839", predecessors=("poole",)
)

FIRST_DAY = {
    "caa-rating": date(2009, 12, 9),
    "slac": date(2012, 4, 16),
    "apc": date(2012, 9, 3),
    "lac-2013": date(2013, 7, 8),
    "sif": date(2017, 9, 11),
    "lscb-review": date(2015, 3, 2),
    "ilacs-2018": date(2022, 4, 25),
    "focused-visit": date(2023, 10, 31),
    "ilacs-2023": date(2025, 3, 3),
    "ilacs-2026": date(2026, 5, 11),
}


def judged(**grades: str | None) -> tuple[Judgement, ...]:
    """Return judgements from grades by strand; None makes one that was not judged."""
    return tuple(
        Judgement(strand=strand, grade=grade, not_judged=None if grade else "Not judged", printed=grade or "Not judged")
        for strand, grade in grades.items()
    )


def inspection(
    framework: str, start: date | None = None, authority: str = "camden", **grades: str | None
) -> Inspection:
    """Return an inspection of five days with these grades; by default its date suits the framework."""
    first = start or FIRST_DAY[framework]
    return Inspection(
        id=f"{authority}-{first.isoformat()}-{framework.split('-', maxsplit=1)[0]}",
        authority=authority,
        framework=framework,
        graded=framework != "focused-visit",
        windows=(Window(first, first + timedelta(days=4)),),
        judgements=judged(**grades),
    )


def report(digit: str, kind: str = "report", title: str = "Report") -> Document:
    """Return a document whose sha256 is one digit, repeated."""
    return Document(sha256=digit * 64, kind=kind, title=title, source=f"{title}.pdf", pages=9)  # type: ignore[arg-type]


def passage(
    text: str, strand: str | None = "help", page: int = 3, paragraph: int | None = 12, digit: str = "a"
) -> Passage:
    """Return a passage of a report at an arbitrary place."""
    return Passage(
        document=digit * 64, page=page, start=0, end=len(text), text=text, strand=strand, paragraph=paragraph
    )


def camden_2017() -> Inspection:
    """Return Camden's inspection of 2017, with evidence for its grades and two recommendations in our own words."""
    return Inspection(
        id="camden-2017-09-11-sif",
        authority="camden",
        framework="sif",
        graded=True,
        windows=(Window(date(2017, 9, 11), date(2017, 10, 5)),),
        published=date(2017, 11, 24),
        judgements=tuple(
            Judgement(strand=strand, grade=grade, evidence=Evidence(document="a" * 64, page=1, start=0, end=4))
            for strand, grade in (
                ("help", "good"),
                ("care", "good"),
                ("adoption", "outstanding"),
                ("leavers", "good"),
                ("leaders", "outstanding"),
                ("overall", "good"),
                ("lscb", "outstanding"),
            )
        ),
        improvements=(
            Improvement(
                index=1,
                number=1,
                text="Move sooner when a plan stops working.",
                evidence=Evidence(document="a" * 64, page=7, start=0, end=9, paragraph=1),
            ),
            Improvement(
                index=2,
                number=2,
                text="Write down why a manager decided as they did.",
                evidence=Evidence(document="a" * 64, page=7, start=10, end=19, paragraph=2),
            ),
        ),
        documents=(report("a", title="Camden 2017"),),
        primary_text="a" * 64,
    )


def camden_2022() -> Inspection:
    """Return Camden's inspection of 2022 as the record alone has it, without documents."""
    return Inspection(
        id="camden-2022-04-25-ilacs",
        authority="camden",
        framework="ilacs-2018",
        graded=True,
        windows=(Window(date(2022, 4, 25), date(2022, 4, 29)),),
        published=date(2022, 6, 21),
        judgements=judged(leaders="outstanding", help="good", care_and_leavers="outstanding", overall="outstanding"),
    )
