"""The share of inspections that ask for each theme."""

from __future__ import annotations

from datetime import date

import msgspec

from reinspect.comparing.themes.shares import YearShare, count_themes
from reinspect.model import Improvement, Inspection
from tests.making.inspections import inspection


def asking(year: int, *texts: str) -> Inspection:
    improvements = tuple(Improvement(index=number, text=text) for number, text in enumerate(texts, start=1))
    return msgspec.structs.replace(
        inspection("ilacs-2018", date(year, 3, 3)), id=f"camden-{year}", improvements=improvements
    )


def test_an_inspection_counts_once_for_a_theme_however_often_it_asks() -> None:
    inspections = [asking(2018, "Supervision.", "Management oversight."), asking(2022, "Case recording.")]
    shares = {share.theme.key: share for share in count_themes(inspections) if share.theme}
    supervision = shares["supervision-oversight"]
    assert (supervision.inspections, supervision.of, len(supervision.improvements)) == (1, 2, 2)
    assert supervision.years == (YearShare(2018, 1, 1), YearShare(2022, 0, 1))
    assert supervision.share == 0.5


def test_inspections_that_list_nothing_to_improve_are_not_counted() -> None:
    (share,) = count_themes([asking(2018, "Supervision."), asking(2019)])
    assert share.of == 1


def test_the_commonest_theme_comes_first_and_improvements_without_a_theme_last() -> None:
    shares = count_themes([asking(2018, "Supervision.", "Bananas."), asking(2020, "Supervision.", "Case recording.")])
    assert [share.theme.key if share.theme else None for share in shares] == [
        "supervision-oversight",
        "case-recording",
        None,
    ]


def many(year: int, asked: int, of: int) -> list[Inspection]:
    return [
        msgspec.structs.replace(asking(year, "Adoption." if number < asked else "Supervision."), id=f"{year}-{number}")
        for number in range(of)
    ]


def trend_of_adoption(*inspections: Inspection) -> str | None:
    (share,) = (share for share in count_themes(inspections) if share.theme and share.theme.key == "adoption")
    return share.trend


def test_a_theme_rises_or_falls_only_beyond_chance_and_by_five_points() -> None:
    assert trend_of_adoption(*many(2022, 12, 90), *many(2025, 27, 95)) == "rising"
    assert trend_of_adoption(*many(2022, 27, 95), *many(2025, 12, 90)) == "falling"
    assert trend_of_adoption(*many(2022, 12, 90), *many(2025, 15, 95)) == "level"
    assert trend_of_adoption(*many(2022, 3, 20), *many(2025, 6, 20)) == "level"


def test_of_few_inspections_no_trend_is_said() -> None:
    assert trend_of_adoption(*many(2022, 1, 19), *many(2025, 18, 20)) is None


def test_themes_are_counted_by_framework_region_and_the_grade_that_applied() -> None:
    own, other = asking(2018, "Adoption."), asking(2019, "Supervision.")
    share = next(
        each for each in count_themes([own, other], {own.id: "good"}) if each.theme and each.theme.key == "adoption"
    )
    assert [(one.name, one.inspections, one.of) for one in share.frameworks] == [("ILACS 2018-22", 1, 2)]
    assert [(one.name, one.inspections, one.of) for one in share.regions] == [("London", 1, 2)]
    assert [(one.name, one.inspections, one.of) for one in share.grades] == [("good", 1, 1)]
