"""The selection of a person: an authority, its inspections, and a cohort (a group of authorities)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import msgspec

from reinspect.answers.scope import Scope


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The selection of a person, which all panes of the app share.

    `authority` is a slug; `inspection` is the id of one inspection. `a` and `b` are the ids of two inspections to
    compare. `cohort` is a group of authorities, such as "region:London".
    """

    authority: str | None = None
    inspection: str | None = None
    a: str | None = None
    b: str | None = None
    cohort: str | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pane of the app, given by its title, and the selection shown in it."""

    pane: str = ""
    selection: Selection = Selection()

    def is_like(self, other: Location) -> bool:
        """Return True if both locations show the same pane and the same data."""
        return self._identity == other._identity

    @property
    def _identity(self) -> Hashable:
        """The fields by which two locations are compared."""
        selection = self.selection
        # The compared pair counts in the Compare pane only.
        pair = (selection.a, selection.b) if self.pane == "Compare" else None
        return (self.pane, selection.authority, selection.cohort, pair)


def scope_of(selection: Selection, whose: str, **limits: Any) -> Scope:
    """Return the scope of a question: the authorities whose texts are searched.

    `whose` is one of:

    - "authority" or "cohort": the one that is selected.
    - "beside": the selected authority, compared with the selected cohort.
    - "all": every authority.
    - another cohort, such as "region:London".

    `limits` are other fields of `Scope`, such as `since`.
    """
    authority = selection.authority if whose in {"authority", "beside"} else None
    cohort = selection.cohort if whose in {"cohort", "beside"} else whose if ":" in whose else None
    authorities = (authority,) if authority else ()
    if authority and cohort:
        return Scope(authorities=authorities, peers=cohort, **limits)
    return Scope(authorities=authorities, cohort=cohort, **limits)
