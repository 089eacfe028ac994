"""The authority, inspections and cohort that a person is looking at, shared by all panes."""

from __future__ import annotations

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
