"""A citation that stands in a column's heading is that of every cell below it."""

from __future__ import annotations

import pytest

from reinspect.exporting.sheet import SheetCell, SheetTable


@pytest.mark.parametrize(
    ("second", "shared"),
    [
        (SheetCell(text="Visits are late.", citation="Camden, p. 3"), "Camden, p. 3"),
        (SheetCell(text=""), "Camden, p. 3"),
        (SheetCell(text="not judged", tone="quiet"), "Camden, p. 3"),
        (SheetCell(text="12"), "Camden, p. 3"),
        (SheetCell(text="words without a source"), None),
        (SheetCell(text="Visits are late.", citation="Kent, p. 3"), None),
    ],
)
def test_a_column_has_a_citation_only_if_all_its_words_have_it(second: SheetCell, shared: str | None) -> None:
    first = SheetCell(text="Plans are late.", citation="Camden, p. 3")
    assert SheetTable(columns=("said",), rows=((first,), (second,))).citations() == (shared,)
