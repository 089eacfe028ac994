"""A framework file of another band, older than all others and with their words on other rungs, changes no figure."""

from __future__ import annotations

import re
from datetime import date

import pytest

from reinspect.answers.scope import strand_names
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.changes import grade_changes
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.grades import grade_cohort
from reinspect.comparing.cohorts.moves import describe_target, grade_moves
from reinspect.comparing.themes.shares import count_themes
from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.cohort import cohort_sheet
from reinspect.frameworks import band_of, frameworks, grade_order
from reinspect.model import Improvement, Inspection
from reinspect.reconciling import reconcile
from reinspect.record import record
from tests.making.frameworks import POLICE, UseFrameworks, use_frameworks
from tests.making.inspections import inspection
from tests.reinspect.phrases.test_phrase_usage import usage

__all__ = ["use_frameworks"]
WORDS = ("outstanding", "good", "adequate", "requires improvement", "inadequate")
OF_THE_BAND = [
    inspection("police-2000", date(2024, 5, 6), "camden", overall="inadequate", leaders="inadequate"),
    inspection("police-2000", date(2026, 5, 6), "kent", overall="outstanding", leaders="outstanding"),
]


@pytest.fixture(scope="module")
def recorded() -> list[Inspection]:
    """All inspections of the shipped record."""
    return [reconcile(each.id, each.authority, each.facts.framework or "", each.facts) for each in record().inspections]


def social_care_figures(inspections: list[Inspection]) -> dict[str, object]:
    """Return the figures of social care that rest on grades."""
    known = authorities()
    figures: dict[str, object] = {}
    for earlier in WORDS:
        for later in WORDS:
            figures[f"moved {earlier} > {later}"] = grade_moves("overall", earlier, later, inspections)
            figures[f"target {earlier} > {later}"] = describe_target(earlier, later)
    for expression in (
        "all",
        "grade:overall=inadequate",
        "grade:leaders=ri",
        "moved:overall=inadequate>ri",
        "moved:overall=ri>inadequate",
    ):
        group = cohort(expression, known, inspections)
        standing = grade_cohort(group, inspections, known.all())
        changes = grade_changes(group, inspections, known.all())
        sheet = cohort_sheet(standing, changes)
        figures[expression] = (group, standing, changes, render_sheet(sheet), render_sheet(sheet, linear=True))
    figures["order"] = sorted(WORDS, key=grade_order)
    figures["strands"] = [strand_names()[strand] for strand in ("overall", "leaders")]
    return figures


def test_no_figure_of_social_care_changes_with_a_file_of_another_band(
    recorded: list[Inspection], use_frameworks: UseFrameworks
) -> None:
    without = social_care_figures(recorded)
    use_frameworks(POLICE)
    assert social_care_figures(recorded) == without


def test_no_figure_of_social_care_changes_with_inspections_of_another_band(
    recorded: list[Inspection], use_frameworks: UseFrameworks
) -> None:
    without = social_care_figures(recorded)
    use_frameworks(POLICE)
    assert social_care_figures([*recorded, *OF_THE_BAND]) == without


def test_themes_and_phrases_keep_the_order_of_the_grades(use_frameworks: UseFrameworks) -> None:
    asking = [
        inspection("ilacs-2018", date(2019 + place, 3, 3), overall=grade)
        for place, grade in enumerate(("adequate", "inadequate", "requires improvement", "good"))
    ]

    def figures() -> object:
        from msgspec.structs import replace

        texts = [replace(each, improvements=(Improvement(index=1, text="Adoption."),)) for each in asking]
        grades = {each.id: each.judgements[0].grade for each in asking}
        return [share.grades for share in count_themes(texts, grades)], usage("drift and delay").by_grade

    without = figures()
    use_frameworks(re.sub(r"rung = (\d)", lambda rung: f"rung = {6 - int(rung[1])}", POLICE))
    assert grade_order("inadequate", "police") < grade_order("good", "police")
    assert figures() == without


def test_the_grades_of_the_band_itself_are_in_their_own_order(use_frameworks: UseFrameworks) -> None:
    use_frameworks(POLICE)
    assert tuple(sorted(WORDS, key=lambda word: grade_order(word, "police"))) == WORDS
    assert {band_of(key) for key in frameworks()} >= {"police", "social care"}
