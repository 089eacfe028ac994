"""The table of themes: a row for each improvement, with its themes."""

from __future__ import annotations

from collections.abc import Iterable

from reinspect.comparing.themes.shares import ThemedImprovement, ThemeShare
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole


def themed_improvements_table(shares: Iterable[ThemeShare]) -> TidyTable:
    """Return a row for each improvement and priority action, with its themes."""
    items = (item for share in shares for item in share.improvements)
    return tabulate("themed_improvements", "one improvement or priority action", _IMPROVEMENTS, items)


_IMPROVEMENTS: Fields[ThemedImprovement] = (
    *inspection_columns("inspection"),
    whole("index", "position in the list, from 1", lambda item: item.improvement.index),
    text("theme", "key of the theme", lambda item: item.choice.theme),
    text("second_theme", "key of a second theme", lambda item: item.choice.second),
    text("text", "words of the improvement", lambda item: item.improvement.text),
    *place_columns("improvement.evidence", "inspection"),
)
