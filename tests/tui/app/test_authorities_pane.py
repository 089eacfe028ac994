"""Where everyone stands: narrowed as a person spells it, and never without one's own authority beside a cohort."""

from __future__ import annotations

import pytest

from reinspect.authorities import authorities
from reinspect.comparing.latest_grades import latest_grades, similar_name
from tests.making.person import person_at
from tui.app.app import ReinspectApp


async def test_ones_own_authority_is_marked_and_stays_beside_a_cohort(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5")
        assert person.sees_in_line("▸ Camden", "◆ O")
        await person.presses("f")
        await person.types("barnet")
        await person.presses("enter")
        assert person.sees_in_line("1 of 158 authorities (Barnet) beside Camden by name")
        assert person.sees_in_line("▸ Camden", "◆ O")
        assert person.sees_in_line("Barnet", "● G")
        assert not person.sees_in_line("▸ Barnet")


async def test_who_is_in_the_cohort_is_not_counted_apart_from_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "f")
        await person.types("region:London")
        await person.presses("enter")
        assert person.sees_in_line("33 of 158 authorities (authorities of London) by name")
        assert person.sees_in_line("▸ Camden")


async def test_the_mark_goes_with_the_authority_that_is_chosen(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("barnet")
        await person.presses("enter", "enter", "5", "slash")
        await person.presses(*["backspace"] * len("barnet"))
        assert person.sees_in_line("▸ Barnet")
        assert not person.sees_in_line("▸ Camden")


async def test_a_name_is_found_however_it_is_spelt(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("Camdn")
        assert person.sees_in_line("1 of 158 authorities spelt like Camdn, the likest first")
        assert person.sees_in_line("▸ Camden")


async def test_what_is_spelt_as_typed_goes_before_all_that_is_like_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("kent")
        assert person.sees_in_line("1 of 158 authorities by name")
        assert person.sees_in_line("Kent", "South East")


async def test_the_columns_stay_where_they_are_while_a_person_types(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5")
        heading = next(line for line in person.sees.split("\n") if "Over Lead" in line)
        await person.presses("slash")
        await person.types("york")
        assert heading.split("‹")[0].rstrip() in person.sees


@pytest.mark.parametrize("width", [80, 120, 160])
async def test_what_the_windows_edge_cuts_ends_in_an_ellipsis(app: ReinspectApp, width: int) -> None:
    async with person_at(app, width, 40) as person:
        await person.presses("5", "slash")
        await person.types("york")
        line = next(line for line in person.sees.split("\n") if "North Yorkshire" in line).rstrip()
        assert line.endswith(("Yorkshire and the Humber", "…", "6m", "never"))


@pytest.mark.parametrize(("typed", "meant"), [("Lonodn", "London"), ("sout west", "South West")])
def test_a_region_that_is_spelt_nearly_so_is_meant(typed: str, meant: str) -> None:
    found = similar_name(latest_grades(authorities(), ()), typed, authorities())
    assert {standing.authority.region for standing in found} == {meant}


def test_letters_that_are_like_no_name_find_nobody() -> None:
    assert similar_name(latest_grades(authorities(), ()), "xyzzy", authorities()) == []


async def test_what_the_box_is_for_is_said_in_full_on_a_narrow_screen(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        await person.presses("5")
        assert person.sees_in_line("/ narrows:", "grade:help=good ")
