"""Answers that are kept: shown again for the same texts and question, and never for others."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.answers import Library
from reinspect.answers.recurring import RecurringAnswer
from reinspect.answers.scope import Scope
from reinspect.comparing.followthrough import threads
from reinspect.model import Improvement
from reinspect.phrases.mining import kept_phrases, mine
from tests.making.events import BARNET, EARLIER, ILACS_2022, ILACS_2025, LATEST, reading
from tests.making.holdings import MemoryHoldings

REPEATED = ("Oversight by managers is weak.", "Case records of visits are late.")
READINGS = (
    reading((*LATEST, *REPEATED), "camden", ILACS_2025),
    reading((*EARLIER, *REPEATED), "camden", ILACS_2022),
    reading(REPEATED, "barnet", BARNET),
)


@pytest.fixture
def holdings() -> MemoryHoldings:
    return MemoryHoldings(READINGS)


@pytest.fixture
def times_mined(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    mined: list[None] = []
    work_out = mine.mine

    def count(*arguments: object, **named: object) -> object:
        mined.append(None)
        return work_out(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(mine, "mine", count)
    return mined


def ask(holdings: MemoryHoldings, scope: Scope | None = None, minimum: int = 2) -> RecurringAnswer:
    return Library(holdings).recurring(scope, minimum=minimum)


def test_kept_phrases_are_those_that_were_mined(holdings: MemoryHoldings, times_mined: list[None]) -> None:
    first = ask(holdings)
    assert first.recurring
    assert all(phrase.citation for phrase in first.recurring)
    assert ask(holdings) == first
    assert len(times_mined) == 1


def test_other_texts_and_questions_have_phrases_of_their_own(holdings: MemoryHoldings, times_mined: list[None]) -> None:
    first = ask(holdings)
    assert ask(holdings, minimum=4) != first
    assert ask(holdings, Scope(authorities=("camden",))) != first
    fewer = MemoryHoldings(READINGS[:-1])
    fewer.keep_phrases = holdings.keep_phrases  # type: ignore[method-assign]
    fewer.kept_phrases = holdings.kept_phrases  # type: ignore[method-assign]
    assert ask(fewer) == ask(MemoryHoldings(READINGS[:-1]))
    assert len(times_mined) == 5


def test_phrases_of_another_version_of_the_program_are_mined_again(
    holdings: MemoryHoldings, times_mined: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(holdings)
    monkeypatch.setattr(kept_phrases, "_program_key", lambda: b"another version")
    assert ask(holdings) == first
    assert len(times_mined) == 2


def test_damaged_kept_phrases_are_mined_again(holdings: MemoryHoldings, times_mined: list[None]) -> None:
    first = ask(holdings)
    for key, data in list(holdings._phrases.items()):
        holdings.keep_phrases(key, data[: len(data) // 2])
    assert ask(holdings) == first
    assert len(times_mined) == 2


def test_phrases_of_texts_that_changed_while_they_were_mined_are_not_kept(
    holdings: MemoryHoldings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = MemoryHoldings(READINGS[:-1])
    monkeypatch.setattr(holdings, "index", fewer.index)
    ask(holdings)
    assert holdings._phrases == {}


def test_searches_that_were_prepared_find_the_same(holdings: MemoryHoldings) -> None:
    prepared = Library(holdings)
    prepared.prepare_searches()
    assert prepared.searcher.search("oversigt") == Library(holdings).searcher.search("oversigt")
    assert "similar_words" in vars(prepared.searcher)


def test_a_comparison_does_not_follow_again_what_was_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(ILACS_2022, improvements=(Improvement(index=1, text="the oversight of records"),))
    again = replace(ILACS_2025, improvements=(Improvement(index=1, text="the oversight of visits"),))
    holdings = MemoryHoldings((reading(LATEST, "camden", again), reading(EARLIER, "camden", asked)))
    Library(holdings).follow("camden")
    monkeypatch.setattr(threads, "find_steps", None)
    compared = Library(holdings).compare("camden:2022", "camden:2025").compare_lists()
    assert compared is not None
    assert [improvement.text for improvement in compared.earlier.improvements] == ["the oversight of records"]
