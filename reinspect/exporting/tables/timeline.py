"""The table of timelines: a row for each grade."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.comparing.timeline import StrandRow, Timeline, TimelineCell
from reinspect.exporting.tables.inspections import rung
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, flag, tabulate, text, whole
from reinspect.model import Inspection


class TimelineGrade(NamedTuple):
    """The cell of one strand at one inspection."""

    inspection: Inspection
    row: StrandRow
    cell: TimelineCell


def timeline_table(timelines: Iterable[Timeline]) -> TidyTable:
    """Return a row for each inspection and each strand that it has; visits without grades are left out."""
    cells = (
        TimelineGrade(event.inspection, row, cell)
        for timeline in timelines
        for row in timeline.rows
        for event, cell in zip(timeline.events, row.cells, strict=True)
        if cell.state not in {"no such strand", "ungraded visit"}
    )
    return tabulate("timeline", "one strand (graded subject) of one inspection", _GRADES, cells)


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
    *place_columns("cell.judgement.evidence", "inspection"),
)
