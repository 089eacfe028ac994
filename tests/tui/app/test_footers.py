"""The last line leaves out keys that what is shown now never needs."""

from __future__ import annotations

from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp


def footer(person: Person) -> str:
    return person.sees.split("\n")[-1]


async def test_the_keys_of_recurring_phrases_are_named_beside_them_only(app: ReinspectApp) -> None:
    async with person_at(app, 140, 30) as person:
        await person.presses("4")
        assert "+ Forms" in footer(person)
        assert "o Order" in footer(person)
        await person.presses("slash", *"oversight", "enter")
        assert "+ Forms" not in footer(person)
        assert "o Order" not in footer(person)
        await person.presses("s")
        assert person.sees_in_line("Used by")
        assert "+ Forms" not in footer(person)
        assert "o Order" not in footer(person)
        await person.presses("escape", "escape")
        assert "o Order" in footer(person)


async def test_a_key_that_the_last_line_leaves_out_still_says_why_it_does_nothing(app: ReinspectApp) -> None:
    async with person_at(app, 140, 30) as person:
        await person.presses("4", "slash", *"oversight", "enter", "o")
        assert person.sees_in_line("Only recurring phrases have an order")


async def test_the_themes_do_not_name_the_key_that_compares_phrases(app: ReinspectApp) -> None:
    async with person_at(app, 140, 30) as person:
        await person.presses("5")
        assert "d Phrases" in footer(person)
        await person.presses("t")
        assert "d Phrases" not in footer(person)
        assert "E Correct" not in footer(person)
        await person.presses("enter")
        assert "E Correct" in footer(person)
        await person.presses("t")
        assert "d Phrases" in footer(person)


async def test_the_box_above_the_themes_asks_for_a_theme(app: ReinspectApp) -> None:
    async with person_at(app, 140, 30) as person:
        await person.presses("5", "t")
        assert person.sees_in_line("a word of a theme, or a group")
        await person.presses("t")
        assert person.sees_in_line("name, moved:")
