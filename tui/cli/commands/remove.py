"""`reinspect remove`: remove a document or an inspection."""

from __future__ import annotations

import click

from tui.cli.stores import open_store
from tui.streams import say


@click.command("remove")
@click.argument("identifier", metavar="ID")
@click.pass_context
def remove_command(ctx: click.Context, identifier: str) -> None:
    """Remove a document, or an inspection known from documents alone.

    ID is a document's sha256 or the beginning of it, or an inspection's id. `reinspect undo` restores it.

    \b
    Example:
      reinspect remove 3f5a9c01
    """
    say(f"removed: {open_store(ctx).remove(identifier)}")
