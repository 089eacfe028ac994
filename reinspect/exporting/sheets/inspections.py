"""Many inspections: a compact list to read, and a wide table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import STRANDS
from reinspect.comparing.timeline import TimelineCell, framework_name, strand_cell
from reinspect.exporting.citation import occasion
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import LICENCE, RUNGS, authority_name, counted
from reinspect.model import Authority, Inspection, Judgement, Origin

_SHORT = {
    "overall": "Ov",
    "leaders": "Le",
    "help": "He",
    "care": "Ca",
    "care_and_leavers": "CL",
    "leavers": "Lv",
    "adoption": "Ad",
    "lscb": "SB",
}
_OLDER = "Older"
_NOT_JUDGED, _NOT_HELD = "nj", "?"
STRANDS_IN_FULL = {
    "Ov": "overall",
    "Le": "leaders",
    "He": "help and protection",
    "Ca": "children in care",
    "CL": "children in care and care leavers in one grade",
    "Lv": "care leavers",
    "Ad": "adoption",
    "SB": "safeguarding board",
}
STATES_IN_FULL = {_NOT_JUDGED: "not judged", _NOT_HELD: "not held"}
_STRANDS_IN_WORDS = ", ".join(f"{short} {words}" for short, words in STRANDS_IN_FULL.items())
_LEGEND = (
    "\N{BLACK DIAMOND}O outstanding, \N{BLACK CIRCLE}G good, \N{BLACK UP-POINTING TRIANGLE}R requires improvement, "
    "\N{BLACK SQUARE}I inadequate; nj not judged, ? not held, blank: no such strand, or a visit without grades."
)

Held = Sequence[tuple[Inspection, Authority | None]]


def inspections_sheet(held: Held, of: str = "") -> Sheet:
    """A list of inspections, a row each, with a narrow column for every strand that any of them graded.

    `of` says in words which inspections were asked for. What frameworks that stand apart graded is in one column.
    """
    inspections = [inspection for inspection, _ in held]
    counted_in_words = counted(len(held), "inspection or visit", "inspections and visits")
    return Sheet(
        title="Inspections",
        head=(
            f"{counted_in_words}{f': {of}' if of else ''}.",
            f"{_STRANDS_IN_WORDS}{_older_in_words(inspections)}.",
            _LEGEND,
        ),
        sections=(SheetSection(heading="Inspections", blocks=(inspections_table(inspections),)),),
        foot=(LICENCE,),
    )


def inspections_table(inspections: Sequence[Inspection]) -> SheetTable:
    """Id, event, publication and grades by letter and shape."""
    apart = crosswalk().separate
    graded = {j.strand for each in inspections if each.framework not in apart for j in each.judgements}
    strands = [strand for strand in STRANDS if strand in graded] + sorted(graded - set(STRANDS))
    older = any(each.framework in apart for each in inspections)
    return SheetTable(
        columns=("Id", "Event", "Published", *(_SHORT.get(s, s) for s in strands), *([_OLDER] if older else [])),
        rows=tuple(
            (
                SheetCell(text=each.id),
                SheetCell(text=_event(each)),
                SheetCell(text=each.published.isoformat() if each.published else _NOT_HELD),
                *(_grade(strand_cell(each, strand, shown=each.framework not in apart)) for strand in strands),
                *([_older(each)] if older else []),
            )
            for each in inspections
        ),
        narrow="hang",
    )


def record_table(held: Held) -> SheetTable:
    """Every fact of a list of inspections for a spreadsheet: a row an inspection, a column a strand, ISO dates.

    A strand's cell holds the canonical grade or "not judged", and nothing where there is no such strand or no grade is
    held. `origin` says where the facts come from.
    """
    found = {judgement.strand for inspection, _ in held for judgement in inspection.judgements}
    strands = (*STRANDS, *sorted(found - set(STRANDS)))
    columns = (
        *("id", "authority", "urn", "la_code", "region", "framework", "graded"),
        *("inspection_start", "inspection_end", "windows", "dated", "published"),
        *strands,
        *("topics", "report_url", "documents", "conflicts", "origin"),
    )
    rows = (_record_row(inspection, authority, strands) for inspection, authority in held)
    return SheetTable(columns=columns, rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows))


def _record_row(inspection: Inspection, authority: Authority | None, strands: Iterable[str]) -> Iterable[str]:
    yield from (inspection.id, authority_name(inspection, authority))
    yield from (authority.urn, authority.la_code, authority.region) if authority else ("", "", "")
    yield from (inspection.framework, "yes" if inspection.graded else "no")
    yield from (_iso(inspection.start), _iso(inspection.end))
    yield "; ".join(f"{window.start}/{window.end}" for window in inspection.windows)
    yield from (inspection.partial_date or "", _iso(inspection.published))
    for strand in strands:
        yield _grade_word(inspection.judgement(strand))
    yield "; ".join(inspection.topics)
    yield inspection.report_url or ""
    yield "; ".join(f"{document.kind} {document.sha256[:8]}" for document in inspection.documents)
    yield "; ".join(conflict.field for conflict in inspection.conflicts)
    yield _origins(inspection)


def _grade_word(judgement: Judgement | None) -> str:
    if judgement is None:
        return ""
    return judgement.grade or ("not judged" if judgement.not_judged else "")


def _iso(value: object) -> str:
    return str(value) if value else ""


def _origins(inspection: Inspection) -> str:
    """The kinds of origin its facts have, in the order of the facts."""
    kinds = {document.sha256: document.kind for document in inspection.documents}

    def named(origin: Origin) -> str:
        if origin.kind == "document":
            return kinds.get(origin.source, "document")
        return "shipped record" if origin.kind == "record" else origin.source or "entered by hand"

    return "; ".join(dict.fromkeys(named(origin) for origin in inspection.origins.values()))


def _event(inspection: Inspection) -> str:
    """The kind of event in one word: "SIF", "visit", "rating"."""
    return occasion(inspection).removesuffix(" inspection").split()[-1]


def _grade(cell: TimelineCell) -> SheetCell:
    if cell.state == "graded":
        return SheetCell(text=f"{cell.shape}{cell.letter}", tone=RUNGS[cell.rung] if cell.rung else "")
    return SheetCell(text={"not judged": _NOT_JUDGED, "not held": _NOT_HELD}.get(cell.state, ""), tone="quiet")


def _older(inspection: Inspection) -> SheetCell:
    """All grades of a framework that stands apart, in the order in which it names them."""
    if inspection.framework not in crosswalk().separate:
        return SheetCell(text="")
    told = (_grade(strand_cell(inspection, judgement.strand)) for judgement in inspection.judgements)
    return SheetCell(text=" ".join(cell.text for cell in told))


def _older_in_words(inspections: Iterable[Inspection]) -> str:
    older = sorted({each.framework for each in inspections} & crosswalk().separate.keys())
    names = ", ".join(framework_name(key) for key in older)
    return (
        f", {_OLDER} grades of frameworks that stand apart ({names}): `reinspect show ID` names them" if older else ""
    )
