"""`reinspect show`: print one inspection, with the evidence for each fact."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("show")
@click.argument("inspection", metavar="ID", shell_complete=inspections_like)
@exported
@click.pass_context
def show_command(ctx: click.Context, inspection: str, output: Output) -> None:
    """Show one inspection and where each fact is printed.

    Shows grades, dates, improvements and documents. ID is an inspection's id (see `reinspect list`), an authority and a
    year, or an authority alone, for its latest graded inspection.

    \b
    Examples:
      reinspect show camden
      reinspect show camden:2017
    """
    output.write(open_library(ctx).show(inspection))
