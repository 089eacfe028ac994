"""Build a page with the inspections of one or several authorities through time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reinspect.comparing.cohorts.grades import CohortGrades
from reinspect.comparing.judgements import short_name
from reinspect.comparing.timeline import Timeline, TimelineCell, TimelineEvent, none_given
from reinspect.exporting.abbreviations import NO_SUCH_STRAND
from reinspect.exporting.citation import day, occasion, other_sources, when
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.bands import band_sections
from reinspect.exporting.sheets.cohort import cohort_heads, standing_sections
from reinspect.exporting.sheets.labels import (
    caveat_sections,
    credits_of,
    documents_in_words,
    grade_cell,
    judgement_source,
    month,
    without_empty_columns,
)
from reinspect.exporting.sheets.timeline_chart import timeline_chart
from reinspect.frameworks import frameworks
from reinspect.model import Inspection

_FOLLOWS = "\N{BOX DRAWINGS LIGHT UP AND RIGHT}"
_STATES = {"not held": "not stored", "no such strand": NO_SUCH_STRAND, "ungraded visit": "visit"}
_LEGEND = {
    "no such strand": f'"{NO_SUCH_STRAND}": no such strand in that inspection',
    "ungraded visit": '"visit": not graded',
    "not held": '"not stored": add the report to see it',
    "not judged": '"not judged": no grade was given, for lack of cases',
}


def timeline_sheet(*timelines: Timeline, standings: Sequence[CohortGrades] = ()) -> Sheet:
    """Return a page with a table of grades and a table of inspections for each authority.

    `standings` has the latest grades of a comparison group for each timeline, or is empty.
    """
    names = [timeline.authority.name for timeline in timelines]
    leads = [f"{name}: " if len(names) > 1 else "" for name in names]
    groups = [
        section
        for timeline, standing, lead in zip(timelines, standings, leads, strict=False)
        for section in standing_sections(standing, timeline.authority, lead)
    ]
    caveats = caveat_sections(
        [
            *(key for timeline in timelines for keys in _none_given(timeline).values() for key in keys),
            *(key for standing in standings for key in standing.caveats),
        ]
    )
    return Sheet(
        title=f"Timeline: {', '.join(names)}",
        head=(*(line for timeline in timelines for line in _head(timeline)), *cohort_heads(standings)),
        sections=(
            *(
                section
                for timeline, lead in zip(timelines, leads, strict=True)
                for section in _sections(timeline, lead)
            ),
            *groups,
            *caveats,
        ),
        foot=credits_of([*names, *_compared_with(standings)], _frameworks(timelines)),
    )


def _compared_with(standings: Sequence[CohortGrades]) -> list[str]:
    """Return the names of the authorities of the groups."""
    return [member.authority.name for standing in standings for member in standing.members]


def _frameworks(timelines: Sequence[Timeline]) -> list[str | None]:
    """Return the frameworks of all events, those of social care first."""
    own = [event.inspection for timeline in timelines for event in timeline.events]
    others = [inspection for timeline in timelines for inspection in _of_other_bands(timeline)]
    return [inspection.framework for inspection in (*own, *others)]


def _head(timeline: Timeline) -> Iterator[str]:
    """Yield the introductory lines on an authority: number of inspections, earlier and later councils."""
    authority, events = timeline.authority, [event.inspection for event in timeline.events]
    number = f" (URN {authority.urn})" if authority.urn else ""
    if events:
        graded = sum(inspection.graded for inspection in events)
        span = " to ".join(dict.fromkeys(month(inspection.when) for inspection in (events[0], events[-1])))
        yield f"{authority.name}{number}: {graded} graded, {len(events) - graded} ungraded, {span}."
    else:
        yield f"{authority.name}{number}."
    changed = day(authority.changed) if authority.changed else "an unknown date"
    if timeline.predecessors:
        yield f"A new council since {changed}, in place of {_and(timeline.predecessors)} (see there for earlier years)."
    if timeline.successors:
        yield f"Ended on {changed}, followed by {_and(timeline.successors)}."
    if events and not any(inspection.documents for inspection in (*events, *_of_other_bands(timeline))):
        sources = other_sources(events)
        yield f"No document is in the store: everything here is from {sources}, without the areas to improve."


def _of_other_bands(timeline: Timeline) -> list[Inspection]:
    return [event.inspection for history in timeline.other_bands for event in history.events]


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _sections(timeline: Timeline, lead: str) -> tuple[SheetSection, ...]:
    name = timeline.authority.name
    others = [section for history in timeline.other_bands for section in band_sections(history, name, lead)]
    if not timeline.events:
        none = "The store has no inspection of social care." if others else "The store has no inspection."
        return (SheetSection(heading=f"{lead}Grades", blocks=(Paragraph(text=none),)), *others)
    not_given = _none_given(timeline)
    states = {
        cell.state
        for row in timeline.rows
        for place, cell in enumerate(row.cells)
        if (row.name, place) not in not_given
    }
    states |= {"not held" for event in timeline.events if event.improvements is None and _has_improvements(timeline)}
    meanings = "; ".join(words for state, words in _LEGEND.items() if state in states)
    legend = (Paragraph(text=f"{meanings}."),) if meanings else ()
    chart = timeline_chart(timeline)
    sections = [
        SheetSection(heading=f"{lead}Grades", blocks=(*([chart] if chart else []), _grades(timeline), *legend)),
        SheetSection(heading=f"{lead}Events", blocks=(_events(timeline),)),
        *others,
    ]
    if timeline.gaps:
        items = tuple(SheetItem(text=gap) for gap in timeline.gaps)
        sections.append(SheetSection(heading=f"{lead}Known gaps", blocks=(Listing(items=items),)))
    return tuple(sections)


def _has_improvements(timeline: Timeline) -> bool:
    """Return True if the recommendations of any inspection are stored."""
    return any(event.improvements is not None for event in timeline.events)


def _grades(timeline: Timeline) -> SheetTable:
    name = timeline.authority.name
    columns = ("Strand", *(_heading(event.inspection) for event in timeline.events))
    none = _none_given(timeline)
    rows = tuple(
        (
            SheetCell(text=row.name),
            *(
                _cell(event.inspection, row.cells[place], name, none.get((row.name, place), ()))
                for place, event in enumerate(timeline.events)
            ),
        )
        for row in timeline.rows
    )
    counts = (SheetCell(text="To improve"), *(_count(event.improvements) for event in timeline.events))
    return SheetTable(columns=columns, rows=(*rows, *([counts] if _has_improvements(timeline) else [])), narrow="split")


def _heading(inspection: Inspection) -> str:
    """Return the column heading of an inspection: "ILACS Apr 2022"."""
    year = inspection.when[:4]
    return f"{short_name(inspection).removesuffix(f' {year}')} {month(inspection.when)}"


def _none_given(timeline: Timeline) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the cells whose strand is not graded any more, by row and place, each with the caveats that say why."""
    return {
        (row.name, place): keys
        for row in timeline.rows
        for place in range(len(row.cells))
        if (keys := none_given(row, timeline.events, place))
    }


