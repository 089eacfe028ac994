"""The page of a timeline: what it says where an inspection gives no grade on a strand."""

from __future__ import annotations

from datetime import date

from reinspect.authorities import authorities
from reinspect.comparing.timeline import timeline
from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.timeline import timeline_sheet
from tests.making.inspections import inspection


def _page(*frameworks: str) -> str:
    inspections = [
        inspection(framework, date(2018 + 3 * number, 5, 11), leaders="good", **grades)
        for number, framework in enumerate(frameworks)
        for grades in ({} if framework == "ilacs-2026" else {"overall": "good"},)
    ]
    return render_sheet(timeline_sheet(timeline(authorities().with_slug("camden"), inspections)), "text", width=100)


def test_an_overall_grade_that_is_no_longer_given_says_so_with_its_caveat() -> None:
    page = _page("ilacs-2018", "ilacs-2023", "ilacs-2026")
    (overall,) = (line for line in page.split("\n") if line.startswith("Overall"))
    assert "none given, K9" in overall
    assert "No overall grade exists and none is worked out here" in page
    assert "no such strand" not in page


def test_without_such_an_inspection_there_is_no_caveat() -> None:
    page = _page("ilacs-2018", "ilacs-2023")
    assert "none given" not in page
    assert "Caveats" not in page
