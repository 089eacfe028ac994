"""Build a page with the latest grades of many authorities."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.comparing.latest_grades import LatestGrades
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import credits_of

STRAND_LABELS = {
    "overall": "overall",
    "leaders": "leaders",
    "help": "help and protection",
    "care": "care",
    "leavers": "care leavers",
    "care_and_leavers": "care and care leavers",
}
"""The strands that are shown, each with its label."""


def latest_grades_sheet(rows: Sequence[LatestGrades], description: str) -> Sheet:
    """Return a page with a table of grades, one row for each authority.

    `description` says which authorities these are.
    """
    columns = (
        "Authority",
        *(label.capitalize() for label in STRAND_LABELS.values()),
        "Overall through time",
        "Graded",
        "Region",
    )
    cells = tuple(tuple(SheetCell(text=text) for text in latest_grades_words(row)) for row in rows)
    table = SheetTable(columns=columns, rows=cells)
    section = SheetSection(heading="Latest grades", blocks=(table,))
    foot = credits_of(row.authority.name for row in rows if row.latest)
    return Sheet(title="Authorities", head=(description,), sections=(section,), foot=foot)


def latest_grades_words(row: LatestGrades) -> list[str]:
    """Return the texts of one table row: name, latest grades, overall grades through time, date, region."""
    latest = row.latest
    grades = []
    for strand in STRAND_LABELS:
        judgement = latest.judgement(strand) if latest else None
        grades.append((judgement.grade or "not judged") if judgement else "")
    through_time = ", ".join(
        f"{inspection.year} {overall.grade}"
        for inspection in row.graded
        if (overall := inspection.judgement("overall")) and overall.grade
    )
    return [name_with_end(row), *grades, through_time, latest.when if latest else "never", row.authority.region]


def name_with_end(row: LatestGrades) -> str:
    """Return an authority's name, with the year if the authority was abolished: "Poole (ended 2019)"."""
    authority = row.authority
    if authority.successors and authority.changed:
        return f"{authority.name} (ended {authority.changed.year})"
    return authority.name
