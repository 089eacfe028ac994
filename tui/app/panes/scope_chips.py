"""The chips that show whose texts the Phrases pane looks at: "[Camden 5]  neighbours 49  both  all 866"."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from reinspect.answers import Library
from reinspect.comparing.cohorts.cohort import CohortError
from tui.app.widgets.grades import QUIET
from tui.selection import Selection


class ScopeChip(NamedTuple):
    """A choice of `Filters.whose`, in words, with the number of texts; None if it is not known."""

    whose: str
    words: str
    texts: int | None = None


def scope_chips(library: Library, selection: Selection) -> tuple[ScopeChip, ...]:
    """Return the choices for a selection, with the number of reports and letters of each; runs in a thread."""
    owners = [library.holdings.inspection(identifier).authority for identifier in library.holdings.primary_texts()]
    own = selection.authority or ""
    name = library.authority(own).name if own else "This one"
    chips = [ScopeChip("authority", name, owners.count(own))]
    if selection.cohort:
        try:
            members = set(library.cohort(selection.cohort).authorities) - {own}
            number: int | None = sum(owner in members for owner in owners)
        except CohortError:
            number = None
        chips += [ScopeChip("cohort", "the group", number), ScopeChip("beside", "both")]
    return (*chips, ScopeChip("all", "all", len(owners)))


def chips_line(chips: tuple[ScopeChip, ...], whose: str) -> Content:
    """Return the chips in one line, with the chosen one marked by brackets and colour."""
    parts = []
    for chip in chips:
        text = f"{chip.words}{'' if chip.texts is None else f' {chip.texts:,}'}"
        chosen = chip.whose == whose
        parts.append(Content.styled(f"[{text}]", "bold $primary") if chosen else Content.styled(f" {text} ", QUIET))
    if ":" in whose:
        parts.append(Content.styled(f"[{whose}]", "bold $primary"))
    return Content.assemble(Content(" ").join(parts), ("  w scope", QUIET))
