"""Group followed improvements by theme, region and grade, and say for each group how long it took until better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

import msgspec

from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.following import FollowedImprovement, estimate_time
from reinspect.comparing.themes.groups import region_of
from reinspect.comparing.themes.kaplan_meier import Curve
from reinspect.frameworks import grade_order

GroupKind = Literal["all", "theme", "region", "grade"]


class TimedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The improvements of a theme, of a region or after a grade, and how long they took to be reported better.

    `name` is empty for all together. `authorities` counts those that could be followed.
    """

    kind: GroupKind
    name: str
    authorities: int
    curve: Curve


def group_times(
    followed: Iterable[FollowedImprovement], grades: Mapping[str, str | None], theme: str | None = None
) -> tuple[TimedGroup, ...]:
    """Return how long improvements took: all together, by theme, by region and by grade.

    `grades` has the overall grade that applied at each inspection, by id. `theme`, a key, limits the improvements.
    """
    timed = [one for one in followed if one.years > 0 and (theme is None or one.choice.theme == theme)]
    names = {key: each.name for key, each in themes().items()}
    groups = [_group("all", "", timed)]
    if theme is None:
        groups += _grouped("theme", timed, lambda one: names.get(one.choice.theme or ""), lambda _: 0)
    groups += _grouped("region", timed, lambda one: region_of(one.inspection), lambda _: 0)
    groups += _grouped("grade", timed, lambda one: grades.get(one.inspection.id), lambda grade: grade_order(grade)[0])
    return tuple(groups)


def _grouped(
    kind: GroupKind,
    timed: Iterable[FollowedImprovement],
    name: Callable[[FollowedImprovement], str | None],
    order: Callable[[str], int],
) -> list[TimedGroup]:
    """Return the groups of a kind; themes and regions with the most improvements first."""
    by_name: dict[str, list[FollowedImprovement]] = {}
    for one in timed:
        if found := name(one):
            by_name.setdefault(found, []).append(one)
    groups = [_group(kind, found, items) for found, items in by_name.items()]
    return sorted(groups, key=lambda group: (order(group.name), -group.curve.number, group.name))


def _group(kind: GroupKind, name: str, items: list[FollowedImprovement]) -> TimedGroup:
    return TimedGroup(
        kind=kind,
        name=name,
        authorities=len({one.inspection.authority for one in items}),
        curve=estimate_time(items),
    )
