"""The dialog for typing a group of authorities to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers import Library
from tui.app.dialogs.ask import AskDialog

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort

_ABOUT = """neighbours:camden   its ten statistical neighbours
region:London       a region; comma = or, space = and
grade:help=good     this grade at the latest inspection
since:2023 until:2024-06   inspections of these dates
Leave it empty to compare with no group."""


class CohortDialog(AskDialog):
    """A dialog that returns the expression of a group ("region:London"), "" for no group, or None after Esc."""

    def __init__(self, library: Library, chosen: str | None, own: str | None) -> None:
        """Start with the `chosen` expression; `own` is the slug of the authority that is compared with the group."""

        def understand(expression: str) -> str:
            if not expression:
                return "no comparison with a group"
            cohort = _comparison_group(library, expression, own)
            count = len(cohort.authorities)
            return f"{cohort.words}: {count} {'authority' if count == 1 else 'authorities'}"

        super().__init__("Compare with a group of authorities", _ABOUT, chosen or "", understand)


def _comparison_group(library: Library, expression: str, own: str | None) -> Cohort:
    """Return the group of an expression, without the own authority.

    Raises:
        CohortError: the expression is not valid, nobody else is in the group, or it has no stored inspection.
    """
    from reinspect.comparing.cohorts.cohort import CohortError

    cohort = library.cohort(expression)
    group = cohort.without(own) if own else cohort
    if own and not group.authorities:
        raise CohortError(f"{library.authority(own).name} is the only authority in this group; add others")
    if not any(map(group.holds, library.holdings.inspections())):
        raise CohortError(f"no inspection of this group is stored ({cohort.words})")
    return group
