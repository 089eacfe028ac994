"""The share of improvements that are reported better within a time, when some are still open."""

from __future__ import annotations

import pytest

from reinspect.comparing.themes.kaplan_meier import LEAST_AT_RISK, Observation, estimate_curve

# Weeks of remission of 21 patients on 6-MP, from Freireich and others (Blood 21, 1963), the example of many textbooks:
# True if the remission ended then.
REMISSIONS = [
    *[(6, True)] * 3,
    *((6, False), (7, True), (9, False), (10, True), (10, False), (11, False), (13, True), (16, True), (17, False)),
    *((19, False), (20, False), (22, True), (23, True), (25, False), (32, False), (32, False), (34, False)),
    (35, False),
]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def observed(*pairs: tuple[float, bool]) -> list[Observation]:
    return [Observation(years, better, f"authority {place}") for place, (years, better) in enumerate(pairs)]


def test_the_worked_example_of_the_module() -> None:
    curve = estimate_curve(observed((1, True), (2, False), (3, True), (3, True), (4, False)))
    assert [(point.years, point.at_risk, point.better) for point in curve.points] == [(1, 5, 1), (3, 3, 2)]
    assert [point.share for point in curve.points] == pytest.approx([0.20, 1 - 0.8 / 3])
    assert (curve.number, curve.better) == (5, 3)


def test_a_published_example_has_the_published_shares() -> None:
    curve = estimate_curve(observed(*REMISSIONS))
    assert {point.years: round(1 - point.share, 3) for point in curve.points} == PUBLISHED
    assert [point.at_risk for point in curve.points] == [21, 17, 15, 12, 11, 7, 6]


def test_a_figure_has_the_number_that_was_still_followed_then() -> None:
    curve = estimate_curve(observed(*REMISSIONS))
    point = curve.at(12)
    assert point is not None
    assert (round(1 - point.share, 3), point.at_risk, point.better) == (0.753, 12, 5)


def test_nothing_is_said_where_fewer_than_the_base_are_still_followed() -> None:
    curve = estimate_curve(observed(*REMISSIONS))
    assert curve.at(17) is not None
    assert len([years for years, _ in REMISSIONS if years >= 18]) < LEAST_AT_RISK
    assert curve.at(18) is None


def test_half_is_said_only_if_it_is_reached_with_the_base() -> None:
    assert estimate_curve(observed(*REMISSIONS)).half is None
    twice = estimate_curve(observed(*REMISSIONS, *REMISSIONS))
    assert twice.half is not None
    assert (twice.half.years, twice.half.at_risk) == (23, 12)
    assert estimate_curve(observed(*[(1, True)] * 4, *[(2, False)] * 20)).half is None


def test_nothing_is_said_of_a_few_authorities_however_many_their_improvements() -> None:
    def of(authorities: int) -> list[Observation]:
        return [
            Observation(years, better, f"{place % authorities}") for place, (years, better) in enumerate(REMISSIONS)
        ]

    assert estimate_curve(of(5)).at(6) is not None
    assert estimate_curve(of(4)).at(6) is None


def test_without_improvements_there_is_no_curve() -> None:
    curve = estimate_curve([])
    assert (curve.number, curve.points, curve.at(0), curve.half) == (0, (), None, None)
