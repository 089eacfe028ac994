"""The tables of timelines: a row for each grade, and a row for each inspection or visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reinspect.comparing.timeline import BandHistory, StrandRow, Timeline, TimelineCell, TimelineEvent
from reinspect.exporting.sheets.bands import outcome_words
from reinspect.exporting.tables.inspections import rung
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, flag, tabulate, text, whole
from reinspect.frameworks import band_of
from reinspect.model import Inspection


class TimelineGrade(NamedTuple):
    """The cell of one strand at one inspection."""

    inspection: Inspection
    row: StrandRow
    cell: TimelineCell


def timeline_table(timelines: Iterable[Timeline]) -> TidyTable:
    """Return a row for each inspection and each strand that it has; visits without grades are left out.

    The inspections of each band, such as SEND, follow those of social care.
    """
    cells = (
        TimelineGrade(event.inspection, row, cell)
        for timeline in timelines
        for band in _bands(timeline)
        for row in band.rows
        for event, cell in zip(band.events, row.cells, strict=True)
        if cell.state not in {"no such strand", "ungraded visit"}
    )
    return tabulate("timeline", "one strand (graded subject) of one inspection", _GRADES, cells)


def events_table(timelines: Iterable[Timeline]) -> TidyTable:
    """Return a row for each inspection and visit of every band, with its outcome and the number of its lists."""
    events = (event for timeline in timelines for band in _bands(timeline) for event in band.events)
    return tabulate("events", "one inspection or visit", _EVENTS, events)


def _bands(timeline: Timeline) -> Iterator[Timeline | BandHistory]:
    """Yield social care, which is the timeline itself, then each other band."""
    yield timeline
    yield from timeline.other_bands


_GRADES: Fields[TimelineGrade] = (
    *inspection_columns("inspection"),
    text("strand", "key of the strand", lambda row: row.row.strand),
    text("strand_name", "name of the strand", lambda row: row.row.name),
    text("state", "graded, not judged or not held", lambda row: row.cell.state),
    text("grade", "grade in standard words", lambda row: row.cell.judgement.grade if row.cell.judgement else None),
    whole(
        "rung",
        "place of the grade on its scale, 1 for the best",
        lambda row: rung(row.inspection, row.cell.judgement) if row.cell.judgement else None,
    ),
    flag("history", "true for grades that are never compared with others", lambda row: row.row.history),
    *place_columns("cell.judgement.evidence", "inspection", "cell.judgement"),
)
_EVENTS: Fields[TimelineEvent] = (
    *inspection_columns("inspection"),
    text("band", "group of frameworks: social care, SEND and so on", lambda row: band_of(row.inspection.framework)),
    flag("graded", "true if the framework gives grades", lambda row: row.inspection.graded),
    text(
        "outcome",
        "result of an inspection that gives no grade",
        lambda row: outcome_words(row.inspection.framework, row.inspection.outcome),
    ),
    whole("improvements", "number of recommendations; empty if no text is stored", lambda row: row.improvements),
    whole("priority_actions", "number of priority actions; empty if no text is stored", lambda r: r.priority_actions),
    whole("coverage", "number of stored press articles", lambda row: row.coverage),
    whole("conflicts", "number of facts on which sources differ", lambda row: row.conflicts),
)
