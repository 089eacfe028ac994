"""Estimate the share of improvements that are reported better within a time, when some are still open.

Improvements that are still open are counted as long as they were seen to be open, and no longer: this is the
product-limit estimate of Kaplan and Meier ("Nonparametric estimation from incomplete observations", Journal of the
American Statistical Association 53, 1958, pages 457-481). At each time t at which some were reported better,

    open(t) = open(before t) * (1 - better at t / at risk at t)

where an improvement is at risk at t if it was neither reported better nor lost from sight before t. For example, five
improvements, of which the second and the fifth are still open when they were last seen:

    years    1 better   2 open   3 better   3 better   4 open
    t = 1    5 at risk, 1 better:   open 1   * 4/5 = 0.80     share better 0.20
    t = 3    3 at risk, 2 better:   open 0.8 * 1/3 = 0.27     share better 0.73

A share without those still open would be 3 of 3, and 3 of 5 would count the second as open for ever.

Improvements that one text reports better together are not independent. So no interval of confidence is given but the
number at risk, and a figure needs improvements of several authorities.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import msgspec

LEAST_AT_RISK = 10
"""No figure is said where fewer are at risk: a single improvement would move the share by more than ten points."""

LEAST_AUTHORITIES = 5
"""Nor where those at risk are of fewer authorities: a single text would move the share by about as much."""


class Observation(msgspec.Struct, frozen=True):
    """The years for which an improvement of an authority was followed, and True if it was reported better then."""

    years: float
    better: bool
    authority: str


class CurvePoint(msgspec.Struct, frozen=True):
    """The share that is reported better within some years, and the number that was at risk then."""

    years: float
    share: float
    at_risk: int
    better: int


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """The share that is reported better as it grows with time: a point for each time at which some were.

    `number` counts all improvements, `better` those that were reported better. `times` are the years for which each was
    followed, sorted, and `longest` those for which an improvement of each authority was, sorted too.
    """

    number: int
    better: int
    points: tuple[CurvePoint, ...]
    times: tuple[float, ...]
    longest: tuple[float, ...]

    def at(self, years: float) -> CurvePoint | None:
        """Return the share that is reported better within these years; None below the base."""
        if not self._has_base(years):
            return None
        before = [point for point in self.points if point.years <= years]
        share = before[-1].share if before else 0.0
        return CurvePoint(years, share, _from(self.times, years), sum(point.better for point in before))

    @property
    def half(self) -> CurvePoint | None:
        """The time within which half are reported better; None if it is not reached, or reached below the base."""
        reached = next((point for point in self.points if point.share >= 0.5), None)
        return reached if reached and self._has_base(reached.years) else None

    def _has_base(self, years: float) -> bool:
        return _from(self.times, years) >= LEAST_AT_RISK and _from(self.longest, years) >= LEAST_AUTHORITIES


def estimate_curve(observations: Sequence[Observation]) -> Curve:
    """Return the share that is reported better by time, with those still open counted as long as they were seen."""
    times = sorted(one.years for one in observations)
    longest: dict[str, float] = {}
    for one in observations:
        longest[one.authority] = max(one.years, longest.get(one.authority, 0.0))
    better_at = Counter(one.years for one in observations if one.better)
    still_open, points = 1.0, []
    for years, better in sorted(better_at.items()):
        at_risk = _from(times, years)
        still_open *= 1 - better / at_risk
        points.append(CurvePoint(years, 1 - still_open, at_risk, better))
    return Curve(
        number=len(times),
        better=better_at.total(),
        points=tuple(points),
        times=tuple(times),
        longest=tuple(sorted(longest.values())),
    )


def _from(times: Sequence[float], years: float) -> int:
    """Return how many of the sorted times are at least these years."""
    return len(times) - bisect_left(times, years)
