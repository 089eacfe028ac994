"""Cohorts and the whole record on the command line, in every format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from tests.making.printed import printed_objects
from tui.cli.main import main

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command on one store as the first run makes it; no test here writes to it."""
    folder: Path = tmp_path_factory.mktemp("cohorts") / "store"
    return lambda *arguments: CliRunner().invoke(main, ["--store", str(folder), *arguments])


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return printed_objects(result.stdout)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))


# The list


def test_the_list_is_a_line_an_inspection_and_fits_80_columns(run: Run) -> None:
    lines = run("list", "camden", "--width", "80").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    (sif,) = [line for line in lines if line.startswith("camden-2017-09-11-sif")]
    assert sif.split()[1:3] == ["SIF", "2017-11-24"]
    assert "●G ◆O ●G ●G" in sif


def test_only_strands_that_occur_have_a_column(run: Run) -> None:
    shown = run("list", "cumberland").stdout
    (heading,) = [line for line in shown.splitlines() if line.startswith("Id ")]
    assert heading.split() == ["Id", "Event", "Published", "Ov", "Le", "He", "Ca", "Lv"]


def test_the_list_of_the_nation_fits_80_columns_with_every_id_whole(run: Run) -> None:
    lines = run("list", "--width", "80").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    starts = {line.split(" ")[0] for line in lines}
    assert "bournemouth-christchurch-and-poole-2021-12-06-ilacs" in starts


def test_not_judged_and_what_older_frameworks_graded_are_told(run: Run) -> None:
    assert "nj" in run("list", "isles of scilly", "--cohort", "framework:sif").stdout.split()
    assert "◆E" in run("list", "camden").stdout


def test_the_record_as_csv_is_one_rectangle_for_a_spreadsheet(run: Run) -> None:
    table = rows(run("list", "--format", "csv"))
    assert len(table) == 1064
    by_id = {row["id"]: row for row in table}
    sif = by_id["city-of-london-2016-07-28-sif"]
    assert (sif["overall"], sif["adoption"], sif["care_and_leavers"]) == ("good", "not judged", "")
    assert (sif["urn"], sif["region"], sif["origin"]) == ("80450", "London", "shipped record")
    visit = by_id["kingston-upon-hull-2025-07-15-focused-visit"]
    assert visit["windows"] == "2025-07-15/2025-07-16; 2025-07-21/2025-07-21"
    assert visit["topics"] == "older children placements; children in care"
    assert by_id["camden-2022-04-25-ilacs"]["report_url"].startswith("https://files.ofsted.gov.uk/")


def test_a_list_may_be_of_a_cohort(run: Run) -> None:
    held = objects(run("list", "--cohort", "neighbours:camden+since:2024", "--json"))
    assert {each["authority"]["slug"] for each in held} <= {
        *("islington", "westminster", "hammersmith-and-fulham", "southwark", "lambeth", "kensington-and-chelsea"),
        *("lewisham", "haringey", "hackney", "barnet"),
    }
    assert min(each["inspection_start"] for each in held) >= "2024"
    assert objects(run("list", "barnet", "--cohort", "region:South East", "--json")) == []


# A cohort beside an authority


def test_an_authority_stands_beside_a_cohort_with_the_number_behind_every_figure(run: Run) -> None:
    (told,) = objects(run("compare", "camden", "--cohort", "neighbours:camden", "--json"))
    assert told["schema"] == 2
    assert told["a"]["id"] == "camden-2025-03-03-ilacs"
    assert len(told["members"]) == 10
    for strand in told["standing"]:
        assert sum(grade["number"] for grade in strand["grades"]) == strand["number"]
        assert all(len(grade["inspections"]) == grade["number"] for grade in strand["grades"])
        beside = strand["beside"]
        assert beside["higher"] + beside["same"] + beside["lower"] + beside["not_comparable"] == strand["number"]
    for strand in told["movement"]:
        pairs = sum(flow["number"] for flow in strand["flows"])
        assert pairs + sum(left["number"] for left in strand["left_out"]) == strand["considered"]
    assert set(told["caveats"]) >= {"K1", "K6", "K7"}


def test_an_older_inspection_is_set_beside_others_of_its_time(run: Run) -> None:
    (told,) = objects(run("compare", "camden:2017", "--cohort", "neighbours:camden+framework:sif", "--json"))
    assert {member["inspection"].rpartition("-")[2] for member in told["members"]} == {"sif"}
    assert [strand["strand"] for strand in told["standing"]][-2:] == ["adoption", "lscb"]


def test_a_cohort_may_be_looked_at_alone(run: Run) -> None:
    (told,) = objects(run("compare", "--cohort", "region:London", "--json"))
    assert told["a"] is None
    assert all(strand["beside"] is None for strand in told["standing"])


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_a_cohort_is_told_in_every_format_and_always_the_same(run: Run, form: str) -> None:
    ask = ("compare", "camden", "--cohort", "neighbours:camden", "--format", form)
    first = run(*ask)
    assert first.exit_code == 0, first.stderr
    assert first.stdout_bytes == run(*ask).stdout_bytes
    assert "islington-2024-12-02-ilacs" in first.stdout


def test_a_cohort_as_text_fits_80_columns_and_prints_its_caveats(run: Run) -> None:
    shown = run("compare", "camden", "--cohort", "region:London", "--width", "80").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "K7 Until December 2022" in shown
    assert "32 authorities (not counting the one compared with it)" in " ".join(shown.split())


