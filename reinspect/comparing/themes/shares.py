"""Count how many inspections ask for each theme, in all, and by year, framework, region and grade.

    three inspections that list improvements, two of them ask for better supervision
    ThemeShare(theme=supervision-oversight, inspections=2, of=3)      share 67 %

An inspection counts once for a theme, however many of its improvements have it. Only the first theme of an improvement
counts, so that no improvement is counted twice.

A theme rises if the share of the last three years is higher than that of the three years before, by at least five
points and beyond chance (two proportions, pooled: the difference is at least 1.96 standard errors):

    2020-22: 12 of 90 inspections (13 %)      2023-25: 27 of 95 (28 %)      28 - 13 = 15 points, 2.5 standard errors
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Literal, TypeVar

import msgspec

from reinspect.comparing.themes.classify import Theme, ThemeChoice, themes
from reinspect.comparing.themes.corrections import NO_CORRECTIONS, Corrections
from reinspect.comparing.themes.groups import framework_name, framework_order, region_of
from reinspect.frameworks import grade_order
from reinspect.model import Improvement, Inspection

Trend = Literal["rising", "falling", "level"]
_Key = TypeVar("_Key", int, str)
# The years that are compared with as many before, and the inspections with a list that each needs.
_PERIOD, _LEAST_TO_COMPARE = 3, 20
# A smaller difference is level, also if it is beyond chance; and the standard errors that are beyond chance.
_LEAST_DIFFERENCE, _BEYOND_CHANCE = 0.05, 1.96


class ThemedImprovement(msgspec.Struct, frozen=True, kw_only=True):
    """An improvement with the inspection that asks for it and its themes."""

    inspection: Inspection
    improvement: Improvement
    choice: ThemeChoice


class YearShare(msgspec.Struct, frozen=True):
    """The number of inspections of a year that ask for a theme, out of those that list improvements."""

    year: int
    inspections: int
    of: int


class GroupShare(msgspec.Struct, frozen=True):
    """The inspections of a framework, of a region or after a grade that ask for a theme, out of those with a list."""

    name: str
    inspections: int
    of: int


class InspectionThemes(msgspec.Struct, frozen=True):
    """An inspection that lists improvements, the keys of their themes, and of all that they speak of besides."""

    inspection: Inspection
    themes: frozenset[str | None]
    mentioned: frozenset[str] = frozenset()


class ThemeShare(msgspec.Struct, frozen=True, kw_only=True):
    """The inspections that ask for a theme, counted out of those that list improvements.

    `theme` is None for improvements with no theme. `improvements` are sorted by date, the latest first. `frameworks`,
    `regions` and `grades` count the same inspections by group; the grade is the overall grade that applied.
    """

    theme: Theme | None
    inspections: int
    of: int
    years: tuple[YearShare, ...]
    improvements: tuple[ThemedImprovement, ...]
    frameworks: tuple[GroupShare, ...] = ()
    regions: tuple[GroupShare, ...] = ()
    grades: tuple[GroupShare, ...] = ()

    @property
    def share(self) -> float:
        """The share of the inspections that ask for the theme, from 0 to 1."""
        return self.inspections / self.of if self.of else 0.0

    @property
    def periods(self) -> tuple[YearShare, YearShare] | None:
        """The shares of the three years before the last three, and of the last three, each by its last year.

        None if either has too few inspections to compare.
        """
        if not self.years:
            return None
        latest = max(entry.year for entry in self.years)
        before, now = (self._period(latest - _PERIOD), self._period(latest))
        return (before, now) if min(before.of, now.of) >= _LEAST_TO_COMPARE else None

    @property
    def trend(self) -> Trend | None:
        """Return how the share of the last three years differs from the three before; None if there are too few."""
        if self.periods is None:
            return None
        before, now = self.periods
        difference = now.inspections / now.of - before.inspections / before.of
        pooled = (now.inspections + before.inspections) / (now.of + before.of)
        error = sqrt(pooled * (1 - pooled) * (1 / now.of + 1 / before.of))
        if abs(difference) < _LEAST_DIFFERENCE or abs(difference) < _BEYOND_CHANCE * error:
            return "level"
        return "rising" if difference > 0 else "falling"

    def _period(self, last: int) -> YearShare:
        inside = [entry for entry in self.years if last - _PERIOD < entry.year <= last]
        return YearShare(last, sum(entry.inspections for entry in inside), sum(entry.of for entry in inside))


def theme_improvements(
    inspections: Iterable[Inspection], corrections: Corrections = NO_CORRECTIONS
) -> list[ThemedImprovement]:
    """Return every improvement and priority action of the authorities themselves, with its themes."""
    return [
        ThemedImprovement(
            inspection=inspection, improvement=improvement, choice=corrections.choose(inspection, improvement)
        )
        for inspection in inspections
        for improvement in (*inspection.priority_actions, *inspection.improvements)
        if improvement.whose == "authority"
    ]


def inspection_themes(
    inspections: Iterable[Inspection], corrections: Corrections = NO_CORRECTIONS
) -> list[InspectionThemes]:
    """Return the inspections that list improvements, each with their themes."""
    return [
        InspectionThemes(
            inspection,
            frozenset(item.choice.theme for item in items),
            frozenset(theme for item in items for theme in item.choice.scores),
        )
        for inspection in inspections
        if (items := theme_improvements([inspection], corrections))
    ]


def count_themes(
    inspections: Iterable[Inspection],
    grades: Mapping[str, str | None] | None = None,
    corrections: Corrections = NO_CORRECTIONS,
) -> list[ThemeShare]:
    """Return the share of inspections that ask for each theme, the largest first.

    Improvements without a theme come last. `grades` has the grade that applied at each inspection, by id.
    """
    by_id = {each.id: each for each in inspections}
    themed = theme_improvements(by_id.values(), corrections)
    by_theme: defaultdict[str | None, list[ThemedImprovement]] = defaultdict(list)
    for item in themed:
        by_theme[item.choice.theme].append(item)
    listing = [by_id[key] for key in dict.fromkeys(item.inspection.id for item in themed)]
    groups = _Groups(listing, grades or {})
    shares = [_share(key, items, groups) for key, items in by_theme.items()]
    return sorted(
        shares, key=lambda share: (share.theme is None, -share.inspections, share.theme.name if share.theme else "")
    )


class _Groups:
    """The inspections that list improvements, by year, framework, region and grade."""

    def __init__(self, inspections: Sequence[Inspection], grades: Mapping[str, str | None]) -> None:
        self.number = len(inspections)
        self.years = _grouped(inspections, lambda each: each.year)
        self.frameworks = _grouped(inspections, framework_name)
        self.regions = _grouped(inspections, region_of)
        self.grades = _grouped(inspections, lambda each: grades.get(each.id))


def _grouped(inspections: Iterable[Inspection], key: Callable[[Inspection], _Key | None]) -> dict[_Key, set[str]]:
    groups: defaultdict[_Key, set[str]] = defaultdict(set)
    for inspection in inspections:
        found = key(inspection)
        if found:
            groups[found].add(inspection.id)
    return dict(groups)


def _share(key: str | None, items: list[ThemedImprovement], groups: _Groups) -> ThemeShare:
    asking = {item.inspection.id for item in items}

    def count(group: dict[str, set[str]]) -> tuple[GroupShare, ...]:
        return tuple(GroupShare(name, len(asking & members), len(members)) for name, members in group.items())

    return ThemeShare(
        theme=themes()[key] if key else None,
        inspections=len(asking),
        of=groups.number,
        years=tuple(
            YearShare(year, len(asking & members), len(members)) for year, members in sorted(groups.years.items())
        ),
        improvements=tuple(sorted(items, key=lambda item: item.inspection.when, reverse=True)),
        frameworks=tuple(sorted(count(groups.frameworks), key=lambda one: framework_order(one.name))),
        regions=tuple(sorted(count(groups.regions), key=lambda one: one.name)),
        grades=tuple(sorted(count(groups.grades), key=lambda one: grade_order(one.name)[0])),
    )
