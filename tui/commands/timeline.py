"""`reinspect timeline`: the history of an authority, strand by strand."""

from __future__ import annotations

import click

from tui.naming import named_authority, open_store
from tui.printing import Output, exported


@click.command("timeline")
@click.argument("authorities", metavar="AUTHORITY...", nargs=-1, required=True)
@exported
@click.pass_context
def timeline_command(ctx: click.Context, authorities: tuple[str, ...], output: Output) -> None:
    """The history of each authority: strands down, inspections and visits across, and what is known to be missing."""
    from reinspect.comparing.timeline import timeline
    from reinspect.exporting.objects import timeline_object
    from reinspect.exporting.sheets import timeline_sheet
    from reinspect.facts import record

    named = [named_authority(typed) for typed in authorities]
    store = open_store(ctx.obj)
    timelines = [timeline(authority, store.inspections(authority.slug), record().gaps) for authority in named]
    output.answer(
        lambda: timeline_sheet(*timelines),
        lambda: (timeline_object(each) for each in timelines),
    )
