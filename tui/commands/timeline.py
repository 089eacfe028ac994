"""`reinspect timeline`: the history of an authority, strand by strand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.choosing import cohort_option, understood_cohort
from tui.completing import authorities_like
from tui.naming import named_authority, open_store
from tui.printing import Output, exported

if TYPE_CHECKING:
    from reinspect.comparing.standing import Standing
    from reinspect.comparing.timeline import Timeline
    from reinspect.exporting.objects import Object
    from reinspect.model import Authority
    from store import Store


@click.command("timeline")
@click.argument("authorities", metavar="AUTHORITY...", nargs=-1, required=True, shell_complete=authorities_like)
@cohort_option
@exported
@click.pass_context
def timeline_command(ctx: click.Context, authorities: tuple[str, ...], *, cohort: str | None, output: Output) -> None:
    """The history of each authority: strands down, inspections and visits across, and what is known to be missing.

    With --cohort, where that cohort stands comes after it, and the authority's latest graded inspection beside it.
    """
    from reinspect.comparing.timeline import timeline
    from reinspect.exporting.sheets.timeline import timeline_sheet
    from reinspect.facts import record

    named = [named_authority(typed) for typed in authorities]
    store = open_store(ctx.obj)
    timelines = [timeline(authority, store.inspections(authority.slug), record().gaps) for authority in named]
    standings = [] if cohort is None else _standings(store, named, cohort)
    output.answer(
        lambda: timeline_sheet(*timelines, standings=standings),
        lambda: _objects(timelines, standings),
    )


def _standings(store: Store, named: list[Authority], cohort: str) -> list[Standing]:
    """The cohort, with each authority's latest graded inspection beside it."""
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts import latest_graded
    from reinspect.comparing.standing import standing

    within, inspections = understood_cohort(store, cohort), store.inspections()
    latest = latest_graded(inspections)
    return [standing(within, inspections, authorities().all(), latest.get(authority.slug)) for authority in named]


def _objects(timelines: list[Timeline], standings: list[Standing]) -> list[Object]:
    from reinspect.exporting.cohort_objects import standing_object
    from reinspect.exporting.objects import timeline_object

    told = [timeline_object(each) for each in timelines]
    if not standings:
        return told
    return [{**each, **standing_object(standing)} for each, standing in zip(told, standings, strict=True)]
