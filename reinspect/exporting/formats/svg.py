"""A picture as SVG, to stand inside an HTML page that styles it (`sheet.css`).

Signs stand along a line of time. It runs evenly, but where two moments would touch they are moved apart, and the years
below move with them. Lengths are in the units of the drawing, which are pixels at its natural size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from reinspect.exporting.sheet import Chart, ChartEvent, ChartMark, ChartRow

_NAMES = 172
_RIM = 48
_SHORTEST = 640
_APART = 84
_HEAD = 58
_LANE = 34
_AXIS = 34
_KEY = 30
_YEAR_APART = 40
_LETTER = 8

_OUTLINES = {
    "\N{BLACK DIAMOND}": '<path d="M0-14 14 0 0 14-14 0Z"/>',
    "\N{BLACK CIRCLE}": '<circle r="11.5"/>',
    "\N{BLACK UP-POINTING TRIANGLE}": '<path d="M0-14 14 10H-14Z"/>',
    "\N{BLACK SQUARE}": '<rect x="-10.5" y="-10.5" width="21" height="21"/>',
}
# A letter stands at the middle of its shape; a triangle's is lower than its box's.
_LOWER = {"\N{BLACK UP-POINTING TRIANGLE}": 2}
_RING = '<circle class="ring" r="6"/>'


def draw(picture: Chart) -> Iterator[str]:
    """The lines of an `svg` element with its title and text alternative; nothing in it needs a style attribute."""
    across = _places([moment.day for moment in picture.moments])
    width = across[-1] + _RIM if across else _NAMES + _RIM
    bottom = _HEAD + _LANE * len(picture.lanes)
    named, told = f"{picture.key}-title", f"{picture.key}-told"
    yield (
        f'<svg class="picture" role="img" viewBox="0 0 {width} {bottom + _AXIS + _KEY}" width="{width}" '
        f'aria-labelledby="{escape(named)}" aria-describedby="{escape(told)}">'
    )
    yield f'<title id="{escape(named)}">{escape(picture.title)}</title>'
    yield f'<desc id="{escape(told)}">{escape(picture.told)}</desc>'
    yield from _stretches(picture, across, bottom)
    for place, lane in enumerate(picture.lanes):
        yield from _lane(lane.name, _HEAD + _LANE * place + _LANE // 2, width)
    for moment, x in zip(picture.moments, across, strict=True):
        yield from _moment(moment, x, bottom)
    for place, lane in enumerate(picture.lanes):
        yield from _signs(lane, across, _HEAD + _LANE * place + _LANE // 2)
    yield from _years([moment.day for moment in picture.moments], across, bottom)
    yield from _legend(picture, bottom + _AXIS + _KEY // 2)
    yield "</svg>"


def _places(days: Sequence[date]) -> list[int]:
    """Where each day stands, in order: evenly along the line, then pushed apart from both ends to keep a distance."""
    if not days:
        return []
    left = _NAMES + _RIM
    right = left + max(_SHORTEST, _APART * (len(days) - 1)) if len(days) > 1 else left
    span = (days[-1] - days[0]).days or 1
    places = [left + (right - left) * (day - days[0]).days // span for day in days]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + _APART)
    places[-1] = right
    for at in range(len(places) - 2, -1, -1):
        places[at] = min(places[at], places[at + 1] - _APART)
    return places


def _stretches(picture: Chart, across: Sequence[int], bottom: int) -> Iterator[str]:
    """A band behind each run of moments and a little beyond it, with its name on top."""
    for place, stretch in enumerate(picture.stretches):
        first, last = across[stretch.first], across[stretch.last]
        before = across[stretch.first - 1] if stretch.first else 0
        after = across[stretch.last + 1] if stretch.last + 1 < len(across) else last + 2 * _RIM
        left, right = max((before + first) // 2, first - _RIM), min((last + after) // 2, last + _RIM)
        shade = "band even" if place % 2 else "band"
        yield f'<rect class="{shade}" x="{left}" y="0" width="{right - left}" height="{bottom + 6}"/>'
        yield from _lines("stretch", (left + right) // 2, 21, _broken(stretch.name, (right - left) // _LETTER))


def _lane(name: str, y: int, width: int) -> Iterator[str]:
    yield f'<path class="lane" d="M{_NAMES} {y}H{width}"/>'
    yield from _lines("name", 0, y + 4, _broken(name, _NAMES // _LETTER))


def _moment(moment: ChartEvent, x: int, bottom: int) -> Iterator[str]:
    """A line down all lanes, its label above; a visit has a ring at its foot."""
    kind = "moment" if moment.graded else "moment visit"
    yield f'<g class="{kind}"><title>{escape(moment.words)}</title>'
    yield f'<path d="M{x} {_HEAD - 4}V{bottom + 6}"/><text x="{x}" y="{_HEAD - 8}">{escape(moment.label)}</text>'
    if not moment.graded:
        mark = '<text class="urgent" y="-10">!</text>' if moment.urgent else ""
        yield f'<g transform="translate({x} {bottom + 6})">{_RING}{mark}</g>'
    yield "</g>"


def _signs(lane: ChartRow, across: Sequence[int], y: int) -> Iterator[str]:
    for spot, x in zip(lane.spots, across, strict=True):
        if spot is not None:
            yield _sign(spot, x, y)


def _sign(spot: ChartMark, x: int, y: int) -> str:
    """A shape in the colour of its tone with a letter in it, or words on a ground of their own."""
    outline = _OUTLINES.get(spot.shape, "")
    letter = f'<text y="{4 + _LOWER.get(spot.shape, 0)}">{escape(spot.letter)}</text>'
    kind = f"sign {spot.tone}".strip() if outline else "sign bare"
    title = f"<title>{escape(spot.words)}</title>"
    return f'<g class="{kind}" transform="translate({x} {y})">{title}{outline}{letter}</g>'


def _years(days: Sequence[date], across: Sequence[int], bottom: int) -> Iterator[str]:
    """A tick at the first of each year that lies between the moments, and its number where there is room."""
    y, free = bottom + 6, 0
    if across:
        yield f'<path class="axis" d="M{_NAMES} {y}H{across[-1] + _RIM}"/>'
    for year in range(days[0].year + 1, days[-1].year + 1) if days else ():
        x = _between(date(year, 1, 1), days, across)
        yield f'<path class="axis" d="M{x} {y}v5"/>'
        if x >= free:
            yield f'<text class="year" x="{x}" y="{y + 20}">{year}</text>'
            free = x + _YEAR_APART


def _between(day: date, days: Sequence[date], across: Sequence[int]) -> int:
    """Where a day stands between its two neighbours among the moments."""
    after = min(max(bisect_right(days, day), 1), len(days) - 1)
    before = after - 1
    span = (days[after] - days[before]).days or 1
    return across[before] + (across[after] - across[before]) * (day - days[before]).days // span


def _legend(picture: Chart, y: int) -> Iterator[str]:
    """Every shape that is drawn, once, the best first, with its word; then the ring."""
    spots = (spot for lane in picture.lanes for spot in lane.spots if spot and spot.shape)
    known = {(spot.tone, spot.shape, spot.letter): spot for spot in spots}
    x = _NAMES + 14
    for _, spot in sorted(known.items()):
        yield _sign(spot, x, y)
        yield f'<text class="key" x="{x + 20}" y="{y + 4}">{escape(spot.words)}</text>'
        x += 56 + _LETTER * len(spot.words)
    if any(not moment.graded for moment in picture.moments):
        yield f'<g class="moment visit" transform="translate({x} {y})">{_RING}</g>'
        yield f'<text class="key" x="{x + 14}" y="{y + 4}">visit, not graded</text>'


def _lines(kind: str, x: int, y: int, lines: Sequence[str]) -> Iterator[str]:
    """Lines of text around a height, the middle of them at it."""
    top = y - 7 * (len(lines) - 1)
    for place, line in enumerate(lines):
        yield f'<text class="{kind}" x="{x}" y="{top + 14 * place}">{escape(line)}</text>'


def _broken(text: str, room: int) -> list[str]:
    """The text in lines of at most so many characters, broken at spaces alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
