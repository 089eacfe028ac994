"""Every phrase that recurs says where it is printed, and every answer which texts were read for it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from click.testing import CliRunner

from store import Store
from tests.making.events import BARNET, SIF, reading
from tests.making.printed import printed_objects
from tests.tui.cli.conftest import UseStore
from tui.cli.main import main


@pytest.fixture(autouse=True)
def on_the_small_store(store: Store, use_store: UseStore) -> None:
    use_store(store)


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def objects(*arguments: str) -> list[dict[str, Any]]:
    return printed_objects(said(*arguments, "--json"))


@pytest.mark.parametrize("command", [("search", "oversight"), ("phrases", "camden")])
def test_the_texts_searched_are_named_with_their_inspections_and_years(command: tuple[str, ...]) -> None:
    page = said(*command, "--width", "200")
    assert "3 texts" in page
    assert "of 2018 to 2025." in page
    assert '- Camden, focused visit 15-16 May 2018: letter "A letter of ours"' in page
    assert page.count('report "A report of ours"') == 2


def test_a_phrase_names_one_place_where_it_stands_in_the_latest_text_that_uses_it(store: Store) -> None:
    words = ("Permanence planning meetings are held too late.\nRecords of permanence planning meetings are brief.",)
    store.add([reading(words, "barnet", BARNET), reading((*words, "More."), "camden", SIF)])
    found = {each["phrase"]: each["citation"] for each in objects("phrases")}
    assert found["permanence planning meetings"] == "Barnet, ILACS inspection 13-17 May 2019, p. 1, para 1"
    rows = list(csv.DictReader(io.StringIO(said("phrases", "--format", "csv").lstrip("\ufeff"))))
    assert rows
    assert all(", p. " in row["citation"] for row in rows)
