"""What a person means by a name typed on the command line: an authority, an inspection, a time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reinspect.errors import NotFoundError

if TYPE_CHECKING:
    from reinspect.model import Authority, Inspection
    from store import Store

_YEAR = re.compile(r"(?P<authority>.+):(?P<year>\d{4})")
_MOST_IDS = 12


def open_store(option: Path | None) -> Store:
    """The store, at the folder that `--store` names or else at its usual place; made at the first run."""
    from store import Store

    return Store.open(store_folder_of(option))


def store_folder_of(option: Path | None) -> Path:
    """The folder of the store, whatever state it is in."""
    from store.location import store_folder

    return store_folder(option)


def named_authority(typed: str) -> Authority:
    """The authority of that name, slug or number.

    Raises:
        NotFoundError: none has it; the message names those that come near.
    """
    from reinspect.authorities import authorities

    found = authorities().find(typed)
    if found is None:
        near = [authority.name for authority in authorities().suggest(typed)]
        raise NotFoundError(f'no authority is called "{typed}"' + _meant(near))
    return found


def authority_of(inspection: Inspection) -> Authority:
    """The authority of an inspection; one that the record does not know has its slug for a name."""
    from reinspect.authorities import authorities
    from reinspect.model import Authority

    slug = inspection.authority
    return authorities().by_slug(slug) or Authority(slug=slug, name=slug, urn="", la_code="")


class HoldsInspections(Protocol):
    """A store, or what answers for one."""

    def inspections(self, authority: str | None = None, /) -> list[Inspection]:
        """Those of an authority, or all."""


def named_inspection(store: HoldsInspections, typed: str) -> Inspection:
    """The inspection of that id; `camden:2017` is the graded one that Camden had in that year, by its first day.

    Raises:
        NotFoundError: there is none, or more than one; the message lists the ids that may be meant.
    """
    by_year = _YEAR.fullmatch(typed)
    if by_year:
        return _graded_in(store, named_authority(by_year["authority"]), int(by_year["year"]))
    held = {inspection.id: inspection for inspection in store.inspections()}
    if typed not in held:
        from difflib import get_close_matches

        begun = typed.partition(":")[0].casefold()
        near = [each for each in held if each.startswith(begun)] or get_close_matches(typed, held, n=_MOST_IDS)
        raise NotFoundError(f'no inspection has the id "{typed}"' + _meant(near))
    return held[typed]


def named_or_latest(store: Store, typed: str) -> Inspection:
    """As `named_inspection`; an authority alone stands for its latest graded inspection.

    Raises:
        NotFoundError: there is none, or more than one may be meant.
    """
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.cohort import latest_graded

    authority = authorities().find(typed)
    if authority is None:
        return named_inspection(store, typed)
    latest = latest_graded(store.inspections(authority.slug)).get(authority.slug)
    if latest is None:
        raise NotFoundError(f"no graded inspection of {authority.name} is held")
    return latest


def _graded_in(store: HoldsInspections, authority: Authority, year: int) -> Inspection:
    inspections = store.inspections(authority.slug)
    found = [inspection for inspection in inspections if inspection.graded and inspection.year == year]
    if len(found) == 1:
        return found[0]
    how_many = f"{len(found)} graded inspections" if found else "no graded inspection"
    ids = [inspection.id for inspection in found or inspections]
    raise NotFoundError(f"{authority.name} had {how_many} in {year}" + _meant(ids))


def _meant(names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MOST_IDS} more" if len(names) > _MOST_IDS else ""
    return f"; did you mean {', '.join(names[:_MOST_IDS])}{more}?"
