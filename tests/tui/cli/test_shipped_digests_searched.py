"""A first run without a network: the shipped digests are searched and shown, until the letter itself is added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.making.printed import printed_objects
from tui.cli.main import main

VISIT = "camden-2018-05-15-focused-visit"
LETTER = """8 June 2018

Dear Ms Sample

Focused visit to Camden children's services

Our visit to Camden was on 15 and 16 May 2018. The inspectors were Ada Sample and Ben Sample.

What needs to improve in this area of social work practice?

- The telephone is answered too late.

Main findings

Callers wait for an answer, and some ring off.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def said(folder: Path, *arguments: object) -> str:
    result = CliRunner().invoke(main, ["--store", str(folder), *map(str, arguments)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def objects(folder: Path, *arguments: object) -> list[dict[str, Any]]:
    return printed_objects(said(folder, *arguments, "--json"))


def test_a_digest_is_searched_and_named_as_a_digest(folder: Path) -> None:
    found = objects(folder, "search", "independent visitors")
    assert found
    assert {each["kind"] for each in found} == {"digest"}
    assert found[0]["inspection"] == "camden-2017-09-11-sif"
    assert "5 October 2017, digest, p. 18, para 41" in said(folder, "search", "independent visitors", "--width", "200")


def test_what_was_to_improve_is_told_by_the_digest_and_named_as_its_words(folder: Path) -> None:
    (shown,) = objects(folder, "show", VISIT)
    assert (shown["kind"], len(shown["improvements"])) == ("digest", 2)
    assert "focused visit 15-16 May 2018, digest, p. 2" in said(folder, "show", VISIT, "--width", "200")


def test_a_digest_that_lists_nothing_does_not_pass_for_a_report_that_lists_nothing(folder: Path) -> None:
    assert "Not in the store: add the report" in said(folder, "show", "camden:2009")


def test_phrases_recur_in_the_digests_alone(folder: Path) -> None:
    found = {each["phrase"]: each for each in objects(folder, "phrases", "camden")}
    assert found["management oversight"]["years"] == [2017, 2018, 2022, 2023, 2025]


def test_the_letter_takes_the_place_of_its_digest(folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, "utf-8")
    (added,) = objects(folder, "add", letter)
    assert added["inspection"] == VISIT
    (shown,) = objects(folder, "show", VISIT)
    assert shown["kind"] == "letter"
    assert [document["kind"] for document in shown["documents"]] == ["letter", "digest"]
    assert [improvement["text"] for improvement in shown["improvements"]] == ["The telephone is answered too late."]
    assert VISIT not in {each["inspection"] for each in objects(folder, "search", "supervision records")}
