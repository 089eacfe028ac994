"""`reinspect list`: list the stored inspections."""

from __future__ import annotations

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("list")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@click.option("--unattached", is_flag=True, help="List the documents that belong to no inspection, and why.")
@exported
@click.pass_context
def list_command(
    ctx: click.Context, authority: str | None, *, cohort: str | None, unattached: bool, output: Output
) -> None:
    """List the stored inspections, by authority and date.

    As CSV it is one table for a spreadsheet: one row for each inspection, one column for each strand.

    \b
    Examples:
      reinspect list camden
      reinspect list --group region:London -o london.csv
      reinspect list --unattached
    """
    if not unattached:
        output.write(open_library(ctx).inspections(authority, cohort))
    elif cohort:
        raise click.UsageError("--unattached goes without --group: it lists the documents of AUTHORITY, or all.")
    else:
        output.write(open_library(ctx).unattached(authority))
