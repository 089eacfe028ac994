"""An improvement is followed for some years, until a later text firmly reports it better or none does."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.themes.following import FollowedImprovement, estimate_time, follow_themes
from reinspect.comparing.themes.groups import grades_when_asked
from reinspect.comparing.themes.time_to_better import group_times
from reinspect.model import Improvement, StepStatus
from tests.making.inspections import inspection

ASKED = inspection("sif", date(2017, 1, 9))


def step(framework: str, year: int, status: StepStatus) -> Step:
    return Step(
        inspection=inspection(framework, date(year, 1, 9)), status=status, likely="not mentioned", confidence=0.9
    )


def followed(*steps: Step, text: str = "Supervision.") -> FollowedImprovement:
    (one,) = follow_themes([Thread(inspection=ASKED, improvement=Improvement(index=1, text=text), steps=steps)])
    return one


def test_the_first_text_that_firmly_reports_better_ends_the_time() -> None:
    one = followed(
        step("focused-visit", 2018, "not mentioned"),
        step("ilacs-2018", 2020, "undecided"),
        step("ilacs-2023", 2023, "reported better"),
    )
    assert one.better is not None
    assert one.better.inspection.year == 2023
    assert one.years == pytest.approx(6, abs=0.01)
    assert one.choice.theme == "supervision-oversight"


def test_the_silence_of_a_letter_does_not_count_as_still_open() -> None:
    one = followed(step("ilacs-2018", 2020, "raised again"), step("focused-visit", 2021, "not mentioned"))
    assert one.better is None
    assert one.years == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("status", ["undecided", "raised again", "mentioned"])
def test_a_letter_that_may_be_on_the_matter_counts_as_still_open(status: StepStatus) -> None:
    one = followed(step("ilacs-2018", 2020, "raised again"), step("focused-visit", 2021, status))
    assert (one.better, one.years) == (None, pytest.approx(4, abs=0.01))


def test_the_silence_of_a_graded_report_counts_as_still_open() -> None:
    assert followed(step("ilacs-2018", 2020, "not mentioned")).years == pytest.approx(3, abs=0.01)


def test_what_no_later_text_could_speak_of_is_not_counted() -> None:
    silent = followed(step("focused-visit", 2021, "not mentioned"))
    assert (silent.last, silent.years) == (None, 0.0)
    assert estimate_time([silent, followed()]).number == 0


def test_what_is_raised_again_after_it_was_better_stays_better_and_says_so() -> None:
    one = followed(
        step("ilacs-2018", 2019, "raised again"),
        step("ilacs-2018", 2020, "reported better"),
        step("ilacs-2023", 2023, "raised again"),
    )
    assert one.better is not None
    assert one.better.inspection.year == 2020
    assert one.again is not None
    assert one.again.year == 2023


def test_an_inspection_whose_day_is_not_known_counts_from_the_middle_of_its_year() -> None:
    from msgspec.structs import replace

    asked = replace(ASKED, windows=(), partial_date="2017")
    later = step("ilacs-2018", 2020, "reported better")
    (one,) = follow_themes([Thread(inspection=asked, improvement=Improvement(index=1, text="x"), steps=(later,))])
    assert one.years == pytest.approx((date(2020, 1, 9) - date(2017, 7, 1)).days / 365.25)


def test_times_are_grouped_by_theme_region_and_the_grade_that_applied() -> None:
    better = step("ilacs-2018", 2020, "reported better")
    items = [followed(better), followed(better), followed(better, text="Case recording.")]
    groups = group_times(items, {ASKED.id: "good"})
    assert [(group.kind, group.name, group.curve.number) for group in groups] == [
        ("all", "", 3),
        ("theme", "Supervision and management oversight", 2),
        ("theme", "Case recording", 1),
        ("region", "London", 3),
        ("grade", "good", 3),
    ]
    assert [group.name for group in group_times(items, {}, "case-recording")] == ["", "London"]


def test_the_grade_of_a_visit_is_that_of_the_latest_graded_inspection_before() -> None:
    graded = inspection("sif", date(2015, 1, 9), overall="inadequate")
    visit = inspection("focused-visit", date(2016, 1, 9))
    later = inspection("ilacs-2018", date(2018, 1, 9), overall="good")
    early = inspection("focused-visit", date(2014, 1, 9))
    grades = grades_when_asked([later, visit, graded, early])
    assert [grades[each.id] for each in (early, graded, visit, later)] == [None, "inadequate", "inadequate", "good"]
