"""A group that belongs to the authority shown follows it to another authority; any other group stays."""

from __future__ import annotations

import pytest

from tui.selection import Selection, choose_authority


@pytest.mark.parametrize(
    ("group", "becomes"),
    [
        ("neighbours:camden", "neighbours:middlesbrough"),
        ("neighbours:Camden since:2023", "neighbours:middlesbrough since:2023"),
        ("region:London", "region:North East"),
        ("region:London+since:2023", "region:North East+since:2023"),
        ("neighbours:barnet", "neighbours:barnet"),
        ("region:London,South East", "region:London,South East"),
        ("region:South East", "region:South East"),
        ("grade:overall=good", "grade:overall=good"),
        ("all", "all"),
        (None, None),
    ],
)
def test_only_the_neighbours_and_the_region_of_the_authority_before_follow(
    group: str | None, becomes: str | None
) -> None:
    before = Selection(authority="camden", inspection="camden-2025-03-03-ilacs", cohort=group)
    chosen = choose_authority(before, "middlesbrough")
    assert chosen.selection == Selection(authority="middlesbrough", cohort=becomes)
    assert bool(chosen.notice) == (group != becomes)


def test_the_notice_names_both_groups() -> None:
    notice = choose_authority(Selection(authority="camden", cohort="neighbours:camden"), "middlesbrough").notice
    assert notice.startswith("The group is now Middlesbrough's statistical neighbours; it was Camden's")


def test_a_region_that_both_share_stays_without_a_notice() -> None:
    chosen = choose_authority(Selection(authority="camden", cohort="region:London"), "barnet")
    assert chosen == (Selection(authority="barnet", cohort="region:London"), "")


def test_an_authority_without_neighbours_has_no_group_and_the_notice_says_so() -> None:
    chosen = choose_authority(Selection(authority="camden", cohort="neighbours:camden"), "poole")
    assert chosen.selection.cohort is None
    assert chosen.notice.startswith("No group now")
