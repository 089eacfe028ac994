"""Draw the timeline of an authority as a chart: a mark for each grade, a band for each framework."""

from __future__ import annotations

from datetime import date

from reinspect.comparing.timeline import BandHistory, StrandRow, Timeline, TimelineCell, TimelineEvent
from reinspect.exporting.citation import event as inspection_in_words
from reinspect.exporting.citation import occasion
from reinspect.exporting.sheet import Chart, ChartBand, ChartEvent, ChartLane, ChartMark, ChartRow, DatedMark
from reinspect.exporting.sheets.bands import outcome_words
from reinspect.exporting.sheets.labels import counted, month, rung_tone
from reinspect.frameworks import frameworks

_NO_OUTCOME = "\N{WHITE DOWN-POINTING SMALL TRIANGLE}"
"""The sign of an event that has neither a grade nor an outcome."""


def timeline_chart(timeline: Timeline) -> Chart | None:
    """Return the grades of an authority as a chart, or None if there are no grades or a date is missing."""
    days = [event.inspection.day for event in timeline.events]
    dated = [day for day in days if day is not None]
    if not timeline.rows or len(dated) < len(days):
        return None
    name = timeline.authority.name
    lanes = tuple(_lane(history) for history in timeline.other_bands)
    return Chart(
        key=timeline.authority.slug,
        title=f"Grades of {name}, {dated[0].year} to {dated[-1].year}",
        alternative=" ".join(
            [*(_row_in_words(row, timeline) for row in timeline.rows), *(_lane_in_words(lane) for lane in lanes)]
        ),
        events=tuple(_event(event, day, name) for event, day in zip(timeline.events, dated, strict=True)),
        bands=tuple(ChartBand(name=band.name, first=band.first, last=band.last) for band in timeline.bands),
        rows=tuple(ChartRow(name=row.name, marks=tuple(map(_mark, row.cells))) for row in timeline.rows),
        lanes=lanes,
    )


def _event(event: TimelineEvent, day: date, name: str) -> ChartEvent:
    inspection = event.inspection
    words = [inspection_in_words(inspection, name)]
    if inspection.topics:
        words.append(f"on {', '.join(inspection.topics)}")
    if event.priority_actions:
        words.append(counted(event.priority_actions, "priority action"))
    return ChartEvent(
        day=day,
        label=month(inspection.when),
        words="; ".join(words),
        graded=inspection.graded,
        urgent=bool(event.priority_actions),
    )


def _lane(history: BandHistory) -> ChartLane:
    """Return the events of another band as marks on the same time axis."""
    marks = []
    for event in history.events:
        inspection, day = event.inspection, event.inspection.day
        if day is None:
            continue
        known = frameworks().get(inspection.framework)
        wording = known.outcome(inspection.outcome.key) if known and inspection.outcome else None
        words = ": ".join(filter(None, [occasion(inspection), outcome_words(inspection.framework, inspection.outcome)]))
        sign = wording.shape if wording else _NO_OUTCOME
        marks.append(DatedMark(day=day, sign=sign, words=f"{words} ({month(inspection.when)})"))
    return ChartLane(name=history.heading, marks=tuple(marks))


def _lane_in_words(lane: ChartLane) -> str:
    return f"{lane.name}: {', '.join(mark.words for mark in lane.marks)}."


def _mark(cell: TimelineCell) -> ChartMark | None:
    """Return a chart mark for a grade, or None if nothing is to be drawn."""
    if cell.state == "graded":
        tone = rung_tone(cell.rung)
        return ChartMark(words=cell.word, letter=cell.letter if cell.shape else cell.word, shape=cell.shape, tone=tone)
    words = {"not judged": "not judged", "not held": "not stored"}.get(cell.state)
    return ChartMark(words=words, letter=words) if words else None


def _row_in_words(row: StrandRow, timeline: Timeline) -> str:
    """Return a row in words, such as "Overall: good (Sep 2017), outstanding (Apr 2022)"."""
    grades = [
        f"{cell.word or cell.state} ({month(event.inspection.when)})"
        for event, cell in zip(timeline.events, row.cells, strict=True)
        if _mark(cell)
    ]
    return f"{row.name}: {', '.join(grades)}."
