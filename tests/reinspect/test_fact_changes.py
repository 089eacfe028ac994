"""What a new reading of a document changed, in words."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from reinspect.fact_changes import describe_changes
from reinspect.model import Improvement, Judgement, PrintedAuthority, SourceFacts, Window
from tests.making.readings import document

REPORT = document("report")
FACTS = SourceFacts(
    authority=PrintedAuthority(printed="Camden", slug="camden"),
    framework="ilacs-2018",
    windows=(Window(date(2022, 4, 25), date(2022, 4, 29)),),
    judgements=(Judgement(strand="help", grade="good"),),
    improvements=(Improvement(index=1, text="Timely plans."),),
)


def test_a_reading_that_is_the_same_has_no_changes() -> None:
    assert describe_changes((REPORT, FACTS), (replace(REPORT, reader="9.9"), FACTS)) == ()


def test_each_fact_is_named_with_what_it_was_and_what_it_is_now() -> None:
    later = replace(
        FACTS,
        windows=(),
        judgements=(Judgement(strand="help", grade="outstanding"), Judgement(strand="leaders", grade="good")),
        improvements=(*FACTS.improvements, Improvement(index=2, text="More visits.")),
    )
    assert describe_changes((replace(REPORT, kind="other"), FACTS), (REPORT, later)) == (
        "kind: other, now report",
        "days: 2022-04-25 to 2022-04-29, now none",
        "grade of help: good, now outstanding",
        "improvements: 1, now 2",
        "grade of leaders: none, now good",
    )


def test_other_words_of_an_improvement_and_new_warnings_are_told() -> None:
    later = replace(FACTS, improvements=(Improvement(index=1, text="Plans in time."),))
    warned = replace(REPORT, warnings=("page 3 may be incomplete",))
    assert describe_changes((REPORT, FACTS), (warned, later)) == (
        "improvements: other words",
        "new warning: page 3 may be incomplete",
    )
