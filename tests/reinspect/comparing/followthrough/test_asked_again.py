"""Two inspections are compared by what they asked for: what comes back, what is new, what is not asked again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough.asked_again import AskedAgain, asked_again
from reinspect.comparing.followthrough.openings import without_opening
from reinspect.comparing.followthrough.steps import LaterText
from reinspect.comparing.followthrough.threads import Thread, follow
from reinspect.model import Improvement, Passage
from tests.making.inspections import inspection

EARLIER = replace(
    inspection("ilacs-2018"),
    improvements=(
        Improvement(index=1, text="The timeliness of return home interviews."),
        Improvement(index=2, text="The quality of pathway plans for care leavers."),
    ),
)
LATER = replace(
    inspection("ilacs-2023"),
    improvements=(
        Improvement(index=1, text="The timeliness of return home interviews for children."),
        Improvement(index=2, text="Access to dentists."),
    ),
)


def threads() -> tuple[Thread, ...]:
    listed = tuple(
        Passage(
            document="b" * 64,
            page=2,
            start=100 * number,
            end=100 * number + len(improvement.text),
            text=improvement.text,
            role="improvement",
        )
        for number, improvement in enumerate(LATER.improvements)
    )
    return follow([LaterText(inspection=EARLIER), LaterText(inspection=LATER, passages=listed)])


def compared() -> AskedAgain:
    return asked_again(threads(), EARLIER, LATER)


def test_a_recommendation_that_is_listed_again_comes_back() -> None:
    [pair] = compared().returned
    assert (pair.before.index, pair.again.index) == (1, 1)


def test_the_listed_item_decides_where_the_status_is_not_certain() -> None:
    first, *_ = threads()
    [step] = first.steps
    assert step.listed is not None

    def returned(chance: float) -> list[int]:
        listed = replace(step.listed, chance=chance)
        unsure = replace(step, status="undecided", passages=(), listed=listed)
        return [pair.again.index for pair in asked_again([replace(first, steps=(unsure,))], EARLIER, LATER).returned]

    assert (returned(0.5), returned(0.49)) == ([1], [])


def test_the_others_are_new_or_not_asked_again() -> None:
    assert [improvement.index for improvement in compared().new] == [2]
    assert [improvement.index for improvement in compared().dropped] == [2]


def test_without_a_later_text_nothing_comes_back() -> None:
    asked = asked_again(follow([LaterText(inspection=EARLIER)]), EARLIER, LATER)
    assert asked.returned == ()
    assert asked.dropped == EARLIER.improvements


# Openings


def pairs_of(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[int, int]]:
    earlier, later = (
        replace(each, improvements=tuple(Improvement(index=place, text=text) for place, text in enumerate(texts, 1)))
        for each, texts in ((EARLIER, before), (LATER, after))
    )
    listed = tuple(
        Passage(
            document="b" * 64, page=2, start=900 * place, end=900 * place + len(text), text=text, role="improvement"
        )
        for place, text in enumerate(after)
    )
    threads = follow([LaterText(inspection=earlier), LaterText(inspection=later, passages=listed)])
    return [(pair.before.index, pair.again.index) for pair in asked_again(threads, earlier, later).returned]


@pytest.mark.parametrize(
    "who",
    [
        "The force should",
        "The force must also",
        "The constabulary needs to",
        "The fire service should",
        "Leaders should",
    ],
)
def test_two_improvements_that_only_open_alike_do_not_come_back(who: str) -> None:
    before = ("answer emergency calls within ten seconds.", "tell victims what happens to their case.")
    after = ("give officers more time to train.", "repair the lights of its bicycles.")
    assert pairs_of(tuple(f"{who} {each}" for each in before), tuple(f"{who} {each}" for each in after)) == []


@pytest.mark.parametrize("who", ["The force should", "Leaders must"])
def test_the_same_improvement_comes_back_whatever_its_opening(who: str) -> None:
    asked = "write down why it closes an investigation."
    assert pairs_of((f"{who} {asked}",), ("The inspectorate was told.", f"The council should {asked}")) == [(1, 2)]
    assert pairs_of((f"{who} {asked}",), (f"{who} repair the lamps.", f"{who} {asked}")) == [(1, 2)]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The force should write down why.", "write down why."),
        ("Leaders across education, health and social care must also improve plans.", "improve plans."),
        ("The local authority needs to act.", "act."),
        ("Personal advisers should keep in touch.", None),
        ("Too many children have to wait.", None),
        ("The number of staff who need to travel.", None),
        ("Ensure that the force should act.", None),
        ("The timeliness of visits.", None),
        ("The force should", None),
    ],
)
def test_an_opening_says_only_who_is_to_act(text: str, bare: str | None) -> None:
    assert without_opening(text) == (bare or text)


def test_an_item_that_an_older_inspection_asked_for_names_that_inspection() -> None:
    older = replace(
        inspection("sif"), improvements=(Improvement(index=1, text="The timeliness of return home interviews."),)
    )
    silent = replace(EARLIER, improvements=EARLIER.improvements[1:])
    [known, *_] = threads()
    followed = (replace(known, inspection=older, improvement=older.improvements[0]),)
    asked = asked_again(followed, silent, LATER)
    assert [improvement.index for improvement in asked.new] == [1, 2]
    assert [each.id for each in asked.asked_before(LATER.improvements[0])] == [older.id]
    assert asked.asked_before(LATER.improvements[1]) == ()


def test_an_item_that_comes_back_is_not_said_to_be_asked_by_an_older_inspection() -> None:
    [known, *rest] = threads()
    older = replace(known, inspection=inspection("sif"))
    assert asked_again((older, known, *rest), EARLIER, LATER).older == ()
