"""Tables of inspections: one with a column for each strand (graded subject), and one with a row for each grade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reinspect.comparing.judgements import STRANDS
from reinspect.exporting.citation import origin_in_words
from reinspect.exporting.sheets.bands import outcome_words
from reinspect.exporting.tables.shared_columns import inspection_columns, joined, place_columns
from reinspect.exporting.tidy import Field, Fields, TidyTable, day, flag, tabulate, text, whole
from reinspect.frameworks import band_of, frameworks, strand_name
from reinspect.model import Authority, Improvement, Inspection, Judgement, Origin

InspectionRow = tuple[Inspection, Authority | None]

_BAND = "group of frameworks: social care, SEND and so on"

_IMPROVEMENT_LISTS = (
    ("improvements", "area for improvement"),
    ("priority_actions", "priority action"),
    ("lscb_improvements", "for the safeguarding board"),
)


class Graded(NamedTuple):
    """One grade, or the reason for its absence, and its inspection."""

    inspection: Inspection
    judgement: Judgement


class Listed(NamedTuple):
    """One recommendation, its inspection, and the list in which the report has it."""

    inspection: Inspection
    improvement: Improvement
    kind: str


def inspections_table(rows: Iterable[InspectionRow]) -> TidyTable:
    """Return every fact of each inspection: a row for each inspection, a column for each strand."""
    listed = list(rows)
    found = {judgement.strand for inspection, _ in listed for judgement in inspection.judgements}
    strands = (*STRANDS, *sorted(found - set(STRANDS)))
    fields = (*_FACTS, *map(_grade_column, strands), *_SOURCES)
    return tabulate("inspections", "one inspection or visit", fields, listed)


def judgements_table(inspections: Iterable[Inspection]) -> TidyTable:
    """Return every grade: a row for each inspection and strand."""
    graded = (Graded(inspection, judgement) for inspection in inspections for judgement in inspection.judgements)
    return tabulate("judgements", "one strand (graded subject) of one inspection", _JUDGEMENTS, graded)


def improvements_table(inspections: Iterable[Inspection]) -> TidyTable:
    """Return every recommendation and priority action: a row for each."""
    listed = (
        Listed(inspection, improvement, kind)
        for inspection in inspections
        for field, kind in _IMPROVEMENT_LISTS
        for improvement in getattr(inspection, field)
    )
    return tabulate("improvements", "one recommendation or priority action", _IMPROVEMENTS, listed)


def rung(inspection: Inspection, judgement: Judgement) -> int | None:
    """Return the place of a grade on its scale, 1 for the best, or None without a grade."""
    framework = frameworks().get(inspection.framework)
    grade = framework.grade(judgement.grade) if framework else None
    return grade.rung if grade else None


_FACTS: Fields[InspectionRow] = (
    text("id", "id of the inspection", lambda row: row[0].id),
    text("authority", "name of the local authority", lambda row: row[1].name if row[1] else row[0].authority),
    text("urn", "number of the authority at Ofsted", lambda row: row[1].urn if row[1] else ""),
    text("la_code", "code of the authority at the Department for Education", lambda r: r[1].la_code if r[1] else ""),
    text("region", "region of England", lambda row: row[1].region if row[1] else ""),
    text("framework", "inspection framework", lambda row: row[0].framework),
    flag("graded", "true if the framework gives grades", lambda row: row[0].graded),
    day("inspection_start", "first day on site", lambda row: row[0].start),
    day("inspection_end", "last day on site", lambda row: row[0].end),
    text("windows", "all visits, first/last day", lambda row: "; ".join(f"{w.start}/{w.end}" for w in row[0].windows)),
    text("dated", "year or month, if the days on site are not known", lambda row: row[0].partial_date),
    day("published", "day of publication", lambda row: row[0].published),
)
_SOURCES: Fields[InspectionRow] = (
    text("topics", "subjects of a focused visit", lambda row: joined(row[0].topics)),
    text("report_url", "address of the report", lambda row: row[0].report_url),
    text("documents", "stored documents, by kind and SHA-256", lambda row: _documents(row[0])),
    text("conflicts", "facts on which sources differ", lambda r: joined(tuple(c.field for c in r[0].conflicts))),
    text("origin", "kinds of sources of the facts", lambda row: _origins(row[0])),
    text("band", _BAND, lambda row: band_of(row[0].framework)),
    text("outcome", "result of an inspection that gives no grade", lambda row: _outcome(row[0])),
    text("theme", "theme of a joint targeted area inspection", lambda row: row[0].theme),
)
_JUDGEMENTS: Fields[Graded] = (
    *inspection_columns("inspection"),
    text("strand", "key of the graded subject", lambda row: row.judgement.strand),
    text(
        "strand_name",
        "name of the graded subject",
        lambda row: strand_name(row.judgement.strand, row.inspection.framework),
    ),
    text("grade", "grade in standard words", lambda row: row.judgement.grade),
    whole("rung", "place of the grade on its scale, 1 for the best", lambda row: rung(row.inspection, row.judgement)),
    text("not_judged", "reason if no grade was given", lambda row: row.judgement.not_judged),
    text("printed", "grade as printed", lambda row: row.judgement.printed),
    text("label", "name of the subject as printed", lambda row: row.judgement.label),
    *place_columns("judgement.evidence", "inspection", "judgement"),
    text("band", _BAND, lambda row: band_of(row.inspection.framework)),
)
_IMPROVEMENTS: Fields[Listed] = (
    *inspection_columns("inspection"),
    text("kind", "area for improvement, priority action, or for the safeguarding board", lambda row: row.kind),
    whole("index", "position in the list, from 1", lambda row: row.improvement.index),
    whole("number", "printed number", lambda row: row.improvement.number),
    text("text", "words of the recommendation", lambda row: row.improvement.text),
    text("strand", "key of the graded subject", lambda row: row.improvement.strand),
    text("tags", "printed references", lambda row: joined(row.improvement.tags)),
    *place_columns("improvement.evidence", "inspection"),
)


def _grade_column(strand: str) -> Field[InspectionRow]:
    def grade(row: InspectionRow) -> str:
        judgement = row[0].judgement(strand)
        return (judgement.grade or ("not judged" if judgement.not_judged else "")) if judgement else ""

    return text(strand, f"grade of {strand.replace('_', ' ')}", grade)


def _outcome(inspection: Inspection) -> str:
    return outcome_words(inspection.framework, inspection.outcome)


def _documents(inspection: Inspection) -> str:
    return "; ".join(f"{document.kind} {document.sha256[:8]}" for document in inspection.documents)


def _origins(inspection: Inspection) -> str:
    """Return the kinds of sources of an inspection's facts: "report; entered by hand"."""
    kinds = {document.sha256: document.kind for document in inspection.documents}

    def name(origin: Origin) -> str:
        return kinds.get(origin.source) or origin_in_words(origin)

    return "; ".join(dict.fromkeys(name(origin) for origin in inspection.origins.values()))


def inspection_tables(rows: Sequence[InspectionRow]) -> tuple[TidyTable, ...]:
    """Return the tables of inspections, of their grades, and of their recommendations."""
    inspections = [inspection for inspection, _ in rows]
    return inspections_table(rows), judgements_table(inspections), improvements_table(inspections)
