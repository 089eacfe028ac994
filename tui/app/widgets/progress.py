"""A bar for the progress of work, as text for a line of the screen: "▰▰▰▱▱▱▱▱▱▱ 3 of 10"."""

from __future__ import annotations

_WIDTH = 10
_DONE, _LEFT = "▰", "▱"


def progress_bar(done: int, of: int) -> str:
    """Return a bar and a count of work whose amount is known."""
    filled = _WIDTH * done // of if of else 0
    return f"{_DONE * filled}{_LEFT * (_WIDTH - filled)} {done:,} of {of:,}"


def moving_bar(step: int) -> str:
    """Return a bar for work whose amount is not known: its filled part moves with each step."""
    place = step % _WIDTH
    return "".join(_DONE if (cell - place) % _WIDTH < 2 else _LEFT for cell in range(_WIDTH))
