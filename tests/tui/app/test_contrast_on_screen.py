"""Every word on the screen can be read: its contrast is at least that of WCAG AA, on dark and on light ground."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from textual.color import Color

from tests.making.person import Person, person_at
from tests.tui.app.test_themes import DIM, LEAST_CONTRAST, contrast
from tui.app.app import ReinspectApp
from tui.app.themes import OWN_THEMES

# Lines, bars and ticks are no words; the sign of a place in the text is one.
_WORDS = re.compile(r"[^\s─│╭╮╰╯━┄┊▁▂▃▄▅▆▇█▌▐▔]")
KEYS = ("1", "2", "3", "4", "5", "6")


def poor(person: Person) -> Iterator[str]:
    """Yield the texts on screen whose contrast is too low."""
    for strip in person.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if not _WORDS.search(segment.text) or style is None or style.color is None or style.bgcolor is None:
                continue
            ground, text = Color.from_rich_color(style.bgcolor), Color.from_rich_color(style.color)
            if style.reverse:
                ground, text = text, ground
            shown = ground.blend(text, DIM, alpha=1) if style.dim else text
            if contrast(ground, shown) < LEAST_CONTRAST - 0.1:
                yield segment.text.strip()


@pytest.mark.parametrize("theme", [theme.name for theme in OWN_THEMES])
async def test_every_tab_and_the_reader_have_enough_contrast(app: ReinspectApp, theme: str) -> None:
    async with person_at(app, 120, 40) as person:
        person.app.theme = theme
        for key in KEYS:
            await person.presses(key)
            assert list(poor(person)) == []
        await person.presses("slash")
        await person.types("records")
        await person.presses("enter", "enter")
        assert person.sees_in_line("report: ")
        assert list(poor(person)) == []
