"""Which of the held texts a person means: by authority, by time, by strand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import cohorts_like

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.model import StoredDocument
    from store import Store

_MOST_LISTED = 24
_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

cohort_option = click.option(
    "--cohort",
    metavar="COHORT",
    shell_complete=cohorts_like,
    help="Only these: neighbours:camden, region:London, grade:leaders=outstanding, moved:overall=ri>good, "
    "framework:ilacs-2023, since:2023, until:2024, a name, or all. A + or a space narrows, a comma stands between "
    "alternatives.",
)


def as_time(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A year, a month or a day, as typed.

    Raises:
        click.BadParameter: it is none.
    """
    if value is not None and not _TIME.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no year (2023), month (2023-05) or day (2023-05-16).", ctx, param)
    return value


def as_strands(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of strands, as typed.

    Raises:
        click.BadParameter: no framework has one of them.
    """
    if value:
        from reinspect.frameworks import frameworks

        known = dict.fromkeys(strand.key for framework in frameworks().values() for strand in framework.strands)
        for strand in value:
            if strand not in known:
                raise click.BadParameter(f"{strand!r} is none of {', '.join(known)}.", ctx, param)
    return value


def named_cohort(store: Store, typed: str | None) -> Cohort | None:
    """The cohort that was typed, None where none was (see `understood_cohort`)."""
    return None if typed is None else understood_cohort(store, typed)


def understood_cohort(store: Store, typed: str) -> Cohort:
    """The cohort that was typed.

    Raises:
        CohortError: a part of it cannot be understood, or nobody is in it.
    """
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.expressions import cohort

    return cohort(typed, authorities(), store.inspections())


def texts(
    store: Store,
    authorities: Collection[str] = (),
    since: str | None = None,
    until: str | None = None,
    cohort: Cohort | None = None,
) -> list[StoredDocument]:
    """The searchable texts of these authorities (of all, if none is named), of inspections within the times and the
    cohort.

    The inspectors' own words come before what others write about them, and the latest inspection first. With a time, a
    document that belongs to no inspection is left out: nobody knows when it was.
    """
    from reinspect.comparing.cohorts.cohort import is_within

    searchable = store.searchable()
    inspections = {inspection.id: inspection for inspection in store.inspections()}

    def is_meant(held: StoredDocument) -> bool:
        inspection = inspections.get(held.inspection or "")
        if cohort and not (cohort.holds(inspection) if inspection else cohort.holds_all_of(held.authority)):
            return False
        return is_within(inspection.when if inspection else "", since, until)

    found = [
        (held, inspections[held.inspection].when if held.inspection in inspections else "")
        for held in store.stored_documents()
        if held.document.sha256 in searchable and (not authorities or held.authority in authorities) and is_meant(held)
    ]
    found.sort(key=lambda each: each[1], reverse=True)
    found.sort(key=lambda each: each[0].document.kind == "coverage")
    return [held for held, _ in found]


def in_words(
    found: Iterable[StoredDocument],
    of: Collection[str],
    since: str | None,
    until: str | None,
    cohort: Cohort | None = None,
) -> str:
    """What was searched, for the head of an answer: "5 texts of Camden since 2017, of 2017 to 2025"."""
    from reinspect.authorities import authorities

    held = list(found)
    number, years = len(held), sorted(filter(None, (_year(each) for each in held)))
    known = authorities()
    names = [authority.name for slug in sorted(of) if (authority := known.by_slug(slug))]
    parts = [
        f"{number} text{'' if number == 1 else 's'}",
        f"of {', '.join(names)}" if names else "",
        f"since {since}" if since else "",
        f"until {until}" if until else "",
        f"({cohort.words})" if cohort else "",
    ]
    span = " to ".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return " ".join(filter(None, parts)) + (f", of {span}" if span else "")


def listed(store: Store, found: Collection[StoredDocument]) -> list[str]:
    """Each text with the inspection it is of, for the foot of an answer; none where they are too many to be read."""
    from reinspect.exporting.citation import event
    from tui.naming import authority_of

    if len(found) > _MOST_LISTED:
        return []
    lines = []
    for held in found:
        named = f'{held.document.kind} "{held.document.title}" ({held.document.sha256[:8]})'
        inspection = store.inspection(held.inspection) if held.inspection else None
        told = event(inspection, authority_of(inspection).name) if inspection else "belongs to no inspection"
        lines.append(f"{told}: {named}")
    return lines


def _year(held: StoredDocument) -> str:
    """The year that a text is of, as far as it says."""
    facts = held.facts
    if facts.windows:
        return str(facts.windows[0].start.year)
    return (facts.partial_date or (facts.published.isoformat() if facts.published else ""))[:4]
