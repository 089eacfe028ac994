"""Follow-through on a page: the latest text in full, and one passage for each status of an earlier text."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.exporting import render_sheet
from reinspect.exporting.sheets.follow_through import follow_through_sheet
from reinspect.model import Improvement
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection, passage, report


def shown(words: str) -> ShownPassage:
    text = passage(words)
    return ShownPassage(passage=text, start=0, end=len(words), page=text.page, chance=0.7, mark="critical")


def thread_with(first: Step) -> Thread:
    """Follow one improvement of 2017 into a visit, with this step, and into an inspection of 2022."""
    last = msgspec.structs.replace(
        first,
        inspection=camden_2022(),
        status="undecided",
        review=None,
        passages=(shown("Plans are late."), shown("Plans are short."), shown("Plans are unsigned.")),
    )
    earlier = camden_2017()
    return Thread(inspection=earlier, improvement=earlier.improvements[0], steps=(first, last))


def visited(status: str, **fields: object) -> Step:
    passages = (shown("Some plans drift."), shown("Some plans lapse."), shown("Some plans stall."))
    return Step(
        inspection=inspection("ilacs-2018", date(2019, 3, 5)),
        status=status,  # type: ignore[arg-type]
        likely="raised again",
        confidence=0.8,
        passages=passages,
        **fields,  # type: ignore[arg-type]
    )


def page(step: Step, *, full: bool = False) -> str:
    return render_sheet(follow_through_sheet(CAMDEN, [thread_with(step)], full=full), "text")


@pytest.mark.parametrize("status", ["raised again", "reported better"])
def test_a_status_of_an_earlier_text_has_the_one_passage_it_rests_on(status: str) -> None:
    text = page(visited(status))
    assert "Some plans drift." in text
    assert "Some plans lapse." not in text
    assert all(words in text for words in ("Plans are late.", "Plans are short.", "Plans are unsigned."))
    assert "`reinspect follow camden --full`" in text


def test_a_status_is_quoted_with_a_passage_that_speaks_for_it() -> None:
    praise = msgspec.structs.replace(shown("Some plans are prompt."), mark="good")
    step = visited("raised again")
    again = msgspec.structs.replace(step, passages=(praise, *step.passages))
    assert "Some plans drift." in page(again)
    assert "Some plans are prompt." not in page(again)
    better = msgspec.structs.replace(again, status="reported better", passages=(*step.passages, praise))
    assert "Some plans are prompt." in page(better)


@pytest.mark.parametrize("status", ["undecided", "not mentioned"])
def test_an_earlier_text_that_says_nothing_firm_is_in_the_table_alone(status: str) -> None:
    text = page(visited(status))
    assert status in text
    assert "Some plans" not in text


def test_a_status_that_a_person_gave_keeps_a_passage() -> None:
    assert "Some plans drift." in page(visited("undecided", review="confirmed"))


def test_a_full_page_quotes_three_passages_of_every_later_text() -> None:
    text = page(visited("undecided"), full=True)
    assert all(words in text for words in ("Some plans drift.", "Some plans lapse.", "Some plans stall."))
    assert "--full" not in text


def test_a_page_without_a_later_text_of_the_same_kind_says_how_to_follow_into_the_others() -> None:
    asked = Improvement(index=1, text="Plans in time.")
    joint = Thread(inspection=inspection("jtai-2022", date(2021, 2, 1)), improvement=asked)
    alone = render_sheet(follow_through_sheet(CAMDEN, [joint]), "text")
    assert "The store has no later report or letter." in alone
    stored = msgspec.structs.replace(camden_2022(), documents=(report("b"),))
    both = render_sheet(follow_through_sheet(CAMDEN, [joint, Thread(inspection=stored, improvement=asked)]), "text")
    said = " ".join(both.split())
    assert "no later report or letter of the same kind of inspection (multi-agency)" in said
    assert "`reinspect follow camden --across`" in said
