"""The legend of the Timeline: it explains every sign that the chart has, in a window of any width."""

from __future__ import annotations

import pytest

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.grades import legend

_EVERY_SIGN = "◆ O  ● G  ▲ R  ▲ A  ■ I  ┊  ∅  ?  ┄"


@pytest.mark.parametrize("room", [36, 56, 76, 116, 196])
def test_no_width_leaves_out_a_sign_that_is_drawn(room: int) -> None:
    line = legend(room, _EVERY_SIGN)
    for words in (
        "◆ O",
        "● G",
        "▲ R",
        "▲ A Adequate",
        "■ I",
        "┊ visit",
        "∅ not judged",
        "? not stored",
        "┄ no own grade",
    ):
        assert words in line.plain
    assert all(part.cell_length <= room for part in line.split())


def test_a_sign_that_is_not_drawn_makes_room_for_one_that_is() -> None:
    assert legend(76, "● G  ?").plain == "◆ Outstanding  ● Good  ▲ Requires imp.  ■ Inadequate  ┊ visit  ? not stored"
    assert legend(60, "● G  ?").plain == "◆ Outstanding  ● Good  ▲ Requires imp.  ? not stored"


def test_signs_of_few_charts_are_explained_only_there() -> None:
    assert "Adequate" not in legend(200, "◆ O  ▲ Adequate").plain
    assert "┄" not in legend(200, "◆ O").plain


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_the_legend_says_that_a_report_is_not_stored_where_the_chart_says_so(
    app: ReinspectApp, width: int
) -> None:
    async with person_at(app, width, 24) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("To improve", "?")
        assert person.sees_in_line("? not stored")
