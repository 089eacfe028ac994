"""The Authorities pane: filtered by names even if misspelt, and always with the selected authority."""

from __future__ import annotations

import pytest

from reinspect.authorities import authorities
from reinspect.comparing.latest_grades import latest_grades, similar_name
from tests.making.person import person_at
from tui.app.app import ReinspectApp


async def test_the_selected_authority_is_marked_and_listed_with_a_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5")
        assert person.sees_in_line("▸ Camden", "◆ O")
        await person.presses("f")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("1 of 158 authorities (Barnet) and Camden by name")
        assert person.sees_in_line("▸ Camden", "◆ O")
        assert person.sees_in_line("Barnet", "● G")
        assert not person.sees_in_line("▸ Barnet")


async def test_a_title_leaves_out_the_group_where_there_is_no_room_for_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "f")
        await person.types("neighbours:camden since:2010")
        await person.presses("enter")
        assert person.sees_in_line("statistical neighbours of Camden")
        for width in (60, 40):
            await person.resizes(width, 40)
            title = person.sees.split("\n")[3].strip("─ ")
            assert title.startswith("10 of 158 authorities")
            assert "…" not in title


async def test_a_selected_member_of_the_group_is_not_counted_twice(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "f")
        await person.types("region:London")
        await person.presses("enter")
        assert person.sees_in_line("33 of 158 authorities (authorities of London) by name")
        assert person.sees_in_line("▸ Camden")


async def test_the_mark_moves_to_a_newly_selected_authority(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("barnet")
        await person.presses("enter", "enter", "5", "slash")
        await person.presses(*["backspace"] * len("barnet"))
        assert person.sees_in_line("▸ Barnet")
        assert not person.sees_in_line("▸ Camden")


async def test_a_misspelt_name_is_found(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("Camdn")
        assert person.sees_in_line("1 of 158 authorities with names similar to Camdn, most similar first")
        assert person.sees_in_line("▸ Camden")


async def test_exact_matches_hide_similar_names(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("kent")
        assert person.sees_in_line("1 of 158 authorities by name")
        assert person.sees_in_line("Kent", "South East")


async def test_the_columns_keep_their_widths_while_a_person_types(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5")
        heading = next(line for line in person.sees.split("\n") if "Over Lead" in line)
        await person.presses("slash")
        await person.types("york")
        assert heading.split("‹")[0].rstrip() in person.sees


@pytest.mark.parametrize("width", [80, 120, 160])
async def test_a_cell_cut_by_the_edge_of_the_window_ends_in_an_ellipsis(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("5", "slash")
        await person.types("york")
        line = next(line for line in person.sees.split("\n") if "North Yorkshire" in line).rstrip("│▄▃▂▁▅▆▇█ ")
        assert line.endswith(("Yorkshire and the Humber", "…", "6m", "never"))


@pytest.mark.parametrize(("typed", "region"), [("Lonodn", "London"), ("sout west", "South West")])
def test_a_misspelt_region_is_found(typed: str, region: str) -> None:
    found = similar_name(latest_grades(authorities(), ()), typed, authorities())
    assert {grades.authority.region for grades in found} == {region}


def test_letters_similar_to_no_name_find_nothing() -> None:
    assert similar_name(latest_grades(authorities(), ()), "xyzzy", authorities()) == []


async def test_the_hint_in_the_filter_box_fits_a_narrow_screen(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("5")
        assert person.sees_in_line("/ filters:", "grade:help=good ")


async def test_every_column_up_to_the_age_is_whole_in_eighty_columns(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("5")
        heading = next(line for line in person.sees.split("\n") if "History" in line)
        assert "Graded" in heading and "Ago" in heading
        assert person.sees_in_line("Camden", "GOG", "Mar 2025", "1y ", "m ")


async def test_a_name_that_nothing_resembles_is_answered_in_a_sentence(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        await person.presses("5", "slash")
        await person.types("qqqqqqq")
        assert person.sees_in_line('No authority is called "qqqqqqq" or alike. / changes the name.')
        assert not person.sees_in_line("similar to")