def test_a_cohort_as_csv_has_a_row_a_figure(run: Run) -> None:
    table = rows(run("compare", "--cohort", "all", "--format", "csv"))
    (row,) = [
        row
        for row in table
        if (row["figure"], row["strand_b"], row["grade_a"], row["grade_b"])
        == ("moved", "overall", "requires improvement", "good")
    ]
    assert (row["number"], row["of"], row["change"]) == ("56", "324", "improved")
    assert row["behind"].count(" > ") == 56


def test_a_timeline_is_compared_with_the_cohort(run: Run) -> None:
    shown = run("timeline", "camden", "--cohort", "neighbours:camden", "--width", "80").stdout
    assert "Latest grades of the group" in shown
    assert "Camden compared with the group" in shown
    (printed,) = objects(run("timeline", "camden", "--cohort", "neighbours:camden", "--json"))
    assert printed["authority"]["slug"] == "camden"
    assert printed["cohort"]["expression"] == "neighbours:camden"


def test_a_workbook_of_a_timeline_has_the_visits_and_the_group_too(run: Run, tmp_path: Path) -> None:
    run("timeline", "camden", "barnet", "--cohort", "region:London", "-o", tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["timeline", "events", "group", "about"]
    heads, *events = book["events"].iter_rows(values_only=True)
    frameworks = {str(row[heads.index("framework")]) for row in events}
    assert {"focused-visit", "ilacs-2018"} <= frameworks
    heads, *figures = book["group"].iter_rows(values_only=True)
    compared = {str(row[heads.index("inspection")]) for row in figures if row[heads.index("figure")] == "beside"}
    assert {identifier.split("-")[0] for identifier in compared} == {"camden", "barnet"}


def test_csv_of_a_timeline_says_that_the_group_is_not_in_it(run: Run) -> None:
    said = run("timeline", "camden", "--cohort", "region:London", "--format", "csv").stderr
    assert "has no grades of the group; a workbook (-o NAME.xlsx) has them" in said
    assert run("timeline", "camden", "--format", "csv").stderr == ""


def test_a_grade_of_the_shipped_record_is_cited_in_a_table_as_on_the_page(run: Run) -> None:
    graded = [row for row in rows(run("timeline", "camden", "--format", "csv")) if row["grade"] and not row["page"]]
    assert graded
    assert all(row["citation"].endswith(", shipped record") for row in graded)


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "camden"),
        ("compare",),
        ("compare", "camden:2017", "camden:2022", "--cohort", "all"),
        ("compare", "poole", "--cohort", "all"),
        ("list", "--cohort", "region:Lodnon"),
        ("search", "drift", "--cohort", "neighbors:camden"),
        ("phrases", "--cohort", "camden kent"),
        ("timeline", "camden", "--cohort", "grade:good"),
    ],
)
def test_what_cannot_be_meant_is_a_slip_that_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


# Searching within a cohort


def test_a_search_keeps_to_the_texts_of_a_cohort(run: Run) -> None:
    everywhere = objects(run("search", "oversight", "--json"))
    assert everywhere
    assert objects(run("search", "oversight", "--cohort", "kent", "--json")) == []
    late = objects(run("search", "oversight", "--cohort", "camden+framework:ilacs-2023", "--json"))
    assert {hit["inspection"] for hit in late} == {"camden-2025-03-03-ilacs"}
    assert "(Camden; since 2023)" in run("search", "oversight", "--cohort", "camden since:2023").stdout


def test_phrases_keep_to_the_texts_of_a_cohort(run: Run) -> None:
    assert objects(run("phrases", "--cohort", "kent", "--json")) == []
    assert "(statistical neighbours of Islington)" in run("phrases", "--cohort", "neighbours:islington").stdout


# Timelines of authorities of different histories


@pytest.mark.parametrize(
    ("authority", "told"),
    [
        ("dorset", "A new council since 1 April 2019, in place of Dorset County"),
        ("north northamptonshire", "in place of Northamptonshire"),
        ("cumberland", "1 graded, 0 ungraded, Oct 2024."),
        ("poole", "Ended on 1 April 2019, followed by Bournemouth, Christchurch and Poole."),
        ("cumbria", "followed by Cumberland and Westmorland and Furness."),
        ("hull", "15-16 July 2025 and 21 July 2025"),
        ("city of london", '"not judged": no grade was given'),
        ("kent", "Overall (LAC 2013)"),
        ("slough", "No document is in the store"),
        ("birmingham", "Topics: children in care"),
    ],
)
def test_a_timeline_says_what_is_special_about_an_authority(run: Run, authority: str, told: str) -> None:
    shown = run("timeline", authority, "--width", "80").stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert told in " ".join(shown.split())


def test_those_that_moved_are_set_beside_those_that_stayed(run: Run) -> None:
    page = run("phrases", "--cohort", "moved:overall=ri>good", "--against", "moved:overall=ri>ri").stdout
    assert "A: authorities that moved from requires improvement to good or better on overall." in page
    assert "B: authorities that last stayed requires improvement on overall." in page
    moved = {each["authority"]["slug"] for each in objects(run("list", "--cohort", "moved:overall=ri>good", "--json"))}
    stayed = {each["authority"]["slug"] for each in objects(run("list", "--cohort", "moved:overall=ri>ri", "--json"))}
    assert moved
    assert stayed
    assert not moved & stayed
