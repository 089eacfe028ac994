"""Describe pins of the basket in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.streams import say

if TYPE_CHECKING:
    from reinspect.model import Pin
    from store import Store


def say_pinned(store: Store, number: int) -> None:
    """Print which pin now has this number in the basket."""
    say(f"number {number} in the basket: {describe_pin(store.pins()[number - 1])}")


def describe_pin(pin: Pin) -> str:
    """Return the start of a pin, with its citation."""
    from textwrap import shorten

    return f"{shorten(pin.text, 60, placeholder=' ...')} ({pin.citation})"
