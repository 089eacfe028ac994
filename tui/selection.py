"""The authority, inspections and cohort that a person is looking at, shared by all panes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import msgspec

from reinspect.answers.scope import Scope


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An authority (its slug), one of its inspections, the two being compared (ids), and a cohort as typed."""

    authority: str | None = None
    inspection: str | None = None
    a: str | None = None
    b: str | None = None
    cohort: str | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pane, by its title, and the selection shown in it."""

    pane: str = ""
    selection: Selection = Selection()

    def is_like(self, other: Location) -> bool:
        """Return whether both show the same thing, wherever the cursor is."""
        return self._identity == other._identity

    @property
    def _identity(self) -> Hashable:
        """The fields that distinguish locations; the compared pair counts in the Compare pane only."""
        selection = self.selection
        pair = (selection.a, selection.b) if self.pane == "Compare" else None
        return (self.pane, selection.authority, selection.cohort, pair)


def scope_of(selection: Selection, whose: str, **limits: Any) -> Scope:
    """Return the texts to look at: those of the selected authority or cohort, both compared, or all.

    `whose` is "authority", "cohort", "beside" (the authority compared with the cohort), "all", or a cohort of its own,
    such as "region:London". `limits` are further fields of the scope.
    """
    authority = selection.authority if whose in {"authority", "beside"} else None
    cohort = selection.cohort if whose in {"cohort", "beside"} else whose if ":" in whose else None
    authorities = (authority,) if authority else ()
    if authority and cohort:
        return Scope(authorities=authorities, peers=cohort, **limits)
    return Scope(authorities=authorities, cohort=cohort, **limits)
