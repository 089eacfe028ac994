"""Years in words, and small bars in letters that only repeat the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_HEIGHTS = "\N{LOWER ONE EIGHTH BLOCK}▂▃▄▅▆▇\N{FULL BLOCK}"
_NONE = "\N{MIDDLE DOT}"


def years_in_words(years: Iterable[int]) -> str:
    """Years in their order, three and more in a row as one run: "2013-2016, 2019"."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def years_row(by_year: Mapping[int, int]) -> str:
    """A bar a year from the first to the last, as high as the year's count beside the highest; a dot for none."""
    if not by_year:
        return ""
    most = max(by_year.values())
    return "".join(_bar(by_year.get(year, 0) / most) for year in range(min(by_year), max(by_year) + 1))


def share_bar(uses: int, of: int) -> str:
    """One bar for a share of a whole: as high as the share is great, a dot for none."""
    return _bar(uses / of if of else 0.0)


def _bar(share: float) -> str:
    return _HEIGHTS[min(round(share * len(_HEIGHTS) + 0.499), len(_HEIGHTS)) - 1] if share > 0 else _NONE
