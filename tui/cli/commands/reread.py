"""`reinspect reread`: read all stored documents again."""

from __future__ import annotations

import click

from tui.cli.stores import open_store
from tui.streams import say


@click.command("reread")
@click.pass_context
def reread_command(ctx: click.Context) -> None:
    """Read all stored documents again, after an update.

    Documents without an inspection are matched again. For each document whose facts changed, you see what was read
    before and what is read now.

    \b
    Example:
      reinspect reread
    """
    results = open_store(ctx).reread()
    told = [result for result in results if result.changes or result.outcome == "failed"]
    for result in told:
        say(f"{result.file}: {result.inspection or result.reason}")
        for line in result.changes:
            say(f"  {line}")
    say(f"{len(told)} documents read differently" if told else "nothing is read differently")
