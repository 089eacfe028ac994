"""`reinspect themes`: what inspections ask to improve, grouped by theme."""

from __future__ import annotations

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("themes")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@click.option("--theme", metavar="THEME", help='List the improvements of one theme, such as "supervision".')
@exported
@click.pass_context
def themes_command(
    ctx: click.Context, authority: str | None, *, cohort: str | None, theme: str | None, output: Output
) -> None:
    """Show what inspections ask to improve, grouped by theme.

    Each theme has the share of inspections that ask for it. With an authority or a cohort, the last column shows the
    share among all others. As CSV it is one table: one row for each improvement.

    \b
    Examples:
      reinspect themes
      reinspect themes camden
      reinspect themes --cohort region:London --theme "life-story"
    """
    output.write(open_library(ctx).themes(authority, cohort, theme))
