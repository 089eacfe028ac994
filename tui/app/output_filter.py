"""Last-resort filter: strip control characters from painted lines.

Text is made safe when it is read (`reinspect.reading.sanitise`); this filter catches text that came in another way.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reinspect.reading.sanitise import UNSAFE

_CONTROL = re.compile(f"[\t\n]|{UNSAFE.pattern}")


class ControlCharacterFilter(LineFilter):
    """A Textual line filter that removes every character a terminal would act on.

    These characters have no width, so the rest of the line stays where it was.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line without control characters; Textual's own control segments are kept."""
        if not any(_CONTROL.search(text) for text, _, control in segments if not control):
            return segments
        return [
            segment if segment.control else Segment(_CONTROL.sub("", segment.text), segment.style)
            for segment in segments
        ]
