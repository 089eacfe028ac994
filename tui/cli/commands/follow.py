"""`reinspect follow`: follow every improvement through all later reports and letters."""

from __future__ import annotations

import click

from tui.cli.completion_values import authorities_like
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("follow")
@click.argument("authority", shell_complete=authorities_like)
@click.option(
    "--across",
    is_flag=True,
    help="Also follow into reports of other inspectorates: from social care into SEND, and the reverse.",
)
@exported
@click.pass_context
def follow_command(ctx: click.Context, authority: str, *, across: bool, output: Output) -> None:
    """Follow every improvement through later reports and letters.

    For each improvement and each later text, the three passages most likely to be on it, each marked praise,
    criticism, both, neutral or listed. A status (raised again, reported better or not mentioned) is said only where it
    is likely enough to be right; elsewhere "undecided: read these". "Not mentioned" does not mean that it was put
    right.

    \b
    Example:
      reinspect follow camden -o follow-through.html
    """
    output.write(open_library(ctx).follow(authority, across=across))
