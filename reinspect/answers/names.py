"""Find the authority or the inspection that a person means by a typed name.

"camden", "London Borough of Camden" and "202" all name one authority; "camden:2017" names the graded inspection that
Camden had in 2017.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from reinspect.errors import NotFoundError
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reinspect.answers.holdings import HasInspections, Holdings
    from reinspect.model import Inspection

_AUTHORITY_AND_YEAR = re.compile(r"(?P<authority>.+):(?P<year>\d{4})")
_MOST_IDS = 12


def find_authority(typed: str) -> Authority:
    """Return the authority with this name, slug or number.

    Raises:
        NotFoundError: there is no such authority; the message suggests similar names.
    """
    from reinspect.authorities import authorities

    found = authorities().find(typed)
    if found is None:
        similar = [authority.name for authority in authorities().suggest(typed)]
        raise NotFoundError(f'no authority is called "{typed}"' + _did_you_mean(similar))
    return found


def authority_with_slug(slug: str) -> Authority:
    """Return the authority with this slug. For an unknown slug, the name is the slug."""
    from reinspect.authorities import authorities

    return authorities().with_slug(slug)


def authority_of(inspection: Inspection) -> Authority:
    """Return the authority that was inspected."""
    return authority_with_slug(inspection.authority)


def find_inspection(holdings: Holdings, typed: str) -> Inspection:
    """Return the inspection with this id, or the one graded in that year: "camden:2017".

    Raises:
        NotFoundError: there is none, or more than one; the message lists possible ids.
    """
    by_year = _AUTHORITY_AND_YEAR.fullmatch(typed)
    if by_year:
        return _graded_in_year(holdings, find_authority(by_year["authority"]), int(by_year["year"]))
    with suppress(NotFoundError):
        return holdings.inspection(typed)
    raise NotFoundError(f'no inspection has the id "{typed}"' + _did_you_mean(_similar_ids(holdings, typed)))


def _similar_ids(holdings: HasInspections, typed: str) -> list[str]:
    """Return the ids that begin with what was typed, else those of the authority in it, else those spelt like it."""
    from difflib import get_close_matches

    start = typed.partition(":")[0].casefold()
    if not start:
        return []
    inspections = holdings.inspections()
    same_start = [inspection.id for inspection in inspections if inspection.id.startswith(start)]
    if same_start:
        return same_start
    # If the id begins with an authority, one of another authority is hardly meant.
    named = {each.authority for each in inspections if start.startswith(f"{each.authority}-")}
    authority = max(named, key=len, default=None)
    of_authority = [inspection.id for inspection in inspections if inspection.authority == authority]
    return of_authority or get_close_matches(typed, [each.id for each in inspections], n=_MOST_IDS)


def find_inspection_or_latest(holdings: Holdings, typed: str) -> Inspection:
    """Return the inspection with this id, or the latest graded inspection of the authority with this name.

    Raises:
        NotFoundError: there is none, or more than one.
    """
    from reinspect.authorities import authorities

    authority = authorities().find(typed)
    if authority is None:
        return find_inspection(holdings, typed)
    latest = latest_graded_inspection(holdings, authority.slug)
    if latest is None:
        raise NotFoundError(f"no graded inspection of {authority.name} is stored; `reinspect add` imports a report")
    return latest


def latest_graded_inspection(holdings: HasInspections, slug: str) -> Inspection | None:
    """Return the latest graded inspection of an authority, or None."""
    from reinspect.comparing.cohorts.cohort import latest_graded

    return latest_graded(holdings.inspections(slug)).get(slug)


def _graded_in_year(holdings: HasInspections, authority: Authority, year: int) -> Inspection:
    inspections = holdings.inspections(authority.slug)
    in_year = [inspection for inspection in inspections if inspection.graded and inspection.year == year]
    graded = _of_social_care(in_year) or in_year
    if len(graded) == 1:
        return graded[0]
    count = f"{len(graded)} graded inspections" if graded else "no graded inspection"
    meant = graded or _of_social_care(inspections) or inspections
    raise NotFoundError(f"{authority.name} had {count} in {year}" + _did_you_mean([each.id for each in meant]))


def _of_social_care(inspections: Iterable[Inspection]) -> list[Inspection]:
    """Return the graded inspections of social care among these."""
    return [each for each in inspections if each.graded and band_of(each.framework) == SOCIAL_CARE]


def _did_you_mean(names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MOST_IDS} more" if len(names) > _MOST_IDS else ""
    return f"; did you mean {', '.join(names[:_MOST_IDS])}{more}?"
