"""Suggest values while a person types a command in a shell: authorities, inspections, groups and strands.

This must be fast, so suggestions come from the record of inspections that ships with the program. The store is read
only if the record has no match, and it is never created.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from click import Context, Parameter

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Repeated here because importing the module of cohort expressions is slow; a test keeps the two equal.
_KINDS = ("neighbours:", "region:", "grade:", "moved:", "framework:", "since:", "until:")


def authorities_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Suggest authorities whose slug starts with `incomplete`."""
    from reinspect.authorities import authorities

    typed = incomplete.casefold()
    return [
        _item(authority.slug, authority.name) for authority in authorities().all() if authority.slug.startswith(typed)
    ]


def inspections_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Suggest inspection ids that start with `incomplete`; after `camden:`, the years of graded inspections."""
    from reinspect.record import record

    slug, colon, year = incomplete.casefold().partition(":")
    if colon:
        own = [event.facts for event in record().inspections if event.authority == slug and event.facts.graded]
        years = {str(facts.windows[0].start.year) for facts in own if facts.windows}
        return _items(f"{slug}:{each}" for each in sorted(years) if each.startswith(year))
    known = [event.id for event in record().inspections if event.id.startswith(slug)]
    return _items(known or _stored_ids(ctx, slug))


def cohorts_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Suggest ends of a group expression: `reg` -> `region:`, `since:2020+region:L` -> `since:2020+region:London`."""
    cut = max(incomplete.rfind("+"), incomplete.rfind(",")) + 1
    before, typed = incomplete[:cut], incomplete[cut:].casefold()
    return _items(f"{before}{each}" for each in _cohorts(typed) if each.casefold().startswith(typed))


def strands_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Suggest strand keys that start with `incomplete`."""
    return _items(strand for strand in _strands() if strand.startswith(incomplete.casefold()))


def _cohorts(typed: str) -> Iterable[str]:
    """Return possible parts of a group expression: kinds such as `region:`, or the values of the typed kind."""
    kind, colon, value = typed.partition(":")
    if not colon:
        return (*_KINDS, "all", *(_slugs() if typed else ()))
    values: dict[str, Callable[[], Iterable[str]]] = {
        "neighbours": _slugs,
        "region": _regions,
        "grade": lambda: (f"{strand}={grade}" for strand, grades in _graded().items() for grade in grades),
        "moved": lambda: _moves(value),
        "framework": _frameworks,
        "since": _years,
        "until": _years,
    }
    return (f"{kind}:{each}" for each in values.get(kind, tuple)())


def _slugs() -> Iterable[str]:
    from reinspect.authorities import authorities

    return (authority.slug for authority in authorities().all())


def _regions() -> Iterable[str]:
    from reinspect.authorities import authorities

    return sorted({each.region for each in authorities().all()} - {""})


def _frameworks() -> Iterable[str]:
    """Return the families of inspection frameworks, then the keys of all frameworks."""
    from reinspect.frameworks import frameworks

    known = frameworks()
    return dict.fromkeys((*(each.family for each in known.values()), *known))


def _moves(typed: str) -> Iterable[str]:
    """Return the next piece of a typed grade change: `overall=`, then `overall=ri>`, then `overall=ri>good`."""
    # Step by step, since all changes at once would be hundreds.
    strand, equals, grades = typed.partition("=")
    known = _graded()
    if not equals:
        return (f"{each}=" for each in known)
    earlier, arrow, _ = grades.partition(">")
    return (f"{strand}={earlier}>{grade}" if arrow else f"{strand}={grade}>" for grade in known.get(strand, ()))


def _strands() -> list[str]:
    from reinspect.frameworks import frameworks

    return list(dict.fromkeys(strand.key for known in frameworks().values() for strand in known.strands))


def _graded() -> dict[str, list[str]]:
    """Return the grades of each strand that a group may name, without frameworks that cannot be compared."""
    from reinspect.comparing.crosswalk import crosswalk
    from reinspect.frameworks import frameworks
    from reinspect.frameworks.bands import SOCIAL_CARE

    found: dict[str, dict[str, None]] = {}
    for known in frameworks().values():
        is_typed = known.band == SOCIAL_CARE and known.key not in crosswalk().separate
        for strand in known.strands if is_typed else ():
            found.setdefault(strand.key, {}).update(dict.fromkeys(grade.key for grade in known.grades))
    return {strand: list(grades) for strand, grades in found.items() if grades}


def _years() -> list[str]:
    """Return the years in which the recorded inspections began, sorted."""
    from reinspect.record import record

    windows = (window for event in record().inspections for window in event.facts.windows[:1])
    return sorted({str(window.start.year) for window in windows})


def _stored_ids(ctx: Context, typed: str) -> list[str]:
    """Return the ids of stored inspections that start with `typed`; [] if there is no readable store."""
    from reinspect.errors import ReinspectError
    from store import Store
    from store.location import store_folder

    named = ctx.find_root().params.get("store")
    try:
        folder = store_folder(Path(named) if named else None)
        if not (folder / "catalogue.json").exists():
            return []
        return [each.id for each in Store.open(folder, wait=0.5).inspections() if each.id.startswith(typed)]
    except (ReinspectError, OSError):
        return []


def _items(values: Iterable[str]) -> list[CompletionItem]:
    return [_item(value) for value in values]


def _item(value: str, description: str | None = None) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, help=description)
