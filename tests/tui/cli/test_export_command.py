"""`reinspect export`: all data as tables that other programs read, or nothing at all."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from store import Store
from tests.tui.cli.conftest import UseStore
from tui import streams
from tui.cli import output
from tui.cli.commands import export
from tui.cli.main import main

Run = Callable[..., Result]
TABLES = ["inspections", "judgements", "improvements", "follow_steps", "phrases", "authorities", "data_dictionary"]


@pytest.fixture
def run(store: Store, use_store: UseStore) -> Run:
    use_store(store)
    return lambda *arguments: CliRunner().invoke(main, ["export", *(str(argument) for argument in arguments)])


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_has_a_file_for_each_table_and_a_dictionary_of_all_columns(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path / "data")
    assert result.exit_code == 0, result.stderr
    assert sorted(path.stem for path in (tmp_path / "data").iterdir()) == sorted(TABLES)
    dictionary = {(row["table"], row["column"]) for row in rows_of(tmp_path / "data" / "data_dictionary.csv")}
    for table in TABLES[:-1]:
        heads = (tmp_path / "data" / f"{table}.csv").read_text("utf-8-sig").partition("\n")[0].split(",")
        assert {(table, head) for head in heads} <= dictionary


def test_the_tables_fit_together_by_their_keys(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "data")
    inspections = {row["id"] for row in rows_of(tmp_path / "data" / "inspections.csv")}
    authorities = {row["authority_slug"] for row in rows_of(tmp_path / "data" / "authorities.csv")}
    steps = rows_of(tmp_path / "data" / "follow_steps.csv")
    assert {row["inspection"] for row in rows_of(tmp_path / "data" / "judgements.csv")} <= inspections
    assert {row["inspection"] for row in steps} | {row["later_inspection"] for row in steps} - {""} <= inspections
    assert {row["authority_slug"] for row in steps} <= authorities


def test_a_database_has_the_same_rows_with_numbers_as_numbers(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "data")
    assert run(tmp_path / "data", "--to", "sqlite").exit_code == 0
    database = sqlite3.connect(tmp_path / "data" / "reinspect.sqlite")
    try:
        for table in TABLES:
            (count,) = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert count == len(rows_of(tmp_path / "data" / f"{table}.csv")), table
        assert database.execute("SELECT DISTINCT typeof(year) FROM judgements").fetchall() == [("integer",)]
    finally:
        database.close()


def test_a_workbook_has_a_sheet_for_each_table_and_dates_as_dates(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "data", "--to", "xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "data" / "reinspect.xlsx")
    assert book.sheetnames == [*TABLES[:-1], "about"]
    heads = [cell.value for cell in book["inspections"][1]]
    assert isinstance(book["inspections"][2][heads.index("inspection_start")].value, datetime)


def test_a_group_narrows_every_table(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "data", "--group", "barnet")
    for table in ("inspections", "judgements", "authorities"):
        assert {row["authority"] for row in rows_of(tmp_path / "data" / f"{table}.csv")} == {"Barnet"}


@pytest.mark.parametrize("target", ["csv", "xlsx", "sqlite"])
def test_the_same_store_gives_the_same_bytes(run: Run, tmp_path: Path, target: str) -> None:
    for name in ("one", "two"):
        assert run(tmp_path / name, "--to", target).exit_code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_existing_files_are_kept_without_force(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "data" / "judgements.csv"
    kept.parent.mkdir()
    kept.write_text("mine")
    result = run(tmp_path / "data")
    assert (result.exit_code, kept.read_text()) == (2, "mine")
    assert f"{kept} exists; --force replaces it" in result.stderr
    assert list(kept.parent.iterdir()) == [kept]
    assert run(tmp_path / "data", "--force").exit_code == 0
    assert kept.read_text("utf-8-sig").startswith("authority,")


@pytest.mark.parametrize("name", TABLES)
def test_every_existing_file_is_found_before_anything_is_computed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("the store was opened")

    monkeypatch.setattr(export, "open_library", refuse)
    kept = tmp_path / "data" / f"{name}.csv"
    kept.parent.mkdir()
    kept.write_text("mine")
    assert f"{kept} exists; --force replaces it" in run(tmp_path / "data").stderr


def test_the_dictionary_says_that_not_all_phrases_are_there(run: Run, tmp_path: Path) -> None:
    run(tmp_path / "data")
    rows = {row["table"]: row["row"] for row in rows_of(tmp_path / "data" / "data_dictionary.csv")}
    assert rows["phrases"].endswith("; at most the 1,000 that are criticised most")


def test_a_missing_folder_above_or_a_file_in_its_place_is_named(run: Run, tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'none'}" in run(tmp_path / "none" / "data").stderr
    (tmp_path / "file").write_text("mine")
    assert "is a file" in run(tmp_path / "file").stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "store"] == ["file"]


def test_a_disk_that_fills_up_leaves_neither_files_nor_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def fill_up(path: Path, data: bytes, *, replace: bool) -> None:
        if len(written) == 2:
            raise OSError(28, "No space left on device", str(path))
        streams.write_file(path, data, replace=replace)
        written.append(path)

    monkeypatch.setattr(output, "write_file", fill_up)
    result = run(tmp_path / "data")
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert len(written) == 2
    assert not (tmp_path / "data").exists()
