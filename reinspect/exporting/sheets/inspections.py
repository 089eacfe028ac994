"""Build a page that lists many inspections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import STRANDS
from reinspect.comparing.timeline import TimelineCell, framework_name, strand_cell
from reinspect.exporting.abbreviations import NOT_HELD, NOT_JUDGED, STRAND_SHORT, STRANDS_IN_FULL
from reinspect.exporting.citation import occasion
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import authority_name, counted, credits_of, rung_tone
from reinspect.model import Authority, Inspection

# The column of all grades under frameworks that are never compared.
_OLDER = "Older"
_STRANDS_IN_WORDS = ", ".join(f"{short} {words}" for short, words in STRANDS_IN_FULL.items())
_LEGEND = (
    "\N{BLACK DIAMOND}O outstanding, \N{BLACK CIRCLE}G good, \N{BLACK UP-POINTING TRIANGLE}R requires improvement, "
    "\N{BLACK SQUARE}I inadequate; nj not judged, ? not known, blank: no such strand, or a visit without grades."
)

InspectionRows = Sequence[tuple[Inspection, Authority | None]]


def inspections_sheet(rows: InspectionRows, of: str = "") -> Sheet:
    """Return a page that lists inspections, one row each, with their grades.

    `of` says which inspections these are: "Camden".
    """
    inspections = [inspection for inspection, _ in rows]
    number = counted(len(rows), "inspection or visit", "inspections and visits")
    return Sheet(
        title="Inspections",
        head=(
            f"{number}{f': {of}' if of else ''}.",
            f"{_STRANDS_IN_WORDS}{_older_in_words(inspections)}.",
            _LEGEND,
        ),
        sections=(SheetSection(heading="Inspections", blocks=(inspections_table(inspections),)),),
        foot=credits_of(authority_name(*row) for row in rows),
    )


def inspections_table(inspections: Sequence[Inspection]) -> SheetTable:
    """Return a table of inspections: id, kind, publication date, and a short sign for each grade ("●G")."""
    apart = crosswalk().separate
    graded = {
        judgement.strand
        for inspection in inspections
        if inspection.framework not in apart
        for judgement in inspection.judgements
    }
    strands = [strand for strand in STRANDS if strand in graded] + sorted(graded - set(STRANDS))
    older = any(inspection.framework in apart for inspection in inspections)
    return SheetTable(
        columns=("Id", "Event", "Published", *(STRAND_SHORT.get(s, s) for s in strands), *([_OLDER] if older else [])),
        rows=tuple(
            (
                SheetCell(text=inspection.id),
                SheetCell(text=_event(inspection)),
                SheetCell(text=inspection.published.isoformat() if inspection.published else NOT_HELD),
                *(
                    _grade(strand_cell(inspection, strand, shown=inspection.framework not in apart))
                    for strand in strands
                ),
                *([_older(inspection)] if older else []),
            )
            for inspection in inspections
        ),
        narrow="hang",
    )


def _event(inspection: Inspection) -> str:
    """Return the kind of inspection in one word: "SIF", "visit", "rating"."""
    return occasion(inspection).removesuffix(" inspection").split()[-1]


def _grade(cell: TimelineCell) -> SheetCell:
    if cell.state == "graded":
        return SheetCell(text=f"{cell.shape}{cell.letter}", tone=rung_tone(cell.rung))
    return SheetCell(text={"not judged": NOT_JUDGED, "not held": NOT_HELD}.get(cell.state, ""), tone="quiet")


def _older(inspection: Inspection) -> SheetCell:
    """Return one cell with all grades of an inspection whose framework is never compared, else an empty cell."""
    if inspection.framework not in crosswalk().separate:
        return SheetCell(text="")
    grades = (_grade(strand_cell(inspection, judgement.strand)) for judgement in inspection.judgements)
    return SheetCell(text=" ".join(cell.text for cell in grades))


def _older_in_words(inspections: Iterable[Inspection]) -> str:
    older = sorted({inspection.framework for inspection in inspections} & crosswalk().separate.keys())
    names = ", ".join(framework_name(key) for key in older)
    if not older:
        return ""
    return f", {_OLDER} grades of frameworks that are not compared ({names}): `reinspect show ID` has them in full"
