"""The app's own themes: contrast of all text, and colour names that every theme has."""

from __future__ import annotations

from itertools import product

import pytest
from textual.app import App
from textual.color import Color

from store import Store
from tui.app.app import ReinspectApp
from tui.app.themes import DARK, GRADE_NAMES, OWN_THEMES

GROUNDS = ("background", "surface", "panel", "cursor-tint", "cursor-tint-blurred", "words-gone", "words-new")
TEXTS = ("foreground", *GRADE_NAMES, "text-primary", "text-accent", "text-warning", "text-error")
# Textual dims text by this share.
DIM = 0.66
LEAST_CONTRAST = 4.5


def luminance(colour: Color) -> float:
    """Return the relative luminance that WCAG defines."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(name: str) -> dict[str, Color]:
    theme = next(theme for theme in OWN_THEMES if theme.name == name)
    values = {**theme.to_color_system().generate(), **theme.variables}
    return {key: Color.parse(values[key]) for key in (*GROUNDS, *TEXTS)}


@pytest.mark.parametrize("name", [theme.name for theme in OWN_THEMES])
def test_every_text_has_enough_contrast_on_every_background(name: str) -> None:
    own = colours(name)
    poor = [
        (ground, text) for ground, text in product(GROUNDS, TEXTS) if contrast(own[ground], own[text]) < LEAST_CONTRAST
    ]
    assert poor == []


@pytest.mark.parametrize("name", [theme.name for theme in OWN_THEMES])
def test_dimmed_text_has_enough_contrast_too(name: str) -> None:
    own = colours(name)
    dimmed = {ground: own[ground].blend(own["foreground"], DIM, alpha=1) for ground in GROUNDS}
    poor = [ground for ground in GROUNDS if contrast(own[ground], dimmed[ground]) < LEAST_CONTRAST - 0.1]
    assert poor == []


@pytest.mark.parametrize("name", [theme.name for theme in OWN_THEMES])
def test_the_four_grades_have_four_hues(name: str) -> None:
    own = colours(name)
    hues = [own[grade].hsl.h for grade in GRADE_NAMES]
    gaps = [min(abs(one - other), 1 - abs(one - other)) for one, other in product(hues, hues) if one != other]
    assert min(gaps) > 0.05


async def test_the_app_starts_in_its_own_theme(app: ReinspectApp) -> None:
    async with app.run_test():
        assert app.theme == DARK


async def test_every_theme_has_the_colours_of_the_app(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = ReinspectApp(lambda: store)
    async with app.run_test() as pilot:
        for name in App.available_themes.fget(app):  # type: ignore[attr-defined]
            app.theme = name
            await pilot.pause()
            assert {*GRADE_NAMES, "cursor-tint", "panel-line"} <= app.theme_variables.keys()
