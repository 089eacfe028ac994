"""Build a page that lists many inspections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import judged_strands
from reinspect.comparing.timeline import TimelineCell, framework_name, strand_cell
from reinspect.exporting.abbreviations import NOT_HELD, NOT_JUDGED, STRAND_SHORT, STRANDS_IN_FULL
from reinspect.exporting.citation import occasion
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import authority_name, counted, credits_of, rung_tone
from reinspect.frameworks import band_of, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE, band_order
from reinspect.model import Authority, Inspection

# The column of all grades under frameworks that are never compared.
_OLDER = "Older"
_STRANDS_IN_WORDS = ", ".join(f"{short} {words}" for short, words in STRANDS_IN_FULL.items())
_GRADES = (
    "\N{BLACK DIAMOND}O outstanding, \N{BLACK CIRCLE}G good, \N{BLACK UP-POINTING TRIANGLE}R requires improvement, "
    "\N{BLACK SQUARE}I inadequate"
)
_NO_GRADES = "nj not judged, ? not known, blank: no such strand, or a visit without grades."

_BLANK = SheetCell(text="", tone="quiet")

InspectionRows = Sequence[tuple[Inspection, Authority | None]]
_Signs = dict[tuple[str, str, tuple[str | None, str | None] | None], SheetCell]
"""The cells made so far, by framework, strand and outcome: grades repeat from row to row."""


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
            _legend(inspections),
        ),
        sections=(SheetSection(heading="Inspections", blocks=(inspections_table(inspections),)),),
        foot=credits_of((authority_name(*row) for row in rows), (inspection.framework for inspection in inspections)),
    )


def inspections_table(inspections: Sequence[Inspection]) -> SheetTable:
    """Return a table of inspections: id, kind, publication date, and a short sign for each grade ("●G")."""
    columns = _grade_columns(inspections)
    older = any(inspection.framework in crosswalk().separate for inspection in inspections)
    keys = Counter(strand for _, strand in columns)
    signs: _Signs = {}
    headings = (_heading(band, strand, is_shared=keys[strand] > 1) for band, strand in columns)
    return SheetTable(
        columns=("Id", "Event", "Published", *headings, *([_OLDER] if older else [])),
        rows=tuple(
            (
                SheetCell(text=inspection.id),
                SheetCell(text=_event(inspection)),
                SheetCell(text=inspection.published.isoformat() if inspection.published else NOT_HELD),
                *_grades(inspection, columns, signs),
                *([_older(inspection)] if older else []),
            )
            for inspection in inspections
        ),
        narrow="hang",
    )


def _grade_columns(inspections: Sequence[Inspection]) -> list[tuple[str, str]]:
    """Return the band and the strand of each column of grades: a strand of another band is not one of social care."""
    by_band: dict[str, list[Inspection]] = {}
    for inspection in inspections:
        if inspection.framework not in crosswalk().separate:
            by_band.setdefault(band_of(inspection.framework), []).append(inspection)
    return [(band, strand) for band in sorted(by_band, key=band_order) for strand in judged_strands(by_band[band])]


def _heading(band: str, strand: str, *, is_shared: bool) -> str:
    if band == SOCIAL_CARE:
        return STRAND_SHORT.get(strand, strand)
    return f"{strand} ({band})" if is_shared else strand


def _grades(inspection: Inspection, columns: Sequence[tuple[str, str]], signs: _Signs) -> list[SheetCell]:
    """Return the cells of an inspection in the columns of grades, blank in those of other bands."""
    if not inspection.graded or inspection.framework in crosswalk().separate:
        return [_BLANK] * len(columns)
    own = band_of(inspection.framework)
    outcomes = {each.strand: (each.grade, each.not_judged) for each in reversed(inspection.judgements)}
    cells = []
    for band, strand in columns:
        key = (inspection.framework, strand, outcomes.get(strand))
        if key not in signs:
            signs[key] = _grade(strand_cell(inspection, strand))
        cells.append(signs[key] if band == own else _BLANK)
    return cells


def _legend(inspections: Iterable[Inspection]) -> str:
    """Return what the signs mean: those of Ofsted's grades, then those of other scales on the page."""
    used = (frameworks().get(key) for key in dict.fromkeys(inspection.framework for inspection in inspections))
    grades = (grade for framework in used if framework for grade in framework.grades if framework.band != SOCIAL_CARE)
    others = dict.fromkeys(f"{grade.shape}{grade.letter} {grade.key}" for grade in grades)
    return ", ".join((_GRADES, *(words for words in others if words not in _GRADES))) + f"; {_NO_GRADES}"


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
