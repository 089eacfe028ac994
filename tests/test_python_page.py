"""The examples of docs/python.md run as printed and give frames with rows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reinspect.authorities import authorities
from reinspect.model import Improvement
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import BARNET, ILACS_2022, ILACS_2025, VISIT, reading

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
MOST_LINES = 4
OVERSIGHT = "the oversight of records by managers"
LATEST = ("Grades below\nManagement oversight of plans is too weak.\nManagement oversight leads to delay.",)
EARLIER = ("Grades below\nManagement oversight of records is not good enough.\nDelay is common.",)
LETTER = ("Dear director,\nManagement oversight is weak and plans are too slow.",)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with Barnet's inspection and two inspections and a visit of Camden, these with their texts."""
    facts = (
        ("barnet-2019-05-13-ilacs", "barnet", BARNET),
        ("camden-2018-05-15-focused-visit", "camden", VISIT),
        ("camden-2022-04-25-ilacs", "camden", ILACS_2022),
        ("camden-2025-03-03-ilacs", "camden", ILACS_2025),
    )
    inspections = tuple(RecordedInspection(id=i, authority=slug, facts=stated) for i, slug, stated in facts)
    record = Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=inspections)
    store = Store.open(tmp_path / "store", record=record)
    earlier = replace(ILACS_2022, improvements=(Improvement(index=1, text=OVERSIGHT),))
    store.add(
        [
            reading(LATEST, "camden", ILACS_2025),
            reading(EARLIER, "camden", earlier),
            reading(LETTER, "camden", VISIT, kind="letter"),
        ]
    )
    return store


def python_blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def names(store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run every example of the page in its order on the small store, and return the names that they define."""
    for package in ("pandas", "polars"):
        pytest.importorskip(package)
    monkeypatch.setattr(Store, "open_default", lambda: store)
    namespace: dict[str, Any] = {}
    for block in python_blocks():
        exec(compile(block, str(PAGE), "exec"), namespace)
    return namespace


def test_no_example_has_more_than_four_lines() -> None:
    lengths = [len([line for line in block.splitlines() if line]) for block in python_blocks()]
    assert lengths
    assert max(lengths) <= MOST_LINES


def test_the_record_becomes_a_pandas_frame_with_a_row_for_each_inspection(names: dict[str, Any]) -> None:
    frame = names["frame"]
    assert {"id", "authority", "region", "framework", "inspection_start", "overall", "leaders"} <= set(frame.columns)
    assert list(frame["authority"]) == ["Barnet", "Camden", "Camden", "Camden"]


def test_the_polars_frame_has_the_same_columns_and_rows(names: dict[str, Any]) -> None:
    frame, polars_frame = names["frame"], names["polars_frame"]
    assert polars_frame.columns == list(frame.columns)
    assert polars_frame["id"].to_list() == list(frame["id"])


def test_follow_through_has_a_row_for_each_step(names: dict[str, Any]) -> None:
    frame = names["follow_frame"]
    assert list(frame.columns) == ["improvement", "later", "status"]
    assert list(frame.loc[frame["improvement"] == OVERSIGHT, "later"]) == ["camden-2025-03-03-ilacs"]


def test_recurring_phrases_have_a_row_each_with_their_counts(names: dict[str, Any]) -> None:
    frame = names["phrases_frame"]
    assert {"phrase", "inspections", "count", "by_year", "citation"} <= set(frame.columns)
    assert len(frame) > 0
    assert min(frame["inspections"]) >= 2


def test_the_timeline_is_printed_as_markdown(names: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert names["markdown"].startswith("# Timeline: Camden")


def test_the_page_names_every_method_of_the_library_that_returns_an_answer(names: dict[str, Any]) -> None:
    table = re.findall(r"^\| `(\w+)\(.*\)` \| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    library = names["Library"]
    returned = {
        name: method.__annotations__.get("return", "")
        for name, method in vars(library).items()
        if not name.startswith("_") and callable(method)
    }
    answers = {name: answer for name, answer in returned.items() if answer.endswith(("Answer", "List", "DataExport"))}
    assert dict(table) == answers


def test_the_default_store_is_the_one_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REINSPECT_STORE", str(tmp_path / "chosen"))
    assert Store.open_default().folder == tmp_path / "chosen"
