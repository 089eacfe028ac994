"""The chips that show whose texts the Phrases pane looks at: "[Camden 5]  the group 49  both 54  all 866"."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace
from textual.content import Content

from reinspect.answers import Library
from reinspect.answers.scope import find_texts
from reinspect.comparing.cohorts.cohort import CohortError
from tui.app.filters import Filters
from tui.app.widgets.grades import QUIET
from tui.selection import Selection


class ScopeChip(NamedTuple):
    """A choice of `Filters.whose`, in words, with the number of texts; None if it is not known."""

    whose: str
    words: str
    texts: int | None = None


def scope_chips(library: Library, selection: Selection, filters: Filters, *, count_only: bool) -> tuple[ScopeChip, ...]:
    """Return the choices for a selection, each with the number of texts it would look at; runs in a thread.

    `count_only` leaves out press articles, as a count of phrases does.
    """
    name = library.authority(selection.authority).name if selection.authority else "This one"
    words = {"authority": name, **({"cohort": "the group", "beside": "both"} if selection.cohort else {}), "all": "all"}

    def count(whose: str) -> int | None:
        scope = replace(filters, whose=whose).scope(selection)
        try:
            scope = scope.of_whole_texts if count_only else scope
            return len(find_texts(library.holdings, scope, count_only=count_only).all)
        except CohortError:
            return None

    return tuple(ScopeChip(whose, label, count(whose)) for whose, label in words.items())


def chips_line(chips: tuple[ScopeChip, ...], whose: str) -> Content:
    """Return the chips in one line, with the chosen one marked by brackets and colour."""
    parts = []
    for chip in chips:
        text = f"{chip.words}{'' if chip.texts is None else f' {chip.texts:,}'}"
        chosen = chip.whose == whose
        parts.append(Content.styled(f"[{text}]", "bold $primary") if chosen else Content.styled(f" {text} ", QUIET))
    if ":" in whose:
        parts.append(Content.styled(f"[{whose}]", "bold $primary"))
    return Content.assemble(Content(" ").join(parts), ("  w texts", QUIET))
