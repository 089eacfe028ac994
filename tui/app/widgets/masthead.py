"""The first line of the main screen: the authority, the comparison group, and how much of its record is stored."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.widgets import Static

from reinspect.model import Authority
from tui.app.widgets.grades import QUIET

_RULE = Content.styled(" │ ", QUIET)
_MIN_GROUP = 12


class Masthead(Static):
    """The authority and its comparison group on the left; on the right its stored reports and the date of the record.

    `reports` is "2 of 6 reports added, 3 digests", or empty before the store is open.
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._authority_name = Content("")
        self._region = Content("")
        self._groups: tuple[Content, ...] = ()
        self._reports = ""
        self._date = ""

    def show(
        self, authority: Authority | None, as_of: date | None, cohort: str | None = None, *, used: bool = True
    ) -> None:
        """Show an authority, the comparison group in words, and the date of the record.

        `used` is False where the pane in view does not compare with the group; the line says so then.
        """
        self._authority_name = Content.styled(authority.name, "bold") if authority else Content("")
        region = authority.region if authority else ""
        self._region = Content.styled(f"  {region}", QUIET) if region else Content("")
        self._groups = _group_texts(cohort, used) if cohort else ()
        self._date = f"record as of {as_of.day} {as_of:%b %Y}" if as_of else ""
        self.refresh()

    def show_reports(self, stored: int, known: int, digests: int) -> None:
        """Show how many inspections of the authority have their report in the store, and how many a digest instead."""
        notes = f", {digests} digest{'' if digests == 1 else 's'}" if digests else ""
        self._reports = f"{stored} of {known} reports added{notes}" if known else ""
        self.refresh()

    def render(self) -> Content:
        """Return the longest line that fits: the region goes first, then the date; the group is cut, last the name."""
        width = self.size.width
        brand = Content.styled("reinspect", "bold $primary") + _RULE if self._authority_name.plain else Content("")
        brand = brand or Content.styled("reinspect", "bold $primary")
        heads = (brand + self._authority_name + self._region, brand + self._authority_name, self._authority_name)
        groups = [_RULE + group for group in self._groups] or [Content("")]
        both = " · ".join(filter(None, (self._reports, self._date)))
        candidates = [
            (head, groups[0], end) for end in dict.fromkeys((both, self._date, self._reports)) for head in heads[:2]
        ]
        candidates += [(head, group, "") for group in groups for head in heads]
        for head, group, end in candidates:
            gap = width - head.cell_length - group.cell_length - len(end)
            if gap >= 2 * bool(end):
                return Content.assemble(head, group, " " * gap, (end, QUIET))
        room = width - heads[-1].cell_length
        if room < _MIN_GROUP:
            return heads[-1].truncate(width, ellipsis=True)
        return heads[-1] + groups[-1].truncate(room, ellipsis=True)


def _group_texts(cohort: str, used: bool) -> tuple[Content, ...]:
    """Return texts for a comparison group, the longest first."""
    if used:
        return Content.assemble(("with ", QUIET), cohort, (" (f)", QUIET)), Content.assemble(("with ", QUIET), cohort)
    return tuple(Content.styled(text, QUIET) for text in ("group not used in this tab (f)", "no group here"))
