"""`reinspect brief`: print one page on an authority."""

from __future__ import annotations

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("brief")
@click.argument("authority", shell_complete=authorities_like)
@cohort_option
@exported
@click.pass_context
def brief_command(ctx: click.Context, authority: str, *, cohort: str | None, output: Output) -> None:
    """Print one A4 page on an authority.

    The page has the grades then and now with their caveats, compared with those of a group (without --group: the ten
    statistical neighbours); the recommendations then and now; those of all earlier ones that the latest text raises
    again; and up to three quotes of the basket from texts on this authority. Everything has its source.

    \b
    Examples:
      reinspect brief camden -o briefing.docx
      reinspect brief camden --group region:London
    """
    output.write(open_library(ctx).brief(authority, cohort))
