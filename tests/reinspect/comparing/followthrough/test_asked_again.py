"""Two inspections are compared by what they asked for: what comes back, what is new, what is not asked again."""

from __future__ import annotations

from msgspec.structs import replace

from reinspect.comparing.followthrough.asked_again import AskedAgain, asked_again
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
