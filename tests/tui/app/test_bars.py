"""Bars: as long or as high as what they stand for, and no row touches the one above."""

from __future__ import annotations

import pytest

from tui.app.widgets.bars import share_bar, year_bars


def test_a_bar_for_each_year_is_as_high_as_its_number_and_below_the_row_above() -> None:
    assert year_bars({2018: 8, 2019: 4, 2021: 1}).plain == "▆▃·▁"


@pytest.mark.parametrize(("part", "cells"), [(0, 0), (1, 1), (50, 4), (100, 8)])
def test_a_bar_is_as_long_as_the_share_and_a_small_share_is_seen(part: int, cells: int) -> None:
    assert share_bar(part, 100, 8).cell_length == cells
