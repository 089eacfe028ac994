"""The command line shows who uses a phrase, and the phrases that two groups do not share."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from store import Store
from tests.making.events import BARNET, SIF, reading
from tests.tui.cli.conftest import UseStore
from tui.cli.main import main

Run = Callable[..., Result]
PLANNING = ("Permanence planning meetings are held too late.\nRecords of permanence planning meetings are brief.",)


@pytest.fixture
def run(store: Store, use_store: UseStore) -> Run:
    use_store(store)
    store.add([reading(PLANNING, "barnet", BARNET), reading((*PLANNING, "More."), "camden", SIF)])
    return lambda *arguments: CliRunner().invoke(main, ["phrases", *arguments])


def test_a_phrase_says_who_uses_it_beside_how_many_were_read(run: Run) -> None:
    told = json.loads(run("--says", "permanence planning meeting", "--json").stdout)
    assert told["inspections"] == 2
    assert {share["name"]: share["uses"] for share in told["by_authority"]} == {"barnet": 1, "camden": 1}
    page = run("--says", "permanence planning meeting", "--width", "200").stdout
    assert "Barnet, ILACS inspection 13-17 May 2019, p. 1, para 1" in page


def test_an_authority_is_set_beside_all_others(run: Run) -> None:
    assert "All other authorities" in run("barnet", "--says", "permanence planning meetings").stdout


def test_words_that_stand_nowhere_are_answered_with_those_that_come_near(run: Run) -> None:
    result = run("--says", "permanance planing meetings")
    assert result.exit_code == 2
    assert "Did you mean permanence planning meetings?" in result.stderr


def test_two_cohorts_are_told_apart_and_one_alone_is_not(run: Run) -> None:
    page = run("--cohort", "barnet", "--against", "camden").stdout
    assert "1 texts of A" not in page
    assert "More in A" in page
    assert run("--against", "camden").exit_code == 2
    assert run("--cohort", "barnet", "--against", "camden", "--says", "x").exit_code == 2


@pytest.mark.parametrize("option", [("--order", "themes"), ("--min-inspections", "3")])
def test_an_option_for_the_list_of_phrases_is_refused_beside_a_phrase(run: Run, option: tuple[str, str]) -> None:
    result = run("--says", "permanence planning meetings", *option)
    assert result.exit_code == 2
    assert f"--says cannot be used with {option[0]}" in result.stderr


def test_a_move_that_is_not_written_as_one_is_a_usage_error_that_says_how(run: Run) -> None:
    result = run("--cohort", "moved:overall=good")
    assert result.exit_code == 2
    assert "name the earlier and the later grade" in result.stderr


def test_a_search_counts_years_and_authorities_and_each_inspection_once(
    run: Run,
) -> None:
    page = CliRunner().invoke(main, ["search", "permanense planning", "--width", "200"]).stdout
    assert "Inspections by year: 2017 1, 2019 1" in page
    assert "Sentences by authority: Barnet 2 in 1 inspection, Camden 2 in 1." in page


def test_a_search_may_keep_to_one_kind_of_text(run: Run) -> None:
    found = CliRunner().invoke(main, ["search", "oversight", "--kind", "letter", "--json"]).stdout
    assert {hit["kind"] for hit in json.loads(found)} <= {"letter"}
    assert "Nothing was found" in CliRunner().invoke(main, ["search", "oversight", "--kind", "digest"]).stdout
