"""`reinspect list`: the inspections held."""

from __future__ import annotations

import click

from tui.choosing import cohort_option, named_cohort
from tui.cli.completion_values import authorities_like
from tui.cli.output import Output, exported
from tui.naming import authority_of, named_authority, open_store


@click.command("list")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@exported
@click.pass_context
def list_command(ctx: click.Context, authority: str | None, *, cohort: str | None, output: Output) -> None:
    """The inspections held, of one authority or of all, in the order of authority and date.

    As CSV it is one table for a spreadsheet: a row an inspection, a column a strand.
    """
    from reinspect.exporting.records import inspection_record
    from reinspect.exporting.sheets.inspections import inspections_sheet, record_table

    named = named_authority(authority) if authority else None
    store = open_store(ctx.obj)
    within = named_cohort(store, cohort)
    held = [
        (inspection, authority_of(inspection))
        for inspection in store.inspections(named.slug if named else None)
        if within is None or within.holds(inspection)
    ]
    of = "; ".join(filter(None, [named.name if named else "", within.words if within else ""]))
    output.answer(
        lambda: inspections_sheet(held, of),
        lambda: (inspection_record(*each) for each in held),
        lambda: record_table(held),
    )