def _cell(inspection: Inspection, cell: TimelineCell, name: str, none: Sequence[str] = ()) -> SheetCell:
    """Return the cell of a grade; without one, the reason in words. `none` are the caveats that say why."""
    if none:
        return SheetCell(text=f"none given, {', '.join(none)}", tone="quiet")
    if cell.judgement is not None:
        return grade_cell(inspection.framework, cell.judgement, judgement_source(inspection, name, cell.judgement))
    return SheetCell(text=_STATES[cell.state], tone="quiet")


def _count(count: int | None) -> SheetCell:
    return SheetCell(text="not stored", tone="quiet") if count is None else SheetCell(text=str(count))


def _events(timeline: Timeline) -> SheetTable:
    """Return a table with one row for each inspection or visit."""
    columns = ("On site", "Event", "Published", "Topics", "To improve", "Priority actions", "Documents", "Id")
    return without_empty_columns(SheetTable(columns=columns, rows=tuple(_event(event) for event in timeline.events)))


def _ordinal(inspection: Inspection) -> str:
    return f" (number {inspection.ordinal})" if inspection.ordinal else ""


def _event(event: TimelineEvent) -> tuple[SheetCell, ...]:
    inspection = event.inspection
    documents = f"{documents_in_words(inspection.documents)}." if inspection.documents else ""
    if event.conflicts:
        fields = ", ".join(conflict.field for conflict in inspection.conflicts)
        documents = f"{documents} Sources differ on: {fields}.".strip()
    framework = frameworks().get(inspection.framework)
    # A monitoring visit belongs to the inspection above it, so it hangs below that.
    follows = f"{_FOLLOWS} " if framework and framework.follows else ""
    return (
        SheetCell(text=when(inspection)),
        SheetCell(text=f"{follows}{occasion(inspection)}{_ordinal(inspection)}"),
        SheetCell(text=day(inspection.published))
        if inspection.published
        else SheetCell(text="not known", tone="quiet"),
        SheetCell(text=", ".join(inspection.topics)),
        SheetCell(text="" if event.improvements is None else str(event.improvements)),
        SheetCell(text="" if event.priority_actions is None else str(event.priority_actions)),
        SheetCell(text=documents),
        SheetCell(text=inspection.id),
    )
