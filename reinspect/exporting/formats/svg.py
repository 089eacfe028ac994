"""Draw a chart as SVG for an HTML page, whose stylesheet (`sheet.css`) gives the colours.

                    SIF          ILACS 2018-22        framework bands
                  Sep 2017    Apr 2022    Oct 2023    labels of the events
    Overall          G           O                    one row for each strand, a mark for each event
                                              o       a ring for a visit, which is not graded
    --------------------2018------2022------2023--    years

Events are placed by date on an even time axis. Events that would touch are moved apart, and the year marks move with
them. All lengths are in pixels at natural size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from reinspect.exporting.sheet import Chart, ChartEvent, ChartLane, ChartMark, ChartRow

NAME_WIDTH = 172
MARGIN = 48
_SHORTEST_AXIS = 640
_EVENT_DISTANCE = 84
HEAD_HEIGHT = 58
_ROW_HEIGHT = 34
_AXIS_HEIGHT = 34
_LEGEND_HEIGHT = 30
_YEAR_DISTANCE = 40
_LETTER_WIDTH = 8
_EDGE = 14
_BOLD_LETTER_WIDTH = 8.8
_LINE_HEIGHT, _LINE_GAP = 14, 8

_OUTLINES = {
    "\N{BLACK DIAMOND}": '<path d="M0-14 14 0 0 14-14 0Z"/>',
    "\N{BLACK CIRCLE}": '<circle r="11.5"/>',
    "\N{BLACK UP-POINTING TRIANGLE}": '<path d="M0-14 14 10H-14Z"/>',
    "\N{BLACK SQUARE}": '<rect x="-10.5" y="-10.5" width="21" height="21"/>',
}
# A letter is at the middle of its shape; that of a triangle is lower than the middle of its box.
_LETTER_OFFSET = {"\N{BLACK UP-POINTING TRIANGLE}": 2}
_RING = '<circle class="ring" r="6"/>'


def draw_chart(chart: Chart) -> Iterator[str]:
    """Yield the lines of an `svg` element, with a title and a text alternative."""
    across = event_positions([event.day for event in chart.events])
    width = across[-1] + MARGIN if across else NAME_WIDTH + MARGIN
    names = [*(row.name for row in chart.rows), *(lane.name for lane in chart.lanes)]
    heights, bottom = row_positions(names)
    title_id, description_id = f"{chart.key}-title", f"{chart.key}-description"
    height = bottom + _AXIS_HEIGHT + _LEGEND_HEIGHT
    yield (
        f'<svg class="picture" role="img" viewBox="0 0 {width} {height}" width="{width}" '
        f'aria-labelledby="{escape(title_id)}" aria-describedby="{escape(description_id)}">'
    )
    yield f'<title id="{escape(title_id)}">{escape(chart.title)}</title>'
    yield f'<desc id="{escape(description_id)}">{escape(chart.alternative)}</desc>'
    yield from _bands(chart, across, bottom)
    for name, y in zip(names, heights, strict=True):
        yield from _row(name, y, width)
    for event, x in zip(chart.events, across, strict=True):
        yield from _event(event, x, bottom)
    for row, y in zip(chart.rows, heights, strict=False):
        yield from _signs(row, across, y)
    days = [event.day for event in chart.events]
    for lane, y in zip(chart.lanes, heights[len(chart.rows) :], strict=True):
        yield from _dated_signs(lane, days, across, y)
    yield from _years([event.day for event in chart.events], across, bottom)
    yield from _legend(chart, bottom + _AXIS_HEIGHT + _LEGEND_HEIGHT // 2)
    yield "</svg>"


def event_positions(days: Sequence[date]) -> list[int]:
    """Return the x coordinate of each day: proportional to time, but never closer than a minimum distance."""
    if not days:
        return []
    left = NAME_WIDTH + MARGIN
    right = left + max(_SHORTEST_AXIS, _EVENT_DISTANCE * (len(days) - 1)) if len(days) > 1 else left
    span = (days[-1] - days[0]).days or 1
    positions = [left + (right - left) * (day - days[0]).days // span for day in days]
    for index in range(1, len(positions)):
        positions[index] = max(positions[index], positions[index - 1] + _EVENT_DISTANCE)
    positions[-1] = right
    for index in range(len(positions) - 2, -1, -1):
        positions[index] = min(positions[index], positions[index + 1] - _EVENT_DISTANCE)
    return positions


def mark_position(day: date, days: Sequence[date], across: Sequence[int]) -> int:
    """Return the x coordinate of a mark at a day of its own; a day outside those of the events is at the edge."""
    return min(max(_position(day, days, across), NAME_WIDTH + _EDGE), across[-1] + MARGIN - _EDGE)


def row_positions(names: Sequence[str]) -> tuple[list[int], int]:
    """Return the y coordinate of each row, and of the bottom: a row is as high as its name needs."""
    heights, bottom = [], HEAD_HEIGHT
    for name in names:
        height = max(_ROW_HEIGHT, _LINE_HEIGHT * len(name_lines(name)) + _LINE_GAP)
        heights.append(bottom + height // 2)
        bottom += height
    return heights, bottom


def name_lines(name: str) -> list[str]:
    """Return the name of a row in lines that fit at its side."""
    return _wrapped(name, int(NAME_WIDTH // _BOLD_LETTER_WIDTH))


def _bands(chart: Chart, across: Sequence[int], bottom: int) -> Iterator[str]:
    """Yield a coloured band with its name behind each group of events."""
    for place, band in enumerate(chart.bands):
        first, last = across[band.first], across[band.last]
        before = across[band.first - 1] if band.first else 0
        after = across[band.last + 1] if band.last + 1 < len(across) else last + 2 * MARGIN
        left, right = max((before + first) // 2, first - MARGIN), min((last + after) // 2, last + MARGIN)
        shade = "band even" if place % 2 else "band"
        yield f'<rect class="{shade}" x="{left}" y="0" width="{right - left}" height="{bottom + 6}"/>'
        yield from _lines("stretch", (left + right) // 2, 21, _wrapped(band.name, (right - left) // _LETTER_WIDTH))


def _row(name: str, y: int, width: int) -> Iterator[str]:
    yield f'<path class="lane" d="M{NAME_WIDTH} {y}H{width}"/>'
    yield from _lines("name", 0, y + 4, name_lines(name))


def _event(event: ChartEvent, x: int, bottom: int) -> Iterator[str]:
    """Yield a vertical line for an event with its label above. A visit also gets a ring below."""
    kind = "moment" if event.graded else "moment visit"
    yield f'<g class="{kind}"><title>{escape(event.words)}</title>'
    label = f'<text x="{x}" y="{HEAD_HEIGHT - 8}">{escape(event.label)}</text>'
    yield f'<path d="M{x} {HEAD_HEIGHT - 4}V{bottom + 6}"/>{label}'
    if not event.graded:
        mark = '<text class="urgent" y="-10">!</text>' if event.urgent else ""
        yield f'<g transform="translate({x} {bottom + 6})">{_RING}{mark}</g>'
    yield "</g>"


def _signs(row: ChartRow, across: Sequence[int], y: int) -> Iterator[str]:
    for mark, x in zip(row.marks, across, strict=True):
        if mark is not None:
            yield _sign(mark, x, y)


def _dated_signs(lane: ChartLane, days: Sequence[date], across: Sequence[int], y: int) -> Iterator[str]:
    """Yield the marks of a lane at their days."""
    for mark in lane.marks:
        x = mark_position(mark.day, days, across)
        sign = f'<title>{escape(mark.words)}</title><text y="5">{escape(mark.sign)}</text>'
        yield f'<g class="dated" transform="translate({x} {y})"><circle r="11"/>{sign}</g>'


def _sign(mark: ChartMark, x: int, y: int) -> str:
    """Return a coloured shape with a letter inside, or the letter alone without a shape."""
    outline = _OUTLINES.get(mark.shape, "")
    letter = f'<text y="{4 + _LETTER_OFFSET.get(mark.shape, 0)}">{escape(mark.letter)}</text>'
    kind = f"sign {mark.tone}".strip() if outline else "sign bare"
    title = f"<title>{escape(mark.words)}</title>"
    return f'<g class="{kind}" transform="translate({x} {y})">{title}{outline}{letter}</g>'


def _years(days: Sequence[date], across: Sequence[int], bottom: int) -> Iterator[str]:
    """Yield the time axis with a tick for each 1 January, and the year if there is room."""
    y, free = bottom + 6, 0
    if across:
        yield f'<path class="axis" d="M{NAME_WIDTH} {y}H{across[-1] + MARGIN}"/>'
    for year in range(days[0].year + 1, days[-1].year + 1) if days else ():
        x = _position(date(year, 1, 1), days, across)
        yield f'<path class="axis" d="M{x} {y}v5"/>'
        if x >= free:
            yield f'<text class="year" x="{x}" y="{y + 20}">{year}</text>'
            free = x + _YEAR_DISTANCE


def _position(day: date, days: Sequence[date], across: Sequence[int]) -> int:
    """Return the x coordinate of a day, interpolated between the two nearest events."""
    after = min(max(bisect_right(days, day), 1), len(days) - 1)
    before = after - 1
    span = (days[after] - days[before]).days or 1
    return across[before] + (across[after] - across[before]) * (day - days[before]).days // span


def _legend(chart: Chart, y: int) -> Iterator[str]:
    """Yield each shape of the chart once with its meaning, the best grade first."""
    marks = (mark for row in chart.rows for mark in row.marks if mark and mark.shape)
    known = {(mark.tone, mark.shape, mark.letter): mark for mark in marks}
    x = NAME_WIDTH + 14
    for _, mark in sorted(known.items()):
        yield _sign(mark, x, y)
        yield f'<text class="key" x="{x + 20}" y="{y + 4}">{escape(mark.words)}</text>'
        x += 56 + _LETTER_WIDTH * len(mark.words)
    if any(not event.graded for event in chart.events):
        yield f'<g class="moment visit" transform="translate({x} {y})">{_RING}</g>'
        yield f'<text class="key" x="{x + 14}" y="{y + 4}">visit, not graded</text>'


def _lines(kind: str, x: int, y: int, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines of text, centred vertically on `y`."""
    top = y - _LINE_HEIGHT // 2 * (len(lines) - 1)
    for place, line in enumerate(lines):
        yield f'<text class="{kind}" x="{x}" y="{top + _LINE_HEIGHT * place}">{escape(line)}</text>'


def _wrapped(text: str, room: int) -> list[str]:
    """Return the text in lines of at most `room` characters, broken at spaces only."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
