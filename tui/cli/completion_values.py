"""What a shell may complete (`reinspect completion SHELL`): names of authorities, ids of inspections, cohorts.

A key waits for this, so it reads the shipped record alone; the store is opened only where it exists and the record
knows nothing that fits, and it is never made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import CompletionItem

# To import those that a cohort's expression knows would cost more than all else here; a test holds the two together.
_KINDS = ("neighbours:", "region:", "grade:", "moved:", "framework:", "since:", "until:")


def authorities_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Authorities whose slug begins so, with their names."""
    from reinspect.authorities import authorities

    begun = incomplete.casefold()
    return [
        CompletionItem(authority.slug, help=authority.name)
        for authority in authorities().all()
        if authority.slug.startswith(begun)
    ]


def inspections_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Inspections whose id begins so; after `camden:` the years in which that authority was graded."""
    from reinspect.record import record

    slug, colon, year = incomplete.casefold().partition(":")
    if colon:
        own = [event.facts for event in record().inspections if event.authority == slug and event.facts.graded]
        years = {str(facts.windows[0].start.year) for facts in own if facts.windows}
        return _items(f"{slug}:{each}" for each in sorted(years) if each.startswith(year))
    known = [event.id for event in record().inspections if event.id.startswith(slug)]
    return _items(known or _held(ctx, slug))


def cohorts_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Cohorts: first their kinds, then what may follow one; the parts before the last `+` or `,` stay as they are."""
    cut = max(incomplete.rfind("+"), incomplete.rfind(",")) + 1
    before, begun = incomplete[:cut], incomplete[cut:].casefold()
    return _items(f"{before}{each}" for each in _cohorts(begun) if each.casefold().startswith(begun))


def strands_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Keys of strands that begin so."""
    return _items(strand for strand in _strands() if strand.startswith(incomplete.casefold()))


def _cohorts(begun: str) -> Iterable[str]:
    """What a part of a cohort may be once it has begun like this."""
    kind, colon, value = begun.partition(":")
    if not colon:
        return (*_KINDS, "all", *(_slugs() if begun else ()))
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
    """Families and what belongs to them."""
    from reinspect.frameworks import frameworks

    known = frameworks()
    return dict.fromkeys((*(each.family for each in known.values()), *known))


def _moves(begun: str) -> Iterable[str]:
    """Moves step by step, for all of them at once would be hundreds: a strand, the grade before, the grade after."""
    strand, equals, grades = begun.partition("=")
    known = _graded()
    if not equals:
        return (f"{each}=" for each in known)
    earlier, arrow, _ = grades.partition(">")
    return (f"{strand}={earlier}>{grade}" if arrow else f"{strand}={grade}>" for grade in known.get(strand, ()))


def _strands() -> list[str]:
    from reinspect.frameworks import frameworks

    return list(dict.fromkeys(strand.key for known in frameworks().values() for strand in known.strands))


def _graded() -> dict[str, list[str]]:
    """Every strand with the grades that may be compared on it, whatever the framework."""
    from reinspect.comparing.crosswalk import crosswalk
    from reinspect.frameworks import frameworks

    found: dict[str, dict[str, None]] = {}
    for known in frameworks().values():
        for strand in known.strands if known.key not in crosswalk().separate else ():
            found.setdefault(strand.key, {}).update(dict.fromkeys(grade.key for grade in known.grades))
    return {strand: list(grades) for strand, grades in found.items() if grades}


def _years() -> list[str]:
    """The years of the inspections on record."""
    from reinspect.record import record

    windows = (window for event in record().inspections for window in event.facts.windows[:1])
    return sorted({str(window.start.year) for window in windows})


def _held(ctx: Context, begun: str) -> list[str]:
    """Ids of the store that begin so; none where there is no store, or none that can be read."""
    from reinspect.errors import ReinspectError
    from store import Store
    from store.location import store_folder

    named = ctx.find_root().params.get("store")
    try:
        folder = store_folder(Path(named) if named else None)
        if not (folder / "catalogue.json").exists():
            return []
        return [each.id for each in Store.open(folder, wait=0.5).inspections() if each.id.startswith(begun)]
    except (ReinspectError, OSError):
        return []


def _items(values: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(value) for value in values]
