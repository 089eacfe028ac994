"""The page of an authority's own themes says which inspections it counts."""

from __future__ import annotations

from reinspect.comparing.themes.own_themes import OwnThemes
from reinspect.exporting.sheet import Paragraph
from reinspect.exporting.sheets.own_themes import own_themes_lines, own_themes_section
from reinspect.exporting.sheets.themes import theme_sheet


def test_never_asked_speaks_of_social_care_inspections_only() -> None:
    own = OwnThemes(words="the others", own=5, group=40, more=(), again=(), never=())
    assert "Never asked in social care inspections, unlike the group" in dict(own_themes_lines(own, 100))
    (base, *_) = own_themes_section(own).blocks
    assert isinstance(base, Paragraph)
    assert base.text.startswith("5 inspections of social care compared with 40 of the others")


def test_a_theme_nobody_asks_for_is_denied_of_social_care_only() -> None:
    (block,) = theme_sheet([], "domestic-abuse", "Norfolk").sections[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == "No stored inspection of social care asks for this (Domestic abuse)."
