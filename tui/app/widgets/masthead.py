"""The first line of the screen: whose inspections these are, and how old the record is."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.widgets import Static

from reinspect.model import Authority
from tui.app.widgets.grades import QUIET


class Masthead(Static):
    """The authority on the left, the date of the shipped record on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._left = Content.styled("reinspect", "bold")
        self._beside: tuple[Content, ...] = ()
        self._right = Content("")

    def show(
        self, authority: Authority | None, as_of: date | None, cohort: str | None = None, *, used: bool = True
    ) -> None:
        """Name an authority, the cohort beside it, or that it is not `used` here, and the date of the record."""
        name = Content.styled(authority.name, "bold") if authority else Content.styled("reinspect", "bold")
        region = Content.styled(f"  {authority.region}", QUIET) if authority and authority.region else Content("")
        self._left = name + region
        self._beside = _beside(cohort, used) if cohort else ()
        self._right = Content.styled(f"record as of {as_of.day} {as_of:%B %Y}", QUIET) if as_of else Content("")
        self.refresh()

    def render(self) -> Content:
        """Both ends of the line, as far apart as there is room; the cohort in the first words that fit."""
        lefts = [self._left + words for words in self._beside] or [self._left]
        left = next((words for words in lefts if words.cell_length <= self.size.width), lefts[-1])
        room = self.size.width - left.cell_length - self._right.cell_length
        if room < 2:
            return left
        return Content.assemble(left, " " * room, self._right)


def _beside(cohort: str, used: bool) -> tuple[Content, ...]:
    """What is said of a cohort, the longest first."""
    if used:
        return (Content.assemble(("  beside ", QUIET), cohort),)
    return tuple(Content.styled(f"  ({words} not used here)", QUIET) for words in (cohort, "cohort"))
