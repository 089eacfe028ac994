"""The lower half of the Timeline: what to do next is in view, and nothing is said twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.last_session import LastSession
from tui.selection import Location, Selection


async def test_without_a_text_the_next_step_comes_before_the_grades(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("left", "left", "left")
        assert person.sees_in_line("No text is stored for this inspection")
        assert person.sees_in_line("A adds it from a file.")
        assert person.sees.index("A adds it") < person.sees.index("> Overall")


async def test_the_panel_beside_says_its_title_once_and_how_to_compare(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert person.sees.count("Read with care") == 1
        assert person.sees_in_line("f compares these grades with a group")


@pytest.mark.parametrize("width", [40, 60, 80])
async def test_the_grades_of_a_group_take_one_line_for_each_strand(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 50) as person:
        await person.presses("f", "enter")
        assert person.sees_in_line("the group", "own") or person.sees_in_line("the group", "Camden")
        rows = [line for line in person.sees.split("\n") if line.strip(" │").startswith("Leaders")]
        assert any("·" in line and line.rstrip(" │▄▂▁▃▅▆▇█")[-1] in "GORI0123456789" for line in rows)


@pytest.mark.parametrize("width", [60, 80, 109, 110, 120, 150, 200])
async def test_a_row_of_a_group_of_fourteen_is_not_broken(tmp_path: Path, width: int) -> None:
    selection = Selection(authority="somerset", cohort="region:South West")
    session = LastSession(location=Location(selection=selection))
    app = ReinspectApp(lambda: Store.open(tmp_path / "store"), session=session)
    async with person_at(app, width, 50) as person:
        assert person.sees_in_line("(14 authorities")
        assert person.sees_in_line("better", "same", "lower")
        (leaders,) = (line for line in person.sees.split("\n") if "Leaders " in line and "◆◆" in line)
        assert re.search(r"▲ R +\d+ +\d+ +\d+ *│?$", leaders.rstrip())


@pytest.mark.parametrize("width", [60, 80, 110, 120, 160, 200])
async def test_no_row_of_a_group_of_thirty_two_is_broken(tmp_path: Path, width: int) -> None:
    selection = Selection(authority="camden", cohort="region:London")
    session = LastSession(location=Location(selection=selection))
    app = ReinspectApp(lambda: Store.open(tmp_path / "store"), session=session)
    async with person_at(app, width, 60) as person:
        assert person.sees_in_line("the group", "own") or person.sees_in_line("the group", "Camden")
        ends = [line.rstrip(" │▄▂▁▃▅▆▇█").split("│")[-1] for line in person.sees.split("\n")]
        assert any(re.search(r"Leaders +◆ 18 .* ◆ O( +0 +18 +14)?$", end) for end in ends)
        assert not [end for end in ends if re.fullmatch(r"\s*(lower|\d+)", end)]


@pytest.mark.parametrize("width", [36, 40, 44, 50, 60])
@pytest.mark.parametrize("group", ["all", "region:London"])
async def test_in_a_narrow_window_the_grades_of_a_large_group_are_below_the_name_and_not_broken(
    tmp_path: Path, width: int, group: str
) -> None:
    selection = Selection(authority="camden", cohort=group)
    session = LastSession(location=Location(selection=selection))
    app = ReinspectApp(lambda: Store.open(tmp_path / "store"), session=session)
    async with person_at(app, width, 70) as person:
        lines = [line.strip() for line in person.sees.split("\n")]
        strips = [line for line in lines if re.search(r"◆◆|◆ +\d+", line)]
        assert len(strips) == 5
        assert all("●" in line and "▲" in line for line in strips)
        assert len({line.index("▲") - line.index("◆") for line in strips}) == 1
        if width < 60 and group == "all":
            assert [line for line in lines if re.fullmatch(r"Leaders  Camden ◆ O", line)]


async def test_the_number_of_a_group_says_how_many_of_its_authorities_ended(tmp_path: Path) -> None:
    session = LastSession(location=Location(selection=Selection(authority="camden", cohort="all")))
    app = ReinspectApp(lambda: Store.open(tmp_path / "store"), session=session)
    async with person_at(app, 80, 50) as person:
        assert person.sees_in_line("(152 authorities, and 5 that ended)")
