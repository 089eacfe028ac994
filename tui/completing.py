"""What a shell may complete (`reinspect completion SHELL`): names of authorities, ids of inspections, cohorts.

A key waits for this, so it reads the shipped record alone; the store is opened only where it exists and the record
knows nothing that fits, and it is never made.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import CompletionItem


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
    from reinspect.facts import record

    slug, colon, year = incomplete.casefold().partition(":")
    if colon:
        own = [event.account for event in record().inspections if event.authority == slug and event.account.graded]
        years = {str(account.windows[0].start.year) for account in own if account.windows}
        return _items(f"{slug}:{each}" for each in sorted(years) if each.startswith(year))
    known = [event.id for event in record().inspections if event.id.startswith(slug)]
    return _items(known or _held(ctx, slug))


def cohorts_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Cohorts: first their kinds, then what may follow one; the parts before the last `+` or `,` stay as they are."""
    cut = max(incomplete.rfind("+"), incomplete.rfind(",")) + 1
    before, begun = incomplete[:cut], incomplete[cut:].casefold()
    return _items(f"{before}{each}" for each in _cohorts(begun) if each.casefold().startswith(begun))


def targets_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:
    """Authorities and cohorts, where either may be named."""
    return authorities_like(ctx, param, incomplete) + cohorts_like(ctx, param, incomplete)


def strands_like(ctx: Context, param: Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Keys of strands that begin so."""
    return _items(strand for strand in _strands() if strand.startswith(incomplete.casefold()))


def _cohorts(begun: str) -> Iterable[str]:
    """What a part of a cohort may be once it has begun like this."""
    from reinspect.authorities import authorities
    from reinspect.frameworks import frameworks

    kind = begun.partition(":")[0]
    if ":" not in begun:
        return ("neighbours:", "region:", "grade:", "framework:", "since:", "until:", "all")
    if kind == "neighbours":
        return (f"neighbours:{authority.slug}" for authority in authorities().all())
    if kind == "region":
        return (f"region:{region}" for region in sorted({each.region for each in authorities().all()} - {""}))
    if kind == "framework":
        return (f"framework:{key}" for key in frameworks())
    if kind == "grade":
        grades = dict.fromkeys(grade.key for known in frameworks().values() for grade in known.grades)
        return (f"grade:{strand}={grade}" for strand in _strands() for grade in grades)
    return ()


def _strands() -> list[str]:
    from reinspect.frameworks import frameworks

    return list(dict.fromkeys(strand.key for known in frameworks().values() for strand in known.strands))


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
