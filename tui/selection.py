"""The selection of a person: an authority, its inspections, and a cohort (a group of authorities)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import msgspec

from reinspect.answers.scope import Scope
from reinspect.authorities import authorities
from reinspect.model import Authority


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


class ChosenAuthority(NamedTuple):
    """The selection after another authority was chosen, and what happened to the group, in a sentence or ""."""

    selection: Selection
    notice: str


class _OwnGroup(NamedTuple):
    """A group that belongs to one authority: its expression, None if that authority has no such group; and in words."""

    expression: str | None
    words: str


def choose_authority(selection: Selection, slug: str) -> ChosenAuthority:
    """Return the selection of another authority.

    A group that is the statistical neighbours or the region of the authority before becomes that of the new one; any
    other group stays.
    """
    known = authorities()
    before, now = (known.by_slug(each) if each else None for each in (selection.authority, slug))
    cohort = selection.cohort
    if cohort and before and now and before != now:
        for old, new in zip(_own_groups(before), _own_groups(now), strict=True):
            rest = _rest_after(cohort, old.expression)
            if rest is not None and new.expression != old.expression:
                chosen = Selection(authority=slug, cohort=f"{new.expression}{rest}" if new.expression else None)
                return ChosenAuthority(chosen, _group_notice(old, new))
    return ChosenAuthority(Selection(authority=slug, cohort=cohort), "")


def _own_groups(authority: Authority) -> Iterator[_OwnGroup]:
    """Yield the statistical neighbours of an authority, and its region."""
    has_neighbours = bool(authorities().neighbours(authority))
    yield _OwnGroup(
        f"neighbours:{authority.slug}" if has_neighbours else None, f"{authority.name}'s statistical neighbours"
    )
    region = authority.region
    yield _OwnGroup(f"region:{region}" if region else None, f"the region of {authority.name}, {region}")


def _rest_after(cohort: str, own: str | None) -> str | None:
    """Return what limits a group further (" since:2023"), "" if nothing does; None if it is another group."""
    if own is None or cohort[: len(own)].casefold() != own.casefold():
        return None
    rest = cohort[len(own) :]
    return rest if not rest or (rest[0] in " +" and ":" in rest) else None


def _group_notice(old: _OwnGroup, new: _OwnGroup) -> str:
    if new.expression is None:
        return f"No group now: it was {old.words}, and the authority chosen has none."
    return f"The group is now {new.words}; it was {old.words}."


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
