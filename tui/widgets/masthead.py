"""The first line of the screen: whose inspections these are, and how old the record is."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.widgets import Static

from reinspect.model import Authority
from tui.widgets.grades import QUIET


class Masthead(Static):
    """The authority on the left, the date of the shipped record on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._left = Content.styled("reinspect", "bold")
        self._right = Content("")

    def show(self, authority: Authority | None, as_of: date | None, cohort: str | None = None) -> None:
        """Name an authority, the cohort beside it, and the date of the record."""
        name = Content.styled(authority.name, "bold") if authority else Content.styled("reinspect", "bold")
        region = Content.styled(f"  {authority.region}", QUIET) if authority and authority.region else Content("")
        beside = Content.assemble(("  beside ", QUIET), cohort) if cohort else Content("")
        self._left = name + region + beside
        self._right = Content.styled(f"record as of {as_of.day} {as_of:%B %Y}", QUIET) if as_of else Content("")
        self.refresh()

    def render(self) -> Content:
        """Both ends of the line, as far apart as there is room."""
        room = self.size.width - self._left.cell_length - self._right.cell_length
        if room < 2:
            return self._left
        return Content.assemble(self._left, " " * room, self._right)
