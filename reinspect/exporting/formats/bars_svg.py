"""Draw rows of bars as SVG for an HTML page, whose stylesheet (`sheet.css`) gives the colours.

                              2021  2022  2023  2024     columns
    Return home interviews      ▂     ▅     █     ▆      one row, a bar for each column that has one
    Private fostering           ▁     ·     ▂     ▁      a dot where nothing can be said, a line for a share of 0

All bars are on one scale, which the last line names. All lengths are in pixels at natural size.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reinspect.exporting.sheet import Bar, BarChart, BarRow

_NAME_WIDTH, _COLUMN, _BAR = 300, 46, 26
_HEAD, _ROW, _FOOT = 24, 34, 26
_TALLEST, _FLAT = 26, 1


def draw_bars(chart: BarChart) -> Iterator[str]:
    """Yield the lines of an `svg` element, with a title and a text alternative."""
    width = _NAME_WIDTH + _COLUMN * len(chart.columns)
    height = _HEAD + _ROW * len(chart.rows) + _FOOT
    highest = max((bar.share for row in chart.rows for bar in row.bars if bar), default=0.0)
    title_id, description_id = f"{escape(chart.key)}-title", f"{escape(chart.key)}-description"
    yield (
        f'<svg class="picture" role="img" viewBox="0 0 {width} {height}" width="{width}" '
        f'aria-labelledby="{title_id}" aria-describedby="{description_id}">'
    )
    yield f'<title id="{title_id}">{escape(chart.title)}</title>'
    yield f'<desc id="{description_id}">{escape(chart.alternative)}</desc>'
    for place, column in enumerate(chart.columns):
        yield f'<text class="year" x="{_middle(place)}" y="{_HEAD - 8}">{escape(column)}</text>'
    for place, row in enumerate(chart.rows):
        yield from _row(row, _HEAD + _ROW * (place + 1), width, highest)
    yield f'<text class="key" x="0" y="{height - 6}">The tallest bar is {100 * highest:.0f} %.</text>'
    yield "</svg>"


def _row(row: BarRow, bottom: int, width: int, highest: float) -> Iterator[str]:
    """Yield a row: its name, a line to stand on, and its bars."""
    yield f'<g class="bars"><path class="lane" d="M0 {bottom}H{width}"/>'
    yield f'<text class="name" x="0" y="{bottom - 8}">{escape(row.name)}</text>'
    for place, bar in enumerate(row.bars):
        yield _bar(bar, _middle(place), bottom, highest)
    yield "</g>"


def _bar(bar: Bar | None, middle: int, bottom: int, highest: float) -> str:
    if bar is None:
        return f'<text class="year" x="{middle}" y="{bottom - 4}">\N{MIDDLE DOT}</text>'
    tall = max(round(_TALLEST * bar.share / highest) if highest else 0, _FLAT)
    place = f'x="{middle - _BAR // 2}" y="{bottom - tall}" width="{_BAR}" height="{tall}"'
    return f"<rect {place}><title>{escape(bar.words)}</title></rect>"


def _middle(column: int) -> int:
    return _NAME_WIDTH + _COLUMN * column + _COLUMN // 2
