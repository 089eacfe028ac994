"""The names under which facts and verdicts are written to disk stay the same, so that existing stores can be read."""

from __future__ import annotations

import msgspec

from reinspect.model import SourceFacts, StepId, Verdict
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
