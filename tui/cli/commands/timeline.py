"""`reinspect timeline`: the history of an authority, strand by strand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.choosing import cohort_option, understood_cohort
from tui.cli.completion_values import authorities_like
from tui.cli.output import Output, exported
from tui.naming import named_authority, open_store

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.grades import CohortGrades
    from reinspect.comparing.timeline import Timeline
    from reinspect.exporting.records import JsonObject
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
    from reinspect.record import record

    named = [named_authority(typed) for typed in authorities]
    store = open_store(ctx.obj)
    timelines = [timeline(authority, store.inspections(authority.slug), record().gaps) for authority in named]
    standings = [] if cohort is None else _standings(store, named, cohort)
    output.answer(
        lambda: timeline_sheet(*timelines, standings=standings),
        lambda: _objects(timelines, standings),
    )


def _standings(store: Store, named: list[Authority], cohort: str) -> list[CohortGrades]:
    """The cohort, with each authority's latest graded inspection beside it."""
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.cohort import latest_graded
    from reinspect.comparing.cohorts.grades import grade_cohort

    within, inspections = understood_cohort(store, cohort), store.inspections()
    latest = latest_graded(inspections)
    return [grade_cohort(within, inspections, authorities().all(), latest.get(authority.slug)) for authority in named]


def _objects(timelines: list[Timeline], standings: list[CohortGrades]) -> list[JsonObject]:
    from reinspect.exporting.records import cohort_grades_record, timeline_record

    told = [timeline_record(each) for each in timelines]
    if not standings:
        return told
    return [{**each, **cohort_grades_record(standing)} for each, standing in zip(told, standings, strict=True)]
