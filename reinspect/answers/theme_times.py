"""Answer "how long does it take until a later text reports it better?", by theme, region and grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.comparing.themes.time_to_better import TimedGroup

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class ThemeTimesAnswer(Answer, frozen=True, kw_only=True):
    """The time that improvements took until a later text firmly reported them better.

    `groups` begins with all together, then has the themes (unless `theme`, a key, is asked for), regions and grades.
    `description` says whose improvements these are.
    """

    groups: tuple[TimedGroup, ...]
    description: str
    theme: str | None = None

    def sheet(self) -> Sheet:
        """Return a page with the shares that were reported better within some years, and a chart of them."""
        from reinspect.exporting.sheets.theme_times import theme_times_sheet

        return theme_times_sheet(self.groups, self.description, self.theme)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each group and number of years."""
        from reinspect.exporting.tables.theme_times import theme_times_table

        return (theme_times_table(self.groups),)

    def records(self) -> list[JsonObject]:
        """Return a JSON object for each group."""
        from reinspect.exporting.theme_records import theme_time_record

        return [theme_time_record(group, self.theme) for group in self.groups]
