"""The names under which facts and verdicts are written to disk stay the same; a title is shown with capital months."""

from __future__ import annotations

import msgspec
import pytest

from reinspect.model import Document, SourceFacts, StepId, Verdict
from reinspect.record import Gap


def test_source_facts_keep_the_names_of_their_fields_on_disk() -> None:
    facts = SourceFacts(partial_date="2012-04", mentioned_dates=("2017",))
    written = msgspec.to_builtins(facts)
    assert (written["dated"], written["mentions"]) == ("2012-04", ("2017",))
    assert msgspec.json.decode(msgspec.json.encode(facts), type=SourceFacts) == facts


def test_a_verdict_keeps_the_names_of_its_fields_on_disk() -> None:
    verdict = Verdict(step=StepId("a", 1, "b"), improvement="Records.", review="confirmed", status="mentioned")
    assert msgspec.to_builtins(verdict) == {
        "link": {"inspection": "a", "index": 1, "later": "b"},
        "improvement": "Records.",
        "word": "confirmed",
        "status": "mentioned",
    }


def test_a_gap_keeps_the_name_of_its_date_on_disk() -> None:
    gap = Gap(authority="camden", framework="caa-rating", partial_date="2010-12", missing="the rating")
    assert msgspec.to_builtins(gap)["dated"] == "2010-12"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("notes on a visit - 11 july 2022", "notes on a visit - 11 July 2022"),
        ("visit 3 may 2019 and 4 june 2020", "visit 3 May 2019 and 4 June 2020"),
        ("Notes, 11 July 2022", "Notes, 11 July 2022"),
        ("what may 2022 bring", "what may 2022 bring"),
        ("march 5", "march 5"),
    ],
)
def test_a_title_is_shown_with_capital_months_and_kept_as_it_is(title: str, shown: str) -> None:
    document = Document(sha256="0" * 64, kind="report", title=title, source="a.pdf", pages=1)
    assert document.shown_title == shown
    assert document.title == title
