"""The tables of themes: a row for each improvement with its themes, and a row for each theme and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reinspect.comparing.themes.shares import GroupShare, ThemedImprovement, ThemeShare
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole


def themed_improvements_table(shares: Iterable[ThemeShare]) -> TidyTable:
    """Return a row for each improvement and priority action, with its themes."""
    items = (item for share in shares for item in share.improvements)
    return tabulate("themed_improvements", "one improvement or priority action", _IMPROVEMENTS, items)


class ThemeInGroup(NamedTuple):
    """A theme in a group of inspections: those of a year, under a framework, of a region or after a grade."""

    share: ThemeShare
    by: str
    group: GroupShare


def theme_shares_table(shares: Iterable[ThemeShare]) -> TidyTable:
    """Return a row for each theme and each year, framework, region and grade."""
    rows = (row for share in shares for row in _in_groups(share))
    return tabulate("theme_shares", "one theme in one group of inspections", _SHARES, rows)


def _in_groups(share: ThemeShare) -> Iterator[ThemeInGroup]:
    yield ThemeInGroup(share, "all", GroupShare("", share.inspections, share.of))
    years = (GroupShare(str(entry.year), entry.inspections, entry.of) for entry in share.years)
    groups = {"year": years, "framework": share.frameworks, "region": share.regions, "grade": share.grades}
    for by, members in groups.items():
        yield from (ThemeInGroup(share, by, group) for group in members)


_SHARES: Fields[ThemeInGroup] = (
    text("theme", "key of the theme; empty for improvements without one", lambda row: _key(row.share)),
    text("name", "name of the theme", lambda row: row.share.theme.name if row.share.theme else None),
    text("by", "all, year, framework, region, or grade that applied", lambda row: row.by),
    text("group", "the year, framework, region or grade", lambda row: row.group.name),
    whole("inspections", "inspections that ask for the theme", lambda row: row.group.inspections),
    whole("of", "inspections that list improvements", lambda row: row.group.of),
    text("trend", "rising, falling or level in the last three years; empty if too few", lambda row: row.share.trend),
)


def _key(share: ThemeShare) -> str | None:
    return share.theme.key if share.theme else None


_IMPROVEMENTS: Fields[ThemedImprovement] = (
    *inspection_columns("inspection"),
    whole("index", "position in the list, from 1", lambda item: item.improvement.index),
    text("theme", "key of the theme", lambda item: item.choice.theme),
    text("second_theme", "key of a second theme", lambda item: item.choice.second),
    text("text", "words of the improvement", lambda item: item.improvement.text),
    *place_columns("improvement.evidence", "inspection"),
)
