"""Build the JSON of the themes of one authority, compared with a group."""

from __future__ import annotations

from reinspect.comparing.themes.own_themes import OwnTheme, OwnThemes
from reinspect.exporting import schemas


def own_themes_shape(own: OwnThemes) -> schemas.OwnThemesShape:
    """Return what an authority is asked more often than the group, asked again, and never asked."""
    return schemas.OwnThemesShape(
        words=own.words,
        own=own.own,
        group=own.group,
        more=list(map(_shape, own.more)),
        again=list(map(_shape, own.again)),
        never=list(map(_shape, own.never)),
    )


def _shape(one: OwnTheme) -> schemas.OwnThemeShape:
    return schemas.OwnThemeShape(
        theme=one.theme.key,
        name=one.theme.name,
        asked=[inspection.id for inspection in one.asked],
        own=one.own,
        asked_of_group=one.asked_of_group,
        group=one.group,
        expected=round(one.expected, 2),
    )
