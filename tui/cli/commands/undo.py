"""`reinspect undo`: undo the last change to the store."""

from __future__ import annotations

import click

from tui.cli.stores import open_store
from tui.streams import say


@click.command("undo")
@click.pass_context
def undo_command(ctx: click.Context) -> None:
    """Undo the last change (a whole import counts as one).

    \b
    Example:
      reinspect undo
    """
    say(open_store(ctx).undo())
