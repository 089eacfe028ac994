"""Answer "what is everybody asked to improve?" and "who was asked to improve this?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.answer import Answer
from reinspect.answers.scope import find_cohort
from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.shares import ThemeShare, count_themes
from reinspect.errors import NotFoundError
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Inspection

if TYPE_CHECKING:
    from reinspect.answers.holdings import HasInspections
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class ThemesAnswer(Answer, frozen=True, kw_only=True):
    """The themes of all improvements in a group of inspections, the commonest first.

    `description` says whose inspections these are. `elsewhere` has the same shares for all other authorities, by theme
    key; it is empty if the group is everybody. `chosen` is the theme whose improvements are asked for, or None.
    """

    shares: tuple[ThemeShare, ...]
    description: str
    elsewhere: Mapping[str, ThemeShare] = msgspec.field(default_factory=dict)
    chosen: str | None = None

    def sheet(self) -> Sheet:
        """Return a page with a table of themes, or with the improvements of the chosen theme."""
        from reinspect.exporting.sheets.themes import theme_sheet, themes_sheet

        if self.chosen:
            return theme_sheet(self.shares, self.chosen, self.description)
        return themes_sheet(self.shares, self.elsewhere, self.description)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return one table: a row for each improvement, with its themes."""
        from reinspect.exporting.tables.themes import themed_improvements_table

        return (themed_improvements_table(self.shares),)

    def records(self) -> list[JsonObject]:
        """Return a JSON object for each theme."""
        from reinspect.exporting.theme_records import theme_record

        keys = (share.theme.key if share.theme else "" for share in self.shares)
        return [theme_record(share, self.elsewhere.get(key)) for share, key in zip(self.shares, keys, strict=True)]


def find_themes(
    holdings: HasInspections, authority: Authority | None = None, cohort: str | None = None, theme: str | None = None
) -> ThemesAnswer:
    """Return what the social care inspections of an authority, a group or everybody ask to be improved, by theme.

    `theme` limits the answer to one theme, given by its key or the beginning of its name.

    Raises:
        NotFoundError: there is no such theme.
        CohortError: the group cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort else None
    chosen = _find_theme(theme) if theme else None
    everything = [each for each in holdings.inspections() if band_of(each.framework) == SOCIAL_CARE]

    def is_chosen(inspection: Inspection) -> bool:
        return (authority is None or inspection.authority == authority.slug) and (
            group is None or group.holds(inspection)
        )

    own = count_themes(inspection for inspection in everything if is_chosen(inspection))
    limited = authority is not None or group is not None
    others = count_themes(inspection for inspection in everything if not is_chosen(inspection)) if limited else []
    words = [authority.name if authority else "", group.words if group else ""]
    return ThemesAnswer(
        shares=tuple(share for share in own if chosen is None or (share.theme and share.theme.key == chosen)),
        description="; ".join(filter(None, words)) or "all authorities",
        elsewhere={share.theme.key: share for share in others if share.theme},
        chosen=chosen,
    )


def _find_theme(typed: str) -> str:
    wanted = typed.strip().lower()
    if wanted in themes():
        return wanted
    found = [theme.key for theme in themes().values() if wanted and wanted in theme.name.lower()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f'several themes match "{typed}": {", ".join(found)}')
    raise NotFoundError(f'no theme is called "{typed}"; these exist: {", ".join(themes())}')
