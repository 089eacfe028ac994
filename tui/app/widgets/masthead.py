"""The first line of the main screen: the authority, the comparison group, and the date of the shipped record."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.widgets import Static

from reinspect.model import Authority
from tui.app.widgets.grades import QUIET


class Masthead(Static):
    """The authority and its comparison group on the left, the date of the shipped record on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._authority = Content.styled("reinspect", "bold")
        self._groups: tuple[Content, ...] = ()
        self._date = Content("")

    def show(
        self, authority: Authority | None, as_of: date | None, cohort: str | None = None, *, used: bool = True
    ) -> None:
        """Show an authority, the comparison group as typed, and the date of the record.

        `used` is False where the pane in view does not compare with the group; the line says so then.
        """
        name = Content.styled(authority.name if authority else "reinspect", "bold")
        region = Content.styled(f"  {authority.region}", QUIET) if authority and authority.region else Content("")
        self._authority = name + region
        self._groups = _group_texts(cohort, used) if cohort else ()
        self._date = Content.styled(f"record as of {as_of.day} {as_of:%B %Y}", QUIET) if as_of else Content("")
        self.refresh()

    def render(self) -> Content:
        """Return the line; the group in the longest text that fits, and the date only if there is room for it."""
        candidates = [self._authority + group for group in self._groups] or [self._authority]
        left = next((text for text in candidates if text.cell_length <= self.size.width), candidates[-1])
        room = self.size.width - left.cell_length - self._date.cell_length
        if room < 2:
            return left
        return Content.assemble(left, " " * room, self._date)


def _group_texts(cohort: str, used: bool) -> tuple[Content, ...]:
    """Return texts for a comparison group, the longest first."""
    if used:
        return (Content.assemble(("  compared with ", QUIET), cohort),)
    return tuple(Content.styled(f"  ({text} not used here)", QUIET) for text in (cohort, "group"))
