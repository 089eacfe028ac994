"""An authority's themes, compared with its group: asked more often, asked again, never asked."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.comparing.themes.own_themes import chance_of_at_least, compare_own
from reinspect.model import Improvement, Inspection
from tests.making.inspections import inspection


def asking(framework: str, year: int, *texts: str, number: int = 0) -> Inspection:
    made = inspection(framework, date(year, 3, 3), "camden" if number == 0 else "kent")
    improvements = tuple(Improvement(index=place, text=text) for place, text in enumerate(texts, 1))
    return replace(made, id=f"{made.id}-{number}", improvements=improvements)


def group(framework: str, asked: int, of: int) -> list[Inspection]:
    return [
        asking(framework, 2019, "Adoption." if number <= asked else "Case recording.", number=number)
        for number in range(1, of + 1)
    ]


def test_the_chance_is_that_of_independent_inspections_with_their_own_shares() -> None:
    assert chance_of_at_least(3, [0.4, 0.2, 0.3]) == pytest.approx(0.024)
    assert chance_of_at_least(0, [0.4, 0.2]) == pytest.approx(1)
    assert chance_of_at_least(1, [0.4, 0.2]) == pytest.approx(1 - 0.6 * 0.8)
    assert chance_of_at_least(1, []) == 0


def test_a_theme_is_asked_more_often_if_chance_hardly_explains_it() -> None:
    own = [asking("ilacs-2018", 2019, "Adoption."), asking("ilacs-2018", 2020, "Adoption."), asking("sif", 2015, "x")]
    compared = compare_own(own, group("ilacs-2018", 3, 40), "the others")
    assert compared is not None
    (adoption,) = compared.more
    assert (adoption.theme.key, len(adoption.asked), adoption.own) == ("adoption", 2, 3)
    assert (adoption.asked_of_group, adoption.group) == (3, 40)
    often = compare_own(own, group("ilacs-2018", 20, 40), "the others")
    assert often is not None
    assert often.more == ()


def test_visits_are_compared_with_visits_and_reports_with_reports() -> None:
    own = [asking("focused-visit", year, "Adoption.") for year in (2019, 2020)] + [asking("sif", 2015, "x")]
    # Reports ask for it all the time, visits never: two visits that do stand out.
    compared = compare_own(own, [*group("sif", 40, 40), *group("focused-visit", 0, 40)], "the others")
    assert compared is not None
    assert [one.theme.key for one in compared.more] == ["adoption"]


def test_what_is_asked_again_has_the_latest_first() -> None:
    own = [
        asking("sif", 2015, "Adoption.", "Case recording."),
        asking("ilacs-2018", 2019, "Adoption.", "Case recording."),
        asking("ilacs-2023", 2023, "Adoption.", "Supervision."),
    ]
    compared = compare_own(own, group("sif", 5, 20), "the others")
    assert compared is not None
    assert [(one.theme.key, [each.year for each in one.asked]) for one in compared.again] == [
        ("adoption", [2015, 2019, 2023]),
        ("case-recording", [2015, 2019]),
    ]


def test_what_is_never_asked_is_named_if_the_group_lets_expect_it() -> None:
    own = [asking("sif", year, "Supervision.") for year in (2013, 2015, 2017)]
    compared = compare_own(own, group("sif", 12, 20), "the others")
    assert compared is not None
    assert [one.theme.key for one in compared.never] == ["adoption", "case-recording"]


def test_what_is_asked_beside_another_matter_is_not_called_never_asked() -> None:
    own = [asking("sif", year, "Supervision, and the quality of case recording.") for year in (2013, 2015, 2017)]
    compared = compare_own(own, group("sif", 12, 20), "the others")
    assert compared is not None
    assert [one.theme.key for one in compared.never] == ["adoption"]


def test_nothing_is_said_of_few_inspections() -> None:
    own = [asking("sif", year, "Supervision.") for year in (2013, 2015, 2017)]
    assert compare_own(own[:2], group("sif", 12, 20), "the others") is None
    assert compare_own(own, group("sif", 3, 9), "the others") is None
