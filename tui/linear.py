"""The panes as plain text, one after another, for a screen reader or any terminal: nothing is ever painted over.

Data goes to stdout, what is asked of the person to stderr, and a line of stdin answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reinspect.errors import ReinspectError
from tui.library import Library
from tui.printing import put, say, terminal_width
from tui.trail import left_off

if TYPE_CHECKING:
    from reinspect.exporting.sheet import Sheet
    from store import Store

_ASKED = (
    "What next? timeline, compare, follow, phrases, authorities, basket; "
    "authority NAME; search WORDS; undo; or quit. An empty line says this again."
)


class Linear:
    """Answers words with the sheets that the panes export."""

    def __init__(self, library: Library, authority: str | None) -> None:
        self._library = library
        self._authority = authority
        self._answers: dict[str, Callable[[str], Sheet]] = {
            "timeline": self._timeline,
            "compare": self._compare,
            "follow": self._follow,
            "phrases": self._phrases,
            "search": self._phrases,
            "authorities": self._authorities,
            "basket": lambda _: self._library.basket_sheet(),
            "authority": self._choose,
        }

    def answer(self, line: str) -> None:
        """Print the answer to a line, or say why there is none."""
        word, _, rest = line.strip().partition(" ")
        found = self._answers.get(word.casefold())
        try:
            if word.casefold() == "undo":
                say(self._library.undo())
            elif found is None:
                say(_ASKED)
            else:
                self._print(found(rest.strip()))
        except ReinspectError as error:
            say(f"Error: {error}")

    @property
    def _slug(self) -> str:
        if self._authority is None:
            raise ReinspectError("no authority is chosen yet: type authority and a name")
        return self._authority

    def _choose(self, typed: str) -> Sheet:
        from tui.naming import named_authority

        self._authority = named_authority(typed).slug
        return self._timeline("")

    def _timeline(self, _: str) -> Sheet:
        from reinspect.exporting.sheets.timeline import timeline_sheet

        return timeline_sheet(self._library.timeline(self._slug))

    def _compare(self, _: str) -> Sheet:
        from reinspect.exporting.sheets.comparison import comparison_sheet

        graded = [each for each in self._library.inspections(self._slug) if each.graded]
        if len(graded) < 2:
            raise ReinspectError("a comparison needs two graded inspections; `reinspect add FILE` adds a report")
        return comparison_sheet(self._library.compare(graded[-2], graded[-1]))

    def _follow(self, _: str) -> Sheet:
        from reinspect.exporting.sheets.following import following_sheet

        return following_sheet(self._library.authority(self._slug), self._library.threads(self._slug))

    def _phrases(self, sought: str) -> Sheet:
        from tui.panes.phrases import sheet_of

        return sheet_of(self._library.phrases(sought, self._slug, "issues"))

    def _authorities(self, _: str) -> Sheet:
        from tui.panes.authorities import sheet_of
        from tui.standings import standings

        return sheet_of(standings(self._library.authorities(), self._library.inspections()), "all authorities by name")

    @staticmethod
    def _print(sheet: Sheet) -> None:
        from reinspect.exporting import written

        put(written(sheet, "text", width=terminal_width(), linear=True).encode())
        sys.stdout.flush()


def run_linear(store_folder: Path) -> None:
    """Begin with the timeline where the person left off, then answer line by line until the end.

    Raises:
        ReinspectError: the store cannot be opened.
    """
    from store.location import settings_file

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    library = Library(open_store)
    library.open()
    left = left_off(settings_file().with_name("left-off.json")).place.selection.authority
    known = left if left and library.authorities().by_slug(left) else library.first_authority()
    linear = Linear(library, known)
    linear.answer("timeline")
    say(_ASKED)
    for line in sys.stdin:
        if line.strip().casefold() in {"quit", "q", "exit"}:
            return
        linear.answer(line)
