"""The last door before the terminal. Words are made safe where they come in; nothing that slipped by leaves here."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reinspect.reading.sanitise import UNSAFE

_UNSHOWABLE = re.compile(f"[\t\n]|{UNSAFE.pattern}")


class ControlCharacterFilter(LineFilter):
    """Takes out of every line that is painted what a terminal would act on.

    None of it has a width, so the rest of the line stays where it was.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, less what cannot be shown."""
        if not any(_UNSHOWABLE.search(text) for text, _, control in segments if not control):
            return segments
        return [
            segment if segment.control else Segment(_UNSHOWABLE.sub("", segment.text), segment.style)
            for segment in segments
        ]
