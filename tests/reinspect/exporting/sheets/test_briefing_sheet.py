"""The page for a committee quotes whole sentences where they fit, and cuts them where the page would be too long."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.briefing import Briefing, briefing_sheet
from reinspect.model import Improvement, Pin
from tests.making.inspections import CAMDEN, camden_2022

LONG = f"The council should {'plan, write, meet and ' * 12}tell every child what comes next."


def page(quotes: int) -> str:
    latest = replace(camden_2022(), improvements=(Improvement(index=1, text=LONG),))
    pins = tuple(Pin(kind="quote", text=LONG, citation=f"Camden, p. {number}") for number in range(quotes))
    sheet = briefing_sheet(Briefing(authority=CAMDEN, latest=latest, quotes=pins))
    return " ".join(render_sheet(sheet).split())


@pytest.mark.parametrize("quotes", [0, 3])
def test_what_fits_on_the_page_is_not_cut(quotes: int) -> None:
    shown = page(quotes)
    assert shown.count(LONG) == 1 + quotes
    assert "..." not in shown


def test_a_page_that_would_be_too_long_is_cut() -> None:
    shown = page(30)
    assert LONG not in shown
    assert shown.count("...") == 31
