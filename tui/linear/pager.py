"""Print long answers in parts, so that a person who listens to them can ask for the next part.

Answers go to stdout, messages to the person to stderr.
"""

from __future__ import annotations

import re
import sys

from reinspect.errors import NotFoundError
from reinspect.exporting import render_sheet
from reinspect.exporting.sheet import Sheet
from tui.streams import is_number, print_data, print_lines, terminal_width

_HEADING_START = 40
_ITEM = re.compile(r"- |\d{1,3}\. ")


class Pager:
    """Prints an answer in parts of about `lines_at_once` lines; 0 prints everything at once.

    `part` is the number of the part printed last.
    """

    def __init__(self, lines_at_once: int = 0) -> None:
        self._lines_at_once = lines_at_once
        self._parts: tuple[str, ...] = ()
        self._headings: tuple[str, ...] = ()
        self.part = 0

    def sheet(self, sheet: Sheet, part: int = 1) -> None:
        """Print a sheet (an answer with headings and lines), starting at a part of it."""
        self._headings = tuple(" ".join(section.heading.split()) for section in sheet.sections)
        self._start(render_sheet(sheet, "text", width=terminal_width(), linear=True), part)

    def page(self, text: str) -> None:
        """Print a page of a document."""
        self._headings = ()
        self._start(text, 1)

    @property
    def how_far(self) -> str:
        """The part of the answer that was printed: "Part 1 of 3. Press Enter for the next. ", or "" at the end."""
        return f"Part {self.part} of {len(self._parts)}. Press Enter for the next. " if self.goes_on else ""

    @property
    def goes_on(self) -> bool:
        """True if there are more parts to print."""
        return self.part < len(self._parts)

    def more(self, wanted: str) -> None:
        """Print the next part, or a wanted part.

        `wanted` is empty (for the next part), the number of a part, or words of a heading.

        Raises:
            NotFoundError: there is no such part.
        """
        number = (
            self.part + 1
            if not wanted
            else int(wanted)
            if is_number(wanted)
            else self._part_of(self._heading_with(wanted))
        )
        if not wanted and not self.goes_on:
            raise NotFoundError("this was the last part")
        if not 1 <= number <= len(self._parts):
            raise NotFoundError(f"there is no part {number}; there are {len(self._parts)}")
        self._print(number)

    def headings(self) -> None:
        """List the headings of the answer, and the number of the part with each heading."""
        if not self._headings:
            raise NotFoundError("this answer has no headings")
        print_lines(f"{heading}: part {self._part_of(heading)}" for heading in self._headings)

    def _heading_with(self, words: str) -> str:
        sought = words.casefold().split()
        for heading in self._headings:
            if all(word in heading.casefold() for word in sought):
                return heading
        raise NotFoundError(f'no heading has the words "{words}"; headings lists them')

    def _part_of(self, heading: str) -> int:
        start = re.compile(rf"^{re.escape(heading[:_HEADING_START])}", re.MULTILINE)
        return next((number for number, part in enumerate(self._parts, 1) if start.search(part)), 1)

    def _start(self, text: str, part: int) -> None:
        self._parts = in_parts(text, self._lines_at_once) if self._lines_at_once else (text,)
        self._print(min(part, len(self._parts)))

    def _print(self, part: int) -> None:
        self.part = part
        print_data(self._parts[part - 1].encode())
        sys.stdout.flush()


def in_parts(text: str, lines_at_once: int) -> tuple[str, ...]:
    """Split a text into parts of about `lines_at_once` lines, without splitting a list item."""
    parts: list[list[str]] = [[]]
    before = ""
    for line in text.splitlines():
        if len(parts[-1]) >= lines_at_once and line and (not before or _ITEM.match(line)):
            kept = parts[-1]
            parts.append(_last_heading(kept) if not before else [])
        parts[-1].append(line)
        before = line
    return tuple("\n".join(part).strip("\n") + "\n" for part in parts)


def _last_heading(part: list[str]) -> list[str]:
    """Remove the heading at the end of a part, and return its lines; [] if the part does not end with a heading."""
    # A heading is a line between blank lines that is not a sentence.
    if len(part) > 3 and not part[-1] and not part[-3] and part[-2] and not part[-2].endswith((".", ")", ":")):
        heading = part[-2:]
        del part[-2:]
        return heading
    return []
