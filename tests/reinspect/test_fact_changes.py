"""The changes that a new reading brings to a document are described in words."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.fact_changes import describe_changes
from reinspect.model import Evidence, Improvement, Judgement, Outcome, PrintedAuthority, SourceFacts, Window
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


def test_other_words_of_an_improvement_and_new_warnings_are_named() -> None:
    later = replace(FACTS, improvements=(Improvement(index=1, text="Plans in time."),))
    warned = replace(REPORT, warnings=("page 3 may be incomplete",))
    assert describe_changes((REPORT, FACTS), (warned, later)) == (
        "improvements: other words",
        "new warning: page 3 may be incomplete",
    )


def test_a_warning_that_is_not_given_again_is_named() -> None:
    warned = replace(REPORT, warnings=("page 3 may be incomplete",))
    assert describe_changes((warned, FACTS), (REPORT, FACTS)) == ("former warning: page 3 may be incomplete",)


def test_places_in_the_document_are_not_facts() -> None:
    place = Evidence(document="0" * 64, page=2, start=0, end=9)
    moved = replace(
        FACTS,
        judgements=(replace(FACTS.judgements[0], evidence=place),),
        improvements=(replace(FACTS.improvements[0], evidence=place),),
        evidence={"published": place},
    )
    assert describe_changes((REPORT, FACTS), (REPORT, moved)) == ()


_OTHER_VALUES = {
    "authority": PrintedAuthority(printed="Camden", slug="barnet"),
    "framework": "sif",
    "graded": True,
    "windows": (),
    "published": date(2022, 6, 21),
    "partial_date": "2022-04",
    "mentioned_dates": ("2022-04-25",),
    "topics": ("front door",),
    "lead_inspector": "A. Person",
    "judgements": (Judgement(strand="help", grade="good", score=24),),
    "improvements": (Improvement(index=1, text="Timely plans.", strand="help"),),
    "lscb_improvements": FACTS.improvements,
    "priority_actions": FACTS.improvements,
    "report_url": "https://example.org/report",
    "outcome": Outcome(key="inconsistent", printed="It differs from place to place."),
    "next_step": "a monitoring visit",
    "previous": FACTS.windows,
    "theme": "serious youth violence",
    "partners": ("the police",),
    "ordinal": 2,
}


@pytest.mark.parametrize("field", [field for field in SourceFacts.__struct_fields__ if field != "evidence"])
def test_a_change_of_any_stored_fact_is_named(field: str) -> None:
    later = replace(FACTS, **{field: _OTHER_VALUES[field]})
    assert len(describe_changes((REPORT, FACTS), (REPORT, later))) == 1
    assert len(describe_changes((REPORT, later), (REPORT, FACTS))) == 1


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ({"judgements": (Judgement(strand="help", grade="good", score=24),)}, "grade of help: good, now good (24)"),
        ({"judgements": (Judgement(strand="help", grade="good", printed="Good"),)}, "grade of help: other words"),
        ({"improvements": (Improvement(index=1, text="Timely plans.", number=3),)}, "improvements: other details"),
        ({"lead_inspector": "A. Person"}, "lead inspector: none, now A. Person"),
        ({"ordinal": 2}, "ordinal: none, now 2"),
        (
            {"outcome": Outcome(key="inconsistent", details=("5 weaknesses",))},
            "outcome: none, now inconsistent, 5 weaknesses",
        ),
    ],
)
def test_a_fact_is_described_by_its_value_or_else_by_its_words_or_details(later: dict[str, object], words: str) -> None:
    assert describe_changes((REPORT, FACTS), (REPORT, replace(FACTS, **later))) == (words,)
