"""Find who was asked to improve a theme and was later firmly reported better: who to call, the nearest first.

    Camden asks about "return home interviews"
    statistical neighbours   Islington   asked 2017, reported better 2020
    same region              Barnet      asked 2017, reported better 2019
    elsewhere                Dorset      asked 2018, reported better 2021, raised again 2024

Neighbours are in the order of their likeness, all others by name. Those that a later text raised again come last within
their group, since they did not keep it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.themes.following import FollowedImprovement
from reinspect.model import Authority

Closeness = Literal["statistical neighbours", "same region", "elsewhere"]
_ORDER: tuple[Closeness, ...] = ("statistical neighbours", "same region", "elsewhere")


class SolvedImprovement(msgspec.Struct, frozen=True, kw_only=True):
    """An improvement that was reported better, the authority, and how close it is to the one that asks.

    `closeness` is "elsewhere" for all if nobody in particular asks.
    """

    authority: Authority
    closeness: Closeness
    followed: FollowedImprovement


def find_solved(
    followed: Iterable[FollowedImprovement], theme: str, known: Authorities, asking: Authority | None = None
) -> tuple[SolvedImprovement, ...]:
    """Return the improvements of a theme that were reported better, except those of the authority that asks."""
    neighbours = [authority.slug for authority in known.neighbours(asking)] if asking else []
    solved = []
    for one in followed:
        slug = one.inspection.authority
        if one.better is None or one.choice.theme != theme or (asking and slug == asking.slug):
            continue
        authority = known.with_slug(slug)
        solved.append(
            SolvedImprovement(authority=authority, closeness=_closeness(authority, asking, neighbours), followed=one)
        )

    def order(one: SolvedImprovement) -> tuple[int, bool, int, str, str]:
        slug = one.authority.slug
        likeness = neighbours.index(slug) if slug in neighbours else 0
        again = one.followed.again is not None
        return _ORDER.index(one.closeness), again, likeness, one.authority.name, one.followed.inspection.when

    return tuple(sorted(solved, key=order))


def _closeness(authority: Authority, asking: Authority | None, neighbours: list[str]) -> Closeness:
    if authority.slug in neighbours:
        return "statistical neighbours"
    return "same region" if asking and asking.region and authority.region == asking.region else "elsewhere"
