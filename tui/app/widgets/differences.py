"""Differences in how often a phrase is used: "3.0×" (three times as often), and how sure that is, as dots.

Where the cautious estimate (`bound`) is 0 there is too little evidence, and nothing is called different.
"""

from __future__ import annotations

from textual.content import Content

from tui.app.widgets.grades import quiet

_MOST_DOTS = 3


def times_as_often(log_ratio: float, bound: float) -> Content:
    """Return "3.0×", or "–" if there is too little evidence."""
    if not bound:
        return quiet("–")
    return Content(ratio_words(log_ratio))


def ratio_words(log_ratio: float) -> str:
    """Return a log ratio as a factor: 1 is "2.0×", -1 is "0.5×"."""
    ratio = 2.0**log_ratio
    return f"{ratio:.0f}\N{MULTIPLICATION SIGN}" if ratio >= 10 else f"{ratio:.1f}\N{MULTIPLICATION SIGN}"


def how_sure(bound: float) -> Content:
    """Return one to three dots for how sure a difference is; none filled if there is too little evidence."""
    dots = min(_MOST_DOTS, int(abs(bound)) + 1) if bound else 0
    text = "●" * dots + "○" * (_MOST_DOTS - dots)
    return Content.styled(text, "$primary") if dots else quiet(text)
