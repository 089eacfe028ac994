"""The chart of grades: what its last column says about each row."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.authorities import authorities
from reinspect.comparing.judgements import compare_judgements
from reinspect.comparing.timeline import StrandRow, TimelineCell, TimelineEvent, timeline
from store import Store
from tests.making.events import graded, reading
from tests.making.inspections import inspection
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.panes.time_axis import chart

_GRADED, _NONE = TimelineCell(state="graded", word="good", letter="G"), TimelineCell(state="no such strand")


def test_a_row_of_an_older_framework_has_no_change_of_the_same_strand() -> None:
    old = inspection("lac-2013", date(2013, 6, 3))
    before, after = (
        inspection("ilacs-2018", date(year, 3, 4), overall=grade)
        for year, grade in ((2019, "requires improvement"), (2021, "good"))
    )
    events = [
        TimelineEvent(
            inspection=each,
            framework="",
            improvements=None,
            priority_actions=None,
            coverage=0,
            digest=False,
            conflicts=0,
        )
        for each in (old, before, after)
    ]
    rows = [
        StrandRow(strand="overall", name="Overall", cells=(_NONE, _GRADED, _GRADED)),
        StrandRow(strand="overall", name="Overall (LAC 2013)", cells=(_GRADED, _NONE, _NONE), history=True),
    ]
    changes = {change.strand_b: change for change in compare_judgements(before, after) if change.strand_b}
    _, lines = chart(events, rows, changes, (before, after), 100)
    assert [line.cells[-1].plain for line in lines] == ["↗ 1 up", "", ""]


def test_an_overall_grade_that_is_no_longer_given_says_none_and_its_caveat() -> None:
    before, after, again = (
        inspection(framework, date(year, 5, 11), **grades)
        for framework, year, grades in (
            ("ilacs-2023", 2023, {"overall": "good", "leaders": "good"}),
            ("ilacs-2026", 2026, {"leaders": "good"}),
            ("ilacs-2026", 2029, {"leaders": "good"}),
        )
    )
    rows = timeline(authorities().with_slug("camden"), [before, after, again])
    changes = {change.strand_b: change for change in compare_judgements(after, again) if change.strand_b}
    _, lines = chart(rows.events, rows.rows, changes, (after, again), 100)
    overall = next(line for line in lines if line.cells[0].plain == "Overall")
    assert [cell.plain for cell in overall.cells[2:]] == ["none", "none", "K9"]
    leaders = next(line for line in lines if line.cells[0].plain == "Leaders")
    assert "none" not in [cell.plain for cell in leaders.cells]


def test_a_narrow_chart_names_a_joint_grade_in_fewer_words() -> None:
    joint = inspection("ilacs-2018", date(2019, 5, 13), overall="good", care_and_leavers="good")
    history = timeline(authorities().with_slug("camden"), [joint])
    for room, name in ((40, "In care and leavers"), (60, "In care and leavers"), (80, "In care and care leavers")):
        columns, lines = chart(history.events, history.rows, {}, None, room)
        assert name in [line.cells[0].plain for line in lines]
        assert (columns[0].width or 0) >= len(name)


def test_a_strand_that_never_was_in_a_framework_stays_empty() -> None:
    joint = inspection("ilacs-2018", date(2019, 5, 13), overall="good", care_and_leavers="good")
    apart = inspection("ilacs-2023", date(2023, 5, 15), overall="good", care="good", leavers="good")
    rows = timeline(authorities().with_slug("camden"), [joint, apart])
    _, lines = chart(rows.events, rows.rows, {}, (joint, apart), 100)
    assert not [cell for line in lines for cell in line.cells if cell.plain in ("none", "none given")]


@pytest.mark.parametrize("width", [80, 120])
async def test_read_with_care_says_why_the_overall_cell_has_no_grade(
    app: ReinspectApp, store: Store, width: int
) -> None:
    facts = graded("ilacs-2026", date(2026, 5, 11), date(2026, 5, 22), leaders="good", help="good")
    store.add([reading(("Grades below\nLeaders are steady.",), "camden", facts)])
    async with person_at(app, width, 60) as person:
        assert person.sees_in_line("Overall", "none", "K9")
        assert person.sees_in_line("K9", "Not judged since April 2026")


async def test_a_cell_without_a_grade_is_copied_with_the_reason(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("left", "left", "y")
        assert "Overall: no grade, as this is a visit" in app.clipboard


async def test_an_overall_grade_that_is_not_given_is_copied_with_its_caveat_in_full(store: Store) -> None:
    facts = graded("ilacs-2026", date(2026, 5, 11), date(2026, 5, 15), leaders="good", help="good", care="good")
    store.add([reading(("The grades are below.",), "camden", facts)])
    app = ReinspectApp(lambda: store)
    async with person_at(app, 120, 40) as person:
        await person.presses("y")
        assert "Overall: none given (K9: Not judged since April 2026." in app.clipboard
