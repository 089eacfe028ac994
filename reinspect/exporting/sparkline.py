"""Write years in words ("2013-2016, 2019"), and draw small bar charts with characters ("▄█··▄")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_HEIGHTS = "\N{LOWER ONE EIGHTH BLOCK}▂▃▄▅▆▇\N{FULL BLOCK}"
_NONE = "\N{MIDDLE DOT}"


def years_in_words(years: Iterable[int]) -> str:
    """Return the years as text, with ranges: [2013, 2014, 2015, 2016, 2019] -> "2013-2016, 2019"."""
    ranges: list[list[int]] = []
    for year in sorted(set(years)):
        if ranges and year == ranges[-1][-1] + 1:
            ranges[-1].append(year)
        else:
            ranges.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in ranges)


def years_row(by_year: Mapping[int, int]) -> str:
    """Return a bar chart with one character a year: {2018: 2, 2019: 4, 2022: 2} -> "▄█··▄"."""
    if not by_year:
        return ""
    highest = max(by_year.values())
    return "".join(_bar(by_year.get(year, 0) / highest) for year in range(min(by_year), max(by_year) + 1))


def share_bar(uses: int, of: int) -> str:
    """Return one bar character for the share `uses` / `of`, or a dot for zero."""
    return _bar(uses / of if of else 0.0)


def _bar(share: float) -> str:
    return _HEIGHTS[min(round(share * len(_HEIGHTS) + 0.499), len(_HEIGHTS)) - 1] if share > 0 else _NONE
