"""Choosing a cohort by writing it."""

from __future__ import annotations

from tui.dialogs.asking import AskDialog
from tui.library import Library

_ABOUT = """neighbours:camden   its ten statistical neighbours
region:London       a region; a comma widens, a space narrows
grade:help=good     so graded at the latest inspection
since:2023 until:2024-06   inspections of that time
Empty sets nothing beside what is shown."""


class CohortDialog(AskDialog):
    """Asks for a cohort: answers with its expression, empty for none, or with None after Esc."""

    def __init__(self, library: Library, chosen: str | None) -> None:
        def understand(typed: str) -> str:
            if not typed:
                return "no cohort"
            cohort = library.cohort(typed)
            count = len(cohort.authorities)
            return f"{cohort.words}: {count} {'authority' if count == 1 else 'authorities'}"

        super().__init__("Set a cohort beside it", _ABOUT, chosen or "", understand)
