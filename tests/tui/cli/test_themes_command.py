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
    assert "5 inspections list what is to improve." in shown
    assert "Supervision and management oversight" in shown


def test_the_improvements_of_one_theme_are_listed_with_their_sources(run: Run) -> None:
    shown = run("themes", "camden", "--theme", "supervision", "--width", "120").stdout
    assert "Asked in 3 of 5 inspections (60 %)." in shown
    assert "Camden, SIF inspection 11 September - 5 October 2017" in shown


def test_a_csv_file_has_a_row_for_each_improvement(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("themes", "camden", "--format", "csv").stdout.removeprefix("\ufeff"))))
    assert {row["authority"] for row in rows} == {"Camden"}
    assert all(row["text"] and row["inspection"] for row in rows)


def test_an_unknown_theme_is_refused_with_the_themes_that_exist(run: Run) -> None:
    refused = run("themes", "--theme", "bananas")
    assert refused.exit_code == 2
    assert "supervision-oversight" in refused.stderr


def test_a_store_without_lists_says_what_to_do(run: Run) -> None:
    assert "add reports and letters" in run("themes", "isles of scilly").stdout
