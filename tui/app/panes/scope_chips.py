"""The chips that show whose texts the Phrases pane looks at: "[Camden 5]  the group 49  both 54  all 866"."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace
from textual.content import Content
from textual.style import Style

from reinspect.answers import Library
from reinspect.answers.scope import find_texts
from reinspect.comparing.cohorts.cohort import CohortError
from tui.app.filters import Filters
from tui.app.widgets.grades import QUIET
from tui.selection import Selection

WHOSE = "whose"


class ScopeChip(NamedTuple):
    """A choice of `Filters.whose`, in words, with the number of texts; None if it is not known.

    `why_fewer` says which texts are looked at, where these are not all: "316 of 356: one for each inspection", and the
    same in fewer words.
    """

    whose: str
    words: str
    texts: int | None = None
    why_fewer: tuple[str, ...] = ()


def scope_chips(library: Library, selection: Selection, filters: Filters, *, count_only: bool) -> tuple[ScopeChip, ...]:
    """Return the choices for a selection, each with the number of texts it would look at; runs in a thread.

    `count_only` leaves out press articles, as a count of phrases does.
    """
    name = library.authority(selection.authority).name if selection.authority else "This one"
    words = {"authority": name, **({"cohort": "the group", "beside": "both"} if selection.cohort else {}), "all": "all"}

    def count(whose: str, *, count_only: bool) -> int | None:
        scope = replace(filters, whose=whose).scope(selection)
        try:
            scope = scope.of_whole_texts if count_only else scope
            return len(find_texts(library.holdings, scope, count_only=count_only).all)
        except CohortError:
            return None

    def chip(whose: str, label: str) -> ScopeChip:
        texts, of = (count(whose, count_only=only) for only in (count_only, False))
        if texts is None or of is None or texts == of:
            return ScopeChip(whose, label, texts)
        number = f"{texts:,} of {of:,}"
        social_care = () if filters.framework else (f"{number}: one for each inspection of social care",)
        return ScopeChip(whose, label, texts, (*social_care, f"{number}: one for each inspection", number))

    return tuple(chip(whose, label) for whose, label in words.items())


def chips_line(chips: tuple[ScopeChip, ...], whose: str, room: int) -> Content:
    """Return the chips in one line, with the chosen one marked by brackets and colour.

    The others have their value in the meta data of their style, for a click. Where fewer texts are looked at than there
    are, the line says why, if there is room.
    """
    parts = []
    for chip in chips:
        text = f"{chip.words}{'' if chip.texts is None else f' {chip.texts:,}'}"
        chosen = chip.whose == whose
        parts.append(
            Content.styled(f"[{text}]", "bold $primary")
            if chosen
            else Content.styled(f" {text} ", QUIET).stylize(Style.from_meta({WHOSE: chip.whose}))
        )
    if ":" in whose:
        parts.append(Content.styled(f"[{whose}]", "bold $primary"))
    line = Content.assemble(Content(" ").join(parts), ("  w texts", QUIET))
    why_fewer = next((chip.why_fewer for chip in chips if chip.whose == whose), ())
    fitting = (words for words in why_fewer if line.cell_length + 2 + len(words) <= room)
    return Content.assemble(line, (f"  {next(fitting, '')}".rstrip(), QUIET))
