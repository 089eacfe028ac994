"""Count how many inspections ask for each theme, in all and by year.

    three inspections that list improvements, two of them ask for better supervision
    ThemeShare(theme=supervision-oversight, inspections=2, of=3)      share 67 %

An inspection counts once for a theme, however many of its improvements have it. Only the first theme of an improvement
counts, so that no improvement is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from reinspect.comparing.themes.classify import Theme, ThemeChoice, classify, themes
from reinspect.model import Improvement, Inspection


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


class ThemeShare(msgspec.Struct, frozen=True, kw_only=True):
    """The inspections that ask for a theme, counted out of those that list improvements.

    `theme` is None for improvements with no theme. `improvements` are sorted by date, the latest first.
    """

    theme: Theme | None
    inspections: int
    of: int
    years: tuple[YearShare, ...]
    improvements: tuple[ThemedImprovement, ...]

    @property
    def share(self) -> float:
        """The share of the inspections that ask for the theme, from 0 to 1."""
        return self.inspections / self.of if self.of else 0.0


def theme_improvements(inspections: Iterable[Inspection]) -> list[ThemedImprovement]:
    """Return every improvement and priority action of the authorities themselves, with its themes."""
    return [
        ThemedImprovement(inspection=inspection, improvement=improvement, choice=classify(improvement.text))
        for inspection in inspections
        for improvement in (*inspection.priority_actions, *inspection.improvements)
        if improvement.whose == "authority"
    ]


def count_themes(inspections: Iterable[Inspection]) -> list[ThemeShare]:
    """Return the share of inspections that ask for each theme, the largest first.

    Improvements without a theme come last.
    """
    themed = theme_improvements(inspections)
    of_year: defaultdict[int, set[str]] = defaultdict(set)
    by_theme: defaultdict[str | None, list[ThemedImprovement]] = defaultdict(list)
    for item in themed:
        of_year[item.inspection.year or 0].add(item.inspection.id)
        by_theme[item.choice.theme].append(item)
    shares = [_share(key, items, of_year) for key, items in by_theme.items()]
    return sorted(
        shares, key=lambda share: (share.theme is None, -share.inspections, share.theme.name if share.theme else "")
    )


def _share(key: str | None, items: list[ThemedImprovement], of_year: dict[int, set[str]]) -> ThemeShare:
    asking = {item.inspection.id for item in items}
    return ThemeShare(
        theme=themes()[key] if key else None,
        inspections=len(asking),
        of=sum(map(len, of_year.values())),
        years=tuple(
            YearShare(year, len(asking & inspections), len(inspections))
            for year, inspections in sorted(of_year.items())
            if year
        ),
        improvements=tuple(sorted(items, key=lambda item: item.inspection.when, reverse=True)),
    )
