"""The frame of a panel: its title stays off the line, with corners and without."""

from __future__ import annotations

from tests.making.person import person_at
from tui.app.app import ReinspectApp


async def test_a_title_has_a_space_on_both_sides_in_a_frame_and_on_a_line_alone(app: ReinspectApp) -> None:
    async with person_at(app, 80, 30) as person:
        framed = next(line for line in person.sees.split("\n") if "Grades" in line)
        assert framed.startswith("╭─ Grades,")
        await person.resizes(60, 30)
        alone = next(line for line in person.sees.split("\n") if "Grades" in line)
        assert alone.startswith("─ Grades,")
        assert alone.index(" ─", 3) > alone.index("Grades")
        await person.resizes(80, 30)
        assert next(line for line in person.sees.split("\n") if "Grades" in line) == framed
