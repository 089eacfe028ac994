"""The table of times to better: a row for each group of improvements and number of years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.comparing.themes.kaplan_meier import CurvePoint
from reinspect.comparing.themes.time_to_better import TimedGroup
from reinspect.exporting.tidy import Fields, TidyTable, number, tabulate, text, whole

_YEARS = range(1, 11)


class TimedYear(NamedTuple):
    """A group of improvements after some years; `point` is None below the base."""

    group: TimedGroup
    years: int
    point: CurvePoint | None


def theme_times_table(groups: Iterable[TimedGroup]) -> TidyTable:
    """Return a row for each group and each number of years from 1 to 10."""
    rows = (TimedYear(group, years, group.curve.at(years)) for group in groups for years in _YEARS)
    return tabulate("theme_times", "one group of improvements after some years", _TIMES, rows)


_TIMES: Fields[TimedYear] = (
    text("kind", "all, theme, region or grade", lambda row: row.group.kind),
    text("group", "name of the theme, region or grade", lambda row: row.group.name),
    whole("authorities", "authorities that could be followed", lambda row: row.group.authorities),
    whole("followed", "improvements that could be followed", lambda row: row.group.curve.number),
    whole("better", "of these, firmly reported better at any time", lambda row: row.group.curve.better),
    whole("years", "years since it was asked", lambda row: row.years),
    number(
        "share_better",
        "share firmly reported better within these years (Kaplan-Meier), 0 to 1; empty below the base",
        lambda row: round(row.point.share, 4) if row.point else None,
    ),
    whole(
        "at_risk", "improvements that were still followed then", lambda row: row.point.at_risk if row.point else None
    ),
)
