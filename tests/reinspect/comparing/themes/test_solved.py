"""Authorities that were asked to improve a theme and were later reported better are listed, the nearest first."""

from __future__ import annotations

from datetime import date

from reinspect.authorities import authorities
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.themes.following import FollowedImprovement, follow_themes
from reinspect.comparing.themes.solved import find_solved
from reinspect.model import Improvement, StepStatus
from tests.making.inspections import inspection

CAMDEN = authorities().by_slug("camden")
assert CAMDEN is not None
NEAREST, SECOND = (each.slug for each in authorities().neighbours(CAMDEN)[:2])


def asked(slug: str, *statuses: StepStatus, text: str = "Life-story work.") -> FollowedImprovement:
    steps = tuple(
        Step(
            inspection=inspection("ilacs-2018", date(2018 + place, 3, 3), slug),
            status=status,
            likely="not mentioned",
            confidence=0.9,
        )
        for place, status in enumerate(statuses)
    )
    first = inspection("sif", date(2015, 3, 3), slug)
    (one,) = follow_themes([Thread(inspection=first, improvement=Improvement(index=1, text=text), steps=steps)])
    return one


def found(*items: FollowedImprovement) -> list[tuple[str, str]]:
    solved = find_solved(items, "life-story", authorities(), CAMDEN)
    return [(one.authority.slug, one.closeness) for one in solved]


def test_statistical_neighbours_come_first_then_the_region_then_others() -> None:
    outer = next(each.slug for each in authorities().all() if each.region == "London" and each.slug not in neighbours())
    assert found(
        asked("dorset", "reported better"),
        asked(outer, "reported better"),
        asked(SECOND, "reported better"),
        asked(NEAREST, "reported better"),
    ) == [
        (NEAREST, "statistical neighbours"),
        (SECOND, "statistical neighbours"),
        (outer, "same region"),
        ("dorset", "elsewhere"),
    ]


def neighbours() -> set[str]:
    assert CAMDEN is not None
    return {CAMDEN.slug, *(each.slug for each in authorities().neighbours(CAMDEN))}


def test_who_is_still_open_or_was_asked_something_else_is_not_listed() -> None:
    assert (
        found(asked("dorset", "undecided"), asked("kent", "reported better", text="Case recording."), asked("devon"))
        == []
    )


def test_the_authority_that_asks_is_not_told_to_call_itself() -> None:
    assert found(asked("camden", "reported better")) == []


def test_who_did_not_keep_it_comes_last() -> None:
    assert [
        slug for slug, _ in found(asked("devon", "reported better", "raised again"), asked("dorset", "reported better"))
    ] == [
        "dorset",
        "devon",
    ]


def test_without_an_authority_that_asks_all_are_listed_by_name() -> None:
    solved = find_solved(
        [asked("kent", "reported better"), asked("camden", "reported better")], "life-story", authorities()
    )
    assert [(one.authority.name, one.closeness) for one in solved] == [("Camden", "elsewhere"), ("Kent", "elsewhere")]
