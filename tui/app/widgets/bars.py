"""Bars made of characters: small charts by year, and shares. None fills its line, so that no two rows join."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from reinspect.exporting.sparkline import years_row

_STYLE = "$primary"
_LINE = "\N{BOX DRAWINGS HEAVY HORIZONTAL}"
# The two highest blocks would touch the row above.
_LOWER = str.maketrans("▂▃▄▅▆▇█", "▁▂▃▃▄▅▆")


def year_bars(by_year: Mapping[int, int]) -> Content:
    """Return a bar for each year, as high as its number, and a dot for a year without any."""
    return Content.styled(years_row(by_year).translate(_LOWER), _STYLE)


def share_bar(part: int, whole: int, width: int) -> Content:
    """Return a line as long as the share, at most `width` cells; a share above 0 has at least one cell."""
    length = max(round(width * part / whole), 1) if part else 0
    return Content.styled(_LINE * length, _STYLE)
