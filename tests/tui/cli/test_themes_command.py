"""`reinspect themes`: what inspections ask to improve, grouped by theme, with sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tui.cli.main import main

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command on a new store, which holds the shipped digests."""
    store: Path = tmp_path_factory.mktemp("themes") / "store"

    def run_command(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["--store", str(store), *arguments], prog_name="reinspect")

    return run_command


def test_a_table_shows_how_many_inspections_ask_for_each_theme(run: Run) -> None:
    shown = run("themes", "camden", "--width", "120").stdout
    assert "5 inspections of social care list what is to improve." in shown
    assert "Supervision and management oversight" in shown


def test_the_improvements_of_one_theme_are_listed_with_their_sources(run: Run) -> None:
    shown = run("themes", "camden", "--theme", "supervision", "--width", "120").stdout
    assert "Asked in 3 of 5 inspections (60 %)." in shown
    assert "Camden, SIF inspection 11 September - 5 October 2017" in shown


def test_the_columns_may_be_frameworks_regions_or_grades(run: Run) -> None:
    shown = run("themes", "camden", "--by", "grade", "--width", "140").stdout
    assert "The grade is the overall grade that applied" in shown
    assert sorted(
        word
        for line in shown.splitlines()
        if line.startswith("Theme  ")
        for word in line.split()[3:]
        if word != "Others"
    ) == ["good", "outstanding"]


def test_a_person_says_what_an_improvement_is_about_and_undoes_it(run: Run) -> None:
    assert "is about Visits to children now" in run("themes", "--correct", "camden:2017:2", "visits").stderr
    shown = " ".join(run("themes", "camden", "--theme", "visits", "--width", "120").stdout.split())
    assert "Asked in 1 of 5 inspections" in shown
    assert "Note: a person chose this theme" in shown
    assert run("undo").exit_code == 0
    assert "No stored inspection of social care asks for this" in run("themes", "camden", "--theme", "visits").stdout


def test_a_place_or_a_theme_that_does_not_exist_is_refused(run: Run) -> None:
    assert "has no improvement 99" in run("themes", "--correct", "camden:2017:99", "visits").stderr
    assert "is not a place" in run("themes", "--correct", "camden", "visits").stderr
    assert "no theme is called" in run("themes", "--correct", "camden:2017:2", "bananas").stderr


def test_a_csv_file_has_a_row_for_each_improvement(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("themes", "camden", "--format", "csv").stdout.removeprefix("\ufeff"))))
    assert {row["authority"] for row in rows} == {"Camden"}
    assert all(row["text"] and row["inspection"] for row in rows)


def test_an_unknown_theme_is_refused_with_the_names_that_are_near(run: Run) -> None:
    refused = run("themes", "--theme", "supervison")
    assert refused.exit_code == 2
    assert 'no theme is called "supervison"; did you mean Supervision and management oversight' in refused.stderr
    assert 'no theme is called "bananas"; "themes" lists them' in run("themes", "--theme", "bananas").stderr


def test_themes_that_a_word_could_mean_are_named_in_words(run: Run) -> None:
    refused = run("themes", "--theme", "health")
    assert refused.exit_code == 2
    assert 'several themes match "health": ' in refused.stderr
    assert "health-cla" not in refused.stderr


def test_a_store_without_lists_says_what_to_do(run: Run) -> None:
    assert "add reports and letters" in run("themes", "isles of scilly").stdout


def test_a_store_with_few_texts_says_what_the_times_rest_on_and_shows_no_curve(run: Run) -> None:
    shown = run("themes", "--times", "--width", "140").stdout
    assert "of 1 authority could be followed into a later text" in shown
    assert "That is too few to say how long it takes" in shown
    assert "In 2 years" not in shown
    page = run("themes", "--times", "--format", "html").stdout
    assert "<svg" not in page


def test_the_times_of_one_authority_are_refused_with_what_to_do(run: Run) -> None:
    refused = run("themes", "camden", "--times")
    assert refused.exit_code == 2
    assert "--times needs the improvements of many authorities" in refused.stderr


def test_who_to_call_is_said_with_both_passages(run: Run) -> None:
    shown = run("themes", "--solved", "allegations", "--width", "140").stdout
    assert "Who solved it: Allegations against professionals" in shown
    assert "Asked and followed into a later text: 1 authority (all authorities). Firmly reported better: 1." in shown
    assert "Camden: asked 2022, reported better 2025, after 2.9 years." in shown
    asked, better = shown.split("asked: ")[1].split("ILACS inspection 2025: ")
    assert "(Camden, ILACS inspection 25-29 April 2022" in asked
    assert "(Camden, ILACS inspection 3-7 March 2025" in " ".join(better.split())


def test_an_authority_is_not_sent_to_itself(run: Run) -> None:
    assert "Nobody in the store yet." in run("themes", "camden", "--solved", "allegations").stdout


def test_a_solved_theme_is_named_once(run: Run) -> None:
    refused = run("themes", "--solved", "allegations", "--theme", "supervision")
    assert refused.exit_code == 2
    assert "--solved has its theme already" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (("camden",), "AUTHORITY"),
        (("--times",), "--times"),
        (("--solved", "allegations"), "--solved"),
        (("--theme", "visits"), "--theme"),
        (("-o", "none.csv"), "-o"),
    ],
)
def test_a_correction_of_a_theme_is_made_alone(run: Run, arguments: tuple[str, ...], refused: str) -> None:
    result = run("themes", *arguments, "--correct", "camden:2017:2", "visits")
    assert result.exit_code == 2
    assert f"--correct cannot be used with {refused}" in result.stderr
    assert "there is no change to undo" in run("undo").stderr


@pytest.mark.parametrize("option", [("--times",), ("--solved", "allegations")])
def test_the_columns_of_a_table_cannot_be_chosen_where_there_is_none(run: Run, option: tuple[str, ...]) -> None:
    result = run("themes", *option, "--by", "region")
    assert result.exit_code == 2
    assert f"{option[0]} cannot be used with --by" in result.stderr
