"""The chart of grades on a real time axis, as columns and rows of a table.

An inspection is a column, as wide as the time until the next one. A row joins the grades of a strand with a line:

                         2017  '18 2019   '20 '21  2022     2026         since last
                         SIF       visit           ILACS    ILACS
    Help and protection  ▲ R ──────┊───────────── ● G ──── ● G           → same
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from textual.content import Content

from reinspect.comparing.judgements import StrandChange
from reinspect.comparing.timeline import StrandRow, TimelineCell, TimelineEvent, none_given
from reinspect.model import Inspection
from tui.app.panes.inspection_lines import short_kind
from tui.app.widgets.changes import short_change
from tui.app.widgets.grades import STRONG, graded, name_within, quiet
from tui.app.widgets.table import TableColumn, TableLine

_MIN_WIDTH, _MAX_WIDTH, _WORDS_WIDTH = 5, 40, 17
# From this width on there is room for changes in words.
_WIDE = 94
_LINE, _FAINT_LINE, _VISIT = "─", "┄", "┊"
IMPROVE = "improve"


def chart(
    events: Sequence[TimelineEvent],
    rows: Sequence[StrandRow],
    changes: Mapping[str, StrandChange],
    compared: tuple[Inspection, Inspection] | None,
    room: int,
) -> tuple[list[TableColumn], list[TableLine]]:
    """Return the table of a chart that takes `room` cells, or more if the inspections do not fit.

    `rows` have one cell for each of `events`. `changes` are those between the two `compared` inspections, by strand.
    """
    is_narrow = room < _WIDE
    name_width = min(max((len(row.name) for row in rows), default=10), _name_width(room))
    marks = (
        {strand: short_change(*compared, change, in_words=not is_narrow) for strand, change in changes.items()}
        if (compared)
        else {}
    )
    change_width = max(map(_length, marks.values()), default=0)
    if change_width:
        change_width = max(change_width, len("since" if is_narrow else "since last"))
    widths = axis_widths(events, room - name_width - 1 - (change_width + 1 if change_width else 0))
    in_words = min(widths, default=0) >= _WORDS_WIDTH
    columns = [
        TableColumn("strand", Content(""), name_width),
        *(_heading(*each) for each in zip(events, [*events[1:], None], widths, strict=True)),
        TableColumn(
            "change", Content("since" if is_narrow else "since last") if change_width else Content(""), change_width
        ),
    ]
    lines = [
        TableLine(
            f"{row.strand} {row.name}",
            [
                Content(name_within(row.name, name_width)),
                *_lane(row, events, widths, in_words),
                _mark(row, events, compared, marks),
            ],
        )
        for row in rows
    ]
    counts = [_count(event) for event in events]
    return columns, [*lines, TableLine(IMPROVE, [quiet("To improve"), *counts, Content("")])]


def _mark(
    row: StrandRow,
    events: Sequence[TimelineEvent],
    compared: tuple[Inspection, Inspection] | None,
    marks: Mapping[str, Content],
) -> Content:
    """Return the change of a row that the later of the two compared inspections grades; else nothing.

    A row of an older framework may have the same strand, so the strand alone is not enough.
    """
    later = compared[1].id if compared else None
    place = next((place for place, event in enumerate(events) if event.inspection.id == later), None)
    if place is None:
        return Content("")
    if row.cells[place].state == "graded":
        return marks.get(row.strand, Content(""))
    return quiet(", ".join(none_given(row, events, place)))


def _name_width(room: int) -> int:
    """Return the most cells that the name of a strand may take."""
    return 19 if room < _WIDE - 30 else 24 if room < _WIDE else 34


def axis_widths(events: Sequence[TimelineEvent], room: int) -> list[int]:
    """Return the width of the column of each event: the time until the next in cells, never less than a label needs."""
    if not events:
        return []
    days = [max((_day(b) - _day(a)).days, 0) for a, b in pairwise(events)]
    left = room - len(events) - _MIN_WIDTH
    low, high = 0.0, left / max(sum(days), 1) * 4
    if left < len(days) * _MIN_WIDTH:
        return [_MIN_WIDTH] * len(events)
    for _ in range(30):
        scale = (low + high) / 2
        if sum(max(_MIN_WIDTH, int(day * scale)) for day in days) <= left:
            low = scale
        else:
            high = scale
    return [*(min(max(_MIN_WIDTH, int(day * low)), max(_MAX_WIDTH, left // len(days))) for day in days), _MIN_WIDTH]


def _length(content: Content) -> int:
    return content.cell_length


def _day(event: TimelineEvent) -> date:
    """Return the first day of an event; the middle of the year if only the year is known."""
    when = event.inspection.when
    try:
        return date.fromisoformat(when[:10])
    except ValueError:
        return date(event.inspection.year or 1900, 7, 1)


def _heading(event: TimelineEvent, following: TimelineEvent | None, width: int) -> TableColumn:
    """Return a column headed by the year and kind of an event, with the years until the next as ticks."""
    year = str(event.inspection.year or "no date")
    ticks = [" "] * width
    if following is not None:
        start, days = _day(event), max((_day(following) - _day(event)).days, 1)
        for tick in range(start.year + 1, _day(following).year + 1):
            place = round((date(tick, 1, 1) - start).days / days * (width + 1))
            is_free = place > len(year) and all(letter == " " for letter in ticks[max(place - 1, 0) : place + 4])
            # The next heading begins with its own year.
            if is_free and place + 3 < width:
                ticks[place : place + 3] = f"'{tick % 100:02}"
    line = Content.assemble((year, STRONG), "".join(ticks)[len(year) :])
    return TableColumn(event.inspection.id, Content.assemble(line, "\n", short_kind(event.inspection)), width)


def _lane(row: StrandRow, events: Sequence[TimelineEvent], widths: Sequence[int], in_words: bool) -> Iterator[Content]:
    """Return the cells of a strand; a line runs from its first grade to its last."""
    judged = [place for place, cell in enumerate(row.cells) if cell.state == "graded"]
    first, last = (judged[0], judged[-1]) if judged else (0, -1)
    for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        if none_given(row, events, place):
            yield quiet("none given" if in_words else "none")
            continue
        yield _joined(cell, width, is_joined=first <= place < last, in_words=in_words)


def _joined(cell: TimelineCell, width: int, *, is_joined: bool, in_words: bool) -> Content:
    """Return a cell filled up to its width with the line to the next, if there is one."""
    content = _grade(cell, in_words)
    if not is_joined:
        return content
    gap = " " if cell.state not in ("no such strand", "ungraded visit") else ""
    rest = max(width - content.cell_length - len(gap), 0)
    # The strand did not exist at this inspection, so nothing is known about these years.
    line = _FAINT_LINE if cell.state == "no such strand" else _LINE
    return Content.assemble(content, gap, (line * rest, "$panel-line"))


def _grade(cell: TimelineCell, in_words: bool) -> Content:
    match cell.state:
        case "graded":
            return graded(cell.word if in_words else cell.letter, cell.shape, cell.rung, short=True)
        case "ungraded visit":
            return quiet(_VISIT)
        case "not judged":
            return quiet("∅ not judged" if in_words else "∅")
        case "not held":
            return quiet("? not stored" if in_words else "?")
    return Content("")


def _count(event: TimelineEvent) -> Content:
    if event.improvements is None:
        return quiet("?")
    return Content.styled(str(event.improvements + (event.priority_actions or 0)), STRONG)
