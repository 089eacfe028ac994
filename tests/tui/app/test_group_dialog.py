"""The menu of groups: plain words, numbers, completion, and what a line that is not understood is answered."""

from __future__ import annotations

import re

import pytest

from reinspect.authorities import authorities
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp
from tui.app.dialogs.cohort import CohortDialog
from tui.app.main_screen import MainScreen


async def test_every_footer_names_the_key_of_the_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 30) as person:
        for pane in "1245":
            await person.presses(pane)
            assert "f Group" in person.sees.split("\n")[-1]


async def test_the_menu_offers_groups_in_plain_words_with_their_numbers(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        assert person.sees_in_line("Camden's statistical neighbours", "10")
        assert person.sees_in_line("Region: London", "33")
        assert person.sees_in_line("Ever moved from inadequate to good or better")
        assert person.sees_in_line("All authorities", "158")


async def test_enter_takes_the_group_under_the_cursor(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f", "down", "enter")
        assert isinstance(app.screen, MainScreen)
        assert person.sees_in_line("Camden", "with London (33)")


async def test_no_group_is_a_choice_and_so_is_an_emptied_line(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("region:London")
        await person.presses("enter", "f", "delete", "enter")
        assert not person.sees_in_line("Camden", "with London")


async def test_down_goes_to_the_first_group_that_may_be_meant_and_enter_takes_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("region: lon")
        assert person.sees_in_line("Region: London")
        await person.presses("down", "enter")
        assert isinstance(app.screen, MainScreen)
        assert person.sees_in_line("Camden", "with London (33)")


async def test_enter_takes_the_first_offer_if_the_words_name_no_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("London")
        assert not person.sees_in_line("Not accepted")
        await person.presses("enter")
        assert isinstance(app.screen, MainScreen)
        assert person.sees_in_line("Camden", "with London (33)")


async def test_words_that_nothing_matches_are_not_accepted(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("zebra")
        await person.presses("enter")
        assert isinstance(app.screen, CohortDialog)
        assert person.sees_in_line("Not accepted")


async def test_a_line_that_was_typed_and_emptied_means_no_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("south")
        await person.presses(*["backspace"] * 5, "enter")
        assert isinstance(app.screen, MainScreen)
        assert not person.sees_in_line("Camden", "with")


async def test_tab_completes_and_a_second_part_narrows(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("region:Lon")
        await person.presses("tab")
        await person.types(" since:20")
        assert person.sees_in_line("since:2018")
        await person.presses("escape")
        assert isinstance(app.screen, MainScreen)


async def test_half_a_group_is_answered_with_a_question(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("neighbours")
        await person.presses("enter")
        assert isinstance(app.screen, CohortDialog)
        assert person.sees_in_line("which council's")
        assert person.sees_in_line("Camden's statistical neighbours")


async def test_the_menu_fits_a_small_window(app: ReinspectApp) -> None:
    async with person_at(app, 40, 16) as person:
        await person.presses("f")
        assert person.sees_in_line("Compare with a group")
        assert all(len(line) == 40 for line in person.sees.split("\n"))


async def test_every_group_of_the_menu_has_one_line_and_the_numbers_are_below_each_other(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("f")
        lines = person.sees.split("\n")
        first = next(number for number, line in enumerate(lines) if "Camden's statistical neighbours" in line)
        menu = [line.split("│")[1] if line.count("│") > 1 else line for line in lines[first : first + 9]]
        assert "All authorities" in menu[8]
        assert {len(re.match(r"\W*\d+", line).group()) for line in menu} == {len(re.match(r"\W*\d+", menu[0]).group())}


async def test_the_list_of_authorities_says_which_of_them_have_ended(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses("a")
        await person.types("cumbria")
        assert person.sees_in_line("Cumbria (ended 2023)", "North West")


@pytest.mark.parametrize(("width", "region"), [(40, ""), (80, "Yorkshire and the Humber")])
async def test_each_authority_of_the_list_has_one_line(app: ReinspectApp, width: int, region: str) -> None:
    async with person_at(app, width, 24) as person:
        await person.presses("a")
        await person.types("north y")
        assert person.sees_in_line("North Yorkshire", region)
        assert person.sees.count("Humber") == person.sees.count(region or "no region")


async def test_the_neighbours_of_one_authority_become_those_of_the_next_in_every_way_to_choose_it(
    app: ReinspectApp,
) -> None:
    async with person_at(app, 140, 40) as person:
        await person.presses("f", "enter")
        assert person.sees_in_line("Camden", "with Camden's 10 statistical neighbours")
        await person.presses("a")
        await person.types("middles")
        await person.presses("enter")
        assert person.sees_in_line("Middlesbrough", "with Middlesbrough's 10 statistical neighbours")
        assert "The group is now Middlesbrough's statistical neighbours" in told(app)
        # Authorities lists the group, with the cursor on Middlesbrough: above it is one of its neighbours.
        await person.presses("5", "up", "enter")
        chosen = authorities().name_of(app.session.location.selection.authority or "")
        assert chosen != "Middlesbrough"
        assert person.sees_in_line(chosen, f"with {chosen}'s 10 statistical neighbours")
        assert f"The group is now {chosen}'s statistical neighbours; it was Middlesbrough's" in told(app)


@pytest.mark.parametrize("words", ["no group", "No group", "no gr", "none"])
async def test_typing_no_group_means_no_group(app: ReinspectApp, words: str) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f", "down", "enter")
        assert person.sees_in_line("Camden", "with London")
        await person.presses("f")
        await person.types(words)
        assert not person.sees_in_line("Not accepted")
        assert person.sees_in_line("no comparison with a group")
        await person.presses("enter")
        assert isinstance(app.screen, MainScreen)
        assert not person.sees_in_line("Camden", "with London")


async def test_the_words_of_an_entry_choose_it(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("graded good overall")
        await person.presses("enter")
        assert isinstance(app.screen, MainScreen)
        assert app.session.location.selection.cohort == "grade:overall=good"


async def test_a_group_with_the_authority_shown_says_that_it_is_left_out(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f", "down")
        assert person.sees_in_line("Region: London", "33")
        assert "32 authorities, Camden itself left out" in " ".join(person.sees.replace("│", " ").split())
