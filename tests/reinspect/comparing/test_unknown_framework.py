"""An inspection under a framework whose file is not loaded changes no figure of social care."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from reinspect.comparing.cohorts.cohort import latest_graded
from reinspect.comparing.comparison import compare
from reinspect.comparing.timeline import timeline
from reinspect.exporting.sheets.bands import across_bands_sentence
from reinspect.model import Judgement
from tests.making.inspections import CAMDEN, inspection

KNOWN = inspection("ilacs-2023", help="good", overall="good")
UNKNOWN = replace(
    inspection("ilacs-2023", date(2031, 3, 3)),
    id="camden-2031-03-03-harbour",
    framework="harbour-2031",
    graded=True,
    judgements=(Judgement(strand="overall", grade="weak"),),
)


def test_the_grades_of_a_timeline_are_the_same_and_the_inspection_has_a_block_of_its_own() -> None:
    alone, with_unknown = timeline(CAMDEN, [KNOWN]), timeline(CAMDEN, [KNOWN, UNKNOWN])
    assert (with_unknown.rows, with_unknown.events) == (alone.rows, alone.events)
    (block,) = with_unknown.other_bands
    assert (block.heading, [event.inspection for event in block.events]) == ("Unknown framework", [UNKNOWN])


def test_the_latest_graded_inspection_is_that_of_social_care() -> None:
    assert latest_graded([KNOWN, UNKNOWN]) == {"camden": KNOWN}


def test_it_is_not_compared_with_social_care_and_the_reason_is_said() -> None:
    assert compare(KNOWN, UNKNOWN).judgements == ()
    assert "judges other matters (framework file not loaded)" in across_bands_sentence(KNOWN, UNKNOWN)
