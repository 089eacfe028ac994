"""The help dialog in a narrow window."""

from __future__ import annotations

from tests.making.person import person_at
from tui.app.app import ReinspectApp


async def test_a_long_description_continues_below_its_own_words(app: ReinspectApp) -> None:
    async with person_at(app, 60, 40) as person:
        await person.presses("4", "question_mark")
        assert person.sees_in_line("│            s  what a phrase says: by year")
        assert person.sees_in_line("│               and authority")
