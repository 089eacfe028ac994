"""`reinspect list`: the inspections held."""

from __future__ import annotations

import click

from tui.naming import authority_of, named_authority, open_store
from tui.printing import Output, exported


@click.command("list")
@click.argument("authority", required=False)
@exported
@click.pass_context
def list_command(ctx: click.Context, authority: str | None, output: Output) -> None:
    """The inspections held, of one authority or of all, in the order of authority and date."""
    from reinspect.exporting.objects import inspection_object
    from reinspect.exporting.sheets import inspections_sheet

    slug = named_authority(authority).slug if authority else None
    held = [(inspection, authority_of(inspection)) for inspection in open_store(ctx.obj).inspections(slug)]
    output.answer(lambda: inspections_sheet(held), lambda: (inspection_object(*each) for each in held))
