"""An authority's history as a picture: a sign for every grade, bands for the frameworks, rings for the visits."""

from __future__ import annotations

from datetime import date

from reinspect.comparing.timeline import StrandRow, Timeline, TimelineCell, TimelineEvent
from reinspect.exporting.citation import event as in_words
from reinspect.exporting.sheet import Chart, ChartBand, ChartEvent, ChartMark, ChartRow
from reinspect.exporting.sheets.labels import RUNGS, counted, month


def timeline_chart(timeline: Timeline) -> Chart | None:
    """The same as the table of grades says; None where there is no grade, or an event's date is not known at all."""
    days = [_day(event.inspection.when) for event in timeline.events]
    dated = [day for day in days if day is not None]
    if not timeline.rows or len(dated) < len(days):
        return None
    name = timeline.authority.name
    lanes = [ChartRow(name=row.name, spots=tuple(map(_spot, row.cells))) for row in timeline.rows]
    return Chart(
        key=timeline.authority.slug,
        title=f"Grades of {name}, {dated[0].year} to {dated[-1].year}",
        told=" ".join(_told(row, timeline) for row in timeline.rows),
        moments=tuple(_moment(event, day, name) for event, day in zip(timeline.events, dated, strict=True)),
        stretches=tuple(ChartBand(name=band.name, first=band.first, last=band.last) for band in timeline.bands),
        lanes=tuple(lanes),
    )


def _day(when: str) -> date | None:
    """The day that an ISO date names; the middle of a month or a year where it names no more."""
    parts = [int(part) for part in when.split("-") if part]
    match parts:
        case [year]:
            return date(year, 7, 1)
        case [year, month_]:
            return date(year, month_, 15)
        case [year, month_, day]:
            return date(year, month_, day)
    return None


def _moment(event: TimelineEvent, day: date, name: str) -> ChartEvent:
    inspection = event.inspection
    told = [in_words(inspection, name)]
    if inspection.topics:
        told.append(f"on {', '.join(inspection.topics)}")
    if event.priority_actions:
        told.append(counted(event.priority_actions, "priority action"))
    return ChartEvent(
        day=day,
        label=month(inspection.when),
        words="; ".join(told),
        graded=inspection.graded,
        urgent=bool(event.priority_actions),
    )


def _spot(cell: TimelineCell) -> ChartMark | None:
    """A grade by shape and letter, what is missing in words, and nothing where there is no such strand."""
    if cell.state == "graded":
        tone = RUNGS[cell.rung] if cell.rung is not None and cell.rung < len(RUNGS) else ""
        return ChartMark(words=cell.word, letter=cell.letter if cell.shape else cell.word, shape=cell.shape, tone=tone)
    return ChartMark(words=cell.state, letter=cell.state) if cell.state in {"not judged", "not held"} else None


def _told(row: StrandRow, timeline: Timeline) -> str:
    """A row in words: "Overall: good (Sep 2017), outstanding (Apr 2022)."."""
    said = [
        f"{cell.word or cell.state} ({month(event.inspection.when)})"
        for event, cell in zip(timeline.events, row.cells, strict=True)
        if _spot(cell)
    ]
    return f"{row.name}: {', '.join(said)}."
