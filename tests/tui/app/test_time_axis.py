"""The chart of grades: what its last column says about each row."""

from __future__ import annotations

from datetime import date

from reinspect.comparing.judgements import compare_judgements
from reinspect.comparing.timeline import StrandRow, TimelineCell, TimelineEvent
from tests.making.inspections import inspection
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
