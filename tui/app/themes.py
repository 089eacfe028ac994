"""The app's own themes, dark and light, and the colour names that every theme has.

The stylesheet and the widgets use these names beside Textual's own:

    $grade-outstanding, $grade-good, $grade-improve, $grade-inadequate    one hue for each rung of a grade
    $cursor-tint, $cursor-tint-blurred, $cursor-text    a cursor that leaves the colours on it legible
    $panel-line    the border of a panel without the focus
    $words-gone, $words-new    behind words that only the earlier or only the later text has

All text of the own themes has a contrast of at least 4.5 to 1 (WCAG AA) on every background that it may be on.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

DARK, LIGHT = "reinspect-dark", "reinspect-light"
GRADE_NAMES = ("grade-outstanding", "grade-good", "grade-improve", "grade-inadequate")

OWN_THEMES = (
    Theme(
        name=DARK,
        primary="#5aa9f0",
        secondary="#45c184",
        accent="#e3a744",
        warning="#e3a744",
        error="#f07a8a",
        success="#45c184",
        foreground="#d8dee6",
        background="#0f1419",
        surface="#131a21",
        panel="#161d25",
        boost="#1b2530",
        variables={
            "grade-outstanding": "#45c184",
            "grade-good": "#63b0f5",
            "grade-improve": "#e3a744",
            "grade-inadequate": "#f07a8a",
            "cursor-tint": "#16324a",
            "cursor-tint-blurred": "#16222e",
            "cursor-text": "#d8dee6",
            "panel-line": "#33414f",
            "words-gone": "#3a2027",
            "words-new": "#17352a",
            "text-primary": "#63b0f5",
            "text-success": "#45c184",
            "text-warning": "#e3a744",
            "text-error": "#f07a8a",
            "text-accent": "#e3a744",
            "footer-background": "#161d25",
            "footer-key-foreground": "#5aa9f0",
            "footer-foreground": "#aab3bd",
            "block-cursor-background": "#16324a",
            "block-cursor-foreground": "#d8dee6",
            "block-cursor-text-style": "bold",
            "scrollbar": "#33414f",
            "scrollbar-background": "#0f1419",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        primary="#0b5cad",
        secondary="#0b6b40",
        accent="#7a4a00",
        warning="#7a4a00",
        error="#a81c33",
        success="#0b6b40",
        foreground="#1c2530",
        background="#fbfcfd",
        surface="#f3f6f9",
        panel="#eef2f6",
        boost="#e4eaf0",
        variables={
            "grade-outstanding": "#0b6b40",
            "grade-good": "#0b5cad",
            "grade-improve": "#7a4a00",
            "grade-inadequate": "#a81c33",
            "cursor-tint": "#cfe4f7",
            "cursor-tint-blurred": "#e6eff7",
            "cursor-text": "#1c2530",
            "panel-line": "#b4c0cc",
            "words-gone": "#fbdfe3",
            "words-new": "#d6f0e2",
            "text-primary": "#0b5cad",
            "text-success": "#0b6b40",
            "text-warning": "#7a4a00",
            "text-error": "#a81c33",
            "text-accent": "#7a4a00",
            "footer-background": "#eef2f6",
            "footer-key-foreground": "#0b5cad",
            "footer-foreground": "#3c4855",
            "block-cursor-background": "#cfe4f7",
            "block-cursor-foreground": "#1c2530",
            "block-cursor-text-style": "bold",
            "scrollbar": "#b4c0cc",
            "scrollbar-background": "#fbfcfd",
        },
    ),
)

_TINT, _TINT_BLURRED, _LINE, _BEHIND_WORDS = 0.28, 0.12, 0.25, 0.25


def missing_variables(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """Return values for the names that a theme of Textual lacks, taken from its own colours."""
    made = _terminal_colours(theme, variables) if theme.ansi else _blended(variables)
    return {name: value for name, value in made.items() if name not in variables}


def _terminal_colours(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """Use the terminal's own sixteen colours. A cursor in one of them hides other colours, so it has its own text."""
    blue = "ansi_bright_blue" if theme.dark else "ansi_blue"
    grades = dict(zip(GRADE_NAMES, ("ansi_green", blue, "ansi_yellow", "ansi_red"), strict=True))
    return {
        **grades,
        "cursor-tint": variables["block-cursor-background"],
        "cursor-tint-blurred": "ansi_default",
        "cursor-text": variables["block-cursor-foreground"],
        "panel-line": "ansi_bright_black",
        "words-gone": "ansi_default",
        "words-new": "ansi_default",
    }


def _blended(variables: Mapping[str, str]) -> dict[str, str]:
    ground = Color.parse(variables["background"])

    def mix(name: str, share: float) -> str:
        return ground.blend(Color.parse(variables[name]), share, alpha=1).hex

    hues = ("text-success", "text-primary", "text-warning", "text-error")
    grades = {name: variables[hue] for name, hue in zip(GRADE_NAMES, hues, strict=True)}
    return {
        **grades,
        "cursor-tint": mix("primary", _TINT),
        "cursor-tint-blurred": mix("primary", _TINT_BLURRED),
        "cursor-text": variables["foreground"],
        "panel-line": mix("foreground", _LINE),
        "words-gone": mix("error", _BEHIND_WORDS),
        "words-new": mix("success", _BEHIND_WORDS),
    }
