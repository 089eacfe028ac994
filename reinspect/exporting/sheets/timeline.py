"""The history of one or several authorities, as a sheet."""

from __future__ import annotations

from reinspect.comparing.judgements import short_name
from reinspect.comparing.timeline import Event, Timeline, TimelineCell
from reinspect.exporting.citation import day, occasion, when
from reinspect.exporting.sheet import Cell, Item, Listing, Paragraph, Section, Sheet, Table
from reinspect.exporting.sheets.wording import (
    LICENCE,
    NO_SUCH_STRAND,
    documents_in_words,
    grade_cell,
    judgement_source,
)
from reinspect.model import Inspection

_STATES = {"not held": "not held", "no such strand": NO_SUCH_STRAND, "ungraded visit": "visit"}
_LEGEND = f'"{NO_SUCH_STRAND}": no such strand in that inspection; "visit": not graded; "not held": not known here.'
_GLUE = "\N{NO-BREAK SPACE}"


def timeline_sheet(*timelines: Timeline) -> Sheet:
    """Strands down and events across for each authority, then its events one by one with their sources."""
    names = [timeline.authority.name for timeline in timelines]
    return Sheet(
        title=f"Timeline: {', '.join(names)}",
        head=tuple(_head(timeline) for timeline in timelines),
        sections=tuple(section for timeline in timelines for section in _sections(timeline, alone=len(timelines) == 1)),
        foot=(LICENCE,),
    )


def _head(timeline: Timeline) -> str:
    events = [event.inspection for event in timeline.events]
    graded = sum(inspection.graded for inspection in events)
    counted = f"{graded} graded, {len(events) - graded} ungraded"
    span = f", {when(events[0])} to {when(events[-1])}" if events else ""
    return f"{timeline.authority.name} (URN {timeline.authority.urn}): {counted}{span}."


def _sections(timeline: Timeline, *, alone: bool) -> tuple[Section, ...]:
    lead = "" if alone else f"{timeline.authority.name}: "
    if not timeline.events:
        return (Section(heading=f"{lead}Grades", blocks=(Paragraph(text="No inspection is held."),)),)
    sections = [
        Section(heading=f"{lead}Grades", blocks=(_grades(timeline), Paragraph(text=_LEGEND))),
        Section(heading=f"{lead}Events", blocks=(_events(timeline),)),
    ]
    if timeline.gaps:
        items = tuple(Item(text=gap) for gap in timeline.gaps)
        sections.append(Section(heading=f"{lead}Known gaps", blocks=(Listing(items=items),)))
    return tuple(sections)


def _grades(timeline: Timeline) -> Table:
    name = timeline.authority.name
    columns = ("Strand", *(_heading(event.inspection) for event in timeline.events))
    rows = tuple(
        (
            Cell(text=row.name),
            *(_cell(event.inspection, cell, name) for event, cell in zip(timeline.events, row.cells, strict=True)),
        )
        for row in timeline.rows
    )
    counts = (Cell(text="To improve"), *(_count(event.improvements) for event in timeline.events))
    return Table(columns=columns, rows=(*rows, counts), narrow="split")


def _heading(inspection: Inspection) -> str:
    """Framework, month and year; the month where it is known."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    parts = inspection.when.split("-")
    bare = short_name(inspection).removesuffix(f" {parts[0]}")
    stamp = f"{months[int(parts[1]) - 1]}{_GLUE}{parts[0]}" if len(parts) > 1 else parts[0]
    return f"{bare} {stamp}"


def _cell(inspection: Inspection, cell: TimelineCell, name: str) -> Cell:
    if cell.judgement is not None:
        return grade_cell(inspection.framework, cell.judgement, judgement_source(inspection, name, cell.judgement))
    return Cell(text=_STATES[cell.state], tone="quiet")


def _count(count: int | None) -> Cell:
    return Cell(text="not held", tone="quiet") if count is None else Cell(text=str(count))


def _events(timeline: Timeline) -> Table:
    return Table(
        columns=("On site", "Event", "Published", "Topics", "To improve", "Priority actions", "Documents", "Id"),
        rows=tuple(_event(event) for event in timeline.events),
    )


def _event(event: Event) -> tuple[Cell, ...]:
    inspection = event.inspection
    noted = documents_in_words(inspection.documents)
    if event.conflicts:
        noted = f"{noted} Origins differ on: {', '.join(conflict.field for conflict in inspection.conflicts)}."
    return (
        Cell(text=when(inspection)),
        Cell(text=occasion(inspection)),
        Cell(text=day(inspection.published)) if inspection.published else Cell(text="not held", tone="quiet"),
        Cell(text=", ".join(inspection.topics)),
        _count(event.improvements),
        _count(event.priority_actions),
        Cell(text=noted),
        Cell(text=inspection.id),
    )
