"""`reinspect brief`: one page with what the panes show of an authority, each line with its source."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner, Result

from reinspect.answers import Library
from reinspect.exporting import render_sheet
from store import Store
from tests.making.events import graded, reading
from tests.tui.cli.conftest import UseStore
from tui.cli.main import main

Run = Callable[..., Result]
MOST_LINES = 100


@pytest.fixture
def run(store: Store, use_store: UseStore) -> Run:
    use_store(store)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def page_of(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def test_a_briefing_compares_the_latest_two_graded_inspections_beside_the_neighbours(run: Run) -> None:
    page = page_of(run("brief", "camden"))
    assert "Camden, ILACS inspection 3-7 March 2025, compared with ILACS inspection 25-29 April 2022" in page
    assert "Compared with: statistical neighbours of Camden" in page
    assert "Higher Same Lower" in page


def test_a_briefing_says_what_was_asked_then_and_now(run: Run) -> None:
    page = page_of(run("brief", "camden"))
    assert "Not asked in ILACS 2022 (1): 1. delay for children in pre-proceedings" in page
    assert "Not asked again since ILACS 2022 (1), which does not mean that it was put right:" in page


def test_a_briefing_says_the_same_as_compare_and_follow(store: Store) -> None:
    library = Library(store)
    (brief,) = library.brief("camden").records()
    (compared,) = library.compare("camden:2022", "camden:2025").records()
    assert brief["judgements"] == compared["judgements"]
    assert set(brief["caveats"]) >= set(compared["caveats"])
    raised = {
        (thread["inspection"], thread["index"])
        for thread in library.follow("camden").records()
        if thread["steps"] and thread["steps"][-1]["status"] == "raised again"
    }
    assert {(each["inspection"], each["index"]) for each in brief["raised_again"]} <= raised
    pages = [render_sheet(answer.sheet()) for answer in (library.brief("camden"), library.follow("camden"))]
    counts = [[line for line in page.splitlines() if "raised again in ILACS 2025" in line] for page in pages]
    assert counts[0] == counts[1] != []


def test_a_caveat_of_the_group_alone_is_marked_as_such(store: Store) -> None:
    assert "(group)" not in render_sheet(Library(store).brief("camden", "all").sheet())
    days = date(2026, 5, 11), date(2026, 5, 15)
    facts = graded("ilacs-2026", *days, leaders="good", help="good")
    store.add([reading(("Grades are printed here.",), "kent", facts)])
    page = render_sheet(Library(store).brief("camden", "all").sheet(), "md").replace("\\", "")
    assert "K8 (group)" in page
    assert "(group) marks a caveat of these figures alone" in page


def test_the_group_may_be_chosen_and_its_figures_are_those_of_compare(store: Store) -> None:
    library = Library(store)
    (brief,) = library.brief("camden", "all").records()
    (group,) = library.compare_with_cohort("all", "camden").records()
    assert brief["standing"] == group["standing"]
    assert brief["cohort"] == group["cohort"]


def test_up_to_three_quotes_of_this_authority_stand_on_the_page(run: Run) -> None:
    for number in (1, 2):
        run("search", "oversight", "--authority", "camden", "--pin", number)
    quotes = json.loads(run("brief", "camden", "--json").stdout)["quotes"]
    assert len(quotes) == 2
    page = page_of(run("brief", "camden"))
    assert all(quote["citation"].partition(",")[0] in page for quote in quotes)
    assert "Quotes from the basket" in page
    assert json.loads(run("brief", "barnet", "--json").stdout)["quotes"] == []


def test_an_authority_with_one_graded_inspection_has_a_page_without_a_comparison(run: Run) -> None:
    page = page_of(run("brief", "barnet"))
    assert "Barnet, ILACS inspection 13-17 May 2019, the only graded one in the store." in page
    printed = json.loads(run("brief", "barnet", "--json").stdout)
    assert (printed["a"], printed["b"], printed["judgements"]) == (None, "barnet-2019-05-13-ilacs", [])


def test_an_authority_without_a_graded_inspection_has_a_page_that_says_so(run: Run) -> None:
    assert "The store has no graded inspection that can be compared" in page_of(run("brief", "kent"))
    assert json.loads(run("brief", "kent", "--json").stdout)["b"] is None


def test_a_briefing_is_short(run: Run) -> None:
    for number in (1, 2):
        run("search", "oversight", "--authority", "camden", "--pin", number)
    assert len(run("brief", "camden", "--width", "100").stdout.splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    ("arguments", "message"), [(["nowhere"], "no authority is called"), (["camden", "--group", "x:y"], "x:y")]
)
def test_an_unknown_authority_or_group_is_named_in_one_line(run: Run, arguments: list[str], message: str) -> None:
    result = run("brief", *arguments)
    assert result.exit_code != 0
    assert message in result.stderr or message in str(result.exception)
