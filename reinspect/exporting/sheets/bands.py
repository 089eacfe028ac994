"""Words and tables for inspections of other bands, such as SEND, and for two inspections of different bands.

An outcome is not a grade: it has a word and a sign of its own, it is never counted, and no table compares it with a
grade.
"""

from __future__ import annotations

from collections.abc import Iterator

from reinspect.comparing.judgements import short_name
from reinspect.comparing.timeline import BandHistory, TimelineEvent
from reinspect.exporting.citation import citation, day, occasion, origin_of, when
from reinspect.exporting.sheet import Block, Paragraph, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import documents_in_words, grade_cell, judgement_source, without_empty_columns
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Outcome

_HISTORY = (
    "Outcomes of these two frameworks are not compared: each is shown as it was given. A statement of action was a "
    "duty, not a level, and a higher number of weaknesses has no heavier weight."
)


def outcome_words(framework: str | None, outcome: Outcome | None) -> str:
    """Return an outcome in words: "statement required, 5 weaknesses"."""
    if outcome is None:
        return ""
    known = frameworks().get(framework or "")
    wording = known.outcome(outcome.key) if known else None
    return ", ".join((wording.name if wording else outcome.key, *outcome.details))


def outcome_cell(inspection: Inspection, name: str) -> SheetCell:
    """Return a table cell with an outcome, its sign and its source, or "not stored"."""
    outcome = inspection.outcome
    known = frameworks().get(inspection.framework)
    if outcome is None:
        return SheetCell(text="not stored" if known and known.outcomes else "", tone="quiet")
    wording = known.outcome(outcome.key) if known else None
    source = citation(inspection, name, outcome.evidence, origin_of(inspection, "outcome"))
    shape = wording.shape if wording else ""
    return SheetCell(
        text=outcome_words(inspection.framework, outcome), shape=shape, citation=source, evidence=outcome.evidence
    )


def band_sections(history: BandHistory, name: str, lead: str = "") -> Iterator[SheetSection]:
    """Yield the section of one band of a timeline: its grades if it has any, and its events with their outcomes."""
    blocks: list[Block] = []
    if history.rows:
        blocks.append(_grades(history, name))
    blocks.append(without_empty_columns(_events(history, name)))
    yield SheetSection(heading=f"{lead}{history.heading}", blocks=tuple(blocks))


def _grades(history: BandHistory, name: str) -> SheetTable:
    columns = ("Strand", *(f"{short_name(event.inspection)}" for event in history.events))
    rows = []
    for row in history.rows:
        cells = [SheetCell(text=row.name)]
        for event, cell in zip(history.events, row.cells, strict=True):
            inspection, judgement = event.inspection, cell.judgement
            source = judgement_source(inspection, name, judgement)
            cells.append(grade_cell(inspection.framework, judgement, source) if judgement else SheetCell(text=""))
        rows.append(tuple(cells))
    return SheetTable(columns=columns, rows=tuple(rows), narrow="split")


def _events(history: BandHistory, name: str) -> SheetTable:
    columns = (
        *("On site", "Event", "Outcome", "Published", "Theme", "To improve", "Priority actions"),
        *("Next step", "Documents", "Id"),
    )
    return SheetTable(columns=columns, rows=tuple(_event(event, name) for event in history.events))


def _event(event: TimelineEvent, name: str) -> tuple[SheetCell, ...]:
    inspection = event.inspection
    documents = f"{documents_in_words(inspection.documents)}." if inspection.documents else ""
    return (
        SheetCell(text=when(inspection)),
        SheetCell(text=occasion(inspection)),
        outcome_cell(inspection, name),
        SheetCell(text=day(inspection.published) if inspection.published else ""),
        SheetCell(text=inspection.theme or ""),
        SheetCell(text="" if event.improvements is None else str(event.improvements)),
        SheetCell(text="" if not event.priority_actions else str(event.priority_actions)),
        SheetCell(text=inspection.next_step or ""),
        SheetCell(text=documents),
        SheetCell(text=inspection.id),
    )


def across_bands_sentence(a: Inspection, b: Inspection) -> str:
    """Return the sentence that stands in place of a comparison of two inspections of different bands."""
    sides = " and ".join(f"{short_name(side)} judges {_judges(side)}" for side in (a, b))
    return f"{sides}: the two are not compared. The two lists of what to improve follow."


def _judges(inspection: Inspection) -> str:
    framework = frameworks().get(inspection.framework)
    return framework.judges if framework else "other matters (framework file not loaded)"


def outcome_blocks(a: Inspection, b: Inspection, names: tuple[str, str], labels: tuple[str, str]) -> Iterator[Block]:
    """Yield a table with the outcomes of two inspections, and the reason if they are not compared."""
    cells = tuple(outcome_cell(side, name) for side, name in zip((a, b), names, strict=True))
    yield SheetTable(columns=("", *labels), rows=((SheetCell(text="Outcome"), *cells),))
    if a.framework != b.framework:
        yield Paragraph(text=_HISTORY)
