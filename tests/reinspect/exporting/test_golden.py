"""Whole exports against kept bytes. After a wanted change run this with REINSPECT_GOLDEN=write and read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reinspect.comparing.comparison import compare
from reinspect.comparing.timeline import timeline
from reinspect.exporting import FORMATS, SUFFIXES, written
from reinspect.exporting.sheet import Sheet
from reinspect.exporting.sheets import comparison_sheet, inspection_sheet, timeline_sheet
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection, passage

GOLDEN = Path(__file__).parent / "golden"
PASSAGES_2017 = [
    passage(
        "Foster carers are hard to find, so that some children move far away from school and from friends.", "care"
    ),
    passage("Audits are thorough and managers act on what audits find.", "leaders"),
]
PASSAGES_2022 = [passage("Audits are patchy but managers act on what audits find.", "leaders", page=6, digit="b")]


def comparison() -> Sheet:
    told = compare(camden_2017(), camden_2022(), PASSAGES_2017, PASSAGES_2022, (CAMDEN, CAMDEN))
    return comparison_sheet(told)


def history() -> Sheet:
    rating = inspection("caa-rating", rating="performs excellently")
    return timeline_sheet(timeline(CAMDEN, [rating, camden_2017(), inspection("focused-visit"), camden_2022()]))


def one() -> Sheet:
    return inspection_sheet(camden_2017(), CAMDEN)


SHEETS = {"comparison": comparison, "timeline": history, "inspection": one}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SHEETS)
def test_the_export_is_what_it_was(name: str, form: str) -> None:
    check(f"{name}{SUFFIXES[form]}", written(SHEETS[name](), form, width=80))  # type: ignore[index,arg-type]


@pytest.mark.parametrize("name", SHEETS)
def test_the_linear_text_is_what_it_was(name: str) -> None:
    check(f"{name}.linear.txt", written(SHEETS[name](), "text", width=80, linear=True))


def check(name: str, page: str) -> None:
    kept = GOLDEN / name
    if os.environ.get("REINSPECT_GOLDEN") == "write":
        kept.write_bytes(page.encode())
    assert page.encode() == kept.read_bytes(), f"{kept} differs"
