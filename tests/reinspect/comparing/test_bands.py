"""Figures of social care are the same with and without the inspections of other bands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from reinspect.authorities import authorities
from reinspect.comparing.cohorts.changes import grade_changes
from reinspect.comparing.cohorts.cohort import CohortError, latest_graded
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.grades import grade_cohort
from reinspect.comparing.cohorts.moves import grade_moves
from reinspect.comparing.comparison import compare
from reinspect.comparing.latest_grades import latest_grades
from reinspect.comparing.timeline import timeline
from reinspect.frameworks import FOLDER_VARIABLE, frameworks
from reinspect.model import Inspection, Outcome
from tests.making.inspections import CAMDEN, inspection

EXAMPLE = Path(__file__).parents[3] / "docs" / "frameworks" / "youth-justice.toml"
GOOD = {"leaders": "good", "help": "good", "care": "good", "leavers": "good", "overall": "good"}
SOCIAL_CARE = [
    inspection("sif", overall="requires improvement", leaders="good", help="good", care="good", leavers="good"),
    inspection("ilacs-2023", **GOOD),
    inspection("ilacs-2023", date(2024, 3, 4), "kent", **GOOD),
    inspection("focused-visit"),
]


def other(framework: str, start: date, authority: str = "camden", **grades: str) -> Inspection:
    graded = bool(grades)
    made = inspection(framework, start, authority, **grades)
    outcome = Outcome(key="inconsistent") if framework == "area-send-2023" else None
    return msgspec.structs.replace(made, graded=graded, outcome=outcome)


@pytest.fixture
def others(tmp_path, monkeypatch):
    shutil.copy(EXAMPLE, tmp_path)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    frameworks.cache_clear()
    yield [
        other("area-send-2023", date(2026, 1, 12)),
        other("area-send-2023", date(2025, 6, 2), "kent"),
        other("jtai-2022", date(2026, 2, 2)),
        # Later than every grade of social care, and with the same names of strands and grades.
        other("youth-justice", date(2026, 3, 2), overall="inadequate", leaders="inadequate"),
        other("youth-justice", date(2021, 3, 2), "kent", overall="outstanding", leaders="outstanding"),
    ]
    monkeypatch.undo()
    frameworks.cache_clear()


@pytest.mark.parametrize(
    "expression", ["all", "camden", "grade:leaders=good", "grade:overall=inadequate,good", "moved:overall=ri>good"]
)
def test_a_group_has_the_same_members_grades_and_changes(others, expression):
    known = authorities()

    def figures(inspections):
        group = cohort(expression, known, inspections)
        return grade_cohort(group, inspections, known.all()), grade_changes(group, inspections, known.all())

    assert figures([*SOCIAL_CARE, *others]) == figures(SOCIAL_CARE)


def test_a_move_is_one_between_grades_of_social_care(others):
    moves = grade_moves("overall", "good", "inadequate", [*SOCIAL_CARE, *others])

    assert moves == ()
    with pytest.raises(CohortError, match="no authority is in every part"):
        cohort("moved:overall=good>inadequate", authorities(), [*SOCIAL_CARE, *others])


def test_the_latest_grades_are_those_of_social_care(others):
    assert latest_grades(authorities(), [*SOCIAL_CARE, *others]) == latest_grades(authorities(), SOCIAL_CARE)
    assert latest_graded([*SOCIAL_CARE, *others]) == latest_graded(SOCIAL_CARE)


def test_the_latest_grades_of_a_list_and_of_a_group_are_those_of_the_same_inspection():
    overall_alone = [*SOCIAL_CARE, inspection("ilacs-2026", overall="good")]
    rows = {row.authority.slug: row.latest for row in latest_grades(authorities(), overall_alone) if row.latest}
    assert rows == latest_graded(overall_alone)
    assert rows["camden"].framework == "ilacs-2026"


def test_another_band_has_latest_grades_of_its_own(others):
    assert latest_graded(others, "youth justice")["camden"].judgement("overall").grade == "inadequate"
    assert latest_graded(others, "SEND") == {}


def test_a_timeline_has_a_block_for_each_band_and_the_same_columns_of_social_care(others):
    own = [each for each in SOCIAL_CARE if each.authority == "camden"]
    with_others = timeline(CAMDEN, [*own, *(each for each in others if each.authority == "camden")])

    assert msgspec.structs.replace(with_others, other_bands=()) == timeline(CAMDEN, own)
    assert [history.heading for history in with_others.other_bands] == [
        "SEND: Ofsted and CQC",
        "Multi-agency: Ofsted, CQC and HMICFRS",
        "Youth justice: HMI Probation",
    ]
    send, _, justice = with_others.other_bands
    assert (send.rows, send.events[0].inspection.outcome) == ((), Outcome(key="inconsistent"))
    assert [row.cells[0].word for row in justice.rows] == ["inadequate", "inadequate"]


def test_two_bands_have_no_table_of_grades(others):
    comparison = compare(SOCIAL_CARE[1], others[0], authorities=(CAMDEN, CAMDEN))

    assert comparison.across_bands
    assert comparison.judgements == comparison.pairs == ()
    assert not compare(SOCIAL_CARE[0], SOCIAL_CARE[1]).across_bands
