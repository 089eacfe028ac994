"""Answers told as plain words, in parts where somebody is there to ask for the next.

Answers go to stdout, what is said to the person to stderr.
"""

from __future__ import annotations

import re
import sys

from reinspect.errors import NotFoundError
from reinspect.exporting import render_sheet
from reinspect.exporting.sheet import Sheet
from tui.cli.output import put, say, terminal_width

_OPENING = 40
_ITEM = re.compile(r"- |\d{1,3}\. ")


class Pager:
    """What was told last, and how far.

    A part has `lines_at_once` lines, and as many more as its last thing takes; 0 is everything at once.
    """

    def __init__(self, lines_at_once: int = 0) -> None:
        self._lines_at_once = lines_at_once
        self._parts: tuple[str, ...] = ()
        self._headings: tuple[str, ...] = ()
        self.part = 0

    def sheet(self, sheet: Sheet, part: int = 1) -> None:
        """Begin to tell a sheet, with its first part if no other is named."""
        self._headings = tuple(" ".join(section.heading.split()) for section in sheet.sections)
        self._begin(render_sheet(sheet, "text", width=terminal_width(), linear=True), part)

    def page(self, text: str) -> None:
        """Begin to tell a page of a document."""
        self._headings = ()
        self._begin(text, 1)

    @property
    def how_far(self) -> str:
        """How far it is, and how it goes on; empty once all is told."""
        return f"Part {self.part} of {len(self._parts)}; Enter tells the next. " if self.goes_on else ""

    @property
    def goes_on(self) -> bool:
        """Whether not all was told."""
        return self.part < len(self._parts)

    def more(self, meant: str) -> None:
        """Tell the next part, or the one of this number, or the one in which the heading with these words stands.

        Raises:
            NotFoundError: there is none.
        """
        number = self.part + 1 if not meant else int(meant) if meant.isdecimal() else self._part_of(self._meant(meant))
        if not meant and not self.goes_on:
            raise NotFoundError("all of it was told")
        if not 1 <= number <= len(self._parts):
            raise NotFoundError(f"there is no part {number}; there are {len(self._parts)}")
        self._put(number)

    def headings(self) -> None:
        """Say what the headings are, and in which part each stands."""
        if not self._headings:
            raise NotFoundError("what was told last has no headings")
        for heading in self._headings:
            say(f"{heading}: part {self._part_of(heading)}")

    def _meant(self, words: str) -> str:
        sought = words.casefold().split()
        for heading in self._headings:
            if all(word in heading.casefold() for word in sought):
                return heading
        raise NotFoundError(f'no heading has the words "{words}"; headings tells them')

    def _part_of(self, heading: str) -> int:
        begun = re.compile(rf"^{re.escape(heading[:_OPENING])}", re.MULTILINE)
        return next((number for number, part in enumerate(self._parts, 1) if begun.search(part)), 1)

    def _begin(self, text: str, part: int) -> None:
        self._parts = in_parts(text, self._lines_at_once) if self._lines_at_once else (text,)
        self._put(min(part, len(self._parts)))

    def _put(self, part: int) -> None:
        self.part = part
        put(self._parts[part - 1].encode())
        sys.stdout.flush()


def in_parts(text: str, lines_at_once: int) -> tuple[str, ...]:
    """The text in parts of about so many lines, which end only where a thing ends; a heading goes with what follows."""
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
    """Take the heading that a part ends with off it: a line between blank ones that is no sentence."""
    if len(part) > 3 and not part[-1] and not part[-3] and part[-2] and not part[-2].endswith((".", ")", ":")):
        heading = part[-2:]
        del part[-2:]
        return heading
    return []
