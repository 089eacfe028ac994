"""Choosing a cohort by writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers import Library
from tui.app.dialogs.ask import AskDialog

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort

_ABOUT = """neighbours:camden   its ten statistical neighbours
region:London       a region; a comma widens, a space narrows
grade:help=good     so graded at the latest inspection
since:2023 until:2024-06   inspections of that time
Empty sets nothing beside what is shown."""


class CohortDialog(AskDialog):
    """Asks for a cohort: answers with its expression, empty for none, or with None after Esc."""

    def __init__(self, library: Library, chosen: str | None, own: str | None) -> None:
        def understand(typed: str) -> str:
            if not typed:
                return "no cohort"
            cohort = _others(library, typed, own)
            count = len(cohort.authorities)
            return f"{cohort.words}: {count} {'authority' if count == 1 else 'authorities'}"

        super().__init__("Set a cohort beside it", _ABOUT, chosen or "", understand)


def _others(library: Library, typed: str, own: str | None) -> Cohort:
    """The cohort that was typed without one's own authority.

    Raises:
        CohortError: it cannot be understood, nobody else is in it, or no inspection of it is held.
    """
    from reinspect.comparing.cohorts.cohort import CohortError

    cohort = library.cohort(typed)
    others = cohort.without(own) if own else cohort
    if own and not others.authorities:
        raise CohortError(f"only {library.authority(own).name} itself is in it; a cohort is of others")
    if not any(map(others.holds, library.holdings.inspections())):
        raise CohortError(f"no inspection of it is held ({cohort.words})")
    return others
