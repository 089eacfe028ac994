"""`reinspect reread`: read all stored documents again."""

from __future__ import annotations

import click

from tui.cli.stores import open_store
from tui.streams import say


@click.command("reread")
@click.pass_context
def reread_command(ctx: click.Context) -> None:
    """Read all stored documents again, after an update.

    Documents without an inspection are matched again.

    \b
    Example:
      reinspect reread
    """
    changed = open_store(ctx).reread()
    for result in changed:
        say(f"{result.file}: read again, {result.inspection or result.reason}")
    say(f"{len(changed)} documents changed" if changed else "no document changed")
