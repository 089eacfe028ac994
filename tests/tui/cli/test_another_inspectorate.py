"""Reports of another inspectorate, by a framework file with five steps, through every command and form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import Result

from tests.making.frameworks import POLICE, UseFrameworks, police_report, use_frameworks
from tests.tui.cli.conftest import Run

__all__ = ["use_frameworks"]
EARLIER, LATER = "camden-2021-06-07-police", "camden-2023-06-05-police"
FORMS = ("text", "md", "html", "csv", "json", "jsonl", "xlsx", "docx")


@pytest.fixture
def police(run: Run, use_frameworks: UseFrameworks, tmp_path: Path) -> Run:
    """A store with two reports on the police of Camden, the second of the lowest grade of five."""
    use_frameworks(POLICE)
    asked = ("The force should repair the clocks of all cells.", "The force should answer letters.")
    again = ("The force should repair the clocks in its cells.", "The force should count its bicycles.")
    first = police_report("7 to 11 June 2021", "Adequate", asked)
    second = police_report("5 to 9 June 2023", "Inadequate", again)
    for name, lines in (("first", first), ("second", second)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    added = run("add", tmp_path / "first.txt", tmp_path / "second.txt")
    assert added.stdout.count("a new inspection") == 2, added.output
    return run


def words(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "command",
    [
        ("list", "camden"),
        ("list",),
        ("show", LATER),
        ("timeline", "camden"),
        ("compare", EARLIER, LATER),
        ("compare", LATER, "camden:2022"),
        ("follow", "camden"),
        ("follow", "camden", "--across"),
        ("brief", "camden"),
        ("search", "clocks"),
        ("phrases", "camden"),
        ("compare", "--cohort", "all"),
    ],
    ids=" ".join,
)
def test_every_answer_is_written_in_every_form(police: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    for form in FORMS:
        result = police(*command, "--format", form, "-o", tmp_path / f"answer.{form}")
        is_refused = result.exit_code == 2 and "--format" in result.stderr
        assert result.exit_code == 0 or is_refused, (form, result.output, result.exception)


def test_all_data_is_exported(police: Run, tmp_path: Path) -> None:
    for to in ("csv", "xlsx", "sqlite"):
        assert police("export", tmp_path / to, "--group", "camden", "--to", to).exit_code == 0


@pytest.mark.parametrize("command", [("list", "camden"), ("timeline", "camden"), ("compare", EARLIER, LATER)])
def test_the_spoken_form_says_the_lowest_of_five_grades(police: Run, command: tuple[str, ...]) -> None:
    assert "inadequate" in words(police("--linear", *command))


def test_a_list_keeps_the_strands_of_another_band_out_of_the_columns_of_social_care(police: Run) -> None:
    page = police("list", "camden").stdout
    (headings,) = (line for line in page.splitlines() if line.startswith("Id "))
    columns = headings.split()
    assert columns[columns.index("Published") + 1] == "Ov"
    assert "leaders (police)" in headings
    assert "overall (police)" in headings
    (row,) = (after for line, after in zip(page.splitlines(), page.splitlines()[1:], strict=False) if line == LATER)
    start = headings.index("patrols")
    assert row[headings.index("Published") + len("2023-08-01") : start].strip() == ""
    assert [row[start:].split()[place] for place in range(4)] == ["●G", "nj", "▲R", "■I"]
    assert "◆O outstanding, ●G good, ▲R requires improvement, ■I inadequate, ◐D adequate;" in " ".join(page.split())


# Whose grades they are


@pytest.mark.parametrize(
    "command", [("show", LATER), ("compare", EARLIER, LATER), ("phrases", "--cohort", "camden framework:police-2000")]
)
def test_a_page_of_another_inspectorate_alone_does_not_credit_ofsted(police: Run, command: tuple[str, ...]) -> None:
    page = words(police(*command))
    assert "Ofsted" not in page
    assert "Police 2000: Grades are those of the police inspectorate." in page


@pytest.mark.parametrize("command", [("list", "camden"), ("timeline", "camden"), ("follow", "camden")])
def test_a_page_of_two_inspectorates_credits_both(police: Run, command: tuple[str, ...]) -> None:
    page = words(police(*command))
    assert "judgements are Ofsted's" in page
    assert "Police 2000: Grades are those of the police inspectorate." in page


def test_a_framework_without_a_line_on_rights_names_its_inspectorate(
    run: Run, use_frameworks: UseFrameworks, tmp_path: Path
) -> None:
    use_frameworks(POLICE.replace('licence = "Grades are those of the police inspectorate."\n', ""))
    (tmp_path / "report.txt").write_text("\n".join(police_report()), encoding="utf-8")
    page = words(run("read", tmp_path / "report.txt"))
    assert "Ofsted" not in page
    assert "Police 2000: Grades, dates and judgements are those of The police inspectorate." in page


def test_no_caveat_of_social_care_explains_the_grades_of_another_band(police: Run) -> None:
    page = words(police("compare", EARLIER, LATER))
    assert "Cells: Police 2021: not judged." in page
    assert "K12" not in page
    assert "adoption" not in page


# What is in the store


def test_a_timeline_does_not_say_that_there_is_no_document_where_another_band_has_one(police: Run) -> None:
    assert "No document is in the store" in words(police("timeline", "barnet"))
    assert "No document is in the store" not in words(police("timeline", "camden"))


def test_phrases_say_which_texts_are_not_counted_and_how_to_count_them(police: Run, tmp_path: Path) -> None:
    lines = [line.replace("Camden", "Kent") for line in police_report()]
    (tmp_path / "kent.txt").write_text("\n".join(lines), encoding="utf-8")
    police("add", tmp_path / "kent.txt")
    page = words(police("phrases", "kent"))
    assert "0 texts of Kent (1 on police is counted only if the framework is named: framework:police-2000)." in page
    assert "Searched: 1 text" in words(police("phrases", "--cohort", "kent framework:police-2000"))


def test_the_rows_of_a_timeline_are_in_the_order_of_the_file(police: Run) -> None:
    page = police("timeline", "camden").stdout.partition("Police: The police inspectorate")[2]
    assert page.index("Patrols") < page.index("Cells") < page.index("Chiefs") < page.index("The whole force")


def test_a_follow_through_has_a_headline_for_each_band(police: Run) -> None:
    page = police("follow", "camden").stdout
    assert "Raised again now, police" in page
    assert "raised again in Police 2023" in " ".join(page.split())


def test_the_table_of_all_inspections_names_the_band(police: Run) -> None:
    rows = csv.DictReader(io.StringIO(police("list", "camden", "--format", "csv").stdout.lstrip("\ufeff")))
    assert {row["id"]: row["band"] for row in rows}[LATER] == "police"


def test_the_table_of_all_grades_names_the_band(police: Run, tmp_path: Path) -> None:
    police("export", tmp_path / "data", "--group", "camden")
    text = (tmp_path / "data" / "judgements.csv").read_text("utf-8-sig")
    bands = {(row["inspection"], row["band"]) for row in csv.DictReader(io.StringIO(text))}
    assert (LATER, "police") in bands
    assert ("camden-2022-04-25-ilacs", "social care") in bands


# Wrong framework files


def test_a_wrong_framework_file_is_told_once_however_many_files_are_read(
    police: Run, use_frameworks: UseFrameworks, tmp_path: Path
) -> None:
    use_frameworks(POLICE.replace('document = "graded report"', 'document = "report"'))
    listed = police("list")
    result = police("read", tmp_path / "first.txt", tmp_path / "second.txt", "--json")
    assert (result.stdout, result.stderr, result.exit_code) == ("", listed.stderr, listed.exit_code)
    assert result.stderr.count("\n") == 1
    assert "own-0.toml: document = 'report' is not known" in result.stderr


def test_config_and_about_name_the_frameworks_of_ones_own(run: Run, use_frameworks: UseFrameworks) -> None:
    assert "framework built in (REINSPECT_FRAMEWORKS is not set)" in words(run("config"))
    folder = use_frameworks(POLICE)
    assert f"framework {folder} (REINSPECT_FRAMEWORKS: police-2000)" in words(run("config"))
    assert f"frameworks of your own: police-2000, in {folder}" in words(run("about"))
    use_frameworks(POLICE.replace('name = "Cells"', 'nmae = "Cells"'))
    assert "framework none can be used: " in words(run("config"))
    assert "frameworks of your own" not in words(run("about"))


# Reports that print no days


def test_a_report_without_days_is_assigned_to_an_inspection_from_a_table(
    run: Run, use_frameworks: UseFrameworks, tmp_path: Path
) -> None:
    use_frameworks(POLICE)
    lines = [line for line in police_report() if not line.startswith("Inspection dates")]
    (tmp_path / "report.txt").write_text("\n".join(lines), encoding="utf-8")
    added = words(run("add", tmp_path / "report.txt"))
    assert "it does not print its dates on site; to assign it: reinspect attach" in added
    document = added.partition("reinspect attach ")[2].split()[0]
    table = "authority,framework,inspection_start,inspection_end\nCamden,police-2000,2023-06-05,2023-06-09\n"
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")

    assert "1 new" in run("fetch", "--catalogue", tmp_path / "own.csv").stderr
    assert run("attach", document, LATER).exit_code == 0
    page = words(run("show", LATER))
    assert "The whole force" in page
    assert "Repair the clocks." in page
