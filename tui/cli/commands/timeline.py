"""`reinspect timeline`: print the history of authorities, strand by strand."""

from __future__ import annotations

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library
from tui.streams import say


@click.command("timeline")
@click.argument("authorities", metavar="AUTHORITY...", nargs=-1, required=True, shell_complete=authorities_like)
@cohort_option
@exported
@click.pass_context
def timeline_command(ctx: click.Context, authorities: tuple[str, ...], *, cohort: str | None, output: Output) -> None:
    """Show the history of each authority, strand by strand.

    Strands run down, inspections and visits across; known gaps are listed. With --group, the latest grades of that
    group follow, compared with the authority's latest graded inspection.

    \b
    Examples:
      reinspect timeline camden
      reinspect timeline camden --group neighbours:camden
    """
    output.write(open_library(ctx).timeline(*authorities, cohort=cohort))
    if cohort and output.form == "csv":
        say("CSV is one table and has no grades of the group; a workbook (-o NAME.xlsx) has them")
