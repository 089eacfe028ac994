"""Compare what one authority is asked to improve with its group: more often, again, and never.

    own inspections     SIF 2017: supervision, plans    visit 2018: supervision    ILACS 2022: supervision
    of the group, SIF   supervision 40 %                visits 20 %                ILACS 30 %
    supervision         3 of 3 own inspections; as often as the group: 0.9 expected; by chance 3 of 3 in 2.4 %
                        -> asked more often, and asked again (2017, 2018, 2022)

A report of 2013-17 lists three times as many improvements as a letter. So the number that is expected of an authority
is the sum of the group's shares for inspections of the same kinds, and the chance of as many or more is that of
independent inspections with these shares (the Poisson binomial distribution: Wang, "On the number of successes in
independent trials", Statistica Sinica 3, 1993, pages 295-312).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from reinspect.comparing.themes.classify import Theme, themes
from reinspect.comparing.themes.corrections import NO_CORRECTIONS, Corrections
from reinspect.comparing.themes.shares import InspectionThemes, inspection_themes
from reinspect.frameworks import frameworks
from reinspect.model import Inspection

LEAST_OWN, LEAST_OF_GROUP = 3, 10
"""Nothing is said of an authority with fewer inspections that list improvements, or of a group with fewer."""

# A theme is asked more often if chance alone would ask as often in at most this share of authorities.
_BY_CHANCE = 0.05
# A theme is never asked, as far as that says something, if this number was to be expected.
_EXPECTED = 1.0


class OwnTheme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme, the authority's inspections that asked for it (oldest first), and the group's.

    `own` and `group` are the numbers of inspections that list improvements; `asked_of_group` counts those of the group
    that ask for the theme. `expected` is the number of own inspections that would have asked if it were as often as in
    the group, and `chance` the probability that chance alone makes it as many as they are, or more.
    """

    theme: Theme
    asked: tuple[Inspection, ...]
    own: int
    asked_of_group: int
    group: int
    expected: float
    chance: float


class OwnThemes(msgspec.Struct, frozen=True, kw_only=True):
    """The themes of one authority, compared with a group (`words`).

    - `more`: asked more often than of the group, beyond chance, the clearest first.
    - `again`: asked in at least two inspections, the latest first.
    - `never`: never asked nor mentioned, though at least one would be expected, the commonest of the group first. An
      improvement that names several matters has one theme, but mentions the others.
    """

    words: str
    own: int
    group: int
    more: tuple[OwnTheme, ...]
    again: tuple[OwnTheme, ...]
    never: tuple[OwnTheme, ...]


def compare_own(
    own: Iterable[Inspection],
    group: Iterable[Inspection],
    words: str,
    corrections: Corrections = NO_CORRECTIONS,
) -> OwnThemes | None:
    """Compare the themes of an authority's inspections with those of a group; None below the base."""
    mine, theirs = inspection_themes(own, corrections), inspection_themes(group, corrections)
    if len(mine) < LEAST_OWN or len(theirs) < LEAST_OF_GROUP:
        return None
    compared = [_compare(theme, mine, theirs) for theme in themes().values()]
    again = [one for one in compared if len(one.asked) > 1]
    more = [one for one in again if one.chance <= _BY_CHANCE]
    mentioned = frozenset().union(*(each.mentioned for each in mine))
    never = [one for one in compared if not one.asked and one.theme.key not in mentioned and one.expected >= _EXPECTED]
    return OwnThemes(
        words=words,
        own=len(mine),
        group=len(theirs),
        more=tuple(sorted(more, key=lambda one: one.chance)),
        again=tuple(sorted(again, key=lambda one: (one.asked[-1].when, len(one.asked)), reverse=True)),
        never=tuple(sorted(never, key=lambda one: -one.asked_of_group)),
    )


def chance_of_at_least(number: int, chances: Sequence[float]) -> float:
    """Return the probability that at least `number` of independent events happen, each with its own chance."""
    of_number = [1.0]
    for chance in chances:
        stays = [probability * (1 - chance) for probability in of_number]
        grows = [probability * chance for probability in of_number]
        of_number = [a + b for a, b in zip([*stays, 0.0], [0.0, *grows], strict=True)]
    return sum(of_number[number:])


def _compare(theme: Theme, own: Sequence[InspectionThemes], group: Sequence[InspectionThemes]) -> OwnTheme:
    shares = _shares_by_kind(theme.key, group)
    expected = [shares.get(_kind(each.inspection), shares[""]) for each in own]
    asked = [each.inspection for each in own if theme.key in each.themes]
    return OwnTheme(
        theme=theme,
        asked=tuple(sorted(asked, key=lambda each: each.when)),
        own=len(own),
        asked_of_group=sum(theme.key in each.themes for each in group),
        group=len(group),
        expected=sum(expected),
        chance=chance_of_at_least(len(asked), expected),
    )


def _shares_by_kind(theme: str, group: Sequence[InspectionThemes]) -> dict[str, float]:
    """Return the share of the group's inspections that ask for a theme, by kind; "" has that of all.

    Each kind counts one inspection more, with the share of all, so that a kind with few is not certain of anything.
    """
    asked: defaultdict[str, list[bool]] = defaultdict(list)
    for each in group:
        asked[_kind(each.inspection)].append(theme in each.themes)
    overall = (sum(map(sum, asked.values())) + 0.5) / (len(group) + 1)
    return {"": overall} | {kind: (sum(each) + overall) / (len(each) + 1) for kind, each in asked.items()}


def _kind(inspection: Inspection) -> str:
    framework = frameworks().get(inspection.framework)
    return framework.family if framework else inspection.framework
