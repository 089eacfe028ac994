"""`reinspect show`: one inspection, with the evidence of what is said of it."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.output import Output, exported
from tui.naming import authority_of, named_inspection, open_store


@click.command("show")
@click.argument("inspection", metavar="ID", shell_complete=inspections_like)
@exported
@click.pass_context
def show_command(ctx: click.Context, inspection: str, output: Output) -> None:
    """One inspection: grades, dates, what to improve, its documents, and where each is printed.

    ID is an inspection's id (see `reinspect list`), or an authority and a year: camden:2017.
    """
    from reinspect.exporting.records import inspection_record
    from reinspect.exporting.sheets.inspection import inspection_sheet

    store = open_store(ctx.obj)
    shown = named_inspection(store, inspection)
    passages = len(store.passages(shown.primary_text)) if shown.primary_text else None
    output.answer(
        lambda: inspection_sheet(shown, authority_of(shown)),
        lambda: [inspection_record(shown, authority_of(shown), passages)],
    )
