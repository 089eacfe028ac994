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

    Each improvement gets a status for each later text that is stored: raised again, reported better, mentioned or not
    mentioned, with the passages behind it. "Not mentioned" does not mean that it was put right.

    \b
    Example:
      reinspect follow camden -o follow-through.html
    """
    output.write(open_library(ctx).follow(authority, across=across))
