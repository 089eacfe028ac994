"""The table of an authority's themes, compared with its group: a row for each theme that stands out."""

from __future__ import annotations

from typing import NamedTuple

from reinspect.comparing.themes.own_themes import OwnTheme, OwnThemes
from reinspect.exporting.tables.shared_columns import joined
from reinspect.exporting.tidy import Fields, TidyTable, number, tabulate, text, whole


class StandingOut(NamedTuple):
    """A theme, and why it stands out: asked more often, asked again, or never asked."""

    why: str
    theme: OwnTheme


def own_themes_table(own: OwnThemes) -> TidyTable:
    """Return a row for each theme that is asked more often than the group, asked again, or never asked."""
    lists = (("asked more often", own.more), ("asked again", own.again), ("never asked", own.never))
    rows = (StandingOut(why, theme) for why, themes in lists for theme in themes)
    return tabulate("own_themes", "one theme that stands out from the group", _OWN, rows)


_OWN: Fields[StandingOut] = (
    text("why", "asked more often (than the group), asked again, or never asked", lambda row: row.why),
    text("theme", "key of the theme", lambda row: row.theme.theme.key),
    text("name", "name of the theme", lambda row: row.theme.theme.name),
    whole("inspections", "inspections of the authority that ask for it", lambda row: len(row.theme.asked)),
    whole("of", "its inspections that list improvements", lambda row: row.theme.own),
    number(
        "expected", "as many would ask if it were as often as in the group", lambda row: round(row.theme.expected, 2)
    ),
    whole("group_inspections", "inspections of the group that ask for it", lambda row: row.theme.asked_of_group),
    whole("group_of", "inspections of the group that list improvements", lambda row: row.theme.group),
    text("asked", "ids of the inspections that ask for it", lambda r: joined(tuple(each.id for each in r.theme.asked))),
)
