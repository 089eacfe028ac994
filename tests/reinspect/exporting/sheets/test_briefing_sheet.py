"""The page for a committee quotes whole sentences where they fit, and cuts them where the page would be too long."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.briefing import Briefing, briefing_sheet
from reinspect.exporting.tables.briefing import briefing_tables
from reinspect.model import Improvement, Pin, StepStatus
from tests.making.inspections import CAMDEN, camden_2022, inspection

LONG = f"The council should {'plan, write, meet and ' * 12}tell every child what comes next."


def page(quotes: int) -> str:
    latest = replace(camden_2022(), improvements=(Improvement(index=1, text=LONG),))
    pins = tuple(Pin(kind="quote", text=LONG, citation=f"Camden, p. {number}") for number in range(quotes))
    sheet = briefing_sheet(Briefing(authority=CAMDEN, latest=latest, quotes=pins))
    return " ".join(render_sheet(sheet).split())


def test_the_table_of_what_is_raised_again_has_the_step_that_raises_it_alone() -> None:
    def step(year: int, status: StepStatus) -> Step:
        later = inspection("ilacs-2023", date(year, 3, 3))
        return Step(inspection=later, status=status, likely="mentioned", confidence=0.7)

    steps = step(2023, "reported better"), step(2025, "raised again")
    asked = Thread(inspection=camden_2022(), improvement=Improvement(index=1, text=LONG), steps=steps)
    tables = briefing_tables(Briefing(authority=CAMDEN, latest=camden_2022(), threads=(asked,)))
    (again,) = (table for table in tables if table.name == "follow_steps")
    assert [record["status"] for record in again.records()] == ["raised again"]


@pytest.mark.parametrize("quotes", [0, 3])
def test_what_fits_on_the_page_is_not_cut(quotes: int) -> None:
    shown = page(quotes)
    assert shown.count(LONG) == 1 + quotes
    assert "..." not in shown


def test_a_page_that_would_be_too_long_is_cut() -> None:
    shown = page(30)
    assert LONG not in shown
    assert shown.count("...") == 31
