"""Answer "what is everybody asked to improve?", "who was asked to improve this?" and "is it only us?"."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.answer import Answer
from reinspect.answers.names import find_inspection
from reinspect.answers.scope import find_cohort
from reinspect.comparing.cohorts.cohort import Cohort
from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.corrections import Corrections
from reinspect.comparing.themes.groups import Grouping, grades_when_asked
from reinspect.comparing.themes.own_themes import OwnThemes, compare_own
from reinspect.comparing.themes.shares import ThemeShare, count_themes
from reinspect.errors import NotFoundError
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Improvement, Inspection, ThemeCorrection

if TYPE_CHECKING:
    from reinspect.answers.holdings import HasInspections, Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class ThemesAnswer(Answer, frozen=True, kw_only=True):
    """The themes of all improvements in a group of inspections, the commonest first.

    `description` says whose inspections these are. `elsewhere` has the same shares for the group compared with, or for
    all other authorities, by theme key; it is empty if the group is everybody. `chosen` is the theme whose improvements
    are asked for, or None. `own` compares one authority with the group, if there are enough inspections. `by` chooses
    the columns of the page.
    """

    shares: tuple[ThemeShare, ...]
    description: str
    elsewhere: Mapping[str, ThemeShare] = msgspec.field(default_factory=dict)
    chosen: str | None = None
    own: OwnThemes | None = None
    by: Grouping = "year"

    def sheet(self) -> Sheet:
        """Return a page with a table of themes, or with the improvements of the chosen theme."""
        from reinspect.exporting.sheets.themes import theme_sheet, themes_sheet

        if self.chosen:
            return theme_sheet(self.shares, self.chosen, self.description)
        return themes_sheet(self.shares, self.elsewhere, self.description, by=self.by, own=self.own)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each improvement with its themes; then a row for each theme and group of inspections."""
        from reinspect.exporting.tables.own_themes import own_themes_table
        from reinspect.exporting.tables.themes import theme_shares_table, themed_improvements_table

        own = [own_themes_table(self.own)] if self.own else []
        return (themed_improvements_table(self.shares), theme_shares_table(self.shares), *own)

    def records(self) -> list[JsonObject]:
        """Return a JSON object for each theme."""
        from reinspect.exporting.theme_records import theme_record

        keys = (share.theme.key if share.theme else "" for share in self.shares)
        return [theme_record(share, self.elsewhere.get(key)) for share, key in zip(self.shares, keys, strict=True)]


def find_themes(
    holdings: Holdings,
    authority: Authority | None = None,
    cohort: str | None = None,
    theme: str | None = None,
    by: Grouping = "year",
) -> ThemesAnswer:
    """Return what the social care inspections of an authority, a group or everybody ask to be improved, by theme.

    With both, the authority is compared with the group; else with all other authorities. Dates and frameworks of the
    group limit the inspections of both. `theme` limits the answer to one theme, given by its key or a part of its name.

    Raises:
        NotFoundError: there is no such theme.
        CohortError: the group cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort else None
    chosen = find_theme(theme) if theme else None
    everything = social_care(holdings)
    grades = grades_when_asked(everything)
    corrections = Corrections(holdings.theme_corrections())
    own, others = _split(everything, authority, group)
    shares = count_themes(own, grades, corrections)
    return ThemesAnswer(
        shares=tuple(share for share in shares if chosen is None or (share.theme and share.theme.key == chosen)),
        description=_describe(authority, group),
        elsewhere={share.theme.key: share for share in count_themes(others, grades, corrections) if share.theme},
        chosen=chosen,
        own=compare_own(own, others, _others_in_words(group), corrections) if authority else None,
        by=by,
    )


def compare_own_themes(holdings: Holdings, authority: Authority, cohort: str | None) -> OwnThemes | None:
    """Compare what an authority is asked to improve with a group, or with all others; None if there is too little.

    Raises:
        CohortError: the group cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort else None
    own, others = _split(social_care(holdings), authority, group)
    return compare_own(own, others, _others_in_words(group), Corrections(holdings.theme_corrections()))


def social_care(holdings: HasInspections) -> list[Inspection]:
    """Return the inspections of social care, which alone have themes."""
    return [each for each in holdings.inspections() if band_of(each.framework) == SOCIAL_CARE]


_NEAR = 0.75
"""The least similarity of two words, from 0 to 1, at which one is suggested for the other."""


def find_theme(typed: str) -> str:
    """Return the key of the theme with this key, or with these words in its name.

    Raises:
        NotFoundError: no theme matches, or more than one does.
    """
    wanted = typed.strip().lower()
    if wanted in themes():
        return wanted
    found = [theme.key for theme in themes().values() if wanted and wanted in theme.name.lower()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f'several themes match "{typed}": {", ".join(themes()[key].name for key in found)}')
    hint = f"; did you mean {' or '.join(near)}?" if (near := _near_names(wanted)) else '; "themes" lists them'
    raise NotFoundError(f'no theme is called "{typed}"{hint}')


def _near_names(typed: str) -> list[str]:
    """Return the names of up to three themes that contain a similar word, most similar first."""
    nearness = {
        name: max(SequenceMatcher(None, typed, word).ratio() for word in (name.lower(), *name.lower().split()))
        for name in (theme.name for theme in themes().values())
    }
    return sorted((name for name in nearness if nearness[name] >= _NEAR), key=lambda name: -nearness[name])[:3]


def find_improvement(holdings: Holdings, place: str) -> tuple[Inspection, Improvement]:
    """Return the improvement at a place such as "camden:2022:2", the second in the list of that inspection.

    Raises:
        NotFoundError: there is no such inspection, or its list has no such number.
    """
    typed, _, number = place.rpartition(":")
    inspection = find_inspection(holdings, typed) if typed else None
    if inspection is None:
        raise NotFoundError(f'"{place}" is not a place; name an inspection and a number, such as camden:2022:2')
    found = next((each for each in inspection.improvements if str(each.index) == number.strip()), None)
    if found is None:
        raise NotFoundError(f"{inspection.id} has no improvement {number}; its list has {len(inspection.improvements)}")
    return inspection, found


def correct_theme(inspection: Inspection, improvement: Improvement, theme: str) -> ThemeCorrection:
    """Return the correction that gives an improvement a theme, named by its key or a part of its name.

    Raises:
        NotFoundError: there is no such theme.
    """
    return ThemeCorrection(inspection=inspection.id, improvement=improvement.text, theme=find_theme(theme))


def _split(
    everything: list[Inspection], authority: Authority | None, group: Cohort | None
) -> tuple[list[Inspection], list[Inspection]]:
    """Return the inspections that are asked about, and those that they are compared with."""
    if authority is None:
        own = [each for each in everything if group is None or group.holds(each)]
        return own, [each for each in everything if group is not None and not group.holds(each)]
    mine = [each for each in everything if each.authority == authority.slug]
    others = [each for each in everything if each.authority != authority.slug]
    if group is None:
        return mine, others
    limits = msgspec.structs.replace(group, authorities=(authority.slug,))
    return [each for each in mine if limits.holds(each)], [each for each in others if group.holds(each)]


def _others_in_words(group: Cohort | None) -> str:
    return group.words if group else "all other authorities"


def _describe(authority: Authority | None, group: Cohort | None) -> str:
    if authority is None:
        return group.words if group else "all authorities"
    return f"{authority.name}, compared with {group.words}" if group else authority.name
