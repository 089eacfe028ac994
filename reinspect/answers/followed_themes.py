"""Follow what many authorities are asked to improve, by theme, and keep it until the store changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reinspect.answers.follow_through import follow_improvements
from reinspect.answers.names import authority_with_slug
from reinspect.comparing.themes.corrections import Corrections
from reinspect.comparing.themes.following import FollowedImprovement, follow_themes
from reinspect.comparing.themes.shares import theme_improvements
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Inspection

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.comparing.followthrough.threads import KnownSteps

Report = Callable[[int, int], None]
"""Called with the number of authorities that were followed and the number of all."""


class FollowedThemes:
    """The improvements of authorities, followed through later texts; each authority is followed once a revision."""

    def __init__(self) -> None:
        self._revision = -1
        self._by_authority: dict[str, tuple[FollowedImprovement, ...]] = {}

    def of(
        self, holdings: Holdings, slugs: Iterable[str], known: KnownSteps, report: Report | None = None
    ) -> list[FollowedImprovement]:
        """Return the social care improvements of these authorities, followed. Steps in `known` are kept."""
        if self._revision != holdings.revision:
            self._revision, self._by_authority = holdings.revision, {}
        kept, wanted = self._by_authority, list(slugs)
        corrections = Corrections(holdings.theme_corrections())
        for done, slug in enumerate(wanted):
            if slug not in kept:
                if report:
                    report(done, len(wanted))
                threads = follow_improvements(holdings, authority_with_slug(slug), known).threads
                kept[slug] = follow_themes(
                    (thread for thread in threads if band_of(thread.inspection.framework) == SOCIAL_CARE), corrections
                )
        if report:
            report(len(wanted), len(wanted))
        return [one for slug in wanted for one in kept[slug]]


def authorities_asked(
    inspections: Iterable[Inspection], corrections: Corrections, theme: str | None = None
) -> list[str]:
    """Return the slugs of the authorities that social care inspections ask to improve a theme, or anything at all."""
    asked = (
        each.inspection.authority
        for each in theme_improvements(
            (one for one in inspections if band_of(one.framework) == SOCIAL_CARE), corrections
        )
        if theme is None or each.choice.theme == theme
    )
    return sorted(set(asked))
